/**
 * The tables of an SQLite database, read from the file itself (https://www.sqlite.org/fileformat2.html): nothing is opened for writing,
 * no SQL runs, and a damaged file ends in an error. It reads ordinary tables to their end; indexes, views and WAL files are left alone.
 */
import { type FileHandle, open, stat } from "node:fs/promises";
import { TextDecoder } from "node:util";
import { AppError } from "../domain/app-error.ts";
import { readHead } from "./read-bytes.ts";

export type SqliteValue = string | number | bigint | null;

export interface SqliteTable {
  readonly name: string;
  readonly columns: readonly string[];
  readonly root: number;
  /** The column that is the row's number, which records leave empty; −1 when there is none. */
  readonly rowid: number;
}

const LEAF = 0x0d;
const INTERIOR = 0x05;
/** Trees of tables that are kept WITHOUT ROWID. */
const INDEX_KINDS: readonly number[] = [0x0a, 0x02];
const MAX_RECORD = 64 * 1024 ** 2;
/** Of the statement that made a table; a longer one is no honest schema. Characters. */
const MAX_STATEMENT = 1024 ** 2;
/** How the file begins in which SQLite keeps what an interrupted change must undo. */
const JOURNAL_MAGIC = "d9d505f920a163d7";

export function isSqlite(head: Uint8Array): boolean {
  return Buffer.from(head.subarray(0, 16)).toString("latin1") === "SQLite format 3\0";
}

/** A big-endian integer of up to nine bytes, seven bits each; and where it ends. */
function readVarint(bytes: Buffer, at: number): readonly [number, number] {
  let value = 0;
  for (let end = at; end < at + 8; end++) {
    const byte = bytes.readUInt8(end);
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) return [value, end + 1];
  }
  return [value * 256 + bytes.readUInt8(at + 8), at + 9];
}

/** A value by its serial type; texts in the file's encoding. */
function readValue(body: Buffer, at: number, type: number, decoder: TextDecoder): SqliteValue {
  if (type === 0) return null;
  if (type <= 4) return body.readIntBE(at, type);
  if (type === 5) return body.readIntBE(at, 6);
  if (type === 6) {
    const value = body.readBigInt64BE(at);
    return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  }
  if (type === 7) return body.readDoubleBE(at);
  if (type <= 9) return type - 8;
  return decoder.decode(body.subarray(at, at + sizeOf(type)));
}

function sizeOf(type: number): number {
  if (type >= 12) return Math.floor((type - 12) / 2);
  return [0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0][type] as number;
}

/** The parts of a list between commas, outside of quotes and brackets, without comments; in one pass, whatever the text. */
function splitList(sql: string): string[] {
  const parts: string[] = [];
  let part = "";
  let depth = 0;
  for (const [token] of sql.matchAll(
    /"[^"]*"?|'[^']*'?|`[^`]*`?|\[[^\]]*\]?|--[^\n]*|\/\*(?:[^*]|\*(?!\/))*(?:\*\/)?|./gsu,
  )) {
    if (token.length > 1 && /^(?:--|\/\*)/u.test(token)) continue;
    if (token === "(") depth++;
    else if (token === ")") depth--;
    if (token === "," && depth === 0) {
      parts.push(part);
      part = "";
    } else part += token;
  }
  return [...parts, part];
}

/** The column names of a CREATE TABLE statement. */
function parseColumns(sql: string): { columns: string[]; rowid: number } {
  const columns: string[] = [];
  let rowid = -1;
  for (const part of splitList(sql.slice(sql.indexOf("(") + 1, sql.lastIndexOf(")")))) {
    const text = part.trim();
    if (text === "" || /^(?:constraint|primary\s+key|unique|check|foreign)\b/iu.test(text)) continue;
    const name = /^(?:"((?:[^"]|"")*)"|'([^']*)'|`([^`]*)`|\[([^\]]*)\]|(\S+))/u.exec(text);
    if (!name) continue;
    const rest = text.slice(name[0].length);
    // A column that is computed when it is read stands in no record.
    if (/\bas\s*\(/iu.test(rest) && !/\bstored\s*$/iu.test(rest)) continue;
    if (/^\s*integer\s+primary\s+key\b/iu.test(rest)) rowid = columns.length;
    columns.push((name[1] ?? name[2] ?? name[3] ?? name[4] ?? name[5] ?? "").replaceAll('""', '"'));
  }
  return { columns, rowid };
}

