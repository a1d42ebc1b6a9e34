/**
 * The last step for text: a table, JSON records or a XES log become a source with its sample.
 * Here the limits on line length are enforced and unclosed quotes are found, before anything is imported.
 */
import { stat } from "node:fs/promises";
import { AppError } from "../domain/app-error.ts";
import { decodeText, scanText, type TextEncodingName, type TextScan, writeText } from "./decode-text.ts";
import { findOpenQuote } from "./find-open-quote.ts";
import { flattenXes } from "./flatten-xes.ts";
import { aliasPath, cutAtLine, type Preparation, type PreparedSource, readStart, SAMPLE_BYTES } from "./preparation.ts";
import type { ByteSource } from "./read-bytes.ts";
import { sampleJson } from "./sample-json.ts";
import { parseSpread, SAMPLE_RECORDS, sniffTable, type TableDialect, type TableHints } from "./sniff-table.ts";
import type { Sample, SourceFile } from "./source-file.ts";
import { toJsonLines } from "./split-json.ts";
import { detectPositions, type FieldPosition, splitPositions } from "./split-positions.ts";

/** A longer line is no record but a broken or foreign file. Bytes. */
export const MAX_LINE = 8 * 1024 ** 2;

export interface TextInput {
  readonly bytes: ByteSource;
  readonly scan: TextScan;
  readonly encoding: TextEncodingName;
  /** The beginning, whole lines. */
  readonly text: string;
  readonly complete: boolean;
  readonly notes: readonly string[];
  /** It was fixed-width text, and is CSV now. */
  readonly cut?: boolean;
}

const AS_CSV = { format: "csv", delimiter: "," } as const;

function describeSource(task: Preparation, input: Pick<TextInput, "bytes" | "scan" | "encoding">, path: string) {
  return {
    path,
    name: task.found.name,
    originalPath: task.found.path,
    bytes: task.found.bytes,
    ...(task.found.modified === undefined ? {} : { modified: task.found.modified }),
    unpackedBytes: input.scan.unpackedBytes,
    gzip: input.bytes.gzip,
    encoding: input.encoding,
  };
}

function refuseLongLines(input: TextInput): void {
  if (input.scan.longestLine <= MAX_LINE && (input.complete || input.text.endsWith("\n"))) return;
  throw new AppError(
    "invalid",
    `${input.bytes.name} has a line of more than ${input.scan.longestLine > MAX_LINE ? MAX_LINE / 1024 ** 2 : 1} MiB: that is no record. Is it the right file?`,
    { file: input.bytes.name },
  );
}

/** @throws AppError invalid when the text is no table, a line is too long, or a quote is never closed */
export async function prepareTable(task: Preparation, input: TextInput): Promise<PreparedSource> {
  const { found } = task;
  refuseLongLines(input);
  const hints = task.hints?.(found.name);
  const form =
    hints?.format === "csv" || hints?.format === "tsv" || hints?.format === "fixed" ? hints.format : undefined;
  const said = { format: form, delimiter: hints?.delimiter, header: hints?.header };
  const dialect = sniffOrFail(input, input.cut ? { ...said, ...AS_CSV } : said);
  const fields = isTable(dialect) ? undefined : findPositions(input, said);
  if (fields) return prepareTable(task, await cutAtPositions(task, input, fields));
  if (dialect instanceof AppError) throw dialect;
  if (dialect.quotes && (dialect.openQuote || input.scan.oddQuotes || input.scan.longestQuoted > MAX_LINE)) {
    const line = await findOpenQuote(input.bytes, dialect.delimiter as string, MAX_LINE, task.limits);
    if (line !== undefined)
      throw new AppError(
        "invalid",
        `${found.name}, line ${line}: a quote is opened and never closed, or only more than 8 MiB later, which would swallow all between. Close it there, or export the file again.`,
        { file: found.name, line },
      );
  }
  const notes = [...input.notes];
  if (dialect.ragged > 0)
    notes.push(`${dialect.ragged} of the first ${dialect.rows.length} records have more or fewer fields than columns.`);
  const dropped = dialect.skipLines - (dialect.header ? 1 : 0);
  if (dropped > 0) notes.push(`${dropped} lines at the top of ${found.name} hold no records and are left out.`);
  // The engine reads a byte-order mark as part of a first line that is not a table's.
  const rewrite = dropped > 0 || (input.scan.bom && dialect.format === "fixed");
  const bytes = rewrite ? await rewriteTop(task, input, dialect) : input.bytes;
  const path = await aliasPath(task, bytes);
  const { format, delimiter, quotes, header, columns } = dialect;
  const source: SourceFile = {
    ...describeSource(task, { ...input, bytes }, path),
    format,
    originalFormat: input.cut ? "fixed" : format,
    ...(delimiter === undefined ? {} : { delimiter }),
    ...(quotes === undefined ? {} : { quotes }),
    header,
    droppedLines: dropped,
    columns,
    notes,
  };
  const whole = input.complete && dialect.rows.length < SAMPLE_RECORDS;
  const spread = whole ? [] : parseSpread(input.scan.lines, dialect);
  return { source, sample: { path, name: found.name, columns, rows: dialect.rows, spread, complete: whole } };
}

