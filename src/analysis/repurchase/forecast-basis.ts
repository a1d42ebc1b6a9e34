/**
 * What stands beside every forecast of single customers: the model, the day it starts from, how it did on the hold-out.
 * The forecasts themselves are in forecast-customers.ts.
 */
import { dayToDate } from "../calendar-day.ts";
import type { AnalysisContext } from "../context.ts";
import type { RepurchaseCustomersReport, RepurchaseQuery } from "../repurchase-schema.ts";
import type { RepurchaseStudy } from "./study.ts";

/** The fields that the list of customers and the one customer share. */
export function describeBasis(
  { currency }: AnalysisContext,
  { horizonDays }: RepurchaseQuery,
  { span, forecast, backTest, warnings, lack }: RepurchaseStudy,
): Omit<RepurchaseCustomersReport, "total" | "customers"> {
  return {
    journey: "life",
    chosen: forecast?.model.id ?? null,
    endOfData: span === null ? null : dayToDate(span.end),
    horizonDays: span?.horizonDays ?? horizonDays ?? 0,
    currency,
    backTest,
    warnings: [...warnings],
    lack,
  };
}
