/**
 * Shares of independent units and the difference of two shares, with intervals that hold for small n and near 0 and 1.
 * Shares whose units come in clusters (several journeys of one customer) are in clustered.ts.
 */
import { CONFIDENCE, type Estimate, type Interval, type Result } from "./estimate.ts";
import { normalQuantile } from "./quantile.ts";

/**
 * Wilson's score interval for a share. `n` may be an effective, fractional number of units.
 * Source: Wilson (1927), J. Am. Stat. Assoc. 22, 209–212.
 * @example wilsonInterval(81 / 263, 263) // { low: .2553, high: .3662 }
 */
export function wilsonInterval(share: number, n: number, confidence = CONFIDENCE): Interval {
  const z2 = normalQuantile((1 + confidence) / 2) ** 2;
  const centre = (share + z2 / (2 * n)) / (1 + z2 / n);
  const half = Math.sqrt((z2 * (share * (1 - share) + z2 / (4 * n))) / n) / (1 + z2 / n);
  // Exact at the ends, where rounding would leave 1e-17.
  return { low: share === 0 ? 0 : Math.max(0, centre - half), high: share === 1 ? 1 : Math.min(1, centre + half) };
}

/**
 * A share of independent units with Wilson's interval; insufficient without a single unit.
 * @example estimateShare(7, 34) // { value: .2059, low: .1035, high: .3680, n: 34 }
 */
export function estimateShare(hits: number, n: number, confidence = CONFIDENCE): Result {
  if (n < 1) return { insufficient: true, n, required: 1 };
  return { value: hits / n, ...wilsonInterval(hits / n, n, confidence), n };
}

/**
 * a − b of two independent shares whose Wilson intervals are known: Newcombe's method 10, which squares and adds their arms.
 * Source: Newcombe (1998), Statistics in Medicine 17, 873–890.
 * @returns n is the smaller of the two
 */
export function subtractShares(a: Estimate, b: Estimate): Estimate {
  const value = a.value - b.value;
  return {
    value,
    low: value - Math.hypot(a.value - a.low, b.high - b.value),
    high: value + Math.hypot(a.high - a.value, b.value - b.low),
    n: Math.min(a.n, b.n),
  };
}

/**
 * The difference a − b of two independent shares, with Newcombe's interval (his method 10, built from two Wilson intervals).
 * Source: Newcombe (1998), Statistics in Medicine 17, 873–890.
 * @returns n is the smaller of the two
 * @example estimateShareDifference({ hits: 7, n: 34 }, { hits: 1, n: 34 }) // .1765 (.019, .340)
 */
export function estimateShareDifference(
  a: { readonly hits: number; readonly n: number },
  b: { readonly hits: number; readonly n: number },
  confidence = CONFIDENCE,
): Result {
  const n = Math.min(a.n, b.n);
  if (n < 1) return { insufficient: true, n, required: 1 };
  const [first, second] = [a, b].map(({ hits, n: units }): Estimate => {
    return { value: hits / units, ...wilsonInterval(hits / units, units, confidence), n: units };
  }) as [Estimate, Estimate];
  return subtractShares(first, second);
}
