/**
 * The answer of `effect` for people: one sentence first, then the groups and the checks.
 * What the designs assume is said in docs/effects.md.
 */
import type { EffectReport } from "../api/effect-from-csv.ts";
import { formatCount, formatMoment, formatNumber } from "./format.ts";
import { type Column, renderTable } from "./table.ts";

type Group = EffectReport["groups"][number];
type Check = EffectReport["checks"][number];
type Point = NonNullable<EffectReport["eventStudy"]>[number];

/** Four digits that matter, however small the number is. */
export const digits = (value: number | null) =>
  value === null ? "–" : new Intl.NumberFormat("en-US", { maximumSignificantDigits: 4 }).format(value);

export const signed = (value: number) => (value > 0 ? `+${digits(value)}` : digits(value));
const percent = (value: number) => `${value > 0 ? "+" : ""}${(value * 100).toFixed(1)} %`;
export const range = (low: number, high: number) => `${signed(low)} to ${signed(high)}`;

const GROUPS: readonly Column<Group>[] = [
  { title: "Group", value: ({ name }) => name },
  { title: "", value: ({ role, name }) => (role === name ? "" : role) },
  { title: "n", align: "right", value: ({ n }) => formatNumber(n) },
  { title: "Mean", align: "right", value: ({ mean }) => digits(mean) },
  { title: "Effect", align: "right", value: ({ estimate }) => (estimate === null ? "–" : signed(estimate)) },
  {
    title: "Interval",
    align: "right",
    value: ({ low, high }) => (low === null || high === null ? "–" : range(low, high)),
  },
];

const CHECKS: readonly Column<Check>[] = [
  { title: "Check", value: ({ id }) => id },
  { title: "Passed", value: ({ passed }) => (passed ? "yes" : "NO") },
  { title: "Detail", whole: true, value: ({ detail }) => detail },
];

const POINTS: readonly Column<Point>[] = [
  { title: "Periods since the start", align: "right", value: ({ at }) => String(at) },
  { title: "Effect", align: "right", value: ({ estimate }) => signed(estimate) },
  { title: "Interval", align: "right", value: ({ low, high }) => range(low, high) },
];

const VERDICTS: Readonly<Record<EffectReport["verdict"], string>> = {
  better: "Better",
  worse: "Worse",
  "no meaningful change": "No meaningful change",
  inconclusive: "Inconclusive",
  "indicative better": "Indicative, not proven: better",
  "indicative worse": "Indicative, not proven: worse",
  "indicative no meaningful change": "Indicative, not proven: no meaningful change",
};

/** The sentence that stands first: verdict, effect, interval, n. */
export function describeEffect({
  verdict,
  estimate,
  low,
  high,
  relative,
  p,
  confidence,
  design,
  n,
}: EffectReport): string {
  const share = relative
    ? ` (${percent(relative.estimate)}, ${percent(relative.low)} to ${percent(relative.high)})`
    : "";
  const level = `${digits(confidence * 100)} % interval`;
  const units = formatCount(n, design === "series" ? "period" : "unit");
  const chance = p < 0.0001 ? "p < 0.0001" : `p ${digits(p)}`;
  return `${VERDICTS[verdict]}: ${signed(estimate)}, ${level} ${range(low, high)}${share}, ${chance}, ${units}.`;
}

/** What the numbers were made of, where they come from events; nothing for a file. */
function renderBasis({ basis }: EffectReport, zone: string): string[] {
  if (!basis) return [];
  const { units, unit, from, switchOn, until, period, leftOut } = basis;
  const start = switchOn === null ? "each from its own start" : `switched on ${formatMoment(switchOn, zone)}`;
  const before = from === null ? "" : `, from ${formatMoment(from, zone)}`;
  const periods = period === null ? "" : `, by ${period}`;
  return [
    `Rests on ${formatCount(units, unit)}: ${start}${before}, up to ${formatMoment(until, zone)} (${zone})${periods}.`,
    ...leftOut.map(({ reason, n }) => `Left out: ${formatNumber(n)} (${reason}).`),
  ];
}

const ISO = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/gu;

/** @param zone of the times; a file has none */
export function renderEffect(report: EffectReport, zone = "UTC"): string[] {
  const { method, minEffect, groups, checks, eventStudy = [], chanceToWin } = report;
  const told = checks.map((check) => ({
    ...check,
    detail: check.detail.replaceAll(ISO, (iso) => formatMoment(iso, zone)),
  }));
  return [
    describeEffect(report),
    `Method: ${method}. Least effect worth having: ${minEffect === 0 ? "none given (--min-effect)" : digits(minEffect)}.`,
    ...renderBasis(report, zone),
    ...(chanceToWin === undefined ? [] : [`Chance that the treatment is better: ${(chanceToWin * 100).toFixed(1)} %.`]),
    "",
    ...renderTable(GROUPS, groups),
    ...(eventStudy.length > 0 ? ["", ...renderTable(POINTS, eventStudy)] : []),
    "",
    ...renderTable(CHECKS, told),
  ];
}
