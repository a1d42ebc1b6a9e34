/**
 * Whether two independent estimates, or two totals of the same customers, differ: the difference with its interval.
 * Differences of plain shares are in proportion.ts; why something differs is never said here.
 */
import { CONFIDENCE, type Interval } from "./estimate.ts";
import { studentQuantile } from "./quantile.ts";

export interface Difference extends Interval {
  readonly value: number;
}

interface Bounded extends Interval {
  readonly value: number;
}

/**
 * a − b from the two intervals, each as wide as its own method made it (MOVER). For two Wilson intervals it is Newcombe's method 10.
 * Source: Zou & Donner (2008), Statistics in Medicine 27, 1693–1702.
 * @example two Wilson intervals of 7/34 and 1/34 // .1765 (.019, .340)
 */
export function differenceOf(a: Bounded, b: Bounded): Difference {
  const value = a.value - b.value;
  return {
    value,
    low: value - Math.hypot(a.value - a.low, b.high - b.value),
    high: value + Math.hypot(a.high - a.value, b.value - b.low),
  };
}

/**
 * The change of a total (a count or a sum) between two periods, from what each bucket of customers adds to it:
 * Σ(a_g − r·b_g) with SE √(G·Σ(d_g − d̄)²/(G − 1)) and t on G − 1 degrees of freedom. The buckets are the same customers
 * in both periods, so what one customer does several times, or does in both, widens the interval as it should.
 * Source: Cochran, Sampling Techniques (1977), 2.8: the total of a sample of clusters.
 * @param scale r, how many times longer the period of `a` is: 31/30 compares March with April by the day
 * @returns null with fewer than two buckets
 * @example differences 1, 3 over two buckets // 4, SE 2·√2/√2 = 2, t(1 df) = 12.706
 */
export function changeOfTotal(
  a: ReadonlyMap<number, number>,
  b: ReadonlyMap<number, number>,
  scale = 1,
  confidence = CONFIDENCE,
): Difference | null {
  const buckets = [...new Set([...a.keys(), ...b.keys()])];
  if (buckets.length < 2) return null;
  const differences = buckets.map((bucket) => (a.get(bucket) ?? 0) - scale * (b.get(bucket) ?? 0));
  const value = differences.reduce((sum, one) => sum + one, 0);
  const mean = value / buckets.length;
  const squares = differences.reduce((sum, one) => sum + (one - mean) ** 2, 0);
  const error = Math.sqrt((buckets.length * squares) / (buckets.length - 1));
  const half = studentQuantile((1 + confidence) / 2, buckets.length - 1) * error;
  return { value, low: value - half, high: value + half };
}
