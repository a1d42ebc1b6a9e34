/**
 * What a model of purchase counts is: customers compressed to patterns in, a fit and forecasts out. All times are weeks.
 * Each model is a file of its own beside this one; choosing among them by hold-out is for analysis/repurchase.ts.
 */

import type { Objective } from "./maximise.ts";

export const PURCHASE_MODELS = ["nbd", "bg-nbd", "mbg-nbd", "pareto-nbd", "cnbd-k"] as const;
export type PurchaseModelId = (typeof PURCHASE_MODELS)[number];

/**
 * Customers with the same history, once: parallel columns, in any order. A purchase is a day with at least one order;
 * times count from the customer's first purchase day.
 * Source: Fader, Hardie & Lee (2005), "Counting your customers the easy way".
 */
export interface PurchasePatterns {
  /** Repeat-purchase days, whole, ≥ 0. */
  readonly x: Float64Array;
  /** Recency t_x: weeks from the first to the last purchase day; 0 when x = 0. */
  readonly recency: Float64Array;
  /** Age T: weeks from the first purchase day to the end of observation, ≥ recency. */
  readonly age: Float64Array;
  /** How many customers have this pattern, ≥ 1. */
  readonly customers: Float64Array;
  /** Σ over all customers and their gaps of ln(gap in weeks): all that regularity needs to be told (CNBD-k); 0 without repeats. */
  readonly logGaps: number;
}

export type Parameters = Readonly<Record<string, number>>;

export interface ProfileInterval {
  readonly low: number;
  /** Infinity where the likelihood stays flat: the parameter has no upper bound in these data. */
  readonly high: number;
}

export interface PurchaseFit {
  readonly model: PurchaseModelId;
  /** By the names of `names`, in weeks where they carry a time; of cnbd-k also `k`. Always finite. */
  readonly parameters: Parameters;
  /** From the observed information; null where the likelihood is flat at a boundary. No entry for `k`. */
  readonly standardErrors: Readonly<Record<string, number | null>>;
  readonly logLikelihood: number;
  /** Covariance of the logarithms of the parameters, in the order of `names`, row by row; null at a boundary. */
  readonly logCovariance: readonly (readonly number[])[] | null;
  /** Likelihood-and-gradient passes of the search itself; starts and errors are not counted. */
  readonly passes: number;
  /** One sentence when a parameter ran to a boundary and what that means, such as "nobody leaves: this is an NBD"; else null. */
  readonly boundary: string | null;
}

/** One model. `parameters` come from a fit; nothing here throws on a boundary or returns NaN. */
export interface PurchaseModel {
  readonly id: PurchaseModelId;
  /** Parameters in the order they are shown: r, alpha, a, b. */
  readonly names: readonly string[];
  /** Maximum likelihood. Throws RangeError when there is no customer or none with a repeat. */
  readonly fit: (patterns: PurchasePatterns) => PurchaseFit;
  /**
   * What profile intervals climb: the log-likelihood of all customers, and its gradient, over the logarithms of the
   * parameters in the order and units of `names` (without logGaps' term). What `names` does not list is held as in `at`
   * (k of cnbd-k). May return what is not finite, never throws.
   */
  readonly objective: (patterns: PurchasePatterns, at: Parameters) => Objective;
  /** Log-likelihood of each pattern for one customer (without logGaps' term, which no parameter but k moves). */
  readonly logLikelihoods: (parameters: Parameters, patterns: PurchasePatterns) => Float64Array;
  /** P(still a customer at the end of observation), by pattern. */
  readonly alive: (parameters: Parameters, patterns: PurchasePatterns) => Float64Array;
  /** Expected purchase days in the `weeks` after the end of observation, by pattern. */
  readonly expected: (parameters: Parameters, patterns: PurchasePatterns, weeks: number) => Float64Array;
  /** Expected repeat-purchase days of a new customer in the first `weeks` after the first purchase. */
  readonly expectedOfNew: (parameters: Parameters, weeks: number) => number;
  /** P(X(weeks) = n) of a new customer, n = 0 … `most`. */
  readonly countsOfNew: (parameters: Parameters, weeks: number, most: number) => Float64Array;
}
