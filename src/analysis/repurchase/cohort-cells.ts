/**
 * The cells of cohorts at fixed age: who is active in a period, who has bought again by its end, and what a customer brought by then.
 * It reads nothing; the sums come from cohort-rows.ts.
 */

import { isInsufficient } from "../../stats/estimate.ts";
import { estimateShare } from "../../stats/proportion.ts";
import type { CohortCell } from "../repurchase-cohorts-schema.ts";
import type { CohortRow } from "./cohort-rows.ts";

/** Three years: later periods are few customers' and fill no page. */
const MOST_PERIODS = 36;

/** The number of periods that somebody is observed through, for the columns of a table. */
export function countPeriods(rows: readonly CohortRow[]): number {
  return Math.min(
    MOST_PERIODS,
    rows.reduce((most, { observed }) => Math.max(most, observed), 0),
  );
}

/** Sums by period of the customers observed at least so long. */
interface PeriodSums {
  readonly n: number;
  readonly active: number;
  readonly repeated: number;
  readonly orders: number;
  readonly revenue: number;
}

function sumUp(keys: readonly number[], values: readonly number[], counts: (period: number) => boolean): number {
  return keys.reduce((sum, key, index) => sum + (counts(key) ? (values[index] ?? 0) : 0), 0);
}

function addUpPeriod(rows: readonly CohortRow[], period: number): PeriodSums {
  const seen = rows.filter(({ observed }) => observed >= period);
  const add = (read: (row: CohortRow) => number) => seen.reduce((sum, row) => sum + read(row), 0);
  const byNow = (key: number) => key <= period;
  return {
    n: add(({ members }) => members),
    active: add(({ active: [keys, customers] }) => sumUp(keys, customers, (key) => key === period)),
    repeated: add(({ repeated: [keys, customers] }) => sumUp(keys, customers, byNow)),
    orders: add(({ bought: [keys, days] }) => sumUp(keys, days, byNow)),
    revenue: add(({ bought: [keys, , spent] }) => sumUp(keys, spent, byNow)),
  };
}

const UNOBSERVED = {
  ...{ active: null, low: null, high: null, repeated: null, repeatedLow: null, repeatedHigh: null },
  ...{ orders: null, revenue: null },
} as const;

function describeCell(period: number, { n, ...sums }: PeriodSums, priced: boolean): CohortCell {
  const [active, repeated] = [estimateShare(sums.active, n), estimateShare(sums.repeated, n)];
  if (isInsufficient(active) || isInsufficient(repeated)) return { period, n: 0, ...UNOBSERVED };
  return {
    ...{ period, n, active: active.value, low: active.low, high: active.high },
    ...{ repeated: repeated.value, repeatedLow: repeated.low, repeatedHigh: repeated.high },
    orders: sums.orders / n,
    revenue: priced ? sums.revenue / n : null,
  };
}

/**
 * The cells of some rows taken together, period 1 to `periods`; each counts only customers observed to its end.
 * Example: two customers observed through period 1, one of whom bought on day 12 → n 2, active .5, orders 1.5.
 * @param priced whether any order has an amount
 */
export function buildCells(rows: readonly CohortRow[], periods: number, priced: boolean): CohortCell[] {
  return Array.from({ length: periods }, (_, index) => describeCell(index + 1, addUpPeriod(rows, index + 1), priced));
}
