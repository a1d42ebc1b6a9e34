/**
 * The event store on a ClickHouse server or cluster, over HTTP with the official client.
 * The same statements as embedded; settings and parameters travel beside each one, never in a session.
 */
import { Readable } from "node:stream";
import { type ClickHouseClient, ClickHouseLogLevel, createClient } from "@clickhouse/client";
import { AppError } from "../domain/app-error.ts";
import { eventStoreError } from "./event-errors.ts";
import { bindLiterals } from "./event-params.ts";
import { assertReadOnly, quoteText, type StatementLimits, settingsFor } from "./event-statement.ts";
import type { EventStore, FileLoad, QuerySettings, StatementOptions } from "./event-store.ts";
import { openFileBytes } from "./local-file.ts";
import { significantTokens } from "./sql-tokens.ts";

export interface ServerEventStoreOptions {
  /** http(s)://user:password@host:port/database */
  readonly url: string;
  /** Memory one statement may use; without it the server's own limit holds. */
  readonly maxMemoryBytes?: number;
}

/** The longest a timer can wait; the engine's max_execution_time is the limit that counts. */
const NO_CLIENT_TIMEOUT_MS = 2 ** 31 - 1;
/** Above this many characters parameters travel in the statement's text: URLs have a length limit. */
const MAX_URL_PARAMS = 16_384;
const LONG_TEXT = { max_query_size: 2 ** 28 };

interface Request {
  readonly query: string;
  readonly query_id: string;
  readonly abort_signal: AbortSignal;
  readonly clickhouse_settings: Record<string, string | number>;
  readonly query_params?: Record<string, unknown>;
}

class ServerEventStore implements EventStore {
  readonly kind = "server";
  readonly #client: ClickHouseClient;
  readonly #limits: StatementLimits;
  readonly #closing = new AbortController();
  /** Chosen by the server when the store was opened: makes our query ids unique among all its clients. */
  readonly #prefix: string;
  #statements = 0;

  constructor(client: ClickHouseClient, prefix: string, limits: StatementLimits) {
    this.#client = client;
    this.#prefix = prefix;
    this.#limits = limits;
  }

