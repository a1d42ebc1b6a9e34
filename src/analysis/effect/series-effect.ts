/**
 * What a change did to one series with nothing beside it, by seasons and trend before it; at most indicative.
 * Series beside each other have better designs: staged-effect.ts, synthetic-effect.ts.
 */
import { AppError } from "../../domain/app-error.ts";
import type { SeriesFamily, SeriesQuestion } from "../../stats/interrupted-fit.ts";
import { estimateInterruption, type SeriesEffect } from "../../stats/interrupted-series.ts";
import { isNoAnswer } from "../../stats/no-answer.ts";
import { checkSeries } from "../../stats/series-checks.ts";
import { orderSeries, type Series } from "../../stats/series-rows.ts";
import { listSeriesRows, type UnitPanel } from "./effect-panel.ts";
import {
  completeReport,
  type EffectGroup,
  type EffectQuestion,
  type EffectReport,
  estimateOf,
  refuse,
  relativeOf,
} from "./effect-report.ts";

export interface SeriesEffectQuestion extends EffectQuestion {
  /** Periods of one season; by the dates when left out, none for plain numbers. 1 for none. */
  readonly season?: number | undefined;
}

const DAY = 86_400_000;
const PAIRS = 2;
/** A season that must have come round so often before the change to be taken of itself. */
const SEASONS = 2;

/** 12 for months, 7 for days, by the dates; undefined for anything else. @example ["2024-01", "2024-02"] // 12 */
export function guessSeason(times: readonly (number | string)[]): number | undefined {
  const days = times.map((time) => (typeof time === "string" ? Date.parse(time.slice(0, 10)) / DAY : Number.NaN));
  const gaps = days.slice(1).map((day, at) => day - (days[at] ?? 0));
  if (gaps.length === 0) return undefined;
  if (gaps.every((gap) => Math.abs(gap - 1) < 0.01)) return 7;
  if (gaps.every((gap) => gap >= 28 && gap <= 31)) return 12;
  return undefined;
}

/** Dates must not leave a period out; of numbers `orderSeries` sees that itself. Months differ by a tenth at most. */
function refuseGaps({ times }: Series): void {
  const days = times.map((time) => (typeof time === "string" ? Date.parse(time) / DAY : Number.NaN));
  const gaps = days.slice(1).map((day, at) => day - (days[at] ?? 0));
  const hole = gaps.findIndex((gap) => gap > 1.5 * Math.min(...gaps));
  if (hole < 0) return;
  const reason = `Periods are missing between ${times[hole]} and ${times[hole + 1]}: a series needs every one.`;
  throw new AppError("invalid", reason, { field: "time" });
}

/** Counts may be taken over an offset, and then need not be whole. */
function findFamily({ values, offset }: Series): SeriesFamily {
  const counts = values.every((value) => value >= 0 && (offset !== undefined || Number.isInteger(value)));
  return counts ? "quasi-poisson" : "means";
}

function buildQuestion(series: Series, wanted: number | undefined): SeriesQuestion {
  const guessed = guessSeason(series.times);
  const season = wanted ?? (guessed !== undefined && series.before >= SEASONS * guessed ? guessed : 1);
  const { values, offset, before } = series;
  return {
    ...{ values, before, family: findFamily(series) },
    ...(offset ? { offset } : {}),
    ...(season > 1 ? { season: { period: season, pairs: PAIRS } } : {}),
  };
}

const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;

const groupOf = (role: "before" | "after", name: string, values: Float64Array): EffectGroup => ({
  ...{ name, role, n: values.length, mean: mean(values) },
  ...{ estimate: null, low: null, high: null },
});

/** Beside what was seen the course without the change: before it that which was fitted. */
function seriesOf(
  moments: readonly string[],
  values: Float64Array,
  { counterfactual, low, high }: SeriesEffect,
): NonNullable<EffectReport["series"]> {
  return moments.map((at, period) => ({
    ...{ at, actual: values[period] ?? 0, expected: counterfactual[period] ?? 0 },
    ...{ low: low[period] ?? 0, high: high[period] ?? 0 },
  }));
}

/** @throws AppError invalid for missing or double periods, too few of them, or a change that ends or never comes */
export function measureSeriesEffect(panel: UnitPanel, question: SeriesEffectQuestion): EffectReport {
  const series = orderSeries(listSeriesRows(panel));
  if (isNoAnswer(series)) throw refuse(series);
  refuseGaps(series);
  const asked = buildQuestion(series, question.season);
  const found = estimateInterruption(asked, question.confidence);
  if (isNoAnswer(found)) throw refuse(found);
  const { values, before, times } = series;
  const season = asked.season ? `, seasons of ${asked.season.period}` : ", no seasons";
  const family = asked.family === "means" ? "least squares" : "quasi-Poisson regression";
  return completeReport(
    {
      ...{ design: "series", method: `interrupted series, ${family}${season}`, n: values.length },
      ...estimateOf(found.absolute),
      relative: relativeOf(found.relative),
      checks: checkSeries(asked, found),
      groups: [
        groupOf("before", `before ${times[before]}`, values.slice(0, before)),
        groupOf("after", `from ${times[before]}`, values.slice(before)),
      ],
      ...(panel.moments ? { series: seriesOf(panel.moments, values, found) } : {}),
    },
    question,
  );
}
