/**
 * Enough of ClickHouse's HTTP interface, on the loopback, for the official client: the engine behind it is an embedded chDB.
 * It shows what our server adapter sends and understands; it is not a ClickHouse server and proves nothing about one.
 */

import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { type Lease, SessionPool } from "../src/store/embedded-sessions.ts";
import { clickhouseCodeOf } from "../src/store/event-errors.ts";
import { bindLiterals } from "../src/store/event-params.ts";
import { insertWithSettings, parseInsertTarget, quoteText, settingsClause } from "../src/store/event-statement.ts";
import type { QueryParams } from "../src/store/event-store.ts";
import { cutAtRows } from "../src/store/row-chunks.ts";

export interface ClickHouseHarness {
  /** With user, password and database, as WAYMARK_CLICKHOUSE_URL takes it. */
  readonly url: string;
  close(): Promise<void>;
}

/** URL parameters that are the interface's own and no settings. */
const NOT_SETTINGS = new Set([
  "query",
  "query_id",
  "database",
  "default_format",
  "wait_end_of_query",
  "session_id",
  "role",
]);
const STATUS_OF_CODE: Readonly<Record<number, number>> = { 47: 404, 60: 404, 62: 400, 164: 403, 516: 403 };
/** As a server's http_max_uri_size: statements with data travel in the URL. */
const MAX_URL_BYTES = 2 ** 20;
const EXCEPTION_TAG = "waymarkharness00";

interface Statement {
  readonly id: string;
  readonly sql: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly buffered: boolean;
  /** Present when the statement came in the URL: then the body is an insert's data. */
  readonly data: Readable | undefined;
}

/** The text of a parameter, unescaped as in the tab-separated format; arrays escape inside their quotes instead. */
function paramValue(text: string, type: string): string | bigint | null {
  if (/^(?:Array|Map|Tuple)\(/u.test(type)) return text;
  if (text === "\\N") return null;
  if (/^U?Int\d+$/u.test(type)) return BigInt(text);
  const controls: Readonly<Record<string, string>> = { t: "\t", n: "\n", r: "\r", "0": "\0", b: "\b", f: "\f" };
  return text.replace(/\\([\s\S])/gu, (_, char: string) => controls[char] ?? char);
}

function readParams(sql: string, entries: Iterable<[string, string]>): QueryParams {
  const params: Record<string, string | bigint | null> = {};
  for (const [key, text] of entries) {
    if (!key.startsWith("param_")) continue;
    const name = key.slice("param_".length);
    const type = new RegExp(`\\{\\s*${name}\\s*:\\s*(\\w+\\(?)`, "u").exec(sql)?.[1] ?? "String";
    params[name] = paramValue(text, type);
  }
  return params;
}

async function readMultipart(request: IncomingMessage, type: string): Promise<[string, string][]> {
  // Response knows how to take a form apart, so no parser of our own is needed.
  const form = await new Response(Readable.toWeb(request) as ReadableStream, {
    headers: { "content-type": type },
  }).formData();
  const fields: [string, string][] = [];
  for (const [name, value] of form) fields.push([name, typeof value === "string" ? value : await value.text()]);
  return fields;
}

async function readStatement(request: IncomingMessage): Promise<Statement> {
  const url = new URL(request.url ?? "/", "http://harness");
  const type = request.headers["content-type"] ?? "";
  const fields = [...url.searchParams];
  if (type.startsWith("multipart/form-data")) fields.push(...(await readMultipart(request, type)));
  const inUrl = fields.find(([name]) => name === "query")?.[1];
  const sql = inUrl ?? (await buffer(request)).toString("utf8");
  const settings = fields.filter(([name]) => !NOT_SETTINGS.has(name) && !name.startsWith("param_"));
  return {
    id: url.searchParams.get("query_id") ?? "",
    sql: bindLiterals(sql.replace(/[\s;]+$/u, ""), readParams(sql, fields)),
    settings: Object.fromEntries(settings),
    buffered: url.searchParams.get("wait_end_of_query") === "1",
    data: url.searchParams.has("query") && !type.startsWith("multipart") ? unpacked(request) : undefined,
  };
}

function unpacked(request: IncomingMessage): Readable {
  return request.headers["content-encoding"] === "gzip" ? request.pipe(createGunzip()) : request;
}

class Harness {
  readonly #pool: SessionPool;
  readonly #authorization: string;
  readonly #running = new Map<string, { readonly lease: Lease; readonly ended: Promise<void> }>();

  constructor(pool: SessionPool, user: string, password: string) {
    this.#pool = pool;
    this.#authorization = `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      if (request.headers.authorization !== this.#authorization) {
        throw new Error(
          "Code: 516. DB::Exception: default: Authentication failed: password is incorrect. (AUTHENTICATION_FAILED)",
        );
      }
      const statement = await readStatement(request);
      response.setHeader("X-ClickHouse-Query-Id", statement.id);
      if (/^KILL\b/u.test(statement.sql)) await this.#kill(statement.sql);
      else await this.#run(statement, response);
      response.end();
    } catch (error) {
      fail(response, error);
    }
  }

  /** As KILL QUERY … SYNC: answers when the statement has ended. */
  async #kill(sql: string): Promise<void> {
    const running = this.#running.get(/query_id = '([^']*)'/u.exec(sql)?.[1] ?? "");
    if (!running) return;
    this.#pool.killUntil(running.ended, running.lease);
    await running.ended;
  }

  async #run(statement: Statement, response: ServerResponse): Promise<void> {
    const lease = await this.#pool.lease("read");
    const ended = this.#execute(lease, statement, response).then(
      () => lease.release(),
      (error) => {
        lease.discard();
        throw error;
      },
    );
    this.#running.set(statement.id, { lease, ended: ended.catch(() => {}) });
    // As a server does for reads with cancel_http_readonly_queries_on_client_close.
    const left = (): void => {
      const cancels = statement.settings.cancel_http_readonly_queries_on_client_close === "1";
      if (cancels && !response.writableFinished) this.#pool.killUntil(ended, lease);
    };
    response.on("close", left);
    if (response.destroyed) left();
    await ended.finally(() => {
      response.off("close", left);
      this.#running.delete(statement.id);
    });
  }

  async #execute(lease: Lease, statement: Statement, response: ServerResponse): Promise<void> {
    if (/^INSERT\b/iu.test(statement.sql) && statement.data) await insertData(lease, statement, statement.data);
    else if (/^(?:SELECT|WITH|EXPLAIN|SHOW|\()/iu.test(statement.sql)) await select(lease, statement, response);
    else await lease.session.queryAsync(`${lease.tag} ${withSettings(statement.sql, statement.settings)}`);
  }
}

