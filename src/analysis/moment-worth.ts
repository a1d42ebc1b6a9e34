/**
 * What one outcome is worth where nobody says so: the mean order, in the workspace's currency, of outcomes that are orders.
 * Nothing is assumed of other outcomes; their worth is unknown.
 */
import type { AnalysisContext } from "./context.ts";
import { ANALYSIS_SETTINGS } from "./journey-frame.ts";
import type { MomentRows } from "./moment-rows.ts";
import type { MomentSurvey } from "./moment-survey.ts";

/** Mean value of the outcome's events; null when they are no orders, or none has a value. */
export async function readWorth(
  context: AnalysisContext,
  { aliases, outcome }: MomentRows,
  { byTouch }: MomentSurvey,
): Promise<number | null> {
  const { frame, kind, of } = outcome;
  if (kind === "silence" || of !== null) return null;
  const orders = new Set(context.touchpoints.filter(({ role }) => role === "order").map(({ id }) => id));
  const hit = [...byTouch.values()].filter(({ outcomes }) => outcomes > 0);
  if (hit.length === 0 || hit.some(({ id }) => !orders.has(id))) return null;
  const currency = frame.bag.bind(context.currency, "String");
  const [row] = await context.store.query<{ worth: number; orders: number }>(
    `WITH ${aliases}
SELECT avg(toFloat64(assumeNotNull(amount))) AS worth, count() AS orders
FROM ${frame.source}
ARRAY JOIN hits AS hit, ${frame.kept("values")} AS amount, ${frame.kept("currencies")} AS money
WHERE ${frame.rows} AND hit AND isNotNull(amount) AND toString(money) = ${currency}`,
    { params: frame.bag.values, settings: ANALYSIS_SETTINGS },
  );
  return row && row.orders > 0 ? row.worth : null;
}
