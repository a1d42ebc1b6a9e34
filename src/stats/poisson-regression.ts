/**
 * Poisson regression with the logarithm as link and an offset: how counts move with the columns of a design.
 * Its classical errors take the dispersion as given; errors that follow each other in time are in serial-correlation.ts.
 */
import { type NoAnswer, noAnswer } from "./no-answer.ts";
import {
  type Design,
  fitLeastSquares,
  isUnfitted,
  type LeastSquares,
  predict,
  type Unfitted,
} from "./ordinary-least-squares.ts";

export interface PoissonFit {
  /** On the scale of the logarithm; one a column. */
  readonly coefficients: Float64Array;
  /** Expected counts; one a row. */
  readonly means: Float64Array;
  /** Pearson's χ² over the degrees of freedom: 1 for Poisson counts, more when they vary more. */
  readonly dispersion: number;
  /**
   * The last step as weighted least squares: rows times √mean, residuals (count − mean)/√mean, `variance` the dispersion.
   * classicalCovariance of it is quasi-Poisson's, `inverse` alone is Poisson's.
   */
  readonly linear: LeastSquares;
}

const ROUNDS = 50;
/** Relative change of the deviance at which the search ends. */
const PRECISION = 1e-12;

/** √w times each row of the design and of z. */
function weigh(design: Design, means: Float64Array, z: Float64Array): { design: Design; y: Float64Array } {
  const values = design.values.map((value, at) => value * Math.sqrt(means[Math.floor(at / design.width)] ?? 0));
  return { design: { ...design, values }, y: z.map((value, row) => value * Math.sqrt(means[row] ?? 0)) };
}

/** 2·Σ(y·ln(y/μ) − (y − μ)). */
function devianceOf(counts: ArrayLike<number>, means: Float64Array): number {
  let sum = 0;
  for (let row = 0; row < means.length; row++) {
    const [count, mean] = [counts[row] ?? 0, means[row] ?? 1];
    sum += 2 * ((count > 0 ? count * Math.log(count / mean) : 0) - (count - mean));
  }
  return sum;
}

/** The first thing wrong with what goes in, if any. */
function refuse(counts: ArrayLike<number>, offset: ArrayLike<number>): NoAnswer | undefined {
  let total = 0;
  for (let row = 0; row < counts.length; row++) {
    const count = counts[row] ?? Number.NaN;
    if (!(count >= 0 && Number.isFinite(count)))
      return noAnswer("out-of-range", "counts", `Row ${row + 1} holds ${count}: counts must be numbers of at least 0.`);
    if (!Number.isFinite(offset[row] ?? 0))
      return noAnswer(
        "out-of-range",
        "offset",
        `Row ${row + 1} has no offset: what counts are taken over must be above 0.`,
      );
    total += count;
  }
  return total > 0 ? undefined : noAnswer("no-variation", "counts", "Every count is 0: there is nothing to compare.");
}

/**
 * Maximum likelihood by iteratively reweighted least squares.
 * Source: McCullagh & Nelder, Generalized Linear Models (1989), 2.5, 6.2 and, for the dispersion, 4.5.
 * @param counts at least 0, one a row; they need not be whole (quasi-likelihood)
 * @param offset logarithm of what the counts are taken over (people, visits); 0 a row when left out
 * @returns no answer for negative counts, all zeros, or a search that does not settle (a column that separates the zeros)
 * @example an intercept and counts 1, 2, 3 // ln 2, dispersion (½ + 0 + ½)/2 = ½
 */
export function fitPoisson(
  design: Design,
  counts: ArrayLike<number>,
  offset: ArrayLike<number> = new Float64Array(design.rows),
): PoissonFit | Unfitted | NoAnswer {
  const refusal = refuse(counts, offset);
  if (refusal) return refusal;
  const shift = Float64Array.from(offset);
  let means = Float64Array.from({ length: design.rows }, (_, row) => (counts[row] ?? 0) + 0.1);
  let before = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    const z = means.map((mean, row) => Math.log(mean) - (shift[row] ?? 0) + ((counts[row] ?? 0) - mean) / mean);
    const weighted = weigh(design, means, z);
    const fit = fitLeastSquares(weighted.design, weighted.y);
    if (isUnfitted(fit)) return fit;
    means = predict(design, fit.coefficients).map((value, row) => Math.exp(value + (shift[row] ?? 0)));
    const deviance = devianceOf(counts, means);
    if (!Number.isFinite(deviance)) break;
    if (Math.abs(before - deviance) <= PRECISION * (deviance + 0.1))
      return finish(design, counts, means, fit.coefficients);
    before = deviance;
  }
  return noAnswer(
    "unreachable",
    "counts",
    "The regression does not settle: a span of time with no counts at all is often why.",
  );
}

function finish(design: Design, counts: ArrayLike<number>, means: Float64Array, coefficients: Float64Array) {
  const residuals = means.map((mean, row) => ((counts[row] ?? 0) - mean) / Math.sqrt(mean));
  const weighted = weigh(design, means, residuals);
  const inner = fitLeastSquares(weighted.design, residuals);
  if (isUnfitted(inner)) return inner;
  const dispersion = residuals.reduce((sum, one) => sum + one * one, 0) / inner.degreesOfFreedom;
  return { coefficients, means, dispersion, linear: { ...inner, coefficients, residuals, variance: dispersion } };
}