/** The request's settings as a clause, numbers as numbers: ClickHouse takes them from the URL as text. */
function clause(settings: Statement["settings"]): string {
  const typed = Object.entries(settings).map(([name, value]) => [
    name,
    /^[\d.]+$/u.test(value) ? Number(value) : value,
  ]);
  return settingsClause(Object.fromEntries(typed));
}

/** The statement of a command, its settings where they cannot be taken for a table's own. */
function withSettings(sql: string, settings: Statement["settings"]): string {
  const text = clause(settings);
  if (text === "") return sql;
  return /^INSERT\b/iu.test(sql) ? insertWithSettings(sql, text) : `${sql}\nFORMAT Null ${text}`;
}

async function select(lease: Lease, statement: Statement, response: ServerResponse): Promise<void> {
  const format = /\bFORMAT (\w+)$/u.exec(statement.sql)?.[1] ?? "TabSeparated";
  const sql = `${lease.tag} ${statement.sql}\n${clause(statement.settings)}`;
  if (statement.buffered) {
    const result = await lease.session.queryAsync(sql, { format });
    response.setHeader("X-ClickHouse-Summary", JSON.stringify({ read_rows: String(result.rowsRead) }));
    response.write(result.bytes());
    return;
  }
  response.setHeader("X-ClickHouse-Exception-Tag", EXCEPTION_TAG);
  for await (const chunk of lease.session.queryStream(sql, { format })) {
    if (response.destroyed) throw new Error("Code: 394. DB::Exception: the client has left. (QUERY_WAS_CANCELLED)");
    if (!response.write(chunk.raw()))
      await new Promise((resolve) => response.once("drain", resolve).once("close", resolve));
  }
}

/** `input('structure')` means nothing to chDB, so the body goes through a file; a plain insert is streamed in. */
async function insertData(lease: Lease, statement: Statement, data: Readable): Promise<void> {
  const [, head, format] = /^([\s\S]*?)\s+FORMAT (\w+)$/u.exec(statement.sql) ?? [];
  if (!head || !format) throw new Error("Code: 62. DB::Exception: an insert with data needs a FORMAT. (SYNTAX_ERROR)");
  const input = /\binput\(('(?:[^'\\]|\\.)*')\)/u.exec(head);
  if (!input) {
    const { table, columns } = parseInsertTarget(head.replace(/^INSERT INTO /iu, ""));
    for await (const values of cutAtRows(data)) {
      const lines = {
        table,
        values,
        format: format === "TabSeparated" ? format : "JSONEachRow",
        ...(columns && { columns }),
      } as const;
      await lease.session.insert({ ...lines, settings: statement.settings });
    }
    return;
  }
  const dir = await mkdtemp(join(tmpdir(), "waymark-harness-"));
  try {
    const path = join(dir, "body");
    await pipeline(data, createWriteStream(path));
    const file = `file(${quoteText(path)}, ${quoteText(format)}, ${input[1]})`;
    const sql = withSettings(
      head.replace(input[0], () => file),
      statement.settings,
    );
    await lease.session.queryAsync(`${lease.tag} ${sql}`);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** Before the first byte an error is a status; after it, a block at the end that carries the tag of the header. */
function fail(response: ServerResponse, error: unknown): void {
  if (response.destroyed) return;
  const code = clickhouseCodeOf(error) || 1001;
  const reason = error instanceof Error ? error.message : String(error);
  const message = `${/^Code: \d+/u.test(reason) ? reason : `Code: ${code}. DB::Exception: ${reason} (STD_EXCEPTION)`}\n`;
  if (!response.headersSent) {
    response.writeHead(STATUS_OF_CODE[code] ?? 500, { "X-ClickHouse-Exception-Code": String(code) });
    response.end(message);
    return;
  }
  const size = Buffer.byteLength(message);
  response.end(`\r\n__exception__\r\n${EXCEPTION_TAG}\n${message}${size} ${EXCEPTION_TAG}\r\n__exception__\r\n`);
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

/** Starts the harness on a free port of the loopback, over its own chDB directory; the process may hold no other. */
export async function startClickHouseHarness(options: { readonly dir: string }): Promise<ClickHouseHarness> {
  const pool = await SessionPool.open({ dir: options.dir, maxMemoryBytes: 2 ** 31, readers: 6 });
  const harness = new Harness(pool, "way", "m@rk");
  const server = createServer(
    { maxHeaderSize: MAX_URL_BYTES },
    (request, response) => void harness.answer(request, response),
  );
  const port = await listen(server);
  return {
    url: `http://way:m%40rk@127.0.0.1:${port}/default`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await pool.close();
    },
  };
}