function sniffOrFail(input: TextInput, said: TableHints): TableDialect | AppError {
  try {
    return sniffTable(input.text, input.complete, input.bytes.name, said);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

/** Delimited, or parted by blanks on every single line. */
function isTable(dialect: TableDialect | AppError): boolean {
  return !(dialect instanceof AppError) && (dialect.format === "csv" || dialect.ragged === 0);
}

/** Where the columns stand, if this is fixed-width text whose values hold blanks. */
function findPositions(input: TextInput, said: TableHints): readonly FieldPosition[] | undefined {
  if (input.cut || said.delimiter !== undefined || (said.format !== undefined && said.format !== "fixed"))
    return undefined;
  return detectPositions([...input.text.split("\n"), ...input.scan.lines].map((line) => line.replace(/\r$/u, "")));
}

async function cutAtPositions(
  task: Preparation,
  input: TextInput,
  fields: readonly FieldPosition[],
): Promise<TextInput> {
  const path = task.tempPath(".csv");
  const { name } = input.bytes;
  await writeText(path, splitPositions(decodeText(input.bytes, "utf-8", task.limits), fields, name));
  const bytes: ByteSource = { path, name, gzip: false, bytes: 0 };
  const start = await readStart(bytes, SAMPLE_BYTES);
  const scan = await scanText(bytes, start);
  const complete = start.length >= scan.unpackedBytes;
  const notes = [
    ...input.notes,
    `${name} is cut into ${fields.length} columns at the positions that are always blank.`,
  ];
  return { ...input, bytes, scan, text: cutAtLine(start, complete), complete, notes, cut: true };
}

/** A copy whose first line is the header, on one line, or else the first record; without byte-order mark. */
async function rewriteTop(task: Preparation, input: TextInput, dialect: TableDialect): Promise<ByteSource> {
  const path = task.tempPath(".txt");
  const separator = dialect.delimiter ?? " ";
  const quote = (name: string) => (dialect.format === "csv" ? `"${name.replaceAll('"', '""')}"` : name);
  const names = dialect.columns.map((name) => quote(name.replace(/\s+/gu, " "))).join(separator);
  const text = dropLines(decodeText(input.bytes, "utf-8", task.limits), dialect.skipLines);
  // One kind of line end throughout: readers settle on the first they meet.
  const end = input.text.includes("\r\n") ? "\r\n" : "\n";
  await writeText(path, dialect.header ? prepend(`${names}${end}`, text) : text);
  return { ...input.bytes, path, gzip: false };
}

async function* dropLines(pieces: AsyncIterable<string>, count: number): AsyncGenerator<string> {
  let left = count;
  for await (const piece of pieces) {
    let from = 0;
    while (left > 0) {
      const end = piece.indexOf("\n", from);
      if (end < 0) break;
      from = end + 1;
      left--;
    }
    if (left === 0) yield piece.slice(from);
  }
}

async function* prepend(first: string, rest: AsyncIterable<string>): AsyncGenerator<string> {
  yield first;
  yield* rest;
}

/** @throws AppError invalid when a record is broken or too long, or the records stand inside one object */
export async function prepareJson(task: Preparation, input: TextInput): Promise<PreparedSource> {
  const { found } = task;
  const json = sampleJson(input.text, input.complete, found.name, input.complete ? [] : input.scan.lines);
  const notes = [...input.notes, ...json.notes];
  const { columns, rows, spread } = json;
  if (columns.length === 0)
    throw new AppError("invalid", `${found.name} holds JSON objects without any key. Is it the right file?`, {
      file: found.name,
    });
  const whole = input.complete && rows.length < SAMPLE_RECORDS;
  if (!whole)
    notes.push(
      `Columns are the keys of ${rows.length + spread.length} sampled records; keys that none of them has are not read.`,
    );
  let bytes = input.bytes;
  if (!json.lines || input.scan.bom) {
    const path = task.tempPath(".jsonl");
    const text = decodeText(input.bytes, "utf-8", task.limits);
    await writeText(path, json.lines ? text : toJsonLines(text, found.name, json.list));
    bytes = { ...input.bytes, path, gzip: false };
    if (!json.lines) notes.push(`${found.name} was rewritten with one record a line.`);
  } else refuseLongLines(input);
  const path = await aliasPath(task, bytes);
  const source: SourceFile = {
    ...describeSource(task, { ...input, bytes }, path),
    format: "jsonl",
    originalFormat: json.lines ? "jsonl" : "json",
    header: false,
    droppedLines: 0,
    columns: json.columns,
    jsonPaths: json.paths,
    notes,
  };
  return { source, sample: { path, name: found.name, columns, rows, spread, complete: whole } };
}

const KNOWN_XML_ENCODING = /^(?:utf-?8|utf-?16(?:le|be)?|us-ascii|iso-8859-1|latin-?1|windows-1252|cp-?1252)$/iu;

/** @throws AppError invalid naming file and line when the XML is broken, unsafe, or no event log */
export async function prepareXes(task: Preparation, head: Buffer, scan: TextScan): Promise<PreparedSource> {
  const { found } = task;
  const declared = /^[^>]*encoding=["']([^"']+)["']/u.exec(head.subarray(0, 256).toString("latin1"))?.[1] ?? "utf-8";
  if (scan.encoding === "windows-1252" && !KNOWN_XML_ENCODING.test(declared))
    throw new AppError("invalid", `${found.name} is written in ${declared}. Save it as UTF-8.`, { file: found.name });
  const target = task.tempPath(".csv");
  const log = await flattenXes(found, target, {
    encoding: scan.encoding,
    ...(task.limits ? { limits: task.limits } : {}),
    ...(task.signal ? { signal: task.signal } : {}),
    onProgress: (events) => task.onProgress?.(found.name, events),
  });
  const bytes: ByteSource = { path: target, name: found.name, gzip: false, bytes: 0 };
  const start = await readStart(bytes, SAMPLE_BYTES);
  const flat = await stat(target);
  const complete = start.length >= flat.size;
  const end = complete ? start.length : start.lastIndexOf(0x0a) + 1;
  const table = sniffTable(start.subarray(0, end).toString("utf8"), complete, found.name, {
    delimiter: ",",
    header: true,
  });
  const source: SourceFile = {
    ...describeSource(task, { bytes, scan: { ...scan, unpackedBytes: flat.size }, encoding: scan.encoding }, target),
    format: "csv",
    originalFormat: "xes",
    delimiter: ",",
    quotes: true,
    header: true,
    droppedLines: 0,
    columns: log.columns,
    notes: log.notes,
  };
  const sample: Sample = {
    path: target,
    name: found.name,
    columns: log.columns,
    rows: table.rows,
    spread: [],
    complete: complete && table.rows.length < SAMPLE_RECORDS,
  };
  return { source, sample };
}
