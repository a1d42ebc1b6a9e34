/**
 * The SELECT that turns one input file into numbered records of text, whatever its format.
 * It judges only the record's form (too short, too long, blank); what the values mean comes later.
 */
import type { FileFormat, QuerySettings } from "../store/event-store.ts";
import { columnId, type NestedColumn, type PlannedFile, type PlannedTable } from "./plan-tables.ts";
import { PARQUET_SETTINGS, parquetStructure, quoteIdentifier } from "./read-parquet.ts";
import type { SourceFile } from "./source-file.ts";
import type { SqlParameters } from "./sql-parameters.ts";

/** Values of the column `bad`. */
export const RECORD_FORM = { good: 0, tooLong: 1, tooShort: 2, blank: 3, oversize: 4, notJson: 5 } as const;
/** A record with more bytes than this in one field is most likely a quote that was never closed. */
const MAX_FIELD_BYTES = 1_000_000;

export interface SourceReading {
  readonly format: FileFormat;
  readonly structure: string;
  readonly settings: QuerySettings;
  /** SELECT with the columns ord, h, bad and the table's own; `offset` counts the records before this file. */
  readonly select: (source: string, offset: number, params: SqlParameters) => string;
}

interface Cells {
  /** SQL of each column of the file, as text. */
  readonly cells: readonly string[];
  readonly bad: string;
  readonly hash: string;
}

/**
 * Row order, and so ordinals, hold only when the file is not spread over threads while it is read and numbered.
 * Sorting and writing come after that: small blocks let them run beside the reading instead of
 * after it (1 M rows: 0.67 s; 0.83 s with blocks twice as large, 1.6 s with the engine's own).
 */
const ORDERED: QuerySettings = {
  parallelize_output_from_storages: 0,
  max_insert_threads: 2,
  // The views behind the landing table sort and write beside the reading: a fifth less time.
  parallel_view_processing: 1,
  min_insert_block_size_rows: 131_072,
  // Records of many columns or long texts make smaller blocks: 131,072 of 2,000 columns would take several GB.
  min_insert_block_size_bytes: 16 * 2 ** 20,
  input_format_max_block_size_bytes: 8 * 2 ** 20,
};

function readDelimited(source: SourceFile): { structure: string; settings: QuerySettings; cells: Cells } {
  const count = source.columns.length;
  const names = source.columns.map((_, at) => `c${at + 1}`);
  const last = names[count - 1] as string;
  const lengths = names.map((name) => `length(${name === last ? `ifNull(${name}, '')` : name})`);
  const blank = names.map((name) => (name === last ? `isNull(${name})` : `${name} = ''`)).join(" AND ");
  const delimiter = source.delimiter ?? ",";
  return {
    // The last column tells a missing value (NULL) from an empty one; one spare column shows what is too long.
    structure: [
      ...names.map((name) => `${name} ${name === last ? "Nullable(String)" : "String"}`),
      "spare Nullable(String)",
    ].join(", "),
    settings: {
      ...ORDERED,
      format_csv_delimiter: delimiter,
      format_csv_null_representation: "\u0001never\u0001",
      format_csv_allow_double_quotes: source.quotes === false ? 0 : 1,
      input_format_csv_skip_first_lines: source.header ? 1 : 0,
      input_format_csv_allow_variable_number_of_columns: 1,
      input_format_csv_empty_as_default: 0,
      input_format_csv_skip_trailing_empty_lines: 1,
      // Otherwise a CR on its own among other line ends joins two records into one.
      input_format_csv_allow_cr_end_of_line: 1,
      // Blanks are trimmed from values, but not where the delimiter itself is one.
      input_format_csv_allow_whitespace_or_tab_as_delimiter: delimiter === "\t" || delimiter === " " ? 1 : 0,
    },
    cells: {
      cells: names.map((name) => (name === last ? `ifNull(${name}, '')` : name)),
      bad: `multiIf(isNotNull(spare), ${RECORD_FORM.tooLong}, isNull(${last}), if(${blank}, ${RECORD_FORM.blank}, ${RECORD_FORM.tooShort}),
        greatest(${lengths.join(", ")}, 0) > ${MAX_FIELD_BYTES}, ${RECORD_FORM.oversize}, ${RECORD_FORM.good})`,
      hash: `cityHash64(${names.map((name) => (name === last ? `ifNull(${name}, '')` : name)).join(", ")})`,
    },
  };
}

