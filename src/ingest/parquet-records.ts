/**
 * Single records of a Parquet file as lines of CSV, so that people can look at them and mend them as those of a text file.
 * The engine finds them in a second pass; what cannot be written as text without loss is left out.
 */
import type { EventStore, QueryParams } from "../store/event-store.ts";
import { MAX_TEXT, type RawRecord } from "./raw-records.ts";
import { PARQUET_SETTINGS, parquetStructure, quoteIdentifier } from "./read-parquet.ts";
import type { SourceFile } from "./source-file.ts";
import { joinCells } from "./split-record.ts";

export interface WantedRecords {
  /** A table of the engine that is not there yet; it is dropped at the end. */
  readonly scratch: string;
  /** A SELECT of the wanted records' numbers … */
  readonly numbers: string;
  readonly params: QueryParams;
  /** … counted from here: that of the file's first record is one more. */
  readonly offset: number;
}

/**
 * @param budget characters; what comes when they are used up is left out
 * @returns by record number, from 1, which stands for the line too. Without those that are longer than what is shown, hold
 *   bytes that are no text, or would be a blank line.
 */
export async function fetchParquetRecords(
  store: EventStore,
  source: SourceFile,
  { scratch, numbers, params, offset }: WantedRecords,
  budget: number,
): Promise<ReadonlyMap<number, RawRecord>> {
  const found = new Map<number, RawRecord>();
  const cells = `[${source.columns.map((column) => `ifNull(${quoteIdentifier(column)}, '')`).join(", ")}]`;
  await store.command(`CREATE TABLE ${scratch} (n UInt64, cells Array(String)) ENGINE = MergeTree ORDER BY n`);
  try {
    await store.loadFile({
      into: `${scratch} (n, cells)`,
      select: (from) =>
        `SELECT n, if(arrayAll(cell -> isValidUTF8(cell), cells) AND arraySum(cell -> length(cell), cells) <= ${MAX_TEXT}, cells, [])
         FROM (SELECT rowNumberInAllBlocks() + 1 AS n, ${cells} AS cells FROM ${from})
         WHERE n + ${offset} IN (${numbers})`,
      path: source.path,
      format: "Parquet",
      structure: parquetStructure(source.columns),
      params,
      settings: PARQUET_SETTINGS,
    });
    let left = budget;
    const rows = store.stream<{ number: number; cells: string[] }>(
      `SELECT toFloat64(n) AS number, cells FROM ${scratch} WHERE ${source.columns.length > 1 ? "notEmpty(cells)" : "cells != [''] AND notEmpty(cells)"} ORDER BY n`,
    );
    for await (const block of rows) {
      for (const { number, cells: texts } of block) {
        const text = joinCells(source, texts);
        left -= text.length;
        if (left < 0) return found;
        found.set(number, { line: number, text, cut: false });
      }
    }
    return found;
  } finally {
    await store.command(`DROP TABLE IF EXISTS ${scratch} SYNC`);
  }
}
