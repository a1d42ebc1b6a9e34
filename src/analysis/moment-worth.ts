/**
 * What one outcome is worth where nobody says so: the mean order, in the workspace's currency, of outcomes that are orders.
 * Nothing is assumed of other outcomes; their worth is unknown.
 */

import { BUCKETS } from "../stats/stratified-effect.ts";
import type { AnalysisContext } from "./context.ts";
import { ANALYSIS_SETTINGS } from "./journey-frame.ts";
import type { MomentRows } from "./moment-rows.ts";
import type { MomentSurvey } from "./moment-survey.ts";

export interface Worth {
  readonly worth: number;
  /** Standard error over the buckets of customers; null of a number that somebody gave. */
  readonly error: number | null;
}

interface WorthRow {
  readonly worth: number;
  readonly orders: number;
  /** Orders of each bucket, and their sum. */
  readonly counts: readonly number[];
  readonly sums: readonly number[];
}

/** The error of a ratio of two sums, by the delta method with buckets as clusters (Cochran 1977, 6.12). */
function errorOf({ worth, orders, counts, sums }: WorthRow): number {
  const squares = sums.reduce((total, sum, bucket) => total + (sum - worth * (counts[bucket] ?? 0)) ** 2, 0);
  return Math.sqrt((BUCKETS / (BUCKETS - 1)) * squares) / orders;
}

/** Mean value of the outcome's events; null when they are no orders, or none has a value. */
export async function readWorth(
  context: AnalysisContext,
  { aliases, outcome, bucket }: MomentRows,
  { byTouch }: MomentSurvey,
): Promise<Worth | null> {
  const { frame, kind, of } = outcome;
  if (kind === "silence" || of !== null) return null;
  const orders = new Set(context.touchpoints.filter(({ role }) => role === "order").map(({ id }) => id));
  const hit = [...byTouch.values()].filter(({ outcomes }) => outcomes > 0);
  if (hit.length === 0 || hit.some(({ id }) => !orders.has(id))) return null;
  const currency = frame.bag.bind(context.currency, "String");
  const [row] = await context.store.query<WorthRow>(
    `WITH ${aliases}
SELECT avg(toFloat64(assumeNotNull(amount))) AS worth, count() AS orders,
  sumMap([${bucket}], [toUInt64(1)], [toFloat64(assumeNotNull(amount))]) AS buckets, buckets.2 AS counts, buckets.3 AS sums
FROM ${frame.source}
ARRAY JOIN hits AS hit, ${frame.kept("values")} AS amount, ${frame.kept("currencies")} AS money
WHERE ${frame.rows} AND hit AND isNotNull(amount) AND toString(money) = ${currency}`,
    { params: frame.bag.values, settings: ANALYSIS_SETTINGS },
  );
  return row && row.orders > 0 ? { worth: row.worth, error: errorOf(row) } : null;
}
