/**
 * The last day of the data as re-purchase counts days: whole ones, in the workspace's zone.
 * Up to here everybody is observed, whatever the filter.
 */
import { dateToDay } from "../calendar-day.ts";
import type { AnalysisContext } from "../context.ts";
import { findEndOfData } from "../kpi-frame.ts";

/** Days since 1970; null without any event. */
export async function findLastDay(context: AnalysisContext): Promise<number | null> {
  const end = await findEndOfData(context);
  if (end === null) return null;
  // Swedish dates are written 2025-03-31.
  return dateToDay(new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeZone: context.zone }).format(end));
}