  async query<Row>(sql: string, options: StatementOptions = {}): Promise<Row[]> {
    const request = this.#readRequest(sql, options, { wait_end_of_query: 1 });
    return this.#translate(options.signal, async () => {
      const answer = await this.#client.query({ ...request, format: "JSONEachRow" });
      return answer.json<Row>();
    });
  }

  async *stream<Row>(sql: string, options: StatementOptions = {}): AsyncGenerator<readonly Row[]> {
    const request = this.#readRequest(sql, options, {});
    const answer = await this.#translate(options.signal, () =>
      this.#client.query({ ...request, format: "JSONEachRow" }),
    );
    const leave = (): void => answer.close();
    request.abort_signal.addEventListener("abort", leave, { once: true });
    try {
      request.abort_signal.throwIfAborted();
      for await (const rows of answer.stream<Row>()) yield rows.map((row) => row.json<Row>());
    } catch (error) {
      throw this.#meaning(error, options.signal);
    } finally {
      request.abort_signal.removeEventListener("abort", leave);
      answer.close();
    }
  }

  async insertStream(
    into: string,
    format: "JSONEachRow" | "TabSeparated",
    bytes: AsyncIterable<Uint8Array>,
    options: StatementOptions = {},
  ): Promise<void> {
    await this.#write(`INSERT INTO ${into} FORMAT ${format}`, options, Readable.from(bytes, { objectMode: false }));
  }

  async loadFile(load: FileLoad): Promise<void> {
    const source = `input(${quoteText(load.structure)})`;
    const sql = `INSERT INTO ${load.into} ${load.select(source)} FORMAT ${load.format}`;
    await this.#write(sql, load, await openFileBytes(load.path));
  }

  async command(sql: string, options: StatementOptions = {}): Promise<void> {
    await this.#write(sql, options);
  }

  async close(): Promise<void> {
    this.#closing.abort(new AppError("unavailable", "The event store is closed."));
    await this.#client.close();
  }

  #readRequest(sql: string, options: StatementOptions, extra: QuerySettings): Request {
    assertReadOnly(sql);
    const settings = { ...settingsFor("read", this.#limits, options), cancel_http_readonly_queries_on_client_close: 1 };
    return this.#request(sql, options, { ...settings, ...extra });
  }

  #request(sql: string, options: StatementOptions, settings: QuerySettings): Request {
    const { params, signal } = options;
    const long = JSON.stringify(Object.values(params ?? {}), textOfBigInt).length > MAX_URL_PARAMS;
    const signals = [this.#closing.signal, ...(signal ? [signal] : [])];
    return {
      query: long ? bindLiterals(sql, params) : sql,
      query_id: `waymark-${this.#prefix}-${++this.#statements}`,
      abort_signal: AbortSignal.any(signals),
      clickhouse_settings: { ...settings, ...(long && LONG_TEXT) },
      ...(params && !long && { query_params: { ...params } }),
    };
  }

  #writeRequest(sql: string, options: StatementOptions): Request {
    const inserts = significantTokens(sql)[0]?.text.toUpperCase() === "INSERT";
    // DDL gets only what the caller set: a limit on time would leave half of it done.
    const settings = inserts ? settingsFor("write", this.#limits, options) : { ...options.settings };
    return this.#request(sql, options, { ...settings, wait_end_of_query: 1 });
  }

  async #write(sql: string, options: StatementOptions, values?: Readable): Promise<void> {
    const request = this.#writeRequest(sql, options);
    let broken: unknown;
    // The client listens only while it sends; a source that breaks outside that time would end the process.
    values?.on("error", (error) => {
      broken = error;
    });
    try {
      await this.#translate(options.signal, async () => {
        const answer = await this.#client.exec(values ? { ...request, values } : request);
        for await (const _ of answer.stream) {
          // A write answers nothing; reading to the end frees the connection.
        }
      });
    } catch (error) {
      values?.destroy();
      if (request.abort_signal.aborted && !this.#closing.signal.aborted) await this.#kill(request.query_id);
      throw broken instanceof Error ? this.#meaning(broken, options.signal) : error;
    }
  }

  /** A write goes on without its client: stop it, lest its rows appear after the caller has cleaned up. */
  async #kill(queryId: string): Promise<void> {
    const query = "KILL QUERY WHERE query_id = {id:String} SYNC";
    await this.#client.command({ query, query_params: { id: queryId } });
  }

  async #translate<T>(signal: AbortSignal | undefined, run: () => Promise<T>): Promise<T> {
    try {
      this.#closing.signal.throwIfAborted();
      signal?.throwIfAborted();
      return await run();
    } catch (error) {
      throw this.#meaning(error, signal);
    }
  }

  #meaning(error: unknown, signal: AbortSignal | undefined): unknown {
    if (signal?.aborted) return signal.reason;
    if (this.#closing.signal.aborted) return this.#closing.signal.reason;
    if (error instanceof Error && "code" in error && /^Z_\w+$/u.test(String(error.code))) {
      const message =
        "The packed file is damaged or cut off. Fetch it again, or unpack it yourself to see what is left.";
      return new AppError("invalid", message, {}, { cause: error });
    }
    return eventStoreError(error);
  }
}

function textOfBigInt(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? String(value) : value;
}

function connect(url: string): ClickHouseClient {
  try {
    return createClient({
      url,
      application: "waymark",
      request_timeout: NO_CLIENT_TIMEOUT_MS,
      compression: { request: false, response: false },
      use_multipart_params_auto: true,
      log: { level: ClickHouseLogLevel.OFF },
    });
  } catch (cause) {
    const message = "WAYMARK_CLICKHOUSE_URL must look like http://user:password@host:8123/database.";
    throw new AppError("invalid", message, {}, { cause });
  }
}

/**
 * Connects to a server and checks that it answers.
 * @throws AppError invalid for a malformed URL; unavailable when the server cannot be reached or refuses the login
 */
export async function openServerEventStore(options: ServerEventStoreOptions): Promise<EventStore> {
  const client = connect(options.url);
  try {
    const answer = await client.query({ query: "SELECT toString(generateUUIDv4()) AS id", format: "JSONEachRow" });
    const [row] = await answer.json<{ id: string }>();
    return new ServerEventStore(client, row?.id ?? "", { maxMemoryBytes: options.maxMemoryBytes });
  } catch (error) {
    await client.close();
    throw eventStoreError(error);
  }
}
