/**
 * What is asked about re-purchase and how it is answered: the fit with its back-test, and the customers with their forecasts.
 * How the numbers come about is in repurchase.ts and the files of repurchase/; docs/repurchase.md says it in words.
 */
import { z } from "zod";
import { LIFECYCLE_STATES, SEGMENTS } from "../domain/repurchase-words.ts";
import { PURCHASE_MODELS } from "../stats/purchase/purchase-model.ts";
import { journeyScopeSchema } from "./journey-frame.ts";

/** Whole lives of known customers; `from` and `to` are about their first event. */
export const repurchaseScopeSchema = journeyScopeSchema.omit({ journey: true });
const daysSchema = z.int().min(7).max(1_830);

export const repurchaseQuerySchema = repurchaseScopeSchema.extend({
  /** Only these models; default all. */
  models: z.array(z.enum(PURCHASE_MODELS)).min(1).optional(),
  /** Length of the hold-out at the end of the data; default a third of the data in whole weeks, at most 39 weeks. */
  holdoutDays: daysSchema.optional(),
  /** How far the forecast looks ahead from the end of the data; default as long as the hold-out. */
  horizonDays: daysSchema.optional(),
});
export type RepurchaseQuery = z.input<typeof repurchaseQuerySchema>;

/** How a forecast did on customers' purchase days in a hold-out. `correlation`, `auc` and `topDecileShare` are null where all forecasts are equal. */
export const holdoutScoresSchema = z.object({
  mae: z.number(),
  rmse: z.number(),
  correlation: z.number().nullable(),
  /** Sum of forecasts ÷ sum of actual − 1; null when nobody bought. */
  bias: z.number().nullable(),
  /** Mean over customers of 2(y ln(y/μ) − (y − μ)), μ at least 1e-6 … so "nobody buys" has a number too. */
  poissonDeviance: z.number(),
  /** Of ranking by the forecast who buys at all. */
  auc: z.number().nullable(),
  /** Share of all later purchases that the tenth with the highest forecast made; ties shared. */
  topDecileShare: z.number().nullable(),
});
export type HoldoutScores = z.infer<typeof holdoutScoresSchema>;

/** Days in the workspace's zone, both inclusive. */
const spanSchema = z.object({ from: z.string(), to: z.string() });
const intervalSchema = z.object({ low: z.number(), high: z.number().nullable() });
/** An expectation and the ends of its 95 % interval. */
const forecastSchema = z.object({ value: z.number(), low: z.number(), high: z.number() });

/** Why nothing can be forecast: a sentence with both floors, what there is, and what it takes. The API makes it "insufficient-data". */
const lackSchema = z.object({ reason: z.string(), n: z.int(), required: z.int() });
export type Lack = z.infer<typeof lackSchema>;

export const BASELINES = ["zeros", "recency", "rfm"] as const;
export const WARNINGS = [
  "left-truncation",
  "no-better-than-baseline",
  "boundary",
  "biased",
  "short-history",
  "unsteady",
] as const;
export const warningSchema = z.object({ code: z.enum(WARNINGS), message: z.string() });

export const modelReportSchema = z.object({
  id: z.enum(PURCHASE_MODELS),
  /** Fitted on the calibration period; times in weeks. */
  parameters: z.record(z.string(), z.number()),
  standardErrors: z.record(z.string(), z.number().nullable()),
  /** 95 % profile-likelihood intervals, of the chosen model only; `high` is null when there is no upper bound. */
  intervals: z.record(z.string(), intervalSchema).nullable(),
  logLikelihood: z.number(),
  /** What a parameter at its boundary means, else null. */
  boundary: z.string().nullable(),
  holdout: holdoutScoresSchema,
  passes: z.int(),
  seconds: z.number(),
});
export const baselineReportSchema = z.object({ id: z.enum(BASELINES), holdout: holdoutScoresSchema });

