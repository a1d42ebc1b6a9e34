/**
 * Takes out of both arms what the units' time before the experiment already explains, so that the same effect shows earlier.
 * On average it moves the effect by a part of the order 1/n at most, if the covariate was fixed before the assignment.
 */
import {
  type ArmMean,
  type ArmMoments,
  type ColumnWeights,
  columnMean,
  covarianceOf,
  mergeMoments,
} from "./arm-moments.ts";
import { isNoAnswer, type NoAnswer, noAnswer } from "./no-answer.ts";
import { beforeRatio, type Ratio, valueRatio } from "./ratio-metric.ts";
import type { ArmPair } from "./welch-effect.ts";

/** Two arms after the adjustment, for `estimateEffect` and its sisters. */
export interface AdjustedPair extends ArmPair {
  /** How much of a unit of the covariate is subtracted: cov(Y, X)/var(X) over both arms. */
  readonly theta: number;
  /** The share of the variance that is gone; as many fewer units are needed for the same interval. */
  readonly reduction: number;
  /** Of KPI and covariate inside the arms, from the reduction: what power.ts asks for. */
  readonly correlation: number;
}

/** A KPI or covariate of one arm: its value and the weights of its linear form. */
type Linear = Ratio;

function linearMean(arm: ArmMoments, column: "value" | "before"): Linear {
  return { value: columnMean(arm, column), weights: { [column]: 1 } };
}

/** The KPI and its covariate: means, or ratios where the arm has denominators. A plain covariate serves a ratio too. */
function linearForms(arm: ArmMoments): { kpi: Linear; covariate: Linear } | NoAnswer {
  const kpi = arm.columns.includes("denominator") ? valueRatio(arm) : linearMean(arm, "value");
  if (isNoAnswer(kpi)) return kpi;
  const covariate = arm.columns.includes("beforeDenominator") ? beforeRatio(arm) : linearMean(arm, "before");
  return isNoAnswer(covariate) ? covariate : { kpi, covariate };
}

function minus(a: ColumnWeights, b: ColumnWeights, times: number): ColumnWeights {
  const sum: Record<string, number> = { ...a };
  for (const [column, weight] of Object.entries(b)) sum[column] = (sum[column] ?? 0) - times * weight;
  return sum;
}

/** Slope over both arms as one sample, and the covariate's variance; 0 where the covariate does not vary. */
function regress(both: ArmMoments, kpi: Linear, covariate: Linear): { theta: number; spread: number } {
  const spread = covarianceOf(both, covariate.weights, covariate.weights);
  return spread > 0
    ? { theta: covarianceOf(both, kpi.weights, covariate.weights) / spread, spread }
    : { theta: 0, spread: 0 };
}

/** One arm with the covariate's share taken out, and the variance of its mean before that. */
function adjustArm(
  arm: ArmMoments,
  { kpi, covariate }: { readonly kpi: Linear; readonly covariate: Linear },
  theta: number,
  centre: number,
): { adjusted: ArmMean; plain: number } {
  const weights = minus(kpi.weights, covariate.weights, theta);
  const mean = kpi.value - theta * (covariate.value - centre);
  const adjusted = { n: arm.n, mean, variance: Math.max(0, covarianceOf(arm, weights, weights)) };
  return { adjusted, plain: covarianceOf(arm, kpi.weights, kpi.weights) / arm.n };
}

/**
 * CUPED: Y − θ(X − X̄), θ = cov(Y, X)/var(X) and X̄ over both arms. For a ratio KPI both sides are linearised by the delta
 * method first. The error of X̄, which both arms share, cancels in the absolute effect and is passed on for the relative one.
 * Source: Deng, Xu, Kohavi & Walker (2013), WSDM, "Improving the sensitivity of online controlled experiments by utilizing
 * pre-experiment data".
 * @param control with the column before, and for a ratio KPI denominator and, if the covariate is a ratio, beforeDenominator
 * @param treatment with the same columns
 * @returns no answer without a column before or when a denominator adds up to 0; a covariate that says nothing changes nothing
 */
export function adjustForBefore(control: ArmMoments, treatment: ArmMoments): AdjustedPair | NoAnswer {
  if (![control, treatment].every(({ columns }) => columns.includes("before")))
    return noAnswer(
      "out-of-range",
      "before",
      "Without a number of each unit from before the experiment nothing can be adjusted.",
    );
  const both = mergeMoments(control, treatment);
  const [joint, first, second] = [linearForms(both), linearForms(control), linearForms(treatment)];
  if (isNoAnswer(joint)) return joint;
  if (isNoAnswer(first)) return first;
  if (isNoAnswer(second)) return second;
  const { theta, spread } = regress(both, joint.kpi, joint.covariate);
  const a = adjustArm(control, first, theta, joint.covariate.value);
  const b = adjustArm(treatment, second, theta, joint.covariate.value);
  const left = a.adjusted.variance / control.n + b.adjusted.variance / treatment.n;
  const plain = a.plain + b.plain;
  const shared = (theta ** 2 * spread) / both.n;
  const reduction = plain > 0 ? 1 - left / plain : 0;
  const correlation = Math.sign(theta) * Math.sqrt(Math.max(0, reduction));
  return { control: a.adjusted, treatment: b.adjusted, shared, theta, reduction, correlation };
}
