/**
 * The event store inside this process: ClickHouse's engine as the optional package chdb, on one data directory.
 * It composes and runs statements; what they ask is the callers' business.
 */
import type { ChdbResult } from "chdb";
import { AppError } from "../domain/app-error.ts";
import { type Lease, SessionPool } from "./embedded-sessions.ts";
import { eventStoreError } from "./event-errors.ts";
import { bindLiterals } from "./event-params.ts";
import {
  commandStatement,
  parseInsertTarget,
  quoteText,
  readStatement,
  type StatementLimits,
  settingsFor,
} from "./event-statement.ts";
import type { EventStore, FileLoad, StatementOptions } from "./event-store.ts";
import { literalPath } from "./local-file.ts";
import { cutAtRows } from "./row-chunks.ts";

export interface EmbeddedEventStoreOptions {
  /** The data directory; made when it is missing. One process at a time may hold it. */
  readonly dir: string;
  /** For the whole engine and for each statement; larger sorts and groupings spill to disk. Default 2.5 GiB. */
  readonly maxMemoryBytes?: number;
  /**
   * Reads that may run side by side, default 3. Each running statement occupies a thread of libuv's pool,
   * so a host that raises this must start Node with a larger UV_THREADPOOL_SIZE.
   */
  readonly readers?: number;
}

const DEFAULT_MEMORY_BYTES = 2.5 * 2 ** 30;
/** A block becomes one array of objects: with the default of 65,409 rows the heap doubles, and no time is saved. */
const STREAM_SETTINGS = { max_block_size: 16_384 };
/**
 * The engine would map files into memory: one that is cut while it is read then ends the process with a bus error, and a
 * long one counts as memory in use.
 */
const FILE_SETTINGS = { storage_file_read_method: "pread" };

function parseRows<Row>(text: string): Row[] {
  const lines = text.endsWith("\n") ? text.slice(0, -1) : text;
  return lines === "" ? [] : lines.split("\n").map((line) => JSON.parse(line) as Row);
}

class EmbeddedEventStore implements EventStore {
  readonly kind = "embedded";
  readonly #pool: SessionPool;
  readonly #limits: StatementLimits;

  constructor(pool: SessionPool, limits: StatementLimits) {
    this.#pool = pool;
    this.#limits = limits;
  }

  async query<Row>(sql: string, options: StatementOptions = {}): Promise<Row[]> {
    const text = bindLiterals(readStatement(sql, this.#limits, options), options.params);
    const result = await this.#run("read", text, options.signal);
    return parseRows<Row>(result.text());
  }

  /**
   * The statement is planned on the calling thread: one with a scalar subquery over much data
   * holds up the process while that is computed, so ask for such scalars with `query` first.
   */
  async *stream<Row>(sql: string, options: StatementOptions = {}): AsyncGenerator<readonly Row[]> {
    const settings = { ...STREAM_SETTINGS, ...options.settings };
    const text = bindLiterals(readStatement(sql, this.#limits, { ...options, settings }), options.params);
    const lease = await this.#pool.lease("read", options.signal);
    let complete = false;
    try {
      const stream = lease.session.queryStream(`${lease.tag} ${text}`, { format: "JSONEachRow" });
      const chunks = stream[Symbol.asyncIterator]();
      while (!complete) {
        const step = await this.#stopOnAbort(lease, chunks.next(), options.signal, false);
        complete = step.done === true;
        if (!step.done) yield step.value.rows<Row>();
      }
    } catch (error) {
      throw options.signal?.aborted ? options.signal.reason : eventStoreError(error);
    } finally {
      if (complete) lease.release();
      else {
        this.#pool.kill(lease);
        lease.discard();
      }
    }
  }

  async insertStream(
    into: string,
    format: "JSONEachRow" | "TabSeparated",
    bytes: AsyncIterable<Uint8Array>,
    options: StatementOptions = {},
  ): Promise<void> {
    const { table, columns } = parseInsertTarget(into);
    const settings = { ...settingsFor("write", this.#limits, options) };
    const lease = await this.#pool.lease("write", options.signal);
    try {
      for await (const values of cutAtRows(bytes)) {
        options.signal?.throwIfAborted();
        if (this.#pool.closing) throw new AppError("unavailable", "The event store was closed during an insert.");
        await lease.session.insert({ table, values, format, settings, ...(columns && { columns }) });
      }
      options.signal?.throwIfAborted();
      lease.release();
    } catch (error) {
      lease.discard();
      throw options.signal?.aborted ? options.signal.reason : eventStoreError(error);
    }
  }

  async loadFile(load: FileLoad): Promise<void> {
    const literal = await literalPath(load.path);
    try {
      const source = `file(${[literal.path, load.format, load.structure].map(quoteText).join(", ")})`;
      const settings = { ...load.settings, ...FILE_SETTINGS };
      await this.command(`INSERT INTO ${load.into} ${load.select(source)}`, { ...load, settings });
    } finally {
      await literal.forget();
    }
  }

  async command(sql: string, options: StatementOptions = {}): Promise<void> {
    const text = bindLiterals(commandStatement(sql, this.#limits, options), options.params);
    await this.#run("write", text, options.signal);
  }

  close(): Promise<void> {
    return this.#pool.close();
  }

  async #run(kind: "read" | "write", text: string, signal: AbortSignal | undefined): Promise<ChdbResult> {
    const lease = await this.#pool.lease(kind, signal);
    try {
      const running = lease.session.queryAsync(`${lease.tag} ${text}`, { format: "JSONEachRow" });
      const result = await this.#stopOnAbort(lease, running, signal, kind === "write");
      lease.release();
      return result;
    } catch (error) {
      lease.discard();
      throw signal?.aborted ? signal.reason : eventStoreError(error);
    }
  }

  /**
   * The running statement's outcome, or the signal's reason once it is aborted. A read is left behind at once;
   * a write is waited for, lest its rows appear after the caller has cleaned up.
   */
  async #stopOnAbort<T>(
    lease: Lease,
    running: Promise<T>,
    signal: AbortSignal | undefined,
    untilStopped: boolean,
  ): Promise<T> {
    if (!signal) return running;
    let onAbort = (): void => {};
    const aborted = new Promise<never>((_, reject) => {
      onAbort = () => {
        this.#pool.killUntil(running, lease);
        if (!untilStopped) reject(signal.reason);
      };
    });
    if (signal.aborted) onAbort();
    else signal.addEventListener("abort", onAbort, { once: true });
    try {
      const outcome = await Promise.race([running, aborted]);
      signal.throwIfAborted();
      return outcome;
    } finally {
      signal.removeEventListener("abort", onAbort);
    }
  }
}

/**
 * Opens the embedded store on a directory that no other process holds.
 * @throws AppError unavailable when the package chdb is missing or the directory is in use
 */
export async function openEmbeddedEventStore(options: EmbeddedEventStoreOptions): Promise<EventStore> {
  const maxMemoryBytes = options.maxMemoryBytes ?? DEFAULT_MEMORY_BYTES;
  const pool = await SessionPool.open({ dir: options.dir, maxMemoryBytes, readers: options.readers ?? 3 });
  return new EmbeddedEventStore(pool, { maxMemoryBytes });
}
