/**
 * Rejected records on a terminal: groups with their first lines, and what a retry brought.
 * The sentences of advice come from the answer.
 */
import type { Answer } from "../api/operations.ts";
import { formatCount, formatNumber } from "./format.ts";
import { renderTable } from "./table.ts";

type Rejects = Omit<Answer<"rejects">, "csv">;

function renderGroup(id: number, group: Rejects["groups"][number], alone: boolean): string[] {
  const { number, field, reason, records, columns, advice, suggestion, rows, why } = group;
  const where = columns.length > 0 ? ` (${columns.join(", ")})` : "";
  return [
    "",
    `${number}. ${formatCount(records, "record")}${field === "" ? "" : `, ${field}${where}`}: ${reason}`,
    ...renderTable(
      [
        { title: "File", value: (row) => row.file },
        { title: "Line", align: "right", value: (row) => String(row.line) },
        { title: "Value", value: (row) => row.value },
      ],
      rows,
    ).map((line) => `   ${line}`),
    `   ${advice}`,
    ...(alone && why !== null ? [`   ${why}`] : []),
    ...(suggestion !== null && alone && why === null
      ? [`   waymark imports retry ${id} --group ${number} --suggested`]
      : []),
  ];
}

export function renderRejects({ import: id, rejected, mended, open, why, notes, groups }: Rejects): string[] {
  if (rejected === 0) return [`Import ${id} rejected no record, or keeps none.`];
  return [
    `Import ${id}: ${formatCount(rejected, "record")} rejected, ${formatNumber(mended)} mended since, ${formatNumber(open)} open`,
    ...groups.flatMap((group) => renderGroup(id, group, why === null)),
    ...(why === null ? [] : ["", why]),
    ...notes.map((note) => `note: ${note}`),
  ];
}

export function renderRetry(done: Answer<"retry">): string[] {
  const { import: of, id, sent, mended, settled, events, rejects, open, warnings } = done;
  const before = settled > 0 ? `${formatCount(settled, "record")} of the table had been mended before.` : undefined;
  if (sent === 0) return [before ?? "Nothing is different: no record was read again."];
  const head =
    id === 0
      ? `None of the ${formatCount(sent, "record")} is an event now: nothing came in.`
      : `Import ${id}: ${formatCount(mended, "record")} of import ${of} mended, ${formatCount(events.added, "event")} added, ${formatNumber(events.duplicate)} there already`;
  return [
    head,
    ...rejects.map(
      ({ field, reason, records }) =>
        `  still rejected: ${formatCount(records, "record")}${field === "" ? "" : `, ${field}`}: ${reason}`,
    ),
    ...(before === undefined ? [] : [`  ${before}`]),
    ...warnings.map((warning) => `  note: ${warning}`),
    open === 0
      ? `No reject of import ${of} is open.`
      : `Still open: waymark imports rejects ${of} (${formatNumber(open)})`,
  ];
}
