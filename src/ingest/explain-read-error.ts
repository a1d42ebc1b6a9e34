/**
 * What it means when the engine cannot take a file apart: which file, which line, and what to do.
 * Other failures pass as they are.
 */
import { AppError } from "../domain/app-error.ts";
import { EventEngineError } from "../store/event-errors.ts";
import { findBadQuote } from "./find-bad-quote.ts";
import { explainParquetError } from "./read-parquet.ts";
import type { SourceFile } from "./source-file.ts";

/** ClickHouse's codes for text it could not parse: quotes, escapes, numbers, ends of file, wrong data. */
const PARSE_ERRORS = new Set([25, 26, 27, 33, 117, 131]);

const INFLATE_FAILED = 354;

export async function explainReadError(error: unknown, source: SourceFile): Promise<unknown> {
  if (source.format === "parquet") return explainParquetError(error, source.name);
  if (!(error instanceof EventEngineError)) return error;
  const { name, droppedLines } = source;
  // Padding of zeros is passed over by gzip itself, and so by every check before.
  if (error.clickhouseCode === INFLATE_FAILED)
    return new AppError(
      "invalid",
      `${name}: foreign bytes stand behind the end of the gzip archive. Unpack it (gunzip), and import what comes out.`,
      { file: name },
      { cause: error },
    );
  if (!PARSE_ERRORS.has(error.clickhouseCode)) return error;
  const bad = source.format === "csv" ? await findBadQuote(source, source.delimiter ?? ",") : undefined;
  const row = /\(at row (\d+)\)/u.exec(error.message)?.[1];
  const line = bad && bad.opened + droppedLines;
  const end = bad && bad.closed + droppedLines;
  const where = bad ? `, line ${line}` : row ? `, at or after record ${row}` : "";
  const what = bad
    ? `the quote that opens here ends ${end === line ? "in the middle of the field" : `on line ${end}, in the middle of a field`}; most likely one is missing`
    : "the engine cannot take the text apart";
  return new AppError(
    "invalid",
    `${name}${where}: ${what}. Correct the line (a quote inside quotes is written twice), or export the file again.`,
    { file: name, ...(bad && { line }) },
    { cause: error },
  );
}
