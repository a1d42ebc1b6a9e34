/**
 * What people changed in rejected records on the page, until they are read again.
 * Only cells that differ from what was rejected count as changed.
 */
import type { Answer } from "../../api/types.ts";

export type RejectGroup = Answer<"rejects">["groups"][number];
type RejectRow = RejectGroup["rows"][number];

/** By record, then by column. */
export type Edits = Readonly<Record<number, Readonly<Record<string, string>>>>;

/** Stands for the column of what is in no column; no column of a file is called so. */
export const REST = "\u0000rest";

/** What was rejected, before any change. */
export function textOf(row: RejectRow, columns: readonly string[], column: string): string {
  return column === REST ? row.rest : (row.cells[columns.indexOf(column)] ?? "");
}

/** The edits with one more cell; a cell that is as it was is no edit. */
export function editCell(edits: Edits, record: number, column: string, before: string, text: string): Edits {
  const { [column]: _, ...others } = edits[record] ?? {};
  const cells = text === before ? others : { ...others, [column]: text };
  const { [record]: __, ...rest } = edits;
  return Object.keys(cells).length === 0 ? rest : { ...rest, [record]: cells };
}

/** As the retry takes them. */
export function listEdits(edits: Edits) {
  return Object.entries(edits).map(([record, texts]) => {
    const { [REST]: rest, ...cells } = texts;
    return { record: Number(record), cells, ...(rest === undefined ? {} : { rest }) };
  });
}

/** Columns to show, those at fault first; without a column at fault the whole record is. */
export function orderColumns({ columns: fault, rows }: RejectGroup, columns: readonly string[]): readonly string[] {
  const rest = rows.some((row) => row.rest !== "") ? [REST] : [];
  return [...fault, ...rest, ...columns.filter((column) => !fault.includes(column))];
}
