/**
 * Who will buy again, when, how often and for how much: the customers with the most expected orders, by the model that did best.
 * Forecasts are made per pattern of purchase days, so only the customers that are shown are read; one of them is in
 * repurchase-customer.ts, everybody together in repurchase.ts.
 */

import type { z } from "zod";
import { type AnalysisContext, seeHidden } from "./context.ts";
import type { JourneyScope } from "./journey-frame.ts";
import { describeBasis } from "./repurchase/forecast-basis.ts";
import { type CustomerStudy, forecastCustomers } from "./repurchase/forecast-customers.ts";
import { judgeStates } from "./repurchase/judge-states.ts";
import { countWanted, pickPatterns } from "./repurchase/pick-patterns.ts";
import { type AwayCondition, readRankedCustomers } from "./repurchase/read-customers.ts";
import { readUsualGaps } from "./repurchase/read-gaps.ts";
import { readSpend } from "./repurchase/read-spend.ts";
import { segmentPatterns } from "./repurchase/rfm.ts";
import { fitSpend } from "./repurchase/spend.ts";
import { type FinalForecast, studyRepurchase } from "./repurchase/study.ts";
import type { StudySpan } from "./repurchase/study-span.ts";
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
  span: StudySpan,
  forecast: FinalForecast,
): Promise<{ total: number; customers: CustomerForecast[] }> {
  const { model, fit, patterns } = forecast;
  const judged = query.state === undefined ? null : await judgeStates(context, scope, span.end, forecast);
  const gaps = judged?.gaps ?? (await readUsualGaps(context, scope, patterns));
  const counts = countWanted(patterns, query, segmentPatterns(patterns), judged);
  const expected = model.expected(fit.parameters, patterns, span.horizonDays / 7);
  const picked = pickPatterns(patterns, expected, counts, query.top);
  const away = toAwayCondition(query.state, gaps.long);
  const rows = await readRankedCustomers(context, scope, span.end, picked, away, query.top);
  const spend = fitSpend(await readSpend(context, scope, span.end));
  const study: CustomerStudy = { span, forecast, gaps, spend };
  return { total: counts.reduce((sum, count) => sum + count, 0), customers: forecastCustomers(rows, study) };
}

/**
 * The first `top` customers by expected orders, equal ones by id; `total` counts all that match.
 * Below the floor the list is empty, and `lack` says what is missing.
 * @throws AppError invalid (filter)
 */
export async function analyzeRepurchaseCustomers(
  workspace: AnalysisContext,
  input: RepurchaseCustomersQuery,
): Promise<RepurchaseCustomersReport> {
  const context = seeHidden(workspace);
  const query = repurchaseCustomersQuerySchema.parse(input);
  const { from, to, outside, where } = query;
  const study = await studyRepurchase(context, query);
  const basis = describeBasis(context, query, study);
  if (study.span === null || study.forecast === null) return { ...basis, total: 0, customers: [] };
  const found = await forecastTop(context, { from, to, outside, where }, query, study.span, study.forecast);
  return { ...basis, ...found };
}
