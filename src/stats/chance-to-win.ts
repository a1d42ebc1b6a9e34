/**
 * How likely the treatment is better than the control, and what a wrong choice would cost, given what was believed before.
 * It makes no verdict: those follow from the interval in effect-verdict.ts.
 */
import { CONFIDENCE, type Interval } from "./estimate.ts";
import { normalTail } from "./incomplete-gamma.ts";
import { type NoAnswer, noAnswer } from "./no-answer.ts";
import { normalQuantile } from "./quantile.ts";
import { type ArmPair, type EffectScale, liftOf } from "./welch-effect.ts";

/** What is believed about the effect beforehand, on the scale that is asked for. */
export interface NormalPrior {
  readonly mean: number;
  readonly variance: number;
}

export interface BayesianEffect extends Interval {
  readonly scale: EffectScale;
  /** Mean of the posterior. */
  readonly value: number;
  /** Its standard deviation. */
  readonly spread: number;
  readonly n: number;
  /** P(the treatment is better). */
  readonly chanceToWin: number;
  /** What is lost on average by shipping the treatment: E[max(0, harm)], on the scale asked for. */
  readonly lossIfShipped: number;
  /** What is lost on average by keeping the control: E[max(0, gain)]. */
  readonly lossIfKept: number;
}

/** E[max(0, X)] of X ~ N(mean, spread²): mean·Φ(mean/spread) + spread·φ(mean/spread). */
function expectedExcess(mean: number, spread: number): number {
  const z = mean / spread;
  return Math.max(0, mean * normalTail(-z) + (spread * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI));
}

/**
 * The posterior of the effect: normal, from a normal likelihood with the delta method's error and a flat or a normal prior,
 * precisions added. Source: Gelman et al., Bayesian Data Analysis (2013), 2.5; losses after Stucchio (2015), "Bayesian A/B
 * testing at VWO".
 * @param higherIsBetter false for KPIs that should fall
 * @param prior flat when left out
 * @example 49 of 100 against 51 of 100, relative // .04082 (−.24779, .32943), chance to win .60918
 */
export function estimateChanceToWin(
  pair: ArmPair,
  scale: EffectScale,
  {
    higherIsBetter = true,
    prior,
    confidence = CONFIDENCE,
  }: {
    readonly higherIsBetter?: boolean;
    readonly prior?: NormalPrior;
    readonly confidence?: number;
  } = {},
): BayesianEffect | NoAnswer {
  if (prior && !(prior.variance > 0 && Number.isFinite(prior.mean)))
    return noAnswer(
      "out-of-range",
      "prior",
      "A prior needs a mean and a variance above 0; leave it out for a flat one.",
    );
  const lift = liftOf(pair, scale);
  if ("noAnswer" in lift) return lift;
  const [seen, believed] = [1 / lift.standardError ** 2, prior ? 1 / prior.variance : 0];
  const value = (lift.value * seen + (prior?.mean ?? 0) * believed) / (seen + believed);
  const spread = Math.sqrt(1 / (seen + believed));
  const half = normalQuantile((1 + confidence) / 2) * spread;
  const gain = higherIsBetter ? value : -value;
  return {
    scale,
    value,
    spread,
    low: value - half,
    high: value + half,
    n: lift.n,
    chanceToWin: normalTail(-gain / spread),
    lossIfShipped: expectedExcess(-gain, spread),
    lossIfKept: expectedExcess(gain, spread),
  };
}
