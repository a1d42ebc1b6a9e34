/**
 * Rejected records as a table that people correct in a spreadsheet, and that table read back.
 * In front file, line, field and reason; then the record's own columns; last what stands in no column.
 */
import { parse } from "csv-parse/sync";
import { AppError } from "../domain/app-error.ts";
import type { KeptFile, KeptRecord } from "./kept-rejects.ts";
import { type RecordCells, splitRecord } from "./split-record.ts";

/** The first columns: which record it is, and what is wrong with it. They are not read as values. */
const FRONT = ["file", "line", "field", "reason"] as const;
const REST = "rest";
/** More are not written into the table: it is for people. */
export const MAX_CSV_RECORDS = 10_000;

/** A spreadsheet must not take a field for a formula. */
function csvField(value: string | number): string {
  if (typeof value === "number") return String(value);
  const harmless = /^[=+\-@\t\r]/u.test(value) ? `'${value}` : value;
  return /[",\r\n]/u.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

const bareField = (text: string): string => (/^'[=+\-@\t\r]/u.test(text) ? text.slice(1) : text);

/** The columns of all the files, each once. */
export function listColumns(files: readonly KeptFile[]): readonly string[] {
  return [...new Set(files.flatMap(({ columns }) => columns))];
}

/** @param texts whether the records themselves were kept */
export function writeRejectsCsv(files: readonly KeptFile[], records: readonly KeptRecord[], texts: boolean): string {
  const columns = texts ? listColumns(files) : [];
  const lines = records.slice(0, MAX_CSV_RECORDS).map((record) => {
    const file = files[record.file] as KeptFile;
    const front = [
      file.name,
      record.line,
      [...new Set(record.problems.map(({ field }) => field))].join(", "),
      record.problems.map(({ reason }) => reason).join("; "),
    ];
    if (!texts) return front;
    const { cells, rest } = splitRecord(file, record.text);
    const own = new Map(file.columns.map((column, at) => [column, cells[at] ?? ""]));
    return [...front, ...columns.map((column) => own.get(column) ?? ""), rest];
  });
  const header = [...FRONT, ...columns, ...(texts ? [REST] : [])];
  return [header, ...lines].map((cells) => `${cells.map(csvField).join(",")}\n`).join("");
}

export interface CorrectedRow {
  readonly file: string;
  readonly line: number;
  /** Of a kept file: its cells in its own order. */
  readonly cellsOf: (file: KeptFile, before: RecordCells) => RecordCells;
}

function parseTable(saved: string, name: string): string[][] {
  const text = saved.replace(/^\uFEFF/u, "");
  const [first = ""] = text.split(/\r?\n/u, 1);
  // Spreadsheets write lists in the way of their country.
  const delimiter = [";", "\t"].find((one) => first.replaceAll('"', "").startsWith(`file${one}`)) ?? ",";
  try {
    return parse(text, { delimiter, relax_column_count: true, skip_empty_lines: true }) as string[][];
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new AppError("invalid", `${name} is no table of corrected records: ${detail}.`, { file: name }, { cause });
  }
}

/**
 * The rows of a corrected table. Columns it has lost count as unchanged.
 * @throws AppError invalid when it is not the table that was written
 */
export function readRejectsCsv(text: string, name: string): readonly CorrectedRow[] {
  const [header = [], ...rows] = parseTable(text, name);
  const [file, line] = header;
  if (file?.trim() !== "file" || line?.trim() !== "line")
    throw new AppError(
      "invalid",
      `${name} is not the table of rejected records: its first columns must be file and line. Take the CSV of the rejects and correct it there.`,
      { file: name },
    );
  // A column of the file may be called so, too: then the last one is meant.
  const restAt = header.lastIndexOf(REST);
  const last = restAt >= FRONT.length ? restAt : header.length;
  const own = new Map(header.slice(FRONT.length, last).map((column, at) => [column, at + FRONT.length]));
  return rows.map((cells, at) => {
    const lineNumber = Number(cells[1]);
    if (!Number.isSafeInteger(lineNumber) || lineNumber < 1)
      throw new AppError("invalid", `In ${name}, row ${at + 2}: «${cells[1] ?? ""}» is no line number.`, {
        file: name,
      });
    const cell = (position: number | undefined, before: string): string =>
      position === undefined ? before : bareField(cells[position] ?? "");
    return {
      file: bareField(cells[0] ?? ""),
      line: lineNumber,
      cellsOf: (kept, before) => ({
        cells: kept.columns.map((column, place) => cell(own.get(column), before.cells[place] ?? "")),
        rest: restAt >= FRONT.length ? cell(restAt, before.rest) : before.rest,
      }),
    };
  });
}
