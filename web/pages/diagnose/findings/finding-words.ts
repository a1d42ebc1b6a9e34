/**
 * A finding in words: its numbers as they were measured, and how they moved since it was kept. Nothing is estimated here.
 */
import { amountPerMonth } from "../../../../src/domain/finding.ts";
import type { Answer } from "../../../api/types.ts";
import type { ForestRow } from "../../../charts/svg-forest.ts";
import { formatCount, formatCountOf, formatDay } from "../../../ui/format.ts";
import { formatEffect, formatEnds, formatImpact, formatMoney, judgeEffect, type Of } from "../views/effect-words.ts";

export type Finding = Answer<"finding">;
export type Measure = Finding["measures"][number];

/** "+13.9 points (95 %: +10.1 to +17.7)"; or why there is none. */
export function describeMeasure(measure: Measure | undefined, of: Of): string {
  if (!measure) return "not measured";
  // An incident is told by its dates; its friction may have no effect of its own.
  if (measure.effect === null && measure.claimed) return `${formatCount(measure.reach)} times in its weeks`;
  // What rests on too few is a result, never a number.
  if (measure.effect === null || measure.reason === "too few") return measure.reason ?? "too few";
  const said = `${formatEffect(measure.effect, of)} (${formatEnds(measure, of)})`;
  return measure.claimed ? said : `${said}; not claimed: ${measure.reason ?? "no clear effect"}`;
}

/** What a measurement counts, beside its effect; what adds up over months is said of one. */
export function describeMeasureReach({ reach, impact, money, months }: Measure, of: Of, currency = ""): string {
  const touches = formatCountOf(reach, of ? "answer" : "touch", of ? "answers" : "touches");
  const monthly = (amount: number | null) => amountPerMonth(amount, months) ?? amount;
  const span = amountPerMonth(impact ?? money, months) === null ? "" : " a month";
  return [
    touches,
    ...(impact === null ? [] : [`${formatImpact(monthly(impact), of)} ${of ? "points in all" : "outcomes"}${span}`]),
    ...(money === null ? [] : [`${formatMoney(monthly(money), currency)}${span}`]),
  ].join(", ");
}

interface Asked {
  readonly outcome: string;
  readonly of: Of;
  /** A pain point harms, whichever way its number goes: drop-offs are more, outcomes fewer. */
  readonly harm?: boolean;
  readonly currency?: string;
}

const NO_NUMBER = { value: null, low: null, high: null };

/** The newest last, as they were measured. */
export function measureRows(
  measures: readonly Measure[],
  { outcome, of, harm = false, currency = "" }: Asked,
  zone: string,
): ForestRow[] {
  return measures.map((measure, index) => ({
    key: `${measure.dataVersion}`,
    label: `${index === 0 ? "When it was kept" : index === measures.length - 1 ? "Now" : "In between"}, ${formatDay(measure.measuredAt, zone)}`,
    detail: `data version ${measure.dataVersion}`,
    ...(measure.reason === "too few" ? NO_NUMBER : { value: measure.effect, low: measure.low, high: measure.high }),
    crude: null,
    tone: !measure.claimed ? "plain" : harm ? "bad" : judgeEffect(measure.effect, outcome),
    words: `${describeMeasure(measure, of)}; ${describeMeasureReach(measure, of, currency)}`,
  }));
}

/** Then and now in one sentence. Intervals that overlap say nothing of a change. */
export function describeChange(measures: readonly Measure[]): string {
  const [first] = measures;
  const last = measures.at(-1);
  if (!first || !last || first === last) return "It was measured once. When new data come in, measure it again.";
  if (first.low === null || first.high === null || last.low === null || last.high === null)
    return "One of both times there was too little to estimate.";
  const apart = last.low > first.high || last.high < first.low;
  return apart
    ? "The intervals of then and now do not touch: it has changed."
    : "The intervals of then and now overlap: no clear change.";
}
