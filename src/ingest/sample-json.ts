/**
 * The first records of JSON text as a table: nested objects become columns joined by a dot, lists stay JSON text.
 * It also tells JSON lines, which the engine reads as they are, from other JSON, which is rewritten as lines first.
 */
import { AppError } from "../domain/app-error.ts";
import { findRecordList, hasOwnTime, type RecordList } from "./find-record-list.ts";
import { MAX_COLUMNS, SAMPLE_RECORDS } from "./sniff-table.ts";
import { JsonSplitter, nestsDeeper } from "./split-json.ts";

export interface JsonSample {
  /** Whether every record stands on a line of its own. */
  readonly lines: boolean;
  /** Where the records begin that stand in a list inside one object. */
  readonly list?: RecordList;
  readonly columns: readonly string[];
  readonly paths: Readonly<Record<string, readonly string[]>>;
  readonly rows: readonly (readonly string[])[];
  readonly spread: readonly (readonly string[])[];
  readonly notes: readonly string[];
}

/** What the engine's reader of JSON takes; a line nested deeper is no record, but rejected by the import. */
export const MAX_LINE_DEPTH = 1_000;
/** Objects nested deeper stay JSON text. */
const MAX_PATH = 6;

/** Whether the text begins like JSON records. */
export function looksLikeJson(text: string): boolean {
  return /^\ufeff?\s*(?:\{\s*(?:"|\})|\[\s*\{)/u.test(text);
}

function collectCells(
  object: Readonly<Record<string, unknown>>,
  path: readonly string[],
  visit: (path: readonly string[], value: string) => void,
): void {
  for (const [key, value] of Object.entries(object)) {
    const here = [...path, key];
    if (value === null) visit(here, "");
    else if (typeof value === "object" && !Array.isArray(value) && here.length < MAX_PATH)
      collectCells(value as Record<string, unknown>, here, visit);
    else visit(here, typeof value === "string" ? value : JSON.stringify(value));
  }
}

function parseRecord(text: string, record: number, name: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch (cause) {
    throw new AppError(
      "invalid",
      `${name}, record ${record}: this is not valid JSON (${(cause as Error).message}). Correct it, or export the file again.`,
      { file: name, record },
      { cause },
    );
  }
}

/** A list of objects, or objects under keys of their own: records that stand inside another object. */
function holdsRecords(value: unknown): boolean {
  const isObject = (item: unknown) => typeof item === "object" && item !== null && !Array.isArray(item);
  if (Array.isArray(value)) return value.length > 1 && value.every(isObject);
  return isObject(value) && Object.keys(value as object).length > 2 && Object.values(value as object).every(isObject);
}

function refuseWrapper(records: readonly Record<string, unknown>[], name: string): void {
  const [only, second] = records;
  // One order with its items, one event with its parameters: a record.
  if (!only || second || hasOwnTime(Object.keys(only))) return;
  const list = Object.entries(only).find(([, value]) => holdsRecords(value));
  if (list)
    throw new AppError(
      "invalid",
      `${name} is one JSON object with records inside it, as in «${list[0]}». Export them as JSON lines or as an array of objects.`,
      { file: name },
    );
}

/**
 * Reads the beginning of JSON text.
 * @param start the beginning of the file, cut after a line end unless `complete`
 * @param elsewhere single lines from all over the file; those that hold no whole record are left out
 * @throws AppError invalid naming file and record
 */
export function sampleJson(
  start: string,
  complete: boolean,
  name: string,
  elsewhere: readonly string[] = [],
): JsonSample {
  const text = start.replace(/^\ufeff/u, "");
  const list = holdsOneObject(text, complete) ? findRecordList(text) : undefined;
  const lines = list === undefined ? sampleLines(text, name) : undefined;
  const records = lines?.records ?? sampleObjects(text, complete, name, list);
  if (complete && list === undefined) refuseWrapper(records, name);
  const { rows, notes, ...table } = tabulate([...records, ...(lines ? elsewhere.flatMap(parseLine) : [])]);
  return {
    lines: lines !== undefined,
    ...(list === undefined ? {} : { list }),
    ...table,
    rows: rows.slice(0, records.length),
    spread: rows.slice(records.length),
    notes: [...(lines?.notes ?? []), ...(list ? noteOtherLists(list, name) : []), ...notes],
  };
}

function noteOtherLists({ key, others }: RecordList, name: string): string[] {
  if (others.length === 0) return [];
  return [
    `${name} holds several lists: «${key}» was read, ${others.map((other) => `«${other}»`).join(", ")} not. Save those as files of their own if you need them.`,
  ];
}

/** Whether the text may be one object around its records: laid out over lines, cut off, or alone on its line. */
function holdsOneObject(text: string, complete: boolean): boolean {
  const filled = text.split("\n").filter((line) => line.trim() !== "");
  return parseLine(filled[0] ?? "").length === 0 || (complete && filled.length === 1);
}

/** The object that stands on a line, as a list of one; none when the line holds something else. */
function parseLine(line: string): Record<string, unknown>[] {
  try {
    const record: unknown = JSON.parse(line);
    const isObject = typeof record === "object" && record !== null && !Array.isArray(record);
    return isObject && !nestsDeeper(record, MAX_LINE_DEPTH) ? [record as Record<string, unknown>] : [];
  } catch {
    return [];
  }
}

/** The records of JSON lines; undefined when the first line is no whole object: then it is other JSON. */
function sampleLines(text: string, name: string): { records: Record<string, unknown>[]; notes: string[] } | undefined {
  const filled = text.split("\n").filter((line) => line.trim() !== "");
  if (parseLine(filled[0] ?? "").length === 0) return undefined;
  const looked = filled.slice(0, SAMPLE_RECORDS);
  const records = looked.flatMap(parseLine);
  const broken = looked.length - records.length;
  if (broken > looked.length / 2)
    throw new AppError("invalid", `${name}: ${broken} of the first ${looked.length} lines are no JSON objects.`, {
      file: name,
    });
  const notes =
    broken > 0 ? [`${broken} of the first ${looked.length} lines of ${name} are no valid JSON objects.`] : [];
  return { records, notes };
}

/** The records of an array, or of objects laid out over several lines. */
function sampleObjects(
  text: string,
  complete: boolean,
  name: string,
  list: RecordList | undefined,
): Record<string, unknown>[] {
  const splitter = new JsonSplitter(name, list);
  const texts = splitter.push(text.slice(list?.at));
  if (complete) splitter.end();
  if (texts.length === 0)
    throw new AppError(
      "invalid",
      `${name} begins like JSON, but its first record does not end within 1 MiB. Export the records as JSON lines or as an array.`,
      { file: name },
    );
  return texts.slice(0, SAMPLE_RECORDS).map((record, at) => parseRecord(record, at + 1, name));
}

function tabulate(records: readonly Record<string, unknown>[]): Omit<JsonSample, "lines" | "spread"> {
  const at = new Map<string, number>();
  const paths = new Map<string, readonly string[]>();
  const rows: string[][] = [];
  let dropped = 0;
  for (const record of records) {
    const row: string[] = [];
    collectCells(record, [], (path, value) => {
      const column = path.join(".");
      let position = at.get(column);
      if (position === undefined) {
        if (at.size >= MAX_COLUMNS) {
          dropped++;
          return;
        }
        position = at.size;
        at.set(column, position);
        paths.set(column, path);
      }
      row[position] = value;
    });
    rows.push(row);
  }
  const columns = [...at.keys()];
  const notes = dropped > 0 ? [`Only the first ${MAX_COLUMNS} different keys are offered as columns.`] : [];
  return {
    columns,
    // Not by assignment: a key may be called __proto__.
    paths: Object.fromEntries(paths),
    rows: rows.map((row) => columns.map((_, position) => row[position] ?? "")),
    notes,
  };
}
