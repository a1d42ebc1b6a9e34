/**
 * Registered measurements on a terminal: the list; one with its plan, its power in plain words, its history and comments.
 * The report of a measurement is rendered in render-effect.ts; only the form of numbers is made here.
 */
import type { Answer } from "../api/operations.ts";
import { formatCount, formatDuration, formatMinute, formatMoment, formatNumber } from "./format.ts";
import { describeEffect, digits, range, renderEffect, signed } from "./render-effect.ts";
import { type Column, renderTable } from "./table.ts";

type Effect = Answer<"effect">;
type ListedEffect = Answer<"effects">["effects"][number];
type Measure = Effect["measures"][number];
type Foresight = Answer<"foresee-effect">;
type Question = Effect["question"];

const interval = ({ estimate, low, high }: Pick<Measure, "estimate" | "low" | "high">) =>
  `${signed(estimate)} (${range(low, high)})`;

const COLUMNS: readonly Column<ListedEffect>[] = [
  { title: "Id", align: "right", value: ({ id }) => String(id) },
  { title: "Status", value: ({ status }) => status },
  { title: "Switch-on", value: ({ switchOn, zone }) => formatMoment(switchOn, zone) },
  { title: "Stop date", value: ({ until, zone }) => formatMoment(until, zone) },
  { title: "Planned", value: ({ registered }) => (registered.passed ? "before" : "AFTER") },
  { title: "Verdict", value: ({ measures }) => measures.at(-1)?.verdict ?? "–" },
  {
    title: "Effect",
    value: ({ measures }) => {
      const newest = measures.at(-1);
      return newest ? interval(newest) : "–";
    },
  },
  { title: "n", align: "right", value: ({ measures }) => formatNumber(measures.at(-1)?.n) },
  { title: "To do", value: ({ outdated }) => (outdated ? "measure" : "") },
  { title: "Effect of", whole: true, value: ({ name }) => name.replace(/\s+/gu, " ") },
];

export function renderEffects({ effects }: { readonly effects: readonly ListedEffect[] }): string[] {
  if (effects.length === 0) return ["No measurement is registered here."];
  const outdated = effects.filter((effect) => effect.outdated).length;
  return [
    formatCount(effects.length, "effect"),
    ...renderTable(COLUMNS, effects),
    ...(outdated > 0
      ? ["", `${formatNumber(outdated)} not measured on the present data: waymark effects measure --all does.`]
      : []),
  ];
}

const METRICS: Readonly<Record<Question["metric"]["kind"], (metric: Question["metric"], unit: string) => string>> = {
  share: ({ event }, unit) => `share of ${unit}s with ${event}`,
  count: ({ event }, unit) => `${event} for each ${unit}`,
  sum: ({ event, of }, unit) => `${of} of ${event}, added up for each ${unit}`,
  mean: ({ event, of }) => `mean ${of} of ${event}`,
  ratio: ({ event, per }) => `${event} for each ${per}`,
};

/** The question field by field, as it can be asked again. */
function describeQuestion({ metric, unit, design, withinMs, minEffect, lowerIsBetter, ...rest }: Question): string[] {
  const { by, audience, at, control, treatment, switchOn, where, period, peeking, controls, confidence, season } = rest;
  const fields = {
    ...{ by, audience, at, control: control?.join(", "), treatment: treatment?.join(", ") },
    "switch-on": switchOn && Object.entries(switchOn).map(([group, day]) => `${group} ${day}`),
    ...{ where, period: design === "randomised" ? undefined : period },
    controls: design === "staged" ? controls : undefined,
    ...{ season, within: withinMs === undefined ? undefined : formatDuration(withinMs / 1000) },
    "looked at": peeking ? "any time" : undefined,
  };
  const said = Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [`${name} ${value}`]));
  const better = lowerIsBetter ? "; lower is better" : "";
  return [
    `  measures: ${METRICS[metric.kind](metric, unit)}${better}`,
    `  design: ${[design, ...said].join("; ")}`,
    `  worth having: ${digits(minEffect)} at least, at ${digits(confidence * 100)} % confidence`,
  ];
}

function describeBaseline({ baseline }: Foresight): string {
  if (!baseline) return "Before: not known.";
  const { value, low, high, n } = baseline;
  const span = low === null || high === null ? "" : ` (${digits(low)} to ${digits(high)})`;
  return `Before: ${digits(value)}${span}, n ${formatNumber(n)}.`;
}

/** How long it takes: whole weeks, so that each weekday counts alike, and the days behind them. */
function describeDuration({ days, weeks, unitsPerDay }: Foresight["foreseen"]): string {
  if (days === null || weeks === null) return "";
  const pace = unitsPerDay === null ? "" : `, at ${digits(unitsPerDay)} a day`;
  return `: about ${formatCount(Math.ceil(weeks), "week")} (${formatCount(Math.ceil(days), "day")}${pace})`;
}

