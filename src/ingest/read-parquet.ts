/**
 * The columns of a Parquet file, from its footer (Thrift compact protocol), and its first records, through the engine.
 * Only columns that hold one plain value a record are read; lists, maps and groups are named and left out.
 */
import { AppError } from "../domain/app-error.ts";
import { EventEngineError } from "../store/event-errors.ts";
import type { EventStore, QuerySettings } from "../store/event-store.ts";
import { damagedFooter, readParquetFooter } from "./parquet-footer.ts";
import { readThriftStruct, type ThriftValue } from "./read-thrift.ts";
import { MAX_COLUMNS, SAMPLE_RECORDS } from "./sniff-table.ts";

export interface ParquetShape {
  readonly columns: readonly string[];
  /** Top-level columns that hold more than a plain value. */
  readonly nested: readonly string[];
  readonly records: number;
}

/** Field numbers of FileMetaData and SchemaElement in parquet.thrift. */
const SCHEMA = 2;
const NUM_ROWS = 3;
const REPETITION = 3;
const NAME = 4;
const NUM_CHILDREN = 5;
const REPEATED = 2;

/** @throws AppError invalid when the footer is damaged or there is no plain column or record */
export async function readParquetShape(path: string, name: string): Promise<ParquetShape> {
  const footer = await readParquetFooter(path, name);
  let shape: ParquetShape;
  try {
    shape = describeSchema(readThriftStruct(footer, NUM_ROWS));
  } catch (cause) {
    throw damagedFooter(name, cause);
  }
  if (!(shape.records >= 0)) throw damagedFooter(name);
  if (shape.records === 0) throw new AppError("invalid", `${name} holds no records.`, { file: name });
  if (shape.columns.length === 0 || shape.columns.length > MAX_COLUMNS)
    throw new AppError(
      "invalid",
      `${name} has ${shape.columns.length} plain columns; 1 to ${MAX_COLUMNS} can be read.`,
      { file: name },
    );
  const twice = shape.columns.find((column, at) => shape.columns.indexOf(column) < at);
  if (twice !== undefined)
    throw new AppError("invalid", `${name} has two columns named «${twice}». Give them names of their own.`, {
      file: name,
    });
  return shape;
}

/** The schema is a tree written depth first; the root comes first and its children are the columns. */
function describeSchema(metadata: ReadonlyMap<number, ThriftValue>): ParquetShape {
  const elements = metadata.get(SCHEMA) as ReadonlyMap<number, ThriftValue>[];
  const columns: string[] = [];
  const nested: string[] = [];
  let at = 1;
  const skip = () => {
    const children = Number((elements[at++] as ReadonlyMap<number, ThriftValue>).get(NUM_CHILDREN) ?? 0);
    for (let child = 0; child < children; child++) skip();
  };
  while (at < elements.length) {
    const element = elements[at] as ReadonlyMap<number, ThriftValue>;
    const plain = Number(element.get(NUM_CHILDREN) ?? 0) === 0 && Number(element.get(REPETITION)) !== REPEATED;
    (plain ? columns : nested).push(String(element.get(NAME)));
    skip();
  }
  return { columns, nested, records: Number(metadata.get(NUM_ROWS)) };
}

/** ClickHouse's codes for a file it cannot take apart: wrong data and types, ends, packings, sizes, encryption. */
const FILE_ERRORS = new Set([6, 8, 26, 32, 33, 36, 44, 49, 50, 53, 69, 70, 131, 117, 271, 353, 432, 636, 1001, 1002]);
const READING_FILE = /\(in file\/uri |While executing Parquet/u;

/** What it means when the engine cannot read a file whose footer is sound. Other failures pass as they are. */
export function explainParquetError(error: unknown, name: string): unknown {
  if (!(error instanceof EventEngineError)) return error;
  // Each packing fails with a code of its own; where it failed is told by the message.
  if (!FILE_ERRORS.has(error.clickhouseCode) && !READING_FILE.test(error.message)) return error;
  const why = /DB::Exception: (.*?)(?:: \(in file|: While|\. \(|$)/su.exec(error.message)?.[1] ?? "it is damaged";
  return new AppError(
    "invalid",
    `${name} cannot be read as Parquet (${why.slice(0, 200)}): it is damaged, encrypted, or packed in an unknown way. Export it again, without encryption and packed with Snappy, gzip or zstd.`,
    { file: name },
    { cause: error },
  );
}

/** So that records keep the file's order. */
export const PARQUET_SETTINGS: QuerySettings = {
  parallelize_output_from_storages: 0,
  input_format_parquet_preserve_order: 1,
};

/** Every column as text, for the engine's `file()`. */
export function parquetStructure(columns: readonly string[]): string {
  return columns.map((column) => `${quoteIdentifier(column)} Nullable(String)`).join(", ");
}

/** A name between backticks as ClickHouse reads it. */
export function quoteIdentifier(name: string): string {
  return `\`${name.replace(/[\\`]/gu, "\\$&")}\``;
}

/**
 * The first records of a Parquet file as text. The engine reads it into a scratch table, which is dropped at once.
 * @throws AppError invalid when the engine cannot read the file
 */
export async function sampleParquet(
  events: EventStore,
  path: string,
  name: string,
  columns: readonly string[],
): Promise<string[][]> {
  const table = "parquet_sample";
  await events.command(`DROP TABLE IF EXISTS ${table}`);
  await events.command(`CREATE TABLE ${table} (cells Array(String)) ENGINE = Memory`);
  try {
    const cells = columns.map((column) => `ifNull(${quoteIdentifier(column)}, '')`).join(", ");
    await events.loadFile({
      into: `${table} (cells)`,
      select: (source) => `SELECT [${cells}] FROM ${source} LIMIT ${SAMPLE_RECORDS}`,
      path,
      format: "Parquet",
      structure: parquetStructure(columns),
      settings: { ...PARQUET_SETTINGS, session_timezone: "UTC" },
    });
    const rows = await events.query<{ cells: string[] }>(`SELECT cells FROM ${table}`);
    return rows.map((row) => row.cells);
  } catch (cause) {
    throw explainParquetError(cause, name);
  } finally {
    await events.command(`DROP TABLE IF EXISTS ${table}`);
  }
}
