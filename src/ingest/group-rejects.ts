/**
 * Open rejects by what is wrong with them, each group with its first records and what to do about it.
 * It reads what was kept; reading the records again is retry-rejects.
 */
import type { Mapping } from "../domain/mapping.ts";
import { columnsAtFault, rulesOf } from "./columns-at-fault.ts";
import type { KeptFile, KeptProblem, KeptRecord } from "./kept-rejects.ts";
import type { OpenRejects } from "./open-rejects.ts";
import { listColumns } from "./rejects-csv.ts";
import { type RecordCells, splitRecord } from "./split-record.ts";
import { type Advice, adviseOn } from "./suggest-mend.ts";

interface RejectRow {
  /** What tells the record from the import's other rejects: given back with its correction. */
  readonly record: number;
  readonly file: string;
  readonly line: number;
  /** What stands in the columns at fault. */
  readonly value: string;
  /** By column of the import, parallel to its columns; null where the record's file has no such column. */
  readonly cells: readonly (string | null)[];
  readonly rest: string;
  /** False for a record that cannot be read again: too long to be kept whole, or one that others belong to. */
  readonly editable: boolean;
}

interface RejectGroup extends KeptProblem, Advice {
  /** From 1; the group with most records first. */
  readonly number: number;
  readonly records: number;
  /** Why none of them can be read again one by one; null when some can. */
  readonly why: string | null;
  readonly columns: readonly string[];
  readonly rows: readonly RejectRow[];
}

/** Values that a suggestion is made from. */
const MAX_VALUES = 2000;

/** Cuts a record into cells once, however many groups it stands in. */
function cellsOf(file: KeptFile, text: string, cache: Map<string, RecordCells>): RecordCells {
  const known = cache.get(text);
  if (known) return known;
  const cells = splitRecord(file, text);
  cache.set(text, cells);
  return cells;
}

function describeRow(
  file: KeptFile,
  record: KeptRecord,
  columns: readonly string[],
  fault: readonly string[],
  split: RecordCells,
  editable: boolean,
): RejectRow {
  const own = new Map(file.columns.map((column, at) => [column, split.cells[at] ?? ""]));
  const values = fault.map((column) => own.get(column) ?? "");
  return {
    record: record.at,
    file: file.name,
    line: record.line,
    value: fault.length === 0 ? split.rest : values.join(" · "),
    cells: columns.map((column) => own.get(column) ?? null),
    rest: split.rest,
    editable,
  };
}

/** The time format that refused these files' times: where their rules have several, nobody knows which one it was. */
function listTried(mapping: Mapping, files: readonly KeptFile[]): readonly string[] {
  const rules = [...new Set(files.map(({ table }) => table))].flatMap((table) => rulesOf(mapping, table));
  const formats = [...new Set(rules.map(({ timeFormat }) => timeFormat ?? "auto"))];
  return formats.length === 1 ? formats : [];
}

/** The groups, most records first. @param rowLimit first records of each */
export function groupRejects(open: OpenRejects, rowLimit: number): readonly RejectGroup[] {
  const { import: record, rejects } = open;
  const alone = new Set(readableAlone(open, rejects.records).map(({ at }) => at));
  const mapping = record.mapping as Mapping;
  const columns = listColumns(rejects.files);
  const byProblem = new Map<string, { problem: KeptProblem; records: KeptRecord[] }>();
  for (const one of rejects.records) {
    for (const problem of one.problems) {
      const key = JSON.stringify([problem.field, problem.reason]);
      const group = byProblem.get(key) ?? { problem, records: [] };
      group.records.push(one);
      byProblem.set(key, group);
    }
  }
  const fileOf = (one: KeptRecord) => rejects.files[one.file] as KeptFile;
  const groups = [...byProblem.values()].sort((a, b) => b.records.length - a.records.length);
  return groups.map(({ problem, records }, at) => {
    const cache = new Map<string, RecordCells>();
    const faults = new Map(rejects.files.map((file) => [file, columnsAtFault(mapping, file, problem.field)]));
    const faultOf = (one: KeptRecord) => faults.get(fileOf(one)) ?? [];
    const row = (one: KeptRecord) =>
      describeRow(fileOf(one), one, columns, faultOf(one), cellsOf(fileOf(one), one.text, cache), alone.has(one.at));
    const fault = [...new Set(records.slice(0, MAX_VALUES).flatMap(faultOf))];
    const values = rejects.texts ? records.slice(0, MAX_VALUES).map((one) => row(one).value.trim()) : [];
    const advice = adviseOn(
      problem,
      fault,
      values.filter((value) => value !== ""),
      listTried(mapping, records.map(fileOf)),
    );
    const rows = rejects.texts
      ? records.slice(0, rowLimit).map(row)
      : records.slice(0, rowLimit).map((one) => ({ ...row({ ...one, text: "" }), editable: false }));
    const why = whyNotAlone(open, records) ?? null;
    return { number: at + 1, ...problem, records: records.length, why, columns: fault, rows, ...advice };
  });
}

/** Why records of this table cannot be read again one by one; undefined when they can. */
function whyTogether(mapping: Mapping, table: string): string | undefined {
  const rules = rulesOf(mapping, table);
  const { join, fill } = mapping.files?.[table] ?? {};
  if (rules.some(({ group }) => group !== undefined)) return "several records make one event";
  if (join !== undefined || fill !== undefined) return "records take values from others";
  return rules.some(({ each }) => each !== undefined)
    ? "one record makes an event for each entry of a list"
    : undefined;
}

/** Those of the records that can be read again one by one. */
export function readableAlone({ import: record, rejects }: OpenRejects, records: readonly KeptRecord[]): KeptRecord[] {
  const blocked = rejects.files.map(({ table }) => whyTogether(record.mapping as Mapping, table) !== undefined);
  return records.filter(({ file, cut }) => cut !== true && blocked[file] !== true);
}

/**
 * Why these rejects cannot be read again one by one; undefined when some can.
 * @param records all that are open, or those of a group
 */
export function whyNotAlone(
  open: OpenRejects,
  records: readonly KeptRecord[] = open.rejects.records,
): string | undefined {
  const { import: record, rejects } = open;
  if (record.status !== "live") return `Import ${record.id} is not live: what it rejected cannot be read again.`;
  if (!rejects.texts)
    return "The mapping hashes or drops columns, so the rejected records were not kept. Correct them in the file and import it again: what is there already is not doubled.";
  const whole = records.filter(({ cut }) => cut !== true);
  if (readableAlone(open, whole).length > 0) return undefined;
  const tables = new Set(whole.map(({ file }) => rejects.files[file]?.table ?? ""));
  const [together] = [...tables].flatMap((table) => whyTogether(record.mapping as Mapping, table) ?? []);
  if (together === undefined) return undefined;
  return `Under this mapping ${together}, so single records cannot be read again. Roll import ${record.id} back, correct the file, and import it again.`;
}
