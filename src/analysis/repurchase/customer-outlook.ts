/**
 * What the chosen model says of single customers: alive or not, how many orders, when the next, what is left to come.
 * Whose histories these are, and what the numbers are worth in money and words, is in forecast-customers.ts.
 */
import { outlookCounts } from "../../stats/purchase/count-outlook.ts";
import { findNextPurchase } from "../../stats/purchase/next-purchase.ts";
import type { PurchaseModel, PurchasePatterns } from "../../stats/purchase/purchase-model.ts";
import { discountResidualPurchases } from "../../stats/purchase/residual-purchases.ts";
import { LAPSED_WEEKS } from "./lifecycle.ts";
import { chanceOfSome } from "./outlook.ts";
import type { FinalForecast } from "./study.ts";

/** By pattern, for one customer of it. */
export interface CustomerOutlook {
  readonly alive: Float64Array;
  /** Purchase days within the horizon, with the ends of the 95 % interval of their number. */
  readonly expected: Float64Array;
  readonly low: Int32Array;
  readonly high: Int32Array;
  /** P(at least one purchase) within the horizon, and within the year that tells lapsed from at risk. */
  readonly some: Float64Array;
  readonly someInYear: Float64Array;
  /** Days until a purchase has come with probability ½; Infinity when that is never or beyond five years. */
  readonly dueDays: Float64Array;
  /** Purchase days of all time to come, discounted at 10 % a year. */
  readonly residual: Float64Array;
}

/**
 * The model with its level: a share of the purchases comes, so that expectations are scaled and the chance of none, which is
 * a ratio of likelihoods, is raised to its power, as chanceOfSome has it.
 */
function putLevel(model: PurchaseModel, level: number): PurchaseModel {
  if (level === 1) return model;
  const scale = (numbers: Float64Array) => numbers.map((number) => level * number);
  return {
    ...model,
    logLikelihoods: (parameters, patterns) => scale(model.logLikelihoods(parameters, patterns)),
    expected: (parameters, patterns, weeks) => scale(model.expected(parameters, patterns, weeks)),
    expectedOfNew: (parameters, weeks) => level * model.expectedOfNew(parameters, weeks),
  };
}

/** @param patterns those of the customers that are looked at, each once */
export function outlookCustomers(
  { model, fit: { parameters }, level }: Pick<FinalForecast, "model" | "fit" | "level">,
  patterns: PurchasePatterns,
  horizonDays: number,
): CustomerOutlook {
  const levelled = putLevel(model, level);
  const alive = model.alive(parameters, patterns);
  const { expected, none, low, high } = outlookCounts(levelled, parameters, patterns, horizonDays / 7);
  return {
    ...{ alive, expected, low, high },
    // A level above 1 lets more purchases come, but none of who has left.
    some: none.map((chance, at) => Math.min(alive[at] as number, 1 - chance)),
    someInYear: chanceOfSome(model, parameters, patterns, LAPSED_WEEKS, level),
    dueDays: findNextPurchase(levelled, parameters, patterns).map((weeks) => 7 * weeks),
    residual: discountResidualPurchases(levelled, parameters, patterns),
  };
}
