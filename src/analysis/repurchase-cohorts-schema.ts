/**
 * What is asked about cohorts of buyers, and how it is answered: repeat purchase at fixed age, time to the second order,
 * revenue, and a projection of retention (sBG). The numbers come from repurchase-cohorts.ts.
 */
import { z } from "zod";
import { repurchaseScopeSchema } from "./repurchase-schema.ts";

export const repurchaseCohortsQuerySchema = repurchaseScopeSchema.extend({
  /** Cohorts by calendar month or quarter of the first order. */
  cohort: z.enum(["month", "quarter"]).default("month"),
});
export type RepurchaseCohortsQuery = z.input<typeof repurchaseCohortsQuerySchema>;

/** A number of 30-day periods since the first order; only customers observed that long count. */
export const cohortCellSchema = z.object({
  /** Period 1 is days 1–30 after the first purchase day, 2 is 31–60 … */
  period: z.int(),
  /** Customers of the cohort observed to the end of the period. 0: not yet observable, all other numbers are null. */
  n: z.int(),
  /** Share that ordered again in this period, with its 95 % interval. */
  active: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  /** Share that ordered again by the end of this period, with its 95 % interval. */
  repeated: z.number().nullable(),
  repeatedLow: z.number().nullable(),
  repeatedHigh: z.number().nullable(),
  /**
   * Mean purchase days, and mean revenue net of what came back, a customer from the first order to the end of this period,
   * the first order included. `revenue` is null where no order has an amount.
   */
  orders: z.number().nullable(),
  revenue: z.number().nullable(),
});
export type CohortCell = z.infer<typeof cohortCellSchema>;

export const repurchaseCohortsReportSchema = z.object({
  journey: z.literal("life"),
  endOfData: z.string().nullable(),
  cohort: z.enum(["month", "quarter"]),
  currency: z.string(),
  cohorts: z.array(z.object({ start: z.string(), customers: z.int(), cells: z.array(cohortCellSchema) })),
  all: z.object({ customers: z.int(), cells: z.array(cohortCellSchema) }),
  /** Kaplan–Meier: share with a second purchase day by this many days after the first, 95 % interval. */
  secondOrder: z.object({
    n: z.int(),
    medianDays: z.number().nullable(),
    curve: z.array(z.object({ days: z.int(), share: z.number(), low: z.number(), high: z.number(), atRisk: z.int() })),
  }),
  /**
   * Shifted-beta-geometric: a customer is kept through a period as long as another purchase comes in it or later. Of those
   * first seen one period longer ago than the last one observed: silence must have had time to show. Null under 300 repeaters or three periods.
   */
  projection: z
    .object({
      alpha: z.number(),
      beta: z.number(),
      /** Customers it is about. */
      customers: z.int(),
      /** Periods of 90 days; `observed` is null beyond the data. The last two observed are held out (of three the last): `fitted` says which were used. */
      periods: z.array(
        z.object({ period: z.int(), observed: z.number().nullable(), expected: z.number(), fitted: z.boolean() }),
      ),
      /** Mean absolute error on the held-out periods, beside "stays as it was". */
      error: z.number().nullable(),
      naive: z.number().nullable(),
    })
    .nullable(),
});
export type RepurchaseCohortsReport = z.infer<typeof repurchaseCohortsReportSchema>;
