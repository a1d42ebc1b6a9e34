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
  readonly columns: readonly string[];
  /** The sample's records without the header, each as long as `columns`. */
  readonly rows: readonly (readonly string[])[];
  /** How many of the sample's records have another number of fields than the rest. */
  readonly ragged: number;
}

interface Candidate {
  readonly delimiter: string;
  readonly quotes: boolean;
  readonly rows: readonly (readonly string[])[];
  /** The commonest number of fields. */
  readonly width: number;
  /** Share of records that have it. */
  readonly share: number;
  readonly score: number;
}

const DELIMITERS = [",", "\t", ";", "|"] as const;

/**
 * The first records of delimited text. A record cut off by the end of a sample is left out.
 * @throws AppError invalid when a quote is opened and never closed in a text that is complete
 */
export function parseRecords(
  text: string,
  options: { readonly delimiter: string; readonly quotes: boolean; readonly complete: boolean; readonly name: string },
): string[][] {
  const rows: string[][] = [];
  try {
    parse(text, {
      delimiter: options.delimiter,
      quote: options.quotes ? '"' : null,
      relax_quotes: true,
      relax_column_count: true,
      skip_empty_lines: true,
      bom: true,
      to: SAMPLE_RECORDS + 1,
      on_record: (record: string[]) => {
        rows.push(record);
        return null;
      },
    });
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    if (cause.code === "CSV_QUOTE_NOT_CLOSED" && !options.complete) return rows;
    throw new AppError(
      "invalid",
      `${options.name}, record ${rows.length + 1}: ${cause.message}`,
      { file: options.name, record: rows.length + 1 },
      { cause },
    );
  }
  return rows;
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

function weighDelimiter(text: string, delimiter: string, quotes: boolean, complete: boolean, name: string): Candidate {
  let rows: string[][] = [];
  try {
    rows = parseRecords(text, { delimiter, quotes, complete, name });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
  const { width, share } = commonestWidth(rows);
  // A first record that differs speaks against: the header never holds the stray characters that free text does.
  const first = rows[0]?.length === width ? 1 : 0.5;
  return { delimiter, quotes, rows, width, share, score: width < 2 ? 0 : share * first };
}

/** The delimiter under which the records agree best on their number of fields; more fields win a tie. */
function chooseDelimiter(text: string, complete: boolean, name: string): Candidate | undefined {
  let best: Candidate | undefined;
  for (const delimiter of DELIMITERS) {
    const quoted = weighDelimiter(text, delimiter, true, complete, name);
    const candidates = [quoted];
    // Tab-separated dumps often know no quotes at all: then a stray one would swallow lines.
    if (text.includes('"') && quoted.score < 0.98)
      candidates.push(weighDelimiter(text, delimiter, false, complete, name));
    for (const candidate of candidates) {
      if (candidate.score === 0) continue;
      const gain = best ? candidate.score - best.score : 1;
      if (!best || gain > 0.02 || (gain > -0.02 && candidate.width > best.width)) best = candidate;
    }
  }
  return best;
}

function splitBlanks(text: string): string[][] {
  const rows: string[][] = [];
  for (const line of text.split(/\r?\n/u)) {
    const trimmed = line.trim();
    if (trimmed === "") continue;
    rows.push(trimmed.split(/\s+/u));
    if (rows.length > SAMPLE_RECORDS) break;
  }
  return rows;
}

/** Runs of blanks part columns when nearly all lines agree on their number, the first one included. */
function readsAsBlanks(rows: readonly (readonly string[])[]): boolean {
  const { width, share } = commonestWidth(rows);
  return width >= 2 && share >= 0.98 && rows[0]?.length === width;
}

function toDialect(
  rows: readonly (readonly string[])[],
  name: string,
  form: Pick<TableDialect, "format" | "delimiter" | "quotes">,
): TableDialect {
  const header = detectHeader(rows);
  const body = header ? rows.slice(1) : rows;
  if (body.length === 0)
    throw new AppError("invalid", `${name} has column names but not a single record.`, { file: name });
  const { width } = commonestWidth(body);
  const count = header ? Math.max((rows[0] as readonly string[]).length, width) : width;
  if (count > MAX_COLUMNS)
    throw new AppError(
      "invalid",
      `${name} has ${count} columns; at most ${MAX_COLUMNS} can be read. Export only the columns you need.`,
      { file: name, columns: count },
    );
  const columns = nameColumns(header ? rows[0] : undefined, count);
  return {
    ...form,
    header,
    columns,
    rows: body.slice(0, SAMPLE_RECORDS).map((row) => columns.map((_, at) => row[at] ?? "")),
    ragged: body.filter((row) => row.length !== count).length,
  };
}

/**
 * Finds out how a text table is written.
 * @param text the beginning of the file, cut after a line end unless `complete`
 * @throws AppError invalid naming the file when its lines do not form a table
 */
export function sniffTable(text: string, complete: boolean, name: string): TableDialect {
  const best = chooseDelimiter(text, complete, name);
  if (best && best.score >= 0.9)
    return toDialect(best.rows, name, { format: "csv", delimiter: best.delimiter, quotes: best.quotes });
  const blanks = splitBlanks(text);
  if (readsAsBlanks(blanks)) return toDialect(blanks, name, { format: "fixed" });
  if (best && best.score >= 0.5)
    return toDialect(best.rows, name, { format: "csv", delimiter: best.delimiter, quotes: best.quotes });
  throw new AppError(
    "invalid",
    `${name} is text, but its lines do not form a table: no comma, tab, semicolon or bar parts them evenly, and neither do blanks. ` +
      "Export it as CSV with a header line.",
    { file: name },
  );
}
