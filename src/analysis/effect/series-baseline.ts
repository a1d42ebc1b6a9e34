/**
 * The KPI of a series before its switch-on: the mean of its whole periods, and how much they differ.
 * Of customers and objects it is effect-baseline.ts.
 */
import type { EffectQuestion } from "../../domain/effect.ts";
import { parseMoment } from "../../domain/moment.ts";
import { meanOfArm, momentsOfRows } from "../../stats/arm-moments.ts";
import { studentQuantile } from "../../stats/quantile.ts";
import type { AnalysisContext } from "../context.ts";
import { readDataExtent } from "../data-extent.ts";
import { addUpPeriods, prepareCells, readCells } from "./event-cells.ts";
import { listPeriods } from "./event-periods.ts";
import { PART_NOBODY } from "./event-sides.ts";
import { isoOf } from "./event-stop.ts";

export interface PeriodBaseline {
  /** Mean of a period. */
  readonly value: number;
  /** Periods. */
  readonly n: number;
  /** As if periods did not follow each other. */
  readonly low: number;
  readonly high: number;
  /** Of one period. */
  readonly variance: number;
  readonly from: string;
  readonly until: string;
}

/** Two periods are the least that show a spread. */
const LEAST_PERIODS = 2;

/**
 * @returns null without two whole periods before the switch-on, and where a period has nothing to divide by
 * @throws AppError invalid (expressions, too many periods), not-found (touchpoint, unit)
 */
export async function measurePeriodBaseline(
  context: AnalysisContext,
  question: EffectQuestion,
): Promise<PeriodBaseline | null> {
  const { zone } = context;
  const { first, last } = await readDataExtent(context);
  if (first === null || last === null) return null;
  const end = Date.parse(last) + 1;
  const switchOn = question.since === undefined ? end : parseMoment(question.since, zone);
  const begin = question.from === undefined ? Number.NEGATIVE_INFINITY : parseMoment(question.from, zone);
  const span = { switchOn, from: Math.max(begin, Date.parse(first)), until: Math.min(switchOn, end) };
  const grid = listPeriods(question.period, zone, span);
  const n = grid.names.length;
  if (n < LEAST_PERIODS) return null;
  const { frame, metric } = prepareCells(context, question);
  const [all] = (await readCells(context, { frame, metric, grid, parting: PART_NOBODY })).values();
  const { numerators, denominators } = addUpPeriods(all, n);
  const whole = question.metric.kind === "count" || question.metric.kind === "sum";
  const value = numerators.map((one, period) => (whole ? one : one / (denominators[period] ?? 0)));
  if (!value.every(Number.isFinite)) return null;
  const [moments] = momentsOfRows({ value }, new Uint8Array(n), 1);
  if (!moments) return null;
  const { mean, variance } = meanOfArm(moments);
  const half = studentQuantile((1 + question.confidence) / 2, n - 1) * Math.sqrt(variance / n);
  return {
    ...{ value: mean, n, low: mean - half, high: mean + half, variance },
    ...{ from: isoOf(grid.borders[0] ?? span.from), until: isoOf(grid.borders.at(-1) ?? span.until) },
  };
}
