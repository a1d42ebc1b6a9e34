/**
 * Who will buy again, when, how often and for how much: the customers with the most expected orders, by the model that did best.
 * Forecasts are made per pattern of purchase days, so only the customers that are shown are read; one of them is in
 * repurchase-customer.ts, everybody together in repurchase.ts.
 */

import type { z } from "zod";
import { type AnalysisContext, seeHidden } from "./context.ts";
import type { JourneyScope } from "./journey-frame.ts";
import {
  type CustomerBasis,
  describeBasis,
  type ForecastBasis,
  modelOf,
  readCustomerBasis,
} from "./repurchase/customer-basis.ts";
import { forecastCustomers } from "./repurchase/forecast-customers.ts";
import { judgeStates } from "./repurchase/judge-states.ts";
import { countWanted, pickPatterns } from "./repurchase/pick-patterns.ts";
import { type AwayCondition, readRankedCustomers } from "./repurchase/read-customers.ts";
import { readPatterns } from "./repurchase/read-patterns.ts";
import { segmentPatterns } from "./repurchase/rfm.ts";
import {
  type CustomerForecast,
  type RepurchaseCustomersQuery,
  type RepurchaseCustomersReport,
  repurchaseCustomersQuerySchema,
} from "./repurchase-schema.ts";

type Query = z.output<typeof repurchaseCustomersQuerySchema>;

/** Active and returned differ by the last gap alone; the other states do not look at it. */
function toAwayCondition(state: Query["state"], longWeeks: number): AwayCondition | null {
  if (state !== "active" && state !== "returned") return null;
  return { wasAway: state === "returned", longDays: Math.round(7 * longWeeks) };
}

async function forecastTop(
  context: AnalysisContext,
  scope: JourneyScope,
  query: Query,
  basis: ForecastBasis,
): Promise<{ total: number; customers: CustomerForecast[] }> {
  const { fit, gaps, span } = basis;
  const model = modelOf(basis);
  const { patterns } = await readPatterns(context, scope, { end: span.end, until: span.end });
  const forecast = { ...basis, model, patterns };
  const judged = query.state === undefined ? null : await judgeStates(context, scope, span.end, forecast, gaps);
  const counts = countWanted(patterns, query, segmentPatterns(patterns), judged);
  const expected = model.expected(fit.parameters, patterns, span.horizonDays / 7);
  const picked = pickPatterns(patterns, expected, counts, query.top);
  const away = toAwayCondition(query.state, gaps.long);
  const rows = await readRankedCustomers(context, scope, span.end, picked, away, query.top);
  return { total: counts.reduce((sum, count) => sum + count, 0), customers: forecastCustomers(rows, basis) };
}

/**
 * The first `top` customers by expected orders, equal ones by id; `total` counts all that match.
 * Below the floor the list is empty, and `lack` says what is missing.
 * @param known of readCustomerBasis for the same scope and models, where it has been asked before
 * @throws AppError invalid (filter)
 */
export async function analyzeRepurchaseCustomers(
  workspace: AnalysisContext,
  input: RepurchaseCustomersQuery,
  known?: CustomerBasis,
): Promise<RepurchaseCustomersReport> {
  const context = seeHidden(workspace);
  const query = repurchaseCustomersQuerySchema.parse(input);
  const { from, to, outside, where } = query;
  const basis = known ?? (await readCustomerBasis(context, query));
  const beside = describeBasis(context, query, basis);
  if (basis.forecast === null) return { ...beside, total: 0, customers: [] };
  return { ...beside, ...(await forecastTop(context, { from, to, outside, where }, query, basis.forecast)) };
}
