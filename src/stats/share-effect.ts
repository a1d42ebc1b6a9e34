/**
 * The difference of two shares of a randomised experiment, with an interval that holds for few hits and for none.
 * Relative effects of shares, CUPED and daily looks go through welch-effect.ts and its sisters.
 */
import { shareOfArm } from "./arm-moments.ts";
import { CONFIDENCE } from "./estimate.ts";
import type { NoAnswer } from "./no-answer.ts";
import { type Effect, estimateEffect } from "./welch-effect.ts";

/** Hits of n units. */
export interface ShareCount {
  readonly hits: number;
  readonly n: number;
}

/**
 * The plain difference with the interval of Agresti and Caffo: one hit and one miss are added to each arm, so that an arm
 * without a hit has a spread too. Interval, error and p are of the shares so shrunk, with Welch's t instead of their normal.
 * Source: Agresti & Caffo (2000), The American Statistician 54, 280–288.
 * @returns no answer for an arm without a unit
 * @example hillstrom's visits, 2262 of 21306 against 3894 of 21307 // .07659 (.06995, .08322)
 */
export function estimateShareEffect(
  control: ShareCount,
  treatment: ShareCount,
  confidence = CONFIDENCE,
): Effect | NoAnswer {
  const counted = { control: shareOfArm(control.hits, control.n), treatment: shareOfArm(treatment.hits, treatment.n) };
  const [a, b] = [control, treatment].map(({ hits, n }) => shareOfArm(hits + 1, n > 0 ? n + 2 : 0));
  const effect = estimateEffect(
    { control: a ?? counted.control, treatment: b ?? counted.treatment },
    "absolute",
    confidence,
  );
  if ("noAnswer" in effect) return effect;
  const value = counted.treatment.mean - counted.control.mean;
  // Unanimous arms of very few units can leave their own difference outside: the interval is then stretched to hold it.
  const [low, high] = [Math.min(effect.low, value), Math.max(effect.high, value)];
  return { ...effect, value, low: Math.max(-1, low), high: Math.min(1, high), n: control.n + treatment.n };
}
