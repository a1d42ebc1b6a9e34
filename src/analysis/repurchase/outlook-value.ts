/**
 * What the orders to come are worth, of all customers together, in the workspace's currency.
 * How many orders there will be is in outlook.ts; one customer's value is in forecast-customers.ts.
 */
import { normalQuantile } from "../../stats/quantile.ts";
import type { AnalysisContext } from "../context.ts";
import type { JourneyScope } from "../journey-frame.ts";
import type { Total } from "./outlook.ts";
import { readSpend, type SpendHistory, sumExpectedSpend } from "./read-spend.ts";
import { fitSpend } from "./spend.ts";
import type { FinalForecast } from "./study.ts";

/**
 * The orders' interval, widened by what orders differ in value: those to come by chance, those seen as the error of their mean.
 * @example 100 orders (80 … 120) of 50 each, values known exactly: 5,000 (4,000 … 6,000)
 */
function widen(value: number, orders: Total, { relativeVariance, days }: SpendHistory): Total {
  const spend = normalQuantile(0.975) * Math.sqrt(relativeVariance * (1 / Math.max(1, orders.value) + 1 / days));
  const below = Math.hypot(1 - orders.low / orders.value, spend);
  const above = Math.hypot(orders.high / orders.value - 1, spend);
  return { value, low: Math.max(0, value * (1 - below)), high: value * (1 + above) };
}

/**
 * Each customer's expected purchase days times what they spend on one, added up.
 * @param end last day of the data, days since 1970
 * @param expected by pattern, purchase days within the horizon of one customer
 * @param orders the same of all together
 * @returns null where no order has a value in the workspace's currency
 */
export async function totalValue(
  context: AnalysisContext,
  scope: JourneyScope,
  end: number,
  { patterns }: Pick<FinalForecast, "patterns">,
  expected: Float64Array,
  orders: Total,
): Promise<Total | null> {
  const history = await readSpend(context, scope, end);
  const spend = fitSpend(history);
  if (spend === null) return null;
  if (orders.value <= 0) return { value: 0, low: 0, high: 0 };
  if (spend.model === null) return widen(orders.value * spend.mean, orders, history);
  const spends = await sumExpectedSpend(context, scope, end, spend.model, patterns);
  const value = expected.reduce((sum, count, at) => sum + count * (spends[at] as number), 0);
  return widen(value, orders, history);
}