/** What it takes: units and the time until they have come; of designs over time, the time alone. */
function describeNeed({ foreseen }: Foresight, minEffect: number, seen: string): string[] {
  const { unitsNeeded, days, weeks } = foreseen;
  const effect = `An effect of ${digits(minEffect)} is ${seen}`;
  if (unitsNeeded !== null) return [`${effect} with ${formatCount(unitsNeeded, "unit")}${describeDuration(foreseen)}.`];
  if (days === null || weeks === null) return [];
  return [`${effect} when ${formatCount(weeks, "week")} (${formatCount(days, "day")}) are measured.`];
}

/** The design on the time before: it should show nothing. */
function describeRehearsal({ foreseen: { rehearsed } }: Foresight): string[] {
  if (!rehearsed) return [];
  const { since, until, estimate, low, high } = rehearsed;
  const [from, to] = [since.slice(0, 10), until.slice(0, 10)];
  return [
    `Tried on ${from} to ${to}, when nothing was changed: ${digits(estimate)} (${digits(low)} to ${digits(high)}).`,
  ];
}

/** Power and duration in plain words. */
function describeForeseen(foresight: Foresight, minEffect: number): string[] {
  const { power, unitsByStop, smallestEffect, reason } = foresight.foreseen;
  const seen = `seen ${formatNumber(Math.round(power * 100))} times in 100`;
  return [
    ...describeNeed(foresight, minEffect, seen),
    ...describeRehearsal(foresight),
    ...(smallestEffect === null
      ? []
      : [
          `By the stop date${unitsByStop === null ? "" : `, with ${formatCount(unitsByStop, "unit")}`}, the smallest effect ${seen} is ${digits(smallestEffect)}.`,
        ]),
    ...(reason === null ? [] : [reason]),
  ];
}

/** While something can still be done about it. */
function advise({ foreseen: { smallestEffect } }: Foresight, minEffect: number): string[] {
  if (smallestEffect === null || minEffect === 0 || smallestEffect <= minEffect) return [];
  return ["That is more than what is worth having: measure longer, or expect it to end inconclusive."];
}

export function renderForesight(foresight: Foresight, minEffect: number): string[] {
  return [describeBaseline(foresight), ...describeForeseen(foresight, minEffect), ...advise(foresight, minEffect)];
}

const MEASURES: readonly Column<Measure>[] = [
  { title: "Measured (UTC)", value: ({ measuredAt }) => formatMinute(measuredAt) },
  { title: "Data", align: "right", value: ({ dataVersion }) => String(dataVersion) },
  { title: "Verdict", value: ({ verdict }) => verdict },
  { title: "Effect", value: interval },
  { title: "p", align: "right", value: ({ p }) => p.toPrecision(2) },
  { title: "n", align: "right", value: ({ n }) => formatNumber(n) },
];

/** The sentence that stands first. */
function headline({ id, report, status, switchOn, zone }: Effect): string {
  if (report) return describeEffect(report);
  if (status === "planned") return `Planned: it is switched on ${formatMoment(switchOn, zone)}.`;
  return `Not measured yet: waymark effects measure ${id} does.`;
}

function renderPlan(effect: Effect): string[] {
  const { status, frozenAt, switchOn, until, zone, registered, why, finding, question } = effect;
  const times = `switch-on ${formatMoment(switchOn, zone)}, stop date ${formatMoment(until, zone)} (${zone})`;
  const frozen = frozenAt === null ? "may still be changed" : `frozen since ${formatMoment(frozenAt, zone)}`;
  return [
    `  ${status}; ${times}; ${frozen}`,
    `  ${registered.passed ? "" : "NOTE: "}${registered.detail}`,
    ...describeQuestion(question),
    ...[describeBaseline(effect), ...describeForeseen(effect, question.minEffect)].map((line) => `  ${line}`),
    ...(frozenAt === null ? advise(effect, question.minEffect).map((line) => `  ${line}`) : []),
    ...(why === null ? [] : [`  why: ${why}`]),
    ...(finding === null ? [] : [`  shall mend finding ${finding}`]),
  ];
}

/** One in full, the verdict first. */
export function renderEffectPlan(effect: Effect): string[] {
  const { id, name, measures, comments, report, outdated } = effect;
  return [
    headline(effect),
    `Effect ${id}: ${name}`,
    ...renderPlan(effect),
    ...(outdated && report ? [`  The data have changed since: waymark effects measure ${id} looks again.`] : []),
    ...(measures.length > 1 ? ["", ...renderTable(MEASURES, measures)] : []),
    ...(report ? ["", ...renderEffect(report, effect.zone).slice(1)] : []),
    ...(comments.length === 0 ? [] : ["", formatCount(comments.length, "comment")]),
    ...comments.map(({ at, by, text }) => `  ${formatMinute(at)} ${by ?? "somebody"}: ${text}`),
  ];
}
