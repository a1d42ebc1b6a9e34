/**
 * A difference from what would have been without a change, absolute and relative to it, with intervals that agree.
 * How the difference and its error were found is the design's matter.
 */
import { type NoAnswer, noAnswer } from "./no-answer.ts";
import type { Effect } from "./welch-effect.ts";

/** What both effects have in common. */
export type Judgement = Pick<Effect, "n" | "degreesOfFreedom" | "p">;

/**
 * The relative effect is d/(seen − d) of the difference and of both its limits: it excludes 0 when the absolute one does.
 * @param value mean difference from the counterfactual
 * @param reach how many standard errors the interval goes to each side
 * @param seen the mean that was observed
 * @returns no relative effect where the counterfactual may be at 0 or below
 * @example 2 above a counterfactual of 10, error 1, reach 2 // 2 (0, 4), relative .2 (0, .5)
 */
export function compareWithCounterfactual(
  value: number,
  error: number,
  reach: number,
  seen: number,
  shared: Judgement,
): { absolute: Effect; relative: Effect | NoAnswer } {
  const [low, high] = [value - reach * error, value + reach * error];
  const absolute: Effect = { ...shared, scale: "absolute", value, low, high, standardError: error };
  if (!(seen - high > 0)) {
    const reason = "Without the change the values may be at 0 or below: there is no relative effect.";
    return { absolute, relative: noAnswer("zero-baseline", "values", reason) };
  }
  const share = (one: number) => one / (seen - one);
  const limits = { value: share(value), low: share(low), high: share(high) };
  const standardError = (error * seen) / (seen - value) ** 2;
  return { absolute, relative: { ...shared, ...limits, scale: "relative", standardError } };
}
