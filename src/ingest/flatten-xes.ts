/**
 * Turns a XES log into one CSV table: a row an event, event attributes under their key, trace attributes as `case:<key>`.
 * These are the column names PM4Py gives, so a log exported as CSV and as XES maps the same; values stay as written.
 */
import { createReadStream, createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { AppError } from "../domain/app-error.ts";
import { decodeText, type TextEncodingName } from "./decode-text.ts";
import { XesParser } from "./parse-xes.ts";
import type { ByteSource, UnpackLimits } from "./read-bytes.ts";
import { MAX_COLUMNS } from "./sniff-table.ts";

export interface FlatLog {
  /** In order of first appearance. */
  readonly columns: readonly string[];
  readonly events: number;
  readonly traces: number;
  readonly notes: readonly string[];
}

export interface FlattenOptions {
  readonly encoding?: TextEncodingName;
  readonly limits?: UnpackLimits;
  readonly signal?: AbortSignal;
  /** Events so far; called about every 64 KiB of text. */
  readonly onProgress?: (events: number) => void;
}

/** Ends a record in the spool: XML 1.0 cannot contain it, so no value can. */
const RECORD_END = 0x1e;
const RECORD_END_TEXT = "\u001e";
/** XML pieces are cut so that one parser call stays short and rows can be written in between. */
const PIECE = 64 * 1024;

/** Rows as CSV records that are only as wide as the columns known so far. */
class RowWriter {
  readonly columns = new Map<string, number>();
  /** From which record on how many columns were known: [first record, columns]. */
  readonly widths: [number, number][] = [];
  readonly #name: string;
  #records = 0;
  #text = "";

  constructor(name: string) {
    this.#name = name;
  }

  add(trace: Readonly<Record<string, string>>, event: Readonly<Record<string, string>>): void {
    const cells: string[] = new Array(this.columns.size).fill("");
    for (const key in trace) this.#put(cells, `case:${key}`, trace[key] as string);
    for (const key in event) this.#put(cells, key, event[key] as string);
    if (this.widths.at(-1)?.[1] !== cells.length) this.widths.push([this.#records, cells.length]);
    this.#text += `${cells.join(",")}${RECORD_END_TEXT}`;
    this.#records++;
  }

  #put(cells: string[], column: string, value: string): void {
    let at = this.columns.get(column);
    if (at === undefined) {
      at = this.columns.size;
      if (at >= MAX_COLUMNS)
        throw new AppError("invalid", `${this.#name} has more than ${MAX_COLUMNS} different attributes.`, {
          file: this.#name,
        });
      this.columns.set(column, at);
      cells.push("");
    }
    cells[at] = quoteCell(value);
  }

  /** The records since the last call. */
  take(): string {
    const text = this.#text;
    this.#text = "";
    return text;
  }
}

/** Quotes where CSV asks for it, and around blanks at the ends, which readers like to trim. */
export function quoteCell(value: string): string {
  return /[",\r\n]|^\s|\s$/u.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

/**
 * Writes the flattened log to `target`, a new file. Two files on disk at the most, a bounded amount in memory.
 * @throws AppError invalid naming file and line when the document is broken, is no XES log, or holds no event
 */
export async function flattenXes(source: ByteSource, target: string, options: FlattenOptions = {}): Promise<FlatLog> {
  const spool = `${target}.spool`;
  const rows = new RowWriter(source.name);
  const parser = new XesParser(source.name, (trace, event) => rows.add(trace, event));
  try {
    await pipeline(Readable.from(readRows(source, parser, rows, options)), createWriteStream(spool, { flags: "wx" }));
    if (parser.tally.events === 0)
      throw new AppError("invalid", `${source.name} is a XES log without any event.`, { file: source.name });
    await pipeline(Readable.from(padRows(spool, rows)), createWriteStream(target, { flags: "wx" }));
  } finally {
    await rm(spool, { force: true });
  }
  const { events, traces } = parser.tally;
  return { columns: [...rows.columns.keys()], events, traces, notes: describeTally(parser) };
}

async function* readRows(
  source: ByteSource,
  parser: XesParser,
  rows: RowWriter,
  options: FlattenOptions,
): AsyncGenerator<string> {
  for await (const text of decodeText(source, options.encoding ?? "utf-8", options.limits)) {
    for (let at = 0; at < text.length; at += PIECE) {
      options.signal?.throwIfAborted();
      parser.write(text.slice(at, at + PIECE));
      options.onProgress?.(parser.tally.events);
      const done = rows.take();
      if (done) yield done;
    }
  }
  parser.close();
  const rest = rows.take();
  if (rest) yield rest;
}

/** The header, then every record with the commas of the columns that turned up after it. */
async function* padRows(spool: string, rows: RowWriter): AsyncGenerator<Buffer> {
  const total = rows.columns.size;
  yield Buffer.from(`${[...rows.columns.keys()].map(quoteCell).join(",")}\n`);
  let record = 0;
  let section = -1;
  let end = Buffer.from("\n");
  for await (const chunk of createReadStream(spool, { highWaterMark: 256 * 1024 }) as AsyncIterable<Buffer>) {
    const parts: Buffer[] = [];
    let from = 0;
    for (let at = chunk.indexOf(RECORD_END); at >= 0; at = chunk.indexOf(RECORD_END, from)) {
      if (record === rows.widths[section + 1]?.[0]) {
        section++;
        end = Buffer.from(`${",".repeat(total - (rows.widths[section] as [number, number])[1])}\n`);
      }
      parts.push(chunk.subarray(from, at), end);
      from = at + 1;
      record++;
    }
    parts.push(chunk.subarray(from));
    yield Buffer.concat(parts);
  }
}

function describeTally(parser: XesParser): string[] {
  const { nested, late, unnamed } = parser.tally;
  const notes: string[] = [];
  if (nested > 0) notes.push(`${nested} attributes inside other attributes or lists were left out.`);
  if (late > 0) notes.push(`${late} trace attributes that stand behind more than 20,000 events were left out.`);
  if (unnamed > 0) notes.push(`${unnamed} traces without concept:name were numbered.`);
  return notes;
}
