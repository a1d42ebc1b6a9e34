/**
 * The shape of a KPI in a report: a number with its interval, n and unit, or the plain statement that the data are too few.
 * Which KPIs there are and how they are computed is not here.
 */
import { z } from "zod";
import { isInsufficient, type Result } from "../stats/estimate.ts";

const measuredKpiSchema = z.object({
  id: z.string(),
  value: z.number(),
  /** 95 % interval; null for complete counts and sums, which are not estimates. */
  low: z.number().nullable(),
  high: z.number().nullable(),
  /** Number of units the value rests on. */
  n: z.int().nonnegative(),
  /** customers, events, journeys, orders, share, days, points …, or a currency. */
  unit: z.string(),
  /** Sums of money in every currency; "" where an event names none. */
  byCurrency: z.record(z.string(), z.number()).optional(),
  /** For scores: the touchpoint and the scale. */
  touchpoint: z.string().optional(),
  scale: z.string().optional(),
});

const missingKpiSchema = z.object({
  id: z.string(),
  value: z.null(),
  reason: z.literal("insufficient-data"),
  n: z.int().nonnegative(),
  required: z.int().positive(),
  /** What is missing, in one sentence. */
  message: z.string(),
});

export const kpiSchema = z.union([measuredKpiSchema, missingKpiSchema]);
export type Kpi = z.infer<typeof kpiSchema>;
export type MeasuredKpi = z.infer<typeof measuredKpiSchema>;

/** A complete count or sum: it has no interval. */
export function countKpi(id: string, unit: string, value: number, n = value): MeasuredKpi {
  return { id, value, low: null, high: null, n, unit };
}

export function missingKpi(id: string, message: string, n = 0, required = 1): Kpi {
  return { id, value: null, reason: "insufficient-data", n, required, message };
}

/** An estimate under an id; `message` explains an insufficient one. */
export function estimateKpi(id: string, unit: string, result: Result, message: string): Kpi {
  if (isInsufficient(result)) return missingKpi(id, message, result.n, result.required);
  return { id, value: result.value, low: result.low, high: result.high, n: result.n, unit };
}
