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
  /** False for a record that is too long to be kept whole. */
  readonly editable: boolean;
}

interface RejectGroup extends KeptProblem, Advice {
  /** From 1; the group with most records first. */
  readonly number: number;
  readonly records: number;
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
    editable: record.cut !== true,
  };
}

/** The time format that refused these files' times: where their rules have several, nobody knows which one it was. */
function listTried(mapping: Mapping, files: readonly KeptFile[]): readonly string[] {
  const rules = [...new Set(files.map(({ table }) => table))].flatMap((table) => rulesOf(mapping, table));
  const formats = [...new Set(rules.map(({ timeFormat }) => timeFormat ?? "auto"))];
  return formats.length === 1 ? formats : [];
}

/** The groups, most records first. @param rowLimit first records of each */
export function groupRejects({ import: record, rejects }: OpenRejects, rowLimit: number): readonly RejectGroup[] {
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
      describeRow(fileOf(one), one, columns, faultOf(one), cellsOf(fileOf(one), one.text, cache));
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
    return { number: at + 1, ...problem, records: records.length, columns: fault, rows, ...advice };
  });
}

/** Why rejects cannot be read again one by one; undefined when they can. */
export function whyNotAlone({ import: record, rejects }: OpenRejects): string | undefined {
  const mapping = record.mapping as Mapping;
  if (record.status !== "live") return `Import ${record.id} is not live: what it rejected cannot be read again.`;
  if (!rejects.texts)
    return "The mapping hashes or drops columns, so the rejected records were not kept. Correct them in the file and import it again: what is there already is not doubled.";
  for (const table of new Set(rejects.files.map((file) => file.table))) {
    const rules = rulesOf(mapping, table);
    const { join, fill } = mapping.files?.[table] ?? {};
    const together = rules.some(({ group }) => group !== undefined)
      ? "several records make one event"
      : join !== undefined || fill !== undefined
        ? "records take values from others"
        : rules.some(({ each }) => each !== undefined)
          ? "one record makes an event for each entry of a list"
          : undefined;
    if (together !== undefined)
      return `Under this mapping ${together}, so single records cannot be read again. Roll import ${record.id} back, correct the file, and import it again.`;
  }
  return undefined;
}
