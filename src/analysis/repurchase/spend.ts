/**
 * What a customer will spend on a purchase day: by the Gamma-Gamma model where it can be fitted, else what everybody spends.
 * How many purchase days there will be is the purchase model's matter; the two are taken to be independent.
 */

import { isNoAnswer } from "../../stats/no-answer.ts";
import { expectedSpend, fitGammaGamma } from "../../stats/purchase/gamma-gamma.ts";
import type { CustomerRow } from "./read-customers.ts";
import type { SpendHistory } from "./read-spend.ts";

/** In the workspace's currency. */
export interface SpendForecast {
  /** Null: everybody's mean is all there is to go by. */
  readonly model: { readonly p: number; readonly q: number; readonly v: number } | null;
  /** Over all purchase days with a value. */
  readonly mean: number;
}

/** Below this many customers with a repeat of known value, everybody's mean is the better guess. */
const LEAST_REPEATERS = 100;

/** Null where no purchase day has a value. */
export function fitSpend({ repeaters, mean }: SpendHistory): SpendForecast | null {
  if (mean === null) return null;
  const customers = repeaters.customers.reduce((sum, count) => sum + count, 0);
  const fit = customers < LEAST_REPEATERS ? null : fitGammaGamma(repeaters);
  return { model: fit === null || isNoAnswer(fit) ? null : fit, mean };
}

/**
 * What one customer's next purchase day is worth.
 * @example without repeats of known value // what the population spends
 */
export function expectSpend(
  { model, mean }: SpendForecast,
  { pricedRepeats, repeatSpend }: Pick<CustomerRow, "pricedRepeats" | "repeatSpend">,
): number {
  if (model === null) return mean;
  return expectedSpend(model, pricedRepeats, pricedRepeats === 0 ? 0 : repeatSpend / pricedRepeats);
}
