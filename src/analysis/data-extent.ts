/**
 * From when to when the workspace's events reach: what every page says of its data's age.
 * What is in them is the overview's answer.
 */
import { z } from "zod";
import type { AnalysisContext } from "./context.ts";
import { ANALYSIS_SETTINGS } from "./journey-frame.ts";

export const dataExtentQuerySchema = z.strictObject({});

export const dataExtentReportSchema = z.object({
  /** ISO 8601, UTC; null without any event. */
  first: z.string().nullable(),
  last: z.string().nullable(),
  /** Used when a question names no journey. */
  defaultJourney: z.string(),
  /** Every journey definition that can be asked for. */
  journeys: z.array(z.string()),
  currency: z.string(),
});
export type DataExtentReport = z.infer<typeof dataExtentReportSchema>;

/** First and last event over all rows, hidden or not. */
export async function readDataExtent(context: AnalysisContext): Promise<DataExtentReport> {
  const [row] = await context.store.query<{ first: string; last: string; found: number }>(
    `SELECT toString(toUnixTimestamp64Milli(min(times[1]))) AS first, toString(toUnixTimestamp64Milli(max(times[-1]))) AS last,
  count() AS found
FROM ${context.source} WHERE notEmpty(touchpoints)`,
    { settings: ANALYSIS_SETTINGS },
  );
  const moment = (ms: string) => new Date(Number(ms)).toISOString();
  return {
    first: row && row.found > 0 ? moment(row.first) : null,
    last: row && row.found > 0 ? moment(row.last) : null,
    defaultJourney: context.defaultJourney,
    journeys: ["life", "visit", "order-cycle", ...context.objectTypes],
    currency: context.currency,
  };
}
