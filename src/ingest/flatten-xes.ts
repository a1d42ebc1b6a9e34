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
import { RECORD_END, RecordText } from "./record-text.ts";
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

const CASE = "case:concept:name";
/** XML pieces are cut so that one parser call stays short and rows can be written in between. */
const PIECE = 64 * 1024;

/** Rows as CSV records that are only as wide as the columns known so far. */
class RowWriter {
  readonly columns = new Map<string, number>();
  /** From which record on how many columns were known: [first record, columns]. */
  readonly widths: [number, number][] = [];
  readonly text: RecordText;
  readonly #name: string;
  #records = 0;

  constructor(source: ByteSource, limits: UnpackLimits | undefined) {
    this.#name = source.name;
    this.text = new RecordText(source, limits);
  }

  add(trace: Readonly<Record<string, string>>, event: Readonly<Record<string, string>>): void {
    const cells: string[] = new Array(this.columns.size).fill("");
    for (const key in trace) this.#put(cells, `case:${key}`, trace[key] as string);
    for (const key in event) this.#put(cells, key, event[key] as string);
    if (this.widths.at(-1)?.[1] !== cells.length) this.widths.push([this.#records, cells.length]);
    this.text.add(cells);
    this.#records++;
  }

  #put(cells: string[], column: string, value: string): void {
    const at = this.columns.get(column) ?? this.#addColumn(column);
    while (cells.length <= at) cells.push("");
    cells[at] = quoteCell(value);
  }

  #addColumn(column: string): number {
    const at = this.columns.size;
    if (at >= MAX_COLUMNS)
      throw new AppError("invalid", `${this.#name} has more than ${MAX_COLUMNS} different attributes.`, {
        file: this.#name,
      });
    this.columns.set(column, at);
    return at;
  }

  /** A log whose events stand outside of traces has no cases; the column says so, and its records are rejected for that. */
  completeColumns(): void {
    if (!this.columns.has(CASE)) this.#addColumn(CASE);
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
  const rows = new RowWriter(source, options.limits);
  const parser = new XesParser(source.name, (trace, event) => rows.add(trace, event));
  try {
    await pipeline(Readable.from(readRows(source, parser, rows, options)), createWriteStream(spool, { flags: "wx" }));
    if (parser.tally.events === 0)
      throw new AppError("invalid", `${source.name} is a XES log without any event.`, { file: source.name });
    rows.completeColumns();
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
      const done = rows.text.take();
      if (done) yield done;
    }
  }
  parser.close();
  const rest = rows.text.take();
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
  const { nested, late, unnamed, repeated, strange } = parser.tally;
  const notes: string[] = [];
  if (nested > 0) notes.push(`${nested} attributes inside other attributes or lists were left out.`);
  if (late > 0)
    notes.push(`${late} trace attributes that stand behind more than 20,000 events or 16 MiB were left out.`);
  if (repeated > 0) notes.push(`${repeated} attributes have a key that stands twice: the last value counts.`);
  const [first] = strange;
  if (first) notes.push(`${strange.size} kinds of elements that XES does not know were left out, such as <${first}>.`);
  if (unnamed > 0) notes.push(`${unnamed} traces without concept:name were numbered.`);
  return notes;
}
