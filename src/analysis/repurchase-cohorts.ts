/**
 * How cohorts of first buyers buy again: at fixed age, by month or quarter, with the wait for the second order and who is kept.
 * What single customers will do is forecast in repurchase.ts.
 */

import { kaplanMeier, type SurvivalCounts, survivalMedian } from "../stats/survival.ts";
import { dayToDate } from "./calendar-day.ts";
import { type AnalysisContext, seeHidden } from "./context.ts";
import { buildJourneyFrame } from "./journey-frame.ts";
import { hasRole } from "./kpi-frame.ts";
import { buildCells, countPeriods } from "./repurchase/cohort-cells.ts";
import { type CohortRow, readCohortRows } from "./repurchase/cohort-rows.ts";
import { projectKeeping } from "./repurchase/keep-projection.ts";
import { findLastDay } from "./repurchase/last-day.ts";
import {
  type RepurchaseCohortsQuery,
  type RepurchaseCohortsReport,
  repurchaseCohortsQuerySchema,
} from "./repurchase-cohorts-schema.ts";

function countWaits(rows: readonly CohortRow[]): SurvivalCounts[] {
  const byTime = new Map<number, { events: number; censored: number }>();
  const at = (time: number) => {
    const counts = byTime.get(time) ?? { events: 0, censored: 0 };
    byTime.set(time, counts);
    return counts;
  };
  for (const { waits, waiting } of rows) {
    for (const [index, time] of waits[0].entries()) at(time).events += waits[1][index] ?? 0;
    for (const [index, time] of waiting[0].entries()) at(time).censored += waiting[1][index] ?? 0;
  }
  return [...byTime].map(([time, counts]) => ({ time, ...counts }));
}

/** The wait for the second purchase day; who has none by the end of the data is censored there. */
function describeWaits(rows: readonly CohortRow[]): RepurchaseCohortsReport["secondOrder"] {
  const steps = kaplanMeier(countWaits(rows));
  return {
    n: countMembers(rows),
    medianDays: survivalMedian(steps)?.value ?? null,
    curve: steps.map(({ time, survival, low, high, atRisk }) => ({
      ...{ days: time, share: 1 - survival, low: 1 - high, high: 1 - low, atRisk },
    })),
  };
}

function countMembers(rows: readonly CohortRow[]): number {
  return rows.reduce((sum, { members }) => sum + members, 0);
}

function isPriced(rows: readonly CohortRow[]): boolean {
  return rows.some(({ bought: [, , spent] }) => spent.some((amount) => amount > 0));
}

/**
 * Cohorts by the month or quarter of the first purchase day, in the workspace's zone. A purchase is a day with an order.
 * Hidden touchpoints count like all others. Without an order, or a touchpoint that counts as one, there are no cohorts.
 * @throws AppError invalid (filter)
 */
export async function analyzeRepurchaseCohorts(
  workspace: AnalysisContext,
  input: RepurchaseCohortsQuery,
): Promise<RepurchaseCohortsReport> {
  const context = seeHidden(workspace);
  const { cohort, ...scope } = repurchaseCohortsQuerySchema.parse(input);
  const frame = buildJourneyFrame(context, { journey: "life", ...scope });
  const lastDay = await findLastDay(context);
  const rows =
    lastDay === null || !hasRole(context, "order") ? [] : await readCohortRows(context, frame, cohort, lastDay);
  const [periods, priced] = [countPeriods(rows), isPriced(rows)];
  const starts = [...new Set(rows.map(({ cohortStart }) => cohortStart))].sort();
  return {
    journey: "life",
    endOfData: lastDay === null ? null : dayToDate(lastDay),
    cohort,
    currency: context.currency,
    cohorts: starts.map((start) => {
      const own = rows.filter(({ cohortStart }) => cohortStart === start);
      return { start, customers: countMembers(own), cells: buildCells(own, periods, priced) };
    }),
    all: { customers: countMembers(rows), cells: buildCells(rows, periods, priced) },
    secondOrder: describeWaits(rows),
    projection: projectKeeping(rows),
  };
}
