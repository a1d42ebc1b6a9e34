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

/** A KPI of one part of a cut, with what it was made of, so that parts can be added up and compared. */
export interface KpiPart {
  readonly kpi: Kpi;
  /** Of shares and ratios: the two sums they are made of, also where no value can be given. */
  readonly numerator?: number;
  readonly denominator?: number;
  /** Of counts and sums: what each of the 100 buckets of customers adds. */
  readonly byBucket?: ReadonlyMap<number, number>;
}

/** A complete count or sum: it has no interval. */
export function countKpi(id: string, unit: string, value: number, n = value): MeasuredKpi {
  return { id, value, low: null, high: null, n, unit };
}

/** A count made of what each bucket adds. */
export function countPart(
  id: string,
  unit: string,
  rows: readonly { readonly bucket: number; readonly counted: number }[],
): KpiPart {
  const total = rows.reduce((sum, { counted }) => sum + counted, 0);
  return { kpi: countKpi(id, unit, total), byBucket: new Map(rows.map(({ bucket, counted }) => [bucket, counted])) };
}

export function missingKpi(id: string, message: string, n = 0, required = 1): Kpi {
  return { id, value: null, reason: "insufficient-data", n, required, message };
}

/** An estimate under an id; `message` explains an insufficient one. */
export function estimateKpi(id: string, unit: string, result: Result, message: string): Kpi {
  if (isInsufficient(result)) return missingKpi(id, message, result.n, result.required);
  return { id, value: result.value, low: result.low, high: result.high, n: result.n, unit };
}