/** Changes that stand in a file beside the database: without them it holds less, or what was never finished. */
async function refuseOpenChanges(path: string, name: string): Promise<void> {
  const log = await stat(`${path}-wal`).catch(() => undefined);
  if (log && log.size > 0) {
    const message = `${name} is in use: its last changes are still in ${name}-wal. Close the program that writes it.`;
    throw new AppError("invalid", message, { file: name });
  }
  const journal = await readHead(`${path}-journal`, name, 8).catch(() => undefined);
  if (journal?.toString("hex") !== JOURNAL_MAGIC) return;
  const message = `${name} was left in the middle of a change (${name}-journal). Open it once with the program that wrote it.`;
  throw new AppError("invalid", message, { file: name });
}

export class SqliteFile {
  readonly name: string;
  readonly #file: FileHandle;
  readonly #pageSize: number;
  readonly #usable: number;
  readonly #pages: number;
  readonly #decoder: TextDecoder;
  tables: readonly SqliteTable[] = [];
  views: readonly string[] = [];

  private constructor(name: string, file: FileHandle, head: Buffer, size: number) {
    this.name = name;
    this.#file = file;
    const pageSize = head.readUInt16BE(16);
    this.#pageSize = pageSize === 1 ? 65_536 : pageSize;
    this.#usable = this.#pageSize - head.readUInt8(20);
    const isPower = (this.#pageSize & (this.#pageSize - 1)) === 0;
    if (this.#pageSize < 512 || !isPower || this.#usable < 480) throw this.damaged();
    this.#pages = Math.floor(size / this.#pageSize);
    const written = head.readUInt32BE(28);
    // Old programs do not keep the count of pages; then the two counts of changes differ.
    if (written > this.#pages && head.readUInt32BE(24) === head.readUInt32BE(92)) {
      const message = `${name} is cut short: it has ${this.#pages} of its ${written} pages. Fetch or export it again.`;
      throw new AppError("invalid", message, { file: name });
    }
    this.#decoder = new TextDecoder(["utf-8", "utf-8", "utf-16le", "utf-16be"][head.readUInt32BE(56)] ?? "utf-8");
  }

  /** @throws AppError invalid when the file is damaged, or its last changes are in a file beside it */
  static async open(path: string, name: string): Promise<SqliteFile> {
    const size = (await stat(path)).size;
    await refuseOpenChanges(path, name);
    const file = await open(path, "r");
    try {
      const head = Buffer.alloc(100);
      await file.read(head, 0, 100, 0);
      const database = new SqliteFile(name, file, head, size);
      const tables: SqliteTable[] = [];
      const views: string[] = [];
      const schema = {
        name: "sqlite_schema",
        columns: ["type", "name", "tbl_name", "rootpage", "sql"],
        root: 1,
        rowid: -1,
      };
      for await (const [type, table, , root, sql] of database.rows(schema)) {
        if (type === "view") views.push(String(table));
        if (type !== "table" || !(Number(root) > 0)) continue;
        if (String(sql).length > MAX_STATEMENT) throw database.damaged();
        tables.push({ name: String(table), root: Number(root), ...parseColumns(String(sql)) });
      }
      database.tables = tables;
      database.views = views;
      return database;
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  close(): Promise<void> {
    return this.#file.close();
  }

  damaged(cause?: unknown): AppError {
    const message = `${this.name} is a damaged SQLite database. Fetch or export it again.`;
    return new AppError("invalid", message, { file: this.name }, { cause });
  }

  find(name: string): SqliteTable | undefined {
    return this.tables.find((table) => table.name.toLowerCase() === name.toLowerCase());
  }

  /** A table's rows in the order of their numbers. @throws AppError invalid when a page is damaged */
  async *rows(table: SqliteTable): AsyncGenerator<readonly SqliteValue[]> {
    const waiting = [table.root];
    const seen = new Set<number>();
    try {
      for (let page = waiting.pop(); page !== undefined; page = waiting.pop()) {
        if (seen.has(page)) throw this.damaged();
        seen.add(page);
        const bytes = await this.#readPage(page);
        const start = page === 1 ? 100 : 0;
        const kind = bytes.readUInt8(start);
        const cells = bytes.readUInt16BE(start + 3);
        if (INDEX_KINDS.includes(kind) && page === table.root) throw this.#withoutRowid(table);
        if (kind !== LEAF && kind !== INTERIOR) throw this.damaged();
        const first = start + (kind === LEAF ? 8 : 12);
        const places = Array.from({ length: cells }, (_, at) => bytes.readUInt16BE(first + 2 * at));
        if (kind === LEAF) for (const place of places) yield await this.#readRow(bytes, place, table);
        else waiting.push(bytes.readUInt32BE(start + 8), ...places.map((place) => bytes.readUInt32BE(place)).reverse());
      }
    } catch (error) {
      // Positions outside a page are what damage looks like.
      throw error instanceof RangeError ? this.damaged(error) : error;
    }
  }

  #withoutRowid({ name }: SqliteTable): AppError {
    const message = `${this.name}: the table ${name} is made WITHOUT ROWID, which is not read. Copy it into an ordinary table (CREATE TABLE … AS SELECT * FROM ${name}), or export the log as OCEL JSON.`;
    return new AppError("invalid", message, { file: this.name });
  }

  async #readPage(page: number): Promise<Buffer> {
    if (!(page >= 1 && page <= this.#pages)) throw this.damaged();
    const bytes = Buffer.alloc(this.#pageSize);
    await this.#file.read(bytes, 0, this.#pageSize, (page - 1) * this.#pageSize);
    return bytes;
  }

  async #readRow(bytes: Buffer, place: number, table: SqliteTable): Promise<SqliteValue[]> {
    const [length, afterLength] = readVarint(bytes, place);
    const [number, at] = readVarint(bytes, afterLength);
    const body = await this.#readBody(bytes, at, length);
    const [headerEnd, firstType] = readVarint(body, 0);
    const values: SqliteValue[] = [];
    let next = headerEnd;
    for (let typeAt = firstType; typeAt < headerEnd; ) {
      const [type, end] = readVarint(body, typeAt);
      if (next + sizeOf(type) > body.length) throw this.damaged();
      values.push(readValue(body, next, type, this.#decoder));
      next += sizeOf(type);
      typeAt = end;
    }
    if (table.rowid >= 0 && values[table.rowid] === null) values[table.rowid] = number;
    return values;
  }

  /** A record's bytes: what does not fit on its page goes on in a chain of others. */
  async #readBody(bytes: Buffer, at: number, length: number): Promise<Buffer> {
    if (length > MAX_RECORD) throw this.damaged();
    const most = this.#usable - 35;
    if (length <= most) return bytes.subarray(at, at + length);
    const least = Math.floor(((this.#usable - 12) * 32) / 255) - 23;
    const fit = least + ((length - least) % (this.#usable - 4));
    const local = fit <= most ? fit : least;
    const parts = [bytes.subarray(at, at + local)];
    let page = bytes.readUInt32BE(at + local);
    const seen = new Set<number>();
    for (let left = length - local; left > 0; left -= this.#usable - 4) {
      if (seen.has(page)) throw this.damaged();
      seen.add(page);
      const more = await this.#readPage(page);
      parts.push(more.subarray(4, 4 + Math.min(left, this.#usable - 4)));
      page = more.readUInt32BE(0);
    }
    return Buffer.concat(parts);
  }
}
