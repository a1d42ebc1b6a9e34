/**
 * The text of single records of a text file, by record number, with the line each begins on.
 * A second, slow pass in JavaScript: only for the records people have to look at.
 */
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { readBytes } from "./read-bytes.ts";
import type { SourceFile } from "./source-file.ts";

export interface RawRecord {
  /** From 1, of the file the user gave. */
  readonly line: number;
  readonly text: string;
  /** Whether the record goes on behind `text`. */
  readonly cut: boolean;
}

const QUOTE = 0x22;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const SPACE = 0x20;

/** A longer record is cut: most likely it is not one record. */
export const MAX_TEXT = 100_000;

/**
 * @param wanted record numbers, from 1, without the header
 * @param budget characters; what comes when they are used up is left out
 */
export async function fetchRawRecords(
  source: SourceFile,
  wanted: ReadonlySet<number>,
  budget: number,
): Promise<ReadonlyMap<number, RawRecord>> {
  const found = new Map<number, RawRecord>();
  if (wanted.size === 0) return found;
  // Not by spreading: there may be more of them than a call takes arguments.
  const last = [...wanted].reduce((most, number) => Math.max(most, number), 0);
  let left = budget;
  const bytes = Readable.from(readBytes(source));
  try {
    const records =
      source.format === "csv" && source.quotes !== false ? readCsv(bytes, source) : readLines(bytes, source);
    for await (const { number, line, text } of records) {
      if (wanted.has(number)) {
        const kept = text.slice(0, MAX_TEXT);
        left -= kept.length;
        if (left < 0) break;
        found.set(number, { line: line + source.droppedLines, text: kept, cut: kept.length < text.length });
      }
      if (number >= last) break;
    }
  } finally {
    bytes.destroy();
  }
  return found;
}

interface Numbered {
  readonly number: number;
  readonly line: number;
  readonly text: string;
}

async function* readLines(bytes: Readable, source: SourceFile): AsyncGenerator<Numbered> {
  let line = 0;
  for await (const text of createInterface({ input: bytes, crlfDelay: Number.POSITIVE_INFINITY })) {
    line++;
    const number = source.header && source.format !== "jsonl" ? line - 1 : line;
    if (number > 0) yield { number, line, text };
  }
}

/**
 * Records of delimited text as the engine parts them: a quote opens a field only at its beginning, and inside it a line end
 * is text. By hand, so that a record of any length takes no more memory than the part of it that is shown.
 */
async function* readCsv(bytes: Readable, source: SourceFile): AsyncGenerator<Numbered> {
  const separator = (source.delimiter ?? ",").charCodeAt(0);
  const record = new OpenRecord(source.header ? 0 : 1);
  let [quoted, justClosed, atStart, afterReturn] = [false, false, true, false];
  for await (const chunk of bytes as AsyncIterable<Buffer>) {
    let from = 0;
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at] as number;
      const ends = !quoted && (byte === LINE_FEED || byte === CARRIAGE_RETURN);
      if (ends && byte === LINE_FEED && afterReturn) from = at + 1;
      else if (ends) {
        record.add(chunk.subarray(from, at));
        yield* record.take();
        from = at + 1;
      } else if (byte === LINE_FEED) record.lines++;
      afterReturn = ends && byte === CARRIAGE_RETURN;
      if (byte === QUOTE) {
        const opens: boolean = !quoted && (atStart || justClosed);
        justClosed = quoted;
        quoted = opens;
        atStart = false;
      } else if (!quoted) {
        atStart = ends || byte === separator || (atStart && byte === SPACE);
        justClosed = false;
      }
    }
    record.add(chunk.subarray(from));
  }
  if (!record.empty) yield* record.take();
}

/** The record that is being read: its first bytes, and the lines it has run over. */
class OpenRecord {
  #pieces: Buffer[] = [];
  #kept = 0;
  #number: number;
  #line = 1;
  lines = 0;

  constructor(number: number) {
    this.#number = number;
  }

  get empty(): boolean {
    return this.#kept === 0;
  }

  add(piece: Buffer): void {
    // One character takes at most four bytes; one more tells that the record goes on.
    const room = 4 * (MAX_TEXT + 1) - this.#kept;
    if (room <= 0 || piece.length === 0) return;
    // A copy: the chunk's memory is used again.
    this.#pieces.push(Buffer.from(piece.subarray(0, room)));
    this.#kept += Math.min(room, piece.length);
  }

  *take(): Generator<Numbered> {
    const text = Buffer.concat(this.#pieces)
      .toString("utf8")
      .replace(/^\ufeff/u, "");
    if (this.#number > 0) yield { number: this.#number, line: this.#line, text };
    this.#line += this.lines + 1;
    this.#number++;
    [this.#pieces, this.#kept, this.lines] = [[], 0, 0];
  }
}
