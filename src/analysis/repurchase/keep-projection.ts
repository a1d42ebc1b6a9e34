/**
 * How many first buyers are still buying some quarters on, and the shifted-beta-geometric curve through it, tried on held-out periods.
 * Nobody says when they leave a shop: kept means that another purchase came later. The model is in stats/purchase.
 */
import { isNoAnswer } from "../../stats/no-answer.ts";
import { fitShiftedBetaGeometric, shiftedBetaGeometricSurvival } from "../../stats/purchase/shifted-beta-geometric.ts";
import type { RepurchaseCohortsReport } from "../repurchase-cohorts-schema.ts";
import { type CohortRow, readKeeping } from "./cohort-rows.ts";

type Projection = NonNullable<RepurchaseCohortsReport["projection"]>;

const LEAST_REPEATERS = 300;
const LEAST_PERIODS = 3;
/** The first few customers ever seen are not all: the curve is of a quarter of them at least, where three periods allow that. */
const LEAST_PART = 0.25;
const HELD_OUT = 2;
/** A year beyond the data. */
const AHEAD = 4;

/** Customers by the period of their last purchase, 0 for the first day. */
function countLast(rows: readonly CohortRow[], observedPeriods: number): number[] {
  const counts: number[] = [];
  for (const {
    keeping: [keys, customers],
  } of rows)
    for (const [index, key] of keys.entries()) {
      const { observed, lastPeriod } = readKeeping(key);
      if (observed < observedPeriods) continue;
      counts[lastPeriod] = (counts[lastPeriod] ?? 0) + (customers[index] ?? 0);
    }
  return Array.from(counts, (count) => count ?? 0);
}

function sumFrom(counts: readonly number[], first: number): number {
  return counts.slice(first).reduce((sum, count) => sum + count, 0);
}

/** A period behind the last one looked at has to be observed too, or everybody who buys seldom would seem gone. */
function chooseCustomers(rows: readonly CohortRow[]): { periods: number; counts: number[] } | null {
  const all = rows.reduce((sum, { members }) => sum + members, 0);
  let chosen: { periods: number; counts: number[] } | null = null;
  for (let periods = LEAST_PERIODS; ; periods++) {
    const counts = countLast(rows, periods + 1);
    if (sumFrom(counts, 1) < LEAST_REPEATERS) return chosen;
    if (chosen !== null && sumFrom(counts, 0) < LEAST_PART * all) return chosen;
    chosen = { periods, counts };
  }
}

function meanGap(pairs: readonly (readonly [number, number])[]): number {
  return pairs.reduce((sum, [a, b]) => sum + Math.abs(a - b), 0) / pairs.length;
}

/**
 * The share of first buyers who buy in a 90-day period or later, and its sBG projection fitted on the earlier periods.
 * Null where too few bought again, or nobody who did has stopped.
 * Source: Fader & Hardie (2007), "How to project customer retention", Journal of Interactive Marketing 21, 76–90.
 */
export function projectKeeping(rows: readonly CohortRow[]): Projection | null {
  const chosen = chooseCustomers(rows);
  if (chosen === null) return null;
  const { periods, counts } = chosen;
  const customers = sumFrom(counts, 0);
  const used = periods - Math.min(HELD_OUT, periods - HELD_OUT);
  const fit = fitShiftedBetaGeometric([Array.from({ length: used + 1 }, (_, period) => sumFrom(counts, period))]);
  if (isNoAnswer(fit)) return null;
  const { alpha, beta } = fit;
  const keptThrough = (period: number) => sumFrom(counts, period) / customers;
  const expectedAt = (period: number) => shiftedBetaGeometricSurvival(alpha, beta, period);
  const heldOut = Array.from({ length: periods - used }, (_, index) => used + index + 1);
  return {
    ...{ alpha, beta, customers },
    periods: Array.from({ length: periods + AHEAD }, (_, index) => {
      const period = index + 1;
      const observed = period <= periods ? keptThrough(period) : null;
      return { period, observed, expected: expectedAt(period), fitted: period <= used };
    }),
    error: meanGap(heldOut.map((period) => [keptThrough(period), expectedAt(period)])),
    naive: meanGap(heldOut.map((period) => [keptThrough(period), keptThrough(used)])),
  };
}
