/**
 * KPIs that are a ratio of two sums over the same units (revenue per order, orders per visit), made comparable between arms.
 * The comparison itself is in welch-effect.ts; ratios over clusters without arms are in clustered.ts.
 */
import { type ArmMean, type ArmMoments, type ColumnWeights, columnMean, covarianceOf } from "./arm-moments.ts";
import { isNoAnswer, type NoAnswer, noAnswer } from "./no-answer.ts";

/** A ratio M/D of means, and how it moves with its two columns: 1/D and −M/D². */
export interface Ratio {
  readonly value: number;
  readonly weights: ColumnWeights;
}

/** @returns no answer when the denominators add up to 0 */
function ratioOf(
  arm: ArmMoments,
  top: "value" | "before",
  bottom: "denominator" | "beforeDenominator",
): Ratio | NoAnswer {
  const [numerator, denominator] = [columnMean(arm, top), columnMean(arm, bottom)];
  if (arm.n < 1 || denominator === 0)
    return noAnswer("zero-baseline", bottom, `The ${bottom} adds up to 0 in an arm: there is nothing to divide by.`);
  const value = numerator / denominator;
  return { value, weights: { [top]: 1 / denominator, [bottom]: -value / denominator } };
}

/** Σ value / Σ denominator of an arm, with what the delta method needs. */
export function valueRatio(arm: ArmMoments): Ratio | NoAnswer {
  return ratioOf(arm, "value", "denominator");
}

/** The same of the time before the experiment. */
export function beforeRatio(arm: ArmMoments): Ratio | NoAnswer {
  return ratioOf(arm, "before", "beforeDenominator");
}

/**
 * Σ value / Σ denominator of an arm as the mean of n units, whose variance is that of the linearised units:
 * v_M/D² + v_D·M²/D⁴ − 2·cov·M/D³. `estimateEffect` makes the absolute and the relative effect of two of these.
 * Source: Deng, Knoblich & Lu (2018), KDD, "Applying the delta method in metric analytics".
 * @param arm with the columns value and denominator
 * @example value 2, 4, 9 over denominator 1, 2, 3 // mean 2.5, variance .4375
 */
export function ratioOfArm(arm: ArmMoments): ArmMean | NoAnswer {
  const ratio = valueRatio(arm);
  if (isNoAnswer(ratio)) return ratio;
  return { n: arm.n, mean: ratio.value, variance: Math.max(0, covarianceOf(arm, ratio.weights, ratio.weights)) };
}
