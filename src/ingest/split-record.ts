/**
 * One kept record as cells, and cells as a record again, in the form of the file it came from.
 * A record nobody changed keeps its text: its identity is made of it.
 */
import { parse } from "csv-parse/sync";
import type { KeptFile } from "./kept-rejects.ts";
import { MAX_LINE_DEPTH } from "./sample-json.ts";
import { nestsDeeper } from "./split-json.ts";

export interface RecordCells {
  /** One for each column of the file; "" where the record has none. */
  readonly cells: readonly string[];
  /** What stands in no column: fields beyond the header, or a line that is no JSON. */
  readonly rest: string;
}

type Json = Readonly<Record<string, unknown>>;

function readJson(text: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
    return nestsDeeper(value, MAX_LINE_DEPTH) ? undefined : (value as Json);
  } catch {
    return undefined;
  }
}

function valueAt(record: Json, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (typeof inner === "object" && inner !== null ? (inner as Json)[key] : undefined),
    record,
  );
}

function showValue(value: unknown): string {
  if (value === undefined || value === null) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

const pathOf = (file: KeptFile, column: string): readonly string[] => file.jsonPaths?.[column] ?? [column];
const delimiterOf = (file: Pick<KeptFile, "delimiter">): string => file.delimiter ?? ",";

function splitText(file: KeptFile, text: string): string[] {
  if (file.format === "fixed") return text.trim().split(/\s+/u);
  if (file.format === "csv" && file.quotes === false) return text.split(delimiterOf(file));
  const delimiter = file.format === "csv" ? delimiterOf(file) : ",";
  const [cells] = parse(text, { delimiter, relax_quotes: true, relax_column_count: true }) as string[][];
  return cells ?? [];
}

/** @example splitRecord(file, "a,1,2").rest // "2" where the file has two columns */
export function splitRecord(file: KeptFile, text: string): RecordCells {
  if (file.format === "jsonl") {
    const record = readJson(text);
    if (!record) return { cells: file.columns.map(() => ""), rest: text };
    return { cells: file.columns.map((column) => showValue(valueAt(record, pathOf(file, column)))), rest: "" };
  }
  let cells: string[];
  try {
    cells = splitText(file, text);
  } catch {
    return { cells: file.columns.map(() => ""), rest: text };
  }
  const beyond = cells.slice(file.columns.length);
  return { cells: file.columns.map((_, at) => cells[at] ?? ""), rest: joinCells(file, beyond) };
}

/** A number stays a number where the new text is one. */
function replaceValue(record: Json, path: readonly string[], text: string): Json {
  const [key = "", ...deeper] = path;
  const old = record[key];
  if (deeper.length > 0) {
    const inner = typeof old === "object" && old !== null && !Array.isArray(old) ? (old as Json) : {};
    return { ...record, [key]: replaceValue(inner, deeper, text) };
  }
  const number = typeof old === "number" && text.trim() !== "" && Number.isFinite(Number(text));
  return { ...record, [key]: number ? Number(text) : text };
}

/** Cells as a line of the file's own form, without its end; of CSV where the file has no lines. */
export function joinCells(file: Pick<KeptFile, "format" | "delimiter" | "quotes">, cells: readonly string[]): string {
  if (file.format === "fixed") return cells.join("  ");
  const delimiter = delimiterOf(file);
  if (file.format === "csv" && file.quotes === false) return cells.join(delimiter);
  // Of a text file blanks around a value are none of it, and are read so again; of a Parquet file they are.
  const edges = file.format === "parquet" ? "|^\\s|\\s$" : "";
  const special = new RegExp(`["\r\n${delimiter.replace(/[\\\]^-]/gu, "\\$&")}]${edges}`, "u");
  return cells.map((cell) => (special.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(delimiter);
}

/** The record with other cells; as it was where nothing changed. */
export function changeRecord(file: KeptFile, text: string, changed: RecordCells): string {
  const before = splitRecord(file, text);
  const same = before.rest === changed.rest && before.cells.every((cell, at) => cell === changed.cells[at]);
  if (same) return text;
  if (file.format === "jsonl") {
    const record = changed.rest === before.rest ? readJson(text) : readJson(changed.rest);
    // What is no JSON stays what it is, and is rejected again.
    if (!record) return changed.rest === "" ? joinJson(file, changed.cells) : changed.rest;
    return JSON.stringify(
      file.columns.reduce((inner, column, at) => {
        const cell = changed.cells[at] ?? "";
        return cell === before.cells[at] ? inner : replaceValue(inner, pathOf(file, column), cell);
      }, record),
    );
  }
  const line = joinCells(file, changed.cells);
  return changed.rest === "" ? line : `${line}${file.format === "fixed" ? "  " : delimiterOf(file)}${changed.rest}`;
}

/** A line that was no JSON, typed in anew cell by cell. */
function joinJson(file: KeptFile, cells: readonly string[]): string {
  const filled = file.columns.flatMap((column, at) => (cells[at] ? [[column, cells[at]] as const] : []));
  return JSON.stringify(
    filled.reduce<Json>((record, [column, cell]) => replaceValue(record, pathOf(file, column), cell), {}),
  );
}
