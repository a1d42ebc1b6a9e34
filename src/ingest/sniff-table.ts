/**
 * How the records of a text table are parted: by a delimiter (with quotes or without) or by runs of blanks.
 * It looks at the beginning of the text only; line endings, encodings and JSON are dealt with before.
 */
import { CsvError, parse } from "csv-parse/sync";
import { AppError } from "../domain/app-error.ts";
import { detectHeader, nameColumns } from "./detect-header.ts";

export const MAX_COLUMNS = 2_000;
export const SAMPLE_RECORDS = 1_000;

export interface TableDialect {
  readonly format: "csv" | "fixed";
  readonly delimiter?: string;
  readonly quotes?: boolean;
  readonly header: boolean;
  /** Lines before the first record of data: the header, blank lines, `sep=;`. */
  readonly skipLines: number;
  readonly columns: readonly string[];
  /** The sample's records without the header, each as long as `columns`. */
  readonly rows: readonly (readonly string[])[];
  /** A quote is opened and never closed, so that records are missing here. */
  readonly openQuote: boolean;
  /** How many of the sample's records have another number of fields than the rest. */
  readonly ragged: number;
}

interface Records {
  readonly rows: readonly (readonly string[])[];
  /** Byte offset behind each record's line end. */
  readonly ends: readonly number[];
  /** A quote is still open at the end of a text that is complete. */
  readonly openQuote: boolean;
  /** A quote is still open at the end of a text that goes on in the file. */
  readonly goesOn?: boolean;
}

interface Candidate extends Records {
  readonly delimiter: string;
  readonly quotes: boolean;
  /** Records before the table begins: titles of a report. */
  readonly preface: number;
  /** The commonest number of fields. */
  readonly width: number;
  /** Share of records that have it, halved when the first one has not. */
  readonly score: number;
}

const DELIMITERS = [",", "\t", ";", "|"] as const;

/** Reports put titles above their tables; more lines than this are no title. */
const MAX_PREFACE = 20;

interface ParseOptions {
  readonly delimiter: string;
  readonly quotes: boolean;
  readonly complete: boolean;
  readonly name: string;
}

/** The first records of delimited text. A record cut off by the end of a sample is left out. */
function parseRecords(text: string, options: ParseOptions): Records {
  const rows: string[][] = [];
  const ends: number[] = [];
  try {
    parse(text, {
      delimiter: options.delimiter,
      quote: options.quotes ? '"' : null,
      // A file may mix them; for the engine, too, each of them ends a record.
      record_delimiter: ["\r\n", "\n", "\r"],
      relax_quotes: true,
      relax_column_count: true,
      skip_empty_lines: true,
      to: SAMPLE_RECORDS + MAX_PREFACE,
      on_record: (record: string[], context) => {
        rows.push(record);
        ends.push(context.bytes);
        return null;
      },
    });
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    if (cause.code === "CSV_QUOTE_NOT_CLOSED") {
      const { complete } = options;
      return { rows, ends, openQuote: complete, goesOn: !complete };
    }
    throw new AppError(
      "invalid",
      `${options.name}, record ${rows.length + 1}: ${cause.message}`,
      { file: options.name, record: rows.length + 1 },
      { cause },
    );
  }
  return { rows, ends, openQuote: false };
}

function commonestWidth(rows: readonly (readonly string[])[]): { width: number; share: number } {
  const counts = new Map<number, number>();
  for (const row of rows) counts.set(row.length, (counts.get(row.length) ?? 0) + 1);
  let width = 0;
  let most = 0;
  for (const [length, count] of counts) {
    if (count > most || (count === most && length > width)) [width, most] = [length, count];
  }
  return { width, share: rows.length === 0 ? 0 : most / rows.length };
}

/** How many records at the start are titles: one filled cell each, above a table that is at least three wide. */
function countPreface(rows: readonly (readonly string[])[], width: number): number {
  if (width < 3) return 0;
  const isTitle = (row: readonly string[]) => row.filter((cell) => cell.trim() !== "").length <= 1;
  let count = 0;
  while (count < MAX_PREFACE && rows[count] && isTitle(rows[count] as readonly string[])) count++;
  return rows[count]?.length === width ? count : 0;
}

function weighDelimiter(text: string, options: ParseOptions): Candidate {
  const records = parseRecords(text, options);
  const { width, share } = commonestWidth(records.rows);
  const preface = countPreface(records.rows, width);
  // A first record that differs speaks against: the header never holds the stray characters that free text does.
  const first = records.rows[preface]?.length === width ? 1 : 0.5;
  const { delimiter, quotes } = options;
  return { delimiter, quotes, ...records, preface, width, score: width < 2 ? 0 : share * first };
}

/** The delimiter under which the records agree best on their number of fields; more fields win a tie. */
function chooseDelimiter(
  text: string,
  complete: boolean,
  name: string,
  delimiters: readonly string[],
): Candidate | undefined {
  let best: Candidate | undefined;
  for (const delimiter of delimiters) {
    const quoted = weighDelimiter(text, { delimiter, quotes: true, complete, name });
    const candidates = [quoted];
    // Dumps parted by tabs or bars often know no quotes at all: then a stray one would swallow lines.
    const knowsQuotes = delimiter === "," || delimiter === ";" || !text.includes('"');
    if (!knowsQuotes && (quoted.score < 0.98 || quoted.openQuote))
      candidates.unshift(weighDelimiter(text, { delimiter, quotes: false, complete, name }));
    for (const candidate of candidates) {
      if (candidate.score === 0) continue;
      const gain = best ? candidate.score - best.score : 1;
      if (!best || gain > 0.02 || (gain > -0.02 && candidate.width > best.width)) best = candidate;
    }
  }
  return best;
}

