/**
 * What may come out of a reader, and a second reading of files that shares no code with it.
 * A broken invariant is thrown; whoever runs the inputs counts it.
 */
import { readFileSync } from "node:fs";
import { AppError } from "../src/domain/app-error.ts";
import type { SourceFile } from "../src/ingest/source-file.ts";
import { HEAD, type MadeRecord } from "./fuzz-generate.ts";
import type { FuzzInput } from "./fuzz-inputs.ts";

/** A promise of the readers that an input broke. */
export class Broken extends Error {
  override readonly name = "Broken";
}

/** Longer than this nobody reads a sentence. Characters. */
const MAX_MESSAGE = 1_000;

/** @throws Broken unless it is an error for users that says which file; whatever else it was stays its cause */
export function judgeRefusal(error: unknown, file: string): void {
  if (!(error instanceof AppError))
    throw new Broken(`not an AppError: ${String((error as Error)?.message ?? error).slice(0, 300)}`, { cause: error });
  const { code, message } = error;
  if (code === "unavailable") throw new Broken(`refused as «unavailable»: ${message.slice(0, 300)}`, { cause: error });
  if (message.length > MAX_MESSAGE)
    throw new Broken(`a message of ${message.length} characters: ${message.slice(0, 200)}`);
  if (!message.includes(file)) throw new Broken(`the message does not name ${file}: ${message.slice(0, 300)}`);
}

/** RFC 4180 and nothing more; undefined where a quote stands anywhere but around a whole field. */
export function parseStrictly(text: string, delimiter: string): string[][] | undefined {
  const rows: string[][] = [];
  for (let at = 0; at < text.length; ) {
    const row: string[] = [];
    for (;;) {
      const [cell, end] = readCell(text, at, delimiter);
      if (end < 0) return undefined;
      row.push(cell);
      at = end;
      if (text[at] !== delimiter) break;
      at++;
    }
    if (text[at] === "\r") at++;
    if (at < text.length && text[at] !== "\n") return undefined;
    at++;
    rows.push(row);
  }
  return rows;
}

function readCell(text: string, at: number, delimiter: string): [cell: string, end: number] {
  if (text[at] !== '"') {
    let end = at;
    while (end < text.length && text[end] !== delimiter && text[end] !== "\n" && text[end] !== "\r") end++;
    const cell = text.slice(at, end);
    return [cell, cell.includes('"') ? -1 : end];
  }
  let cell = "";
  for (let end = at + 1; end < text.length; end++) {
    if (text[end] !== '"') cell += text[end];
    else if (text[end + 1] === '"') cell += text[++end - 1] as string;
    else return [cell, end + 1];
  }
  return ["", -1];
}

/** How many records the file holds that the engine is given; undefined where only the engine can say. */
export function countPrepared({ format, path, delimiter, quotes, header, gzip }: SourceFile): number | undefined {
  if (gzip || format === "parquet" || format === "fixed") return undefined;
  const text = readFileSync(path, "utf8").replace(/^\ufeff/u, "");
  if (format === "jsonl") return text.split("\n").filter((line) => line.trim() !== "").length;
  if (quotes === false) return undefined;
  const rows = parseStrictly(text, delimiter ?? ",");
  const width = rows?.[0]?.length ?? 0;
  // A line of separators alone, fewer than the header has, is blank as well.
  const isBlank = ([first = "", ...more]: readonly string[]) =>
    first.trim() === "" && (more.length === 0 || (more.length + 1 < width && [first, ...more].join("") === ""));
  return rows && rows.filter((cells) => !isBlank(cells)).length - (header ? 1 : 0);
}

/** @throws Broken where a whole input did not come out as it went in */
export function judgeWhole(input: FuzzInput, source: SourceFile, rows: readonly (readonly string[])[]): void {
  const count = input.records?.length ?? input.count;
  if (count === undefined) return;
  const prepared = countPrepared(source);
  if (prepared !== undefined && prepared !== count) throw new Broken(`${count} records went in, ${prepared} came out`);
  if (input.records) judgeRows(input.records, source, rows);
}

function judgeRows(made: readonly MadeRecord[], source: SourceFile, rows: readonly (readonly string[])[]): void {
  if (source.columns.join() !== HEAD.join())
    throw new Broken(`columns ${source.columns.join()} instead of ${HEAD.join()}`);
  for (const [at, { cells }] of made.entries())
    if (JSON.stringify(rows[at]) !== JSON.stringify(cells))
      throw new Broken(`record ${at + 1} reads ${JSON.stringify(rows[at])} instead of ${JSON.stringify(cells)}`);
}
