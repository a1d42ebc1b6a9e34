/**
 * A CSV file as a stream of rows of the columns that a measurement asks for, with the line each row stands on.
 * Text alone, nothing kept: what the cells mean is in effect-cells.ts, and what the rows add up to elsewhere.
 */
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { Readable } from "node:stream";
import { CsvError, parse } from "csv-parse";
import { AppError } from "../domain/app-error.ts";
import { decodeText, scanText, type TextEncodingName } from "./decode-text.ts";
import { type ByteSource, isGzip, readHead } from "./read-bytes.ts";
import { sniffTable, type TableDialect } from "./sniff-table.ts";

export interface EffectRow {
  /** From 1, where the row begins. */
  readonly line: number;
  /** One a wanted column, in the order they were asked for, trimmed. */
  readonly cells: readonly string[];
}

export interface EffectTable {
  /** For messages. */
  readonly name: string;
  readonly columns: readonly string[];
  /** @throws AppError invalid for a column that is not there and for a row that is too short */
  rows(wanted: readonly string[]): AsyncGenerator<EffectRow>;
}

const HEAD = 64 * 1024;
/** A longer record is a quote that was never closed. */
const LONGEST_RECORD = 1_000_000;

/** The beginning of the text, cut after a line end unless it is all there is. */
async function readStart(source: ByteSource, encoding: TextEncodingName) {
  let text = "";
  let complete = true;
  for await (const piece of decodeText(source, encoding)) {
    text += piece;
    complete = text.length < HEAD;
    if (!complete) break;
  }
  const end = text.lastIndexOf("\n") + 1;
  return complete || end === 0 ? { text, complete } : { text: text.slice(0, end), complete };
}

function describeTable(text: string, complete: boolean, name: string, delimiter: string | undefined): TableDialect {
  try {
    return sniffTable(text, complete, name, { format: "csv", header: true, delimiter });
  } catch (cause) {
    if (delimiter === undefined || !(cause instanceof AppError)) throw cause;
    const reason = `${name} is not parted by ${JSON.stringify(delimiter)} or has no row: leave --delimiter out to have it found.`;
    throw new AppError("invalid", reason, { file: name }, { cause });
  }
}

function locate(name: string, columns: readonly string[], wanted: readonly string[]): number[] {
  return wanted.map((column) => {
    const at = columns.indexOf(column);
    if (at >= 0) return at;
    const reason = `${name} has no column "${column}"; it has ${columns.map((one) => `"${one}"`).join(", ")}.`;
    throw new AppError("invalid", reason, { file: name, column, columns });
  });
}

interface Parsed {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

async function* readRecords(
  source: ByteSource,
  encoding: TextEncodingName,
  { delimiter, quotes }: TableDialect,
): AsyncGenerator<Parsed> {
  const parser = parse({
    delimiter: delimiter ?? ",",
    quote: quotes === false ? null : '"',
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: false,
    max_record_size: LONGEST_RECORD,
  });
  const text = Readable.from(decodeText(source, encoding), { objectMode: true, highWaterMark: 4 });
  text.on("error", (error) => parser.destroy(error));
  try {
    yield* text.pipe(parser) as AsyncIterable<Parsed>;
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    const reason = `${source.name}, line ${parser.info.lines}: a quote (") is opened and never closed; close it or double it.`;
    throw new AppError("invalid", reason, { file: source.name, line: parser.info.lines }, { cause });
  } finally {
    text.destroy();
  }
}

/**
 * Opens a CSV file, plain or gzipped, in UTF-8, UTF-16 or Windows-1252, and finds out how its columns are parted.
 * @param delimiter found when left out: comma, tab, semicolon or bar
 * @throws AppError not-found or forbidden for the file, invalid when it is no table with a header line
 */
export async function openEffectTable(path: string, delimiter?: string): Promise<EffectTable> {
  const name = basename(path);
  const head = await readHead(path, name, 4096);
  const { size } = await stat(path);
  const source: ByteSource = { path, name, gzip: isGzip(head), bytes: size };
  const { encoding } = await scanText(source, source.gzip ? new Uint8Array() : head);
  const { text, complete } = await readStart(source, encoding);
  if (text.trim() === "") throw new AppError("invalid", `${name} is empty.`, { file: name });
  const dialect = describeTable(text, complete, name, delimiter);
  const columns = dialect.columns.map((column) => column.trim());
  async function* rows(wanted: readonly string[]): AsyncGenerator<EffectRow> {
    const places = locate(name, columns, wanted);
    let end = 0;
    for await (const { record, info } of readRecords(source, encoding, dialect)) {
      const line = end + 1;
      end = info.lines;
      if (end <= dialect.skipLines || (record.length === 1 && record[0]?.trim() === "")) continue;
      if (record.length < columns.length) {
        const reason = `${name}, line ${line}: ${record.length} fields where the header has ${columns.length}; complete the row or take it out.`;
        throw new AppError("invalid", reason, { file: name, line });
      }
      yield { line, cells: places.map((at) => (record[at] ?? "").trim()) };
    }
  }
  return { name, columns, rows };
}