function splitBlanks(text: string): Records {
  const rows: string[][] = [];
  const ends: number[] = [];
  let end = 0;
  for (const line of text.split("\n")) {
    end += Buffer.byteLength(line) + 1;
    const trimmed = line.trim();
    if (trimmed === "") continue;
    rows.push(trimmed.split(/\s+/u));
    ends.push(end);
    if (rows.length > SAMPLE_RECORDS) break;
  }
  return { rows, ends, openQuote: false };
}

/** Runs of blanks part columns when nearly all lines agree on their number, the first one included. */
function readsAsBlanks(rows: readonly (readonly string[])[]): boolean {
  const { width, share } = commonestWidth(rows);
  return width >= 2 && share >= 0.98 && rows[0]?.length === width;
}

function countLines(text: string, bytes: number): number {
  return Buffer.from(text.slice(0, bytes)).subarray(0, bytes).toString("latin1").split("\n").length - 1;
}

interface Form {
  readonly format: "csv" | "fixed";
  readonly delimiter?: string;
  readonly quotes?: boolean;
  /** Whether the user said so; otherwise it is found out. */
  readonly header?: boolean;
}

function toDialect(text: string, records: Records, preface: number, form: Form, name: string): TableDialect {
  const rows = records.rows.slice(preface);
  const header = form.header ?? detectHeader(rows);
  const body = header ? rows.slice(1) : rows;
  if (body.length === 0 && records.goesOn)
    throw new AppError(
      "invalid",
      `${name}: the first record does not end within 1 MiB. Most likely a quote is missing, or one too many: correct it, or export the file again.`,
      { file: name },
    );
  if (body.length === 0 && !records.openQuote)
    throw new AppError("invalid", `${name} has column names but not a single record. Did the export end too early?`, {
      file: name,
    });
  const { width } = commonestWidth(body);
  const count = header ? Math.max((rows[0] as readonly string[]).length, width) : width;
  if (count > MAX_COLUMNS)
    throw new AppError(
      "invalid",
      `${name} has ${count} columns; at most ${MAX_COLUMNS} can be read. Export only the columns you need.`,
      { file: name, columns: count },
    );
  const columns = nameColumns(header ? rows[0] : undefined, count);
  const before = preface + (header ? 1 : 0);
  return {
    ...form,
    header,
    skipLines: before === 0 ? 0 : countLines(text, records.ends[before - 1] as number),
    columns,
    rows: body.slice(0, SAMPLE_RECORDS).map((row) => columns.map((_, at) => row[at] ?? "")),
    openQuote: records.openQuote,
    ragged: body.filter((row) => row.length !== count).length,
  };
}

/** What the user knows better than the sniffer. */
export interface TableHints {
  readonly format?: "csv" | "tsv" | "fixed" | undefined;
  readonly delimiter?: string | undefined;
  readonly header?: boolean | undefined;
}

/**
 * Finds out how a text table is written.
 * @param text the beginning of the file without byte-order mark, cut after a line end unless `complete`
 * @throws AppError invalid naming the file when its lines do not form a table
 */
export function sniffTable(text: string, complete: boolean, name: string, hints: TableHints = {}): TableDialect {
  // Spreadsheets announce their delimiter in a line of its own.
  const announced = /^sep=(.)\r?\n/u.exec(text);
  if (announced) {
    const rest = text.slice(announced[0].length);
    const dialect = sniffTable(rest, complete, name, { delimiter: announced[1], ...hints });
    return { ...dialect, skipLines: dialect.skipLines + 1 };
  }
  const known = hints.delimiter ?? (hints.format === "tsv" ? "\t" : undefined);
  const best =
    hints.format === "fixed" ? undefined : chooseDelimiter(text, complete, name, known ? [known] : DELIMITERS);
  const header = hints.header === undefined ? {} : { header: hints.header };
  const asCsv = (choice: Candidate) => {
    const { delimiter, quotes, preface } = choice;
    return toDialect(text, choice, preface, { format: "csv", delimiter, quotes, ...header }, name);
  };
  if (best && (best.score >= 0.9 || known)) return asCsv(best);
  if (known)
    throw new AppError("invalid", `${name} is not parted by ${JSON.stringify(known)}, as the mapping says.`, {
      file: name,
    });
  const blanks = splitBlanks(text);
  if (hints.format === "fixed" || (hints.format === undefined && readsAsBlanks(blanks.rows)))
    return toDialect(text, blanks, 0, { format: "fixed", ...header }, name);
  if (best && best.score >= 0.5) return asCsv(best);
  throw new AppError(
    "invalid",
    `${name} is text, but its lines do not form a table: no comma, tab, semicolon or bar parts them evenly, and neither do blanks. ` +
      "Export it as CSV with a header line.",
    { file: name },
  );
}

/** Single lines as records of a table that is known; what does not fit it, such as half a record, is left out. */
export function parseSpread(lines: readonly string[], dialect: TableDialect): string[][] {
  const { format, delimiter, quotes, columns } = dialect;
  const rows = lines.flatMap((line) => {
    if (format === "fixed") return splitBlanks(line).rows;
    const form = { delimiter: delimiter ?? ",", quotes: quotes ?? true, complete: true, name: "" };
    const records = parseRecords(line, form);
    return records.openQuote ? [] : records.rows;
  });
  return rows.filter((row) => row.length === columns.length).map((row) => [...row]);
}
