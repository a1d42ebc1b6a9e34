/**
 * The difference between two groups whose members differ in known ways, adjusted for these by least squares, row by row.
 * Where assignment was not random it stays an association: what was not measured is not adjusted for.
 */
import { CONFIDENCE } from "./estimate.ts";
import { type NoAnswer, noAnswer } from "./no-answer.ts";
import { designOf, fitLeastSquares, isUnfitted, robustCovariance } from "./ordinary-least-squares.ts";
import { studentQuantile, studentTail } from "./quantile.ts";
import type { Effect } from "./welch-effect.ts";

/** One covariate: its name, for the reader, and one number a row. */
export interface Covariate {
  readonly name: string;
  readonly values: ArrayLike<number>;
}

/**
 * The coefficient of the treatment in a regression on treatment, intercept and covariates, with HC1 errors.
 * Source: Lin (2013), Annals of Applied Statistics 7, 295–318, on adjustment in experiments; LaLonde (1986), American Economic
 * Review 76, 604–620, on what it does without one.
 * @param value the KPI, one a row
 * @param treated 1 for the treatment, 0 for the control, one a row
 * @example LaLonde's re78 without covariates −635.03, with age, educ, black, hispan, married, nodegree, re74, re75 1548.24
 */
export function estimateAdjusted(
  value: ArrayLike<number>,
  treated: ArrayLike<number>,
  covariates: readonly Covariate[] = [],
  confidence = CONFIDENCE,
): Effect | NoAnswer {
  const n = value.length;
  const design = designOf([new Float64Array(n).fill(1), treated, ...covariates.map(({ values }) => values)]);
  const fit = fitLeastSquares(design, value);
  if (isUnfitted(fit)) {
    if (fit.unfitted === "rows")
      return noAnswer(
        "too-few",
        "value",
        `${fit.n} rows are too few for ${covariates.length} covariates: at least ${fit.required} are needed.`,
      );
    const name = fit.column < 2 ? "treated" : (covariates[fit.column - 2]?.name ?? "covariates");
    return noAnswer(
      "dependent-columns",
      name,
      `The column ${name} is the same for all or follows from the ones before it: leave it out.`,
    );
  }
  const estimate = fit.coefficients[1] ?? 0;
  const standardError = Math.sqrt(Math.max(0, robustCovariance(fit)[design.width + 1] ?? 0));
  const { degreesOfFreedom } = fit;
  if (!(standardError > 0) || !Number.isFinite(estimate))
    return noAnswer(
      "no-variation",
      "value",
      "The columns explain the KPI without any rest: there is no spread to measure an effect by.",
    );
  const half = studentQuantile((1 + confidence) / 2, degreesOfFreedom) * standardError;
  const p = 2 * studentTail(Math.abs(estimate) / standardError, degreesOfFreedom);
  return {
    scale: "absolute",
    value: estimate,
    standardError,
    degreesOfFreedom,
    n,
    low: estimate - half,
    high: estimate + half,
    p,
  };
}
