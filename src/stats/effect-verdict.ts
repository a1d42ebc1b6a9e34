/**
 * What may be said about an effect: better, worse, no meaningful change, or that the data do not tell.
 * Whether a verdict may be given at all (sample ratio, pre-trends) is decided before, by the checks of the design.
 */
import type { Interval } from "./estimate.ts";

export type Verdict = "better" | "worse" | "no meaningful change" | "inconclusive";

export interface Judged extends Interval {
  readonly value: number;
}

/**
 * The interval inside ± the minimum effect: no meaningful change. Excluding 0 with |estimate| at or above the minimum: better
 * or worse. Otherwise inconclusive. The first is an equivalence test, twice one-sided, at half the interval's error level.
 * Without a minimum effect nothing is small enough for "no meaningful change".
 * Source: Schuirmann (1987), J. Pharmacokinetics and Biopharmaceutics 15, 657–680.
 * @param effect value and interval on the scale of the minimum effect
 * @param minimum the least effect worth having, 0 or more, fixed before the start; its sign does not matter
 * @param higherIsBetter false for KPIs that should fall
 * @example judgeEffect({ value: .08, low: .07, high: .09 }, .01) // "better"
 * @example judgeEffect({ value: .002, low: -.003, high: .007 }, .01) // "no meaningful change"
 */
export function judgeEffect({ value, low, high }: Judged, minimum = 0, higherIsBetter = true): Verdict {
  const least = Math.abs(minimum);
  if (![value, low, high, least].every(Number.isFinite)) return "inconclusive";
  if (low > -least && high < least) return "no meaningful change";
  const excluded = low > 0 || high < 0;
  if (!excluded || Math.abs(value) < least) return "inconclusive";
  return value > 0 === higherIsBetter ? "better" : "worse";
}
