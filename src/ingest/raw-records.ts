/**
 * The text of single records of a file, by record number, with the line each begins on.
 * A second, slow pass in JavaScript: only for the records people have to look at.
 */
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { parse } from "csv-parse";
import { readBytes } from "./read-bytes.ts";
import type { SourceFile } from "./source-file.ts";

export interface RawRecord {
  /** From 1, of the file the user gave. */
  readonly line: number;
  readonly text: string;
  /** Whether the record goes on behind `text`. */
  readonly cut: boolean;
}

/** A longer record is cut: most likely it is not one record. */
const MAX_TEXT = 100_000;

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
  // A Parquet file has no lines to show.
  if (source.format === "parquet" || wanted.size === 0) return found;
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

interface CsvRecord {
  readonly raw: string;
  readonly info: { readonly lines: number };
}

async function* readCsv(bytes: Readable, source: SourceFile): AsyncGenerator<Numbered> {
  const parser = parse({
    delimiter: source.delimiter ?? ",",
    raw: true,
    info: true,
    bom: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: false,
  });
  let number = source.header ? -1 : 0;
  for await (const { raw, info } of bytes.pipe(parser) as AsyncIterable<CsvRecord>) {
    number++;
    const text = raw.replace(/\r?\n$/u, "");
    // `lines` counts to the record's end.
    if (number > 0) yield { number, line: info.lines - text.split("\n").length + 1, text };
  }
}
