/**
 * The same effect with an interval that holds at every look at once, so that people may look each day and stop when they like.
 * It is wider than the one for a single look at the end, which is in welch-effect.ts.
 */
import { CONFIDENCE } from "./estimate.ts";
import type { NoAnswer } from "./no-answer.ts";
import { type ArmPair, type Effect, type EffectScale, liftOf } from "./welch-effect.ts";

/** Units of both arms at which the interval is tightest: early enough for small experiments, at little cost to large ones. */
export const TUNED_TO = 5000;

/**
 * ρ of the asymptotic confidence sequence that is tightest at N* units: √((−2·ln α + ln(−2·ln α + 1))/N*).
 * Source: Waudby-Smith, Arbour, Sinha, Kennedy & Ramdas (2024), Annals of Statistics 52, on tuning the mixture for one time.
 */
export function tuneMixture(alpha: number, units = TUNED_TO): number {
  const information = -2 * Math.log(alpha);
  return Math.sqrt((information + Math.log(information + 1)) / units);
}

/**
 * The effect with an always-valid interval: half-width √s²·√(2(nρ² + 1)·ln(√(nρ² + 1)/α)/(nρ)²), s² = n·SE², n units of
 * both arms. The p is the smallest α whose interval, with this ρ, leaves 0 out: √(nρ² + 1)·exp(−z²·nρ²/(2(nρ² + 1))), z = effect/SE.
 * Source: Waudby-Smith et al. (2024), Annals of Statistics 52, "Time-uniform central limit theory and asymptotic confidence
 * sequences", the Gaussian mixture. It holds as the units grow many; with ρ tuned to thousands the first hundreds are very wide.
 * @param tunedTo N*: units of both arms at which a decision is likely; fixed before the start
 * @example 1396 of 3000 against 2422 of 3461, relative // .50386 (.40098, .60675)
 */
export function estimateAlwaysValid(
  pair: ArmPair,
  scale: EffectScale,
  tunedTo = TUNED_TO,
  confidence = CONFIDENCE,
): Effect | NoAnswer {
  const lift = liftOf(pair, scale);
  if ("noAnswer" in lift) return lift;
  const { value, standardError, n } = lift;
  const alpha = 1 - confidence;
  const mixed = n * tuneMixture(alpha, tunedTo) ** 2;
  const half = standardError * Math.sqrt((2 * (mixed + 1) * Math.log(Math.sqrt(mixed + 1) / alpha)) / mixed);
  const exponent = ((value / standardError) ** 2 * mixed) / (2 * (mixed + 1));
  return { ...lift, low: value - half, high: value + half, p: Math.min(1, Math.sqrt(mixed + 1) * Math.exp(-exponent)) };
}
