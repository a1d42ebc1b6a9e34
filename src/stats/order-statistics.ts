/**
 * Which sorted observations bound the median of a sample, whatever its distribution.
 * It gives ranks, not values: the event store sorts, this file says where to look.
 */
import { CONFIDENCE, type Insufficient } from "./estimate.ts";
import { incompleteBeta } from "./special-functions.ts";

export interface MedianRanks {
  /** Ranks from 1: the interval reaches from the low-th to the high-th smallest observation. */
  readonly low: number;
  readonly high: number;
  /** The true coverage, at least the confidence asked for. */
  readonly coverage: number;
}

/** P(X ≤ k) for X ~ Binomial(n, ½). */
function halfBinomial(k: number, n: number): number {
  return incompleteBeta(0.5, n - k, k + 1);
}

/**
 * The ranks of the distribution-free interval for a median, the narrowest symmetric one that holds the confidence.
 * Source: David & Nagaraja, Order Statistics (2003), 7.1.
 * @returns insufficient when even the whole range does not hold the confidence: n < 6 at 95 %
 * @example medianRanks(10) // { low: 2, high: 9, coverage: .9785 }
 */
export function medianRanks(n: number, confidence = CONFIDENCE): MedianRanks | Insufficient {
  const tail = (1 - confidence) / 2;
  const required = Math.ceil(1 - Math.log2(1 - confidence));
  if (n < required) return { insufficient: true, n, required };
  let [low, beyond] = [1, Math.ceil(n / 2) + 1];
  // The largest rank k with P(X ≤ k − 1) ≤ tail, by halving.
  while (beyond - low > 1) {
    const middle = Math.floor((low + beyond) / 2);
    if (halfBinomial(middle - 1, n) <= tail) low = middle;
    else beyond = middle;
  }
  return { low, high: n - low + 1, coverage: 1 - 2 * halfBinomial(low - 1, n) };
}
