/**
 * The same effect with an interval that holds at every look at once, so that people may look each day and stop when they like.
 * It is wider than the one for a single look at the end, which is in welch-effect.ts.
 */
import { CONFIDENCE } from "./estimate.ts";
import { type NoAnswer, noAnswer } from "./no-answer.ts";
import { baselineDoubt, relativeInterval } from "./ratio-interval.ts";
import { type ArmPair, type Effect, type EffectScale, type Lift, liftOf } from "./welch-effect.ts";

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

/** nρ², on which width and p depend. */
function mixedUnits(units: number, tunedTo: number, confidence: number): number {
  return units * tuneMixture(1 - confidence, tunedTo) ** 2;
}

/**
 * How many standard errors the always-valid interval reaches to each side: √(2(nρ² + 1)·ln(√(nρ² + 1)/α)/(nρ²)).
 * @param units of both arms
 * @example alwaysValidReach(6461) // 3.04, where one look needs 1.96
 */
export function alwaysValidReach(units: number, tunedTo = TUNED_TO, confidence = CONFIDENCE): number {
  const mixed = mixedUnits(units, tunedTo, confidence);
  return Math.sqrt((2 * (mixed + 1) * Math.log(Math.sqrt(mixed + 1) / (1 - confidence))) / mixed);
}

/** Above this doubt about the baseline the delta method is too lopsided for an interval that is read on the first days. */
const LARGEST_DOUBT = 0.01;

/** The p that belongs to `reach` at its α: √(m + 1)·exp(−z²·m/(2(m + 1))), m = nρ². */
function alwaysValidP({ value, standardError }: Lift, mixed: number): number {
  return Math.min(1, Math.sqrt(mixed + 1) * Math.exp(-((value / standardError) ** 2 * mixed) / (2 * (mixed + 1))));
}

/**
 * The effect with an always-valid interval: half-width √s²·√(2(nρ² + 1)·ln(√(nρ² + 1)/α)/(nρ)²), s² = n·SE², n units of
 * both arms, which is the reach times SE. The p is the smallest α whose interval, with this ρ, leaves 0 out.
 * Source: Waudby-Smith et al. (2024), Annals of Statistics 52, "Time-uniform central limit theory and asymptotic confidence
 * sequences", the Gaussian mixture. It holds as the units grow many; with ρ tuned to thousands the first hundreds are very wide.
 *
 * A relative effect whose baseline is still vague (its own interval takes more than a tenth of the way to 0) gets the hull of
 * this and of Fieller's interval with the same reach: on simulated skewed spend with 12 % buyers and 200
 * units a day, the delta method alone claimed a change in 9 % of 300 A/A tests that were looked at on each of 28 days.
 * @param tunedTo N*: units of both arms at which a decision is likely; fixed before the start
 * @returns no answer as in `estimateEffect`, and relative to a baseline that may still be 0
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
  const mixed = mixedUnits(n, tunedTo, confidence);
  const reach = alwaysValidReach(n, tunedTo, confidence);
  const [low, high] = [value - reach * standardError, value + reach * standardError];
  const p = alwaysValidP(lift, mixed);
  if (scale === "absolute" || baselineDoubt(pair, reach) <= LARGEST_DOUBT) return { ...lift, low, high, p };
  const [exact, absolute] = [relativeInterval(pair, reach), liftOf(pair, "absolute")];
  if (exact === undefined || "noAnswer" in absolute)
    return noAnswer(
      "vague-baseline",
      "control",
      "The control arm's mean may still be 0: wait for more units, or read the absolute effect.",
    );
  const hull = { low: Math.min(low, exact.low), high: Math.max(high, exact.high) };
  return { ...lift, ...hull, p: Math.max(p, alwaysValidP(absolute, mixed)) };
}
