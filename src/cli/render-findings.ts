/**
 * Findings on a terminal: the list, and one with its history and its comments.
 * The numbers come from the answer; only their form is made here.
 */
import type { Answer } from "../api/operations.ts";
import { formatCount, formatDuration, formatMinute, formatMoney, formatNumber } from "./format.ts";
import { type Column, renderTable } from "./table.ts";

type Finding = Answer<"finding">;
type Measure = Finding["measures"][number];

/** What rounds to nothing has no sign. */
function signed(value: number, text: string): string {
  if (Number(text.replaceAll(",", "")) === 0) return text;
  return `${value < 0 ? "−" : "+"}${text}`;
}

/** Percentage points, or points of the score: "−1.80 (−2.00 … −1.60)". */
function formatEffect({ effect, low, high }: Measure, { question }: Finding): string {
  if (effect === null) return "–";
  const points = (value: number) =>
    signed(value, question.of === "score" ? Math.abs(value).toFixed(2) : (Math.abs(value) * 100).toFixed(1));
  return low === null || high === null ? points(effect) : `${points(effect)} (${points(low)} … ${points(high)})`;
}

function formatSigned(value: number | null): string {
  return value === null ? "–" : signed(value, formatNumber(Math.round(Math.abs(value))));
}

/** A loss is below zero; in all, where nobody says over how many months. */
function formatMonthly({ money, months }: Measure): string {
  if (money === null) return "–";
  return months ? formatMoney(money / months) : `${formatMoney(money)} in all`;
}

/** What somebody should do about it. */
function describeState({ waiting, outdated }: Finding): string {
  return [...(waiting ? ["waits"] : []), ...(outdated ? ["measure again"] : [])].join(", ");
}

const COLUMNS: readonly Column<Finding>[] = [
  { title: "Id", align: "right", value: ({ id }) => String(id) },
  { title: "Status", value: ({ status }) => status },
  { title: "Owner", value: ({ owner }) => owner ?? "–" },
  {
    title: "Effect in points",
    value: (finding) => {
      const newest = finding.measures.at(-1);
      return newest ? formatEffect(newest, finding) : "–";
    },
  },
  { title: "n", align: "right", value: ({ measures }) => formatNumber(measures.at(-1)?.reach) },
  { title: "Claimed", value: ({ measures }) => describeClaim(measures.at(-1)) },
  { title: "To do", value: describeState },
  { title: "Finding", whole: true, value: ({ title }) => title.replace(/\s+/gu, " ") },
];

function describeClaim(measure: Measure | undefined): string {
  return measure?.claimed ? "yes" : `no: ${measure?.reason ?? "never measured"}`;
}

export function renderFindings({ findings }: { readonly findings: readonly Finding[] }): string[] {
  if (findings.length === 0) return ["No finding is kept here."];
  const waiting = findings.filter((finding) => finding.waiting).length;
  const outdated = findings.filter((finding) => finding.outdated).length;
  return [
    formatCount(findings.length, "finding"),
    ...renderTable(COLUMNS, findings),
    ...(waiting > 0 ? ["", `${formatNumber(waiting)} not settled, and nobody has acted for two weeks.`] : []),
    ...(outdated > 0
      ? ["", `${formatNumber(outdated)} measured on older data: waymark findings measure --all looks again.`]
      : []),
  ];
}

function renderHistory(finding: Finding): string[] {
  const money = finding.measures.some((measure) => measure.money !== null);
  return renderTable<Measure>(
    [
      { title: "Measured (UTC)", value: ({ measuredAt }) => formatMinute(measuredAt) },
      { title: "Data", align: "right", value: ({ dataVersion }) => String(dataVersion) },
      { title: "Effect in points", value: (measure) => formatEffect(measure, finding) },
      { title: "q", align: "right", value: ({ q }) => (q === null ? "–" : q.toPrecision(2)) },
      { title: "n", align: "right", value: ({ reach }) => formatNumber(reach) },
      { title: "Impact", align: "right", value: ({ impact }) => formatSigned(impact) },
      { title: "Months", align: "right", value: ({ months }) => (months === null ? "–" : months.toFixed(1)) },
      ...(money ? [{ title: "Money a month", align: "right" as const, value: formatMonthly }] : []),
      { title: "Claimed", value: describeClaim },
    ],
    finding.measures,
  );
}

/** The question field by field, as the operation `moment` or `pain-point` takes it. */
function renderQuestion({ question }: Finding): string[] {
  const { withinMs, ...said } = question;
  const write = (value: unknown) => (typeof value === "object" ? JSON.stringify(value) : String(value));
  const fields = Object.entries(said).map(([field, value]) => `${field} ${write(value)}`);
  if (typeof withinMs === "number") fields.push(`within ${formatDuration(withinMs / 1000)}`);
  return [`  asked: ${fields.join("; ")}`];
}

export function renderFinding(finding: Finding): string[] {
  const { id, title, status, reason, owner, waiting, outdated, createdAt, lastActionAt, comments, measures } = finding;
  return [
    `Finding ${id}: ${title}`,
    `  ${status}${reason === null ? "" : ` (${reason})`}, owner ${owner ?? "–"}`,
    `  kept ${formatMinute(createdAt)}, last acted on ${formatMinute(lastActionAt)} UTC`,
    ...(waiting ? ["  It is not settled, and nobody has acted for two weeks."] : []),
    ...(outdated ? [`  The data have changed since: waymark findings measure ${id} looks again.`] : []),
    ...renderQuestion(finding),
    "",
    ...renderHistory(finding),
    `  Newest: ${measures.at(-1)?.method ?? "never measured"}`,
    ...(comments.length === 0 ? [] : ["", formatCount(comments.length, "comment")]),
    ...comments.map(({ at, by, text }) => `  ${formatMinute(at)} ${by ?? "somebody"}: ${text}`),
  ];
}
