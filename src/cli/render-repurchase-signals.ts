/**
 * Early signals on a terminal: crude and adjusted differences in second purchases, and what that comes to in words.
 * The numbers and sentences come from the answer; only their form is made here.
 */
import type { Answer } from "../api/operations.ts";
import { renderBasis } from "./basis-lines.ts";
import { formatCount, formatNumber, formatShare } from "./format.ts";
import { formatEffect, formatRange } from "./render-moments.ts";
import { type Column, renderTable } from "./table.ts";

type SignalsAnswer = Answer<"repurchase-signals">;
type Row = SignalsAnswer["signals"][number];

const right = { align: "right" } as const;
/** Signals said in a sentence; all are in the table. */
const SHOWN_SENTENCES = 5;
/** What deserves a sentence: something was seen, and looked at among customers alike. */
const TELLING: readonly Row["verdict"][] = ["survives", "weaker", "does not survive", "reversed"];

const COLUMNS: readonly Column<Row>[] = [
  { title: "Signal", value: ({ name }) => name },
  { title: "With", ...right, value: (row) => formatNumber(row.with) },
  { title: "", ...right, value: ({ shareWith }) => formatShare(shareWith) },
  { title: "Without", ...right, value: ({ without }) => formatNumber(without) },
  { title: "", ...right, value: ({ shareWithout }) => formatShare(shareWithout) },
  { title: "Difference", ...right, value: ({ crude }) => formatEffect(crude?.value ?? null, null) },
  { title: "Alike before", ...right, value: ({ adjusted }) => formatEffect(adjusted?.value ?? null, null) },
  {
    title: "95 % interval",
    ...right,
    value: ({ adjusted }) => (adjusted === null ? "" : formatRange(adjusted, null)),
  },
  { title: "", value: ({ verdict }) => verdict },
];

export function renderRepurchaseSignals(answer: SignalsAnswer): string[] {
  const { signals, customers, base, days, withinDays, adjustedFor } = answer;
  const told = signals.filter(({ verdict }) => TELLING.includes(verdict)).slice(0, SHOWN_SENTENCES);
  return [
    ...renderBasis(
      `Signals in the first ${formatCount(days, "day")}`,
      `${formatCount(customers, "first buyer")}, ${formatShare(base)} bought again in the ${formatCount(withinDays, "day")} after`,
      answer,
    ),
    ...told.map(({ sentence }) => `  ${sentence}`),
    ...(told.length > 0 ? [""] : []),
    ...(signals.length > 0 ? renderTable(COLUMNS, signals) : ["  No behaviour was seen often enough to compare."]),
    "",
    `  Differences are in percentage points. Alike before: ${adjustedFor.join("; ")}.`,
    "  These are associations: what is in no column may still explain them.",
  ];
}