function readFixed(source: SourceFile): Cells {
  const count = source.columns.length;
  return {
    cells: source.columns.map((_, at) => `cells[${at + 1}]`),
    bad: `multiIf(empty(cells), ${RECORD_FORM.blank}, length(cells) > ${count}, ${RECORD_FORM.tooLong}, length(cells) < ${count}, ${RECORD_FORM.tooShort}, ${RECORD_FORM.good})`,
    hash: "cityHash64(cells)",
  };
}

function readJson(source: SourceFile, params: SqlParameters): Cells {
  const cells = source.columns.map((column) => {
    const path = source.jsonPaths?.[column] ?? [column];
    return `JSONExtract(line, ${path.map((key) => params.text(key)).join(", ")}, 'String')`;
  });
  return {
    cells,
    bad: `multiIf(trimBoth(line, ' \\t\\r') = '', ${RECORD_FORM.blank}, NOT startsWith(trimLeft(line), '{') OR NOT isValidJSON(line), ${RECORD_FORM.notJson}, ${RECORD_FORM.good})`,
    hash: "cityHash64(line)",
  };
}

function readParquet(source: SourceFile): Cells {
  const cells = source.columns.map((column) => `ifNull(${quoteIdentifier(column)}, '')`);
  return { cells, bad: String(RECORD_FORM.good), hash: `cityHash64(${cells.join(", ")})` };
}

/** A column that stands deep inside JSON, of the record or of another column. */
function readNested({ inside, path }: NestedColumn, cells: Cells, params: SqlParameters): string {
  const keys = path.map((key) => params.text(key)).join(", ");
  return `JSONExtract(${inside === undefined ? "line" : cells.cells[inside]}, ${keys}, 'String')`;
}

interface Reading {
  readonly table: PlannedTable;
  readonly file: PlannedFile;
  readonly cells: Cells;
  readonly params: SqlParameters;
}

function selectRecords({ table, file, cells, params }: Reading, numbered: string, offset: number): string {
  const columns = table.columns.map((column) => {
    const at = file.names.indexOf(column);
    const nested = file.nested?.get(column);
    const cell = nested ? readNested(nested, cells, params) : "''";
    return `${at < 0 ? cell : cells.cells[at]} AS ${columnId(table, column)}`;
  });
  return `SELECT ${offset} + n AS ord, ${cells.hash} AS h, toUInt8(${cells.bad}) AS bad, ${columns.join(", ")} FROM (${numbered})`;
}

function numberRows(from: string): string {
  return `SELECT *, rowNumberInAllBlocks() + 1 AS n FROM ${from}`;
}

/** How the engine is to read this file as part of this table. */
export function readSource(table: PlannedTable, file: PlannedFile): SourceReading {
  const { source } = file;
  if (source.format === "csv") {
    const { structure, settings, cells } = readDelimited(source);
    const select = (from: string, offset: number, params: SqlParameters) =>
      selectRecords({ table, file, cells, params }, numberRows(from), offset);
    return { format: "CSV", structure, settings, select };
  }
  if (source.format === "parquet") {
    const select = (from: string, offset: number, params: SqlParameters) =>
      selectRecords({ table, file, cells: readParquet(source), params }, numberRows(from), offset);
    const settings = { ...ORDERED, ...PARQUET_SETTINGS };
    return { format: "Parquet", structure: parquetStructure(source.columns), settings, select };
  }
  const first = source.format === "fixed" && source.header ? 1 : 0;
  const select = (from: string, offset: number, params: SqlParameters) => {
    const cells = source.format === "fixed" ? readFixed(source) : readJson(source, params);
    const numbered = `SELECT *, splitByWhitespace(line) AS cells FROM (SELECT line, rowNumberInAllBlocks() + 1 - ${first} AS n FROM ${from}) WHERE n > 0`;
    return selectRecords({ table, file, cells, params }, numbered, offset);
  };
  return { format: "LineAsString", structure: "line String", settings: ORDERED, select };
}
