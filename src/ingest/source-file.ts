/**
 * What one input file is once it has been looked at: where the engine reads it, in which format, with which columns.
 * It holds no data beyond a sample, and says nothing of what the columns mean (that is the mapping's part).
 */

/**
 * `csv`: any one-character delimiter, quotes as in RFC 4180. `fixed`: columns separated by runs of blanks, leading and
 * trailing blanks ignored, no quotes. `jsonl`: one JSON object a line. XES and XLSX arrive as `csv`, flattened.
 */
export type SourceFormat = "csv" | "jsonl" | "parquet" | "fixed";

/** What the file was before it was made readable for the engine. */
export type OriginalFormat = SourceFormat | "json" | "xes" | "xlsx" | "ocel";

export interface SourceFile {
  /** What the engine reads: absolute, UTF-8, ends in `.gz` exactly when its content is gzipped. Never in a message. */
  readonly path: string;
  /** The name for messages and records: the file's own name, or its path inside the imported folder. */
  readonly name: string;
  /** Where a mapping reads several sheets of one workbook: the workbook's own name, and the sheet that this is. */
  readonly workbook?: { readonly name: string; readonly sheet: string };
  /** Absolute path of the file the user gave. */
  readonly originalPath: string;
  /** Size of the original file on disk, in bytes. */
  readonly bytes: number;
  /** When the original was last written to, in ms; undefined where nobody else can write to it. */
  readonly modified?: number;
  /** Size of the content as text, unpacked, in bytes; of the file itself for Parquet. For progress and estimates. */
  readonly unpackedBytes: number;
  /** Whether `path` (not the original) is gzipped. */
  readonly gzip: boolean;
  readonly format: SourceFormat;
  readonly originalFormat: OriginalFormat;
  /** Of the original: "utf-8", "utf-16le", "utf-16be" or "windows-1252". `path` is always UTF-8. */
  readonly encoding: string;
  /** csv only: one character. */
  readonly delimiter?: string;
  /** csv only: false when `"` is an ordinary character here (then `format_csv_allow_double_quotes = 0`). */
  readonly quotes?: boolean;
  /** csv and fixed: whether the first line of `path` holds names, not data. */
  readonly header: boolean;
  /**
   * Lines at the top of the original that `path` leaves out: titles, blank lines, `sep=;`. A line of `path` plus this
   * is the line of the original. 0 for most files.
   */
  readonly droppedLines: number;
  /**
   * Column names in file order: unique, never empty. Without a header they are `c1`, `c2` …; an empty name in a header
   * becomes `c<position>`, a repeated one gets ` 2`, ` 3` … jsonl: the keys seen in the sample, nested ones joined by
   * a dot, in order of first appearance (later records may hold more).
   */
  readonly columns: readonly string[];
  /** jsonl only: the key path of each column, e.g. ["properties", "time"] for `properties.time`. */
  readonly jsonPaths?: Readonly<Record<string, readonly string[]>>;
  /** What the user should know: transcoded, converted, attributes skipped … whole sentences. */
  readonly notes: readonly string[];
}

/** The first records of a source, as text; "" where a record has no value. */
export interface Sample {
  /** `SourceFile.path` of the source it was read from. */
  readonly path: string;
  readonly name: string;
  readonly columns: readonly string[];
  /** At most 1,000 records, each parallel to `columns`. */
  readonly rows: readonly (readonly string[])[];
  /**
   * Single records from all over the file, in file order, for judging what the first ones cannot show: a log's first
   * thousand records may all be of one day. Empty when `rows` is complete, and for Parquet and XES.
   */
  readonly spread: readonly (readonly string[])[];
  /** Whether `rows` holds every record of the file. */
  readonly complete: boolean;
}
