/**
 * Means, ratios and shares of units that come in clusters: several answers, orders or journeys of one customer.
 * Customers are spread over 100 buckets by hash; buckets are independent of each other whatever happens inside a customer.
 */
import { CONFIDENCE, type Estimate, isInsufficient, type Result } from "./estimate.ts";
import { subtractShares, wilsonInterval } from "./proportion.ts";
import { studentQuantile } from "./quantile.ts";

/** Two independent buckets are the least from which a spread can be seen. */
const REQUIRED_BUCKETS = 2;

/** One bucket's sums: of the numerator (hits, scores, orders) and of the denominator (units). */
export interface BucketSums {
  readonly numerator: number;
  readonly denominator: number;
}

function addUp(buckets: readonly BucketSums[]): BucketSums {
  return buckets.reduce(
    (sum, { numerator, denominator }) => ({
      numerator: sum.numerator + numerator,
      denominator: sum.denominator + denominator,
    }),
    { numerator: 0, denominator: 0 },
  );
}

/** √(G/(G−1)·Σ(numerator_g − r·denominator_g)²)/denominator: the delta method, linearised per bucket. */
function ratioError(buckets: readonly BucketSums[], ratio: number, denominator: number): number {
  const squares = buckets.reduce((sum, bucket) => sum + (bucket.numerator - ratio * bucket.denominator) ** 2, 0);
  return Math.sqrt((buckets.length / (buckets.length - 1)) * squares) / denominator;
}

/**
 * Σ numerator / Σ denominator with a t interval on G − 1 degrees of freedom, G = buckets that hold a unit.
 * A mean is the ratio of a sum to a count. Method: linearisation for ratios in cluster samples.
 * Source: Cochran, Sampling Techniques (1977), 6.12 and 11.
 * @returns n = Σ denominator; insufficient with fewer than two buckets (then n counts buckets)
 * @example estimateRatio([{ numerator: 2, denominator: 1 }, { numerator: 4, denominator: 1 }]) // 3, SE 1, t(1 df) = 12.706
 */
export function estimateRatio(buckets: readonly BucketSums[], confidence = CONFIDENCE): Result {
  const filled = buckets.filter(({ denominator }) => denominator > 0);
  if (filled.length < REQUIRED_BUCKETS) return { insufficient: true, n: filled.length, required: REQUIRED_BUCKETS };
  const total = addUp(filled);
  const value = total.numerator / total.denominator;
  const half = studentQuantile((1 + confidence) / 2, filled.length - 1) * ratioError(filled, value, total.denominator);
  return { value, low: value - half, high: value + half, n: total.denominator };
}

/**
 * A share of clustered units: Wilson's interval on the effective number of units n/deff,
 * deff = clustered variance over p(1 − p)/n, never below 1. Source: Korn & Graubard (1998), Survey Methodology 24, 193–201.
 * @example twenty buckets of 5 units, in half of them all hit: p = .5, deff 5.26, interval as if n were 19, not 100
 */
export function estimateClusteredShare(buckets: readonly BucketSums[], confidence = CONFIDENCE): Result {
  const filled = buckets.filter(({ denominator }) => denominator > 0);
  const { numerator, denominator: n } = addUp(filled);
  if (n < 1) return { insufficient: true, n, required: 1 };
  const value = numerator / n;
  const simple = (value * (1 - value)) / n;
  const clustered = filled.length < REQUIRED_BUCKETS ? 0 : ratioError(filled, value, n) ** 2;
  const designEffect = simple > 0 ? Math.max(1, clustered / simple) : 1;
  return { value, ...wilsonInterval(value, n / designEffect, confidence), n };
}

/**
 * The difference a − b of two shares of clustered units: Newcombe's interval from two Wilson intervals, each on its own
 * effective number of units. The two are taken to be independent: where the same customers stand in both, which mostly
 * makes them alike, the interval is rather too wide than too narrow.
 * Source: Newcombe (1998), Statistics in Medicine 17, 873–890, with n/deff after Korn & Graubard (1998).
 * @returns n is the smaller number of units; insufficient when one side has none
 * @example one unit a bucket, 7 hits of 34 against 1 of 34: deff 34/33 on both sides, .1765 (.0162, .3430)
 */
export function estimateClusteredDifference(
  a: readonly BucketSums[],
  b: readonly BucketSums[],
  confidence = CONFIDENCE,
): Result {
  const [first, second] = [estimateClusteredShare(a, confidence), estimateClusteredShare(b, confidence)];
  if (isInsufficient(first)) return first;
  return isInsufficient(second) ? second : subtractShares(first, second);
}

/**
 * Any statistic that can be recomputed without one bucket, with the delete-one-bucket jackknife and t on G − 1 degrees.
 * Source: Efron & Stein (1981), Annals of Statistics 9, 586–596: SE² = (G − 1)/G · Σ(θ₋g − θ̄)².
 * @param value the statistic on everything
 * @param without the statistic with bucket g left out, one number a bucket that holds a unit
 * @example jackknife 3 from leave-one-out means [4, 2] // SE 1
 */
export function jackknifeInterval(
  value: number,
  without: readonly number[],
  confidence = CONFIDENCE,
): Omit<Estimate, "n"> | null {
  const count = without.length;
  if (count < REQUIRED_BUCKETS) return null;
  const mean = without.reduce((sum, one) => sum + one, 0) / count;
  const squares = without.reduce((sum, one) => sum + (one - mean) ** 2, 0);
  const half = studentQuantile((1 + confidence) / 2, count - 1) * Math.sqrt(((count - 1) / count) * squares);
  return { value, low: value - half, high: value + half };
}