export const repurchaseReportSchema = z.object({
  journey: z.literal("life"),
  /** Who bought by the end of the calibration, and to how many patterns (x, t_x, T) they come. 0 of all without an order. */
  customers: z.int(),
  patterns: z.int(),
  /** Null when there is no order, or the data are shorter than two weeks. */
  calibration: spanSchema.nullable(),
  holdout: spanSchema.extend({ actual: z.int() }).nullable(),
  /** Customers with a second purchase day in the calibration, and customers who bought in the hold-out; below 300 or 100 nothing is fitted. */
  floor: z.object({
    repeaters: z.int(),
    repeatersRequired: z.int(),
    returning: z.int(),
    returningRequired: z.int(),
  }),
  /** Empty below the floor. */
  models: z.array(modelReportSchema),
  baselines: z.array(baselineReportSchema),
  /** Null below the floor. */
  chosen: z.enum(PURCHASE_MODELS).nullable(),
  /** Why that one, in one sentence; and whether it beats every baseline on RMSE, deviance and rank. */
  because: z.string().nullable(),
  beatsBaselines: z.boolean().nullable(),
  /** Hold-outs at earlier ends, newest first, the main one first: how the chosen model and the best baseline did in each. */
  splits: z.array(
    spanSchema.extend({
      customers: z.int(),
      actual: z.int(),
      chosen: holdoutScoresSchema,
      baseline: baselineReportSchema,
    }),
  ),
  /** Repeat purchase days by week, of the customers of the calibration: what happened and what the chosen model says, both periods. */
  tracking: z.array(z.object({ day: z.string(), actual: z.int(), expected: z.number(), holdout: z.boolean() })),
  /** By purchases in the calibration (0 … 6, then 7 and more): mean purchase days in the hold-out, actual with its 95 % interval, and expected. */
  calibrationByFrequency: z.array(
    z.object({
      frequency: z.int(),
      orMore: z.boolean(),
      customers: z.int(),
      actual: z.number(),
      low: z.number(),
      high: z.number(),
      expected: z.number(),
    }),
  ),
  /** The forecast from the end of the data, by the chosen model fitted again on all of them. Null below the floor. */
  outlook: z
    .object({
      horizonDays: z.int(),
      from: z.string(),
      to: z.string(),
      customers: z.int(),
      /** Purchase days of today's customers; the interval holds chance and the parameters' error. */
      orders: forecastSchema,
      /** How many of them buy at all. */
      buyers: forecastSchema,
      /** In the workspace's currency; null where orders have no value or too few repeaters have one. */
      value: forecastSchema.nullable(),
      currency: z.string(),
      /** Mean P(alive). */
      alive: z.number(),
      /** Factor on every forecast where left truncation was found, learnt from the hold-out's total and nearer to 1 the longer the data; else 1. */
      level: z.number(),
    })
    .nullable(),
  /** Mean P(alive) and expected purchase days by days since the last purchase × purchase days, at the end of the data. */
  aliveMap: z.array(
    z.object({
      /** Days since the last purchase, from (inclusive) and to (exclusive; null: open). */
      sinceFrom: z.int(),
      sinceTo: z.int().nullable(),
      /** Purchase days, from and to inclusive (null: open). */
      ordersFrom: z.int(),
      ordersTo: z.int().nullable(),
      customers: z.int(),
      alive: z.number(),
      expected: z.number(),
    }),
  ),
  /** `expected` adds up to the outlook's orders, as it does over the states; `alive` is a mean. */
  segments: z.array(
    z.object({ segment: z.enum(SEGMENTS), customers: z.int(), expected: z.number(), alive: z.number() }),
  ),
  states: z.array(z.object({ state: z.enum(LIFECYCLE_STATES), customers: z.int(), expected: z.number() })),
  warnings: z.array(warningSchema),
  lack: lackSchema.nullable(),
});
export type RepurchaseReport = z.infer<typeof repurchaseReportSchema>;

export const repurchaseCustomersQuerySchema = repurchaseQuerySchema.extend({
  /** This many, those with the most expected orders first. */
  top: z.int().min(1).max(100_000).default(100),
  segment: z.enum(SEGMENTS).optional(),
  state: z.enum(LIFECYCLE_STATES).optional(),
  /** A cell of the alive map: days since the last purchase, from (inclusive) and to (exclusive); purchase days, both inclusive. */
  sinceFrom: z.int().min(0).optional(),
  sinceTo: z.int().min(1).optional(),
  ordersFrom: z.int().min(1).optional(),
  ordersTo: z.int().min(1).optional(),
});
export type RepurchaseCustomersQuery = z.input<typeof repurchaseCustomersQuerySchema>;

export const customerForecastSchema = z.object({
  customer: z.string(),
  /** Repeat purchase days; weeks from the first to the last purchase day; weeks from the first to the end of the data. */
  frequency: z.int(),
  recency: z.number(),
  age: z.number(),
  lastOrder: z.string(),
  pAlive: z.number(),
  /** Expected purchase days within the horizon, and the ends of the 95 % interval of how many there will be. */
  expectedOrders: z.number(),
  low: z.int(),
  high: z.int(),
  /** P(at least one purchase within the horizon). */
  atLeastOne: z.number(),
  /** In the workspace's currency, within the horizon; and of all that is to come, discounted at 10 % a year. Null without values; the latter also where the model lets nobody leave. */
  expectedValue: z.number().nullable(),
  residualValue: z.number().nullable(),
  /** The day by which an order has come with probability ½; null when that is never, or not within five years. */
  nextOrderDue: z.string().nullable(),
  segment: z.enum(SEGMENTS),
  state: z.enum(LIFECYCLE_STATES),
  /** Why the model believes that, in one sentence with the customer's own numbers. */
  because: z.string(),
});
export type CustomerForecast = z.infer<typeof customerForecastSchema>;

const forecastBasisShape = {
  journey: z.literal("life"),
  chosen: z.enum(PURCHASE_MODELS).nullable(),
  endOfData: z.string().nullable(),
  horizonDays: z.int(),
  currency: z.string(),
  /** How the model did on the hold-out. Null below the floor. */
  backTest: holdoutScoresSchema.nullable(),
  warnings: z.array(warningSchema),
  lack: lackSchema.nullable(),
} as const;

export const repurchaseCustomersReportSchema = z.object({
  ...forecastBasisShape,
  /** All customers that match; `customers` holds the first `top` of them. */
  total: z.int(),
  customers: z.array(customerForecastSchema),
});
export type RepurchaseCustomersReport = z.infer<typeof repurchaseCustomersReportSchema>;

export const repurchaseCustomerQuerySchema = repurchaseQuerySchema.extend({ customer: z.string().min(1) });
export type RepurchaseCustomerQuery = z.input<typeof repurchaseCustomerQuerySchema>;

export const repurchaseCustomerReportSchema = z.object({
  ...forecastBasisShape,
  customer: z.string(),
  /** Null when this customer has never ordered, or below the floor. */
  forecast: customerForecastSchema.nullable(),
  /** What to do next: what, why, and what it rests on. Null without a forecast. */
  nextStep: z.object({ action: z.string(), reason: z.string() }).nullable(),
  /** Likeliest products of the next order, best first; empty when orders name no products. */
  nextProducts: z.array(
    z.object({
      product: z.string(),
      /** Orders of this customer with it; 0 when it is topped up from what everybody buys. */
      orders: z.int(),
      /** When the customer's own interval (or everybody's) says it is due again; null for what is not bought again. */
      due: z.string().nullable(),
    }),
  ),
});
export type RepurchaseCustomerReport = z.infer<typeof repurchaseCustomerReportSchema>;
