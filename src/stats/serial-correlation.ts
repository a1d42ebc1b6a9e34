/**
 * Errors that follow the ones before them: how strongly residuals of a series do, and what that takes from a regression's
 * precision. It fits no better line; the coefficients stay those of ordinary-least-squares.ts or poisson-regression.ts.
 */
import type { LeastSquares } from "./ordinary-least-squares.ts";

/**
 * Correlation of residuals with those `lag` steps before, for lags 1 … `last`: Σe_t·e_(t−lag)/Σe². Residuals of a regression
 * are pulled below 0 by the columns that were fitted; estimateFirstOrder takes that into account.
 * @returns zeros where the residuals have no spread
 */
export function autocorrelate(residuals: Float64Array, last: number): number[] {
  const square = residuals.reduce((sum, one) => sum + one * one, 0);
  return Array.from({ length: last }, (_, at) => {
    let sum = 0;
    for (let row = at + 1; row < residuals.length; row++) sum += (residuals[row] ?? 0) * (residuals[row - at - 1] ?? 0);
    return square > 0 ? sum / square : 0;
  });
}

/** Small square matrices, row by row. */
type Square = Float64Array;

function times(a: Square, b: Square, width: number): Square {
  const product = new Float64Array(width * width);
  for (let row = 0; row < width; row++)
    for (let k = 0; k < width; k++) {
      const factor = a[row * width + k] ?? 0;
      for (let at = 0; at < width; at++)
        product[row * width + at] = (product[row * width + at] ?? 0) + factor * (b[k * width + at] ?? 0);
    }
  return product;
}

function trace(a: Square, width: number): number {
  let sum = 0;
  for (let at = 0; at < width; at++) sum += a[at * width + at] ?? 0;
  return sum;
}

/** a'b of two designs with the same rows and width. */
function cross(a: Float64Array, b: Float64Array, width: number): Square {
  const product = new Float64Array(width * width);
  for (let row = 0; row * width < a.length; row++)
    for (let left = 0; left < width; left++) {
      const factor = a[row * width + left] ?? 0;
      for (let right = 0; right < width; right++)
        product[left * width + right] = (product[left * width + right] ?? 0) + factor * (b[row * width + right] ?? 0);
    }
  return product;
}

/** R·X for R with ρ^|i − j| at (i, j): one sweep forward and one back, linear in the rows. */
function correlate(x: Float64Array, width: number, rho: number): Float64Array {
  const [ahead, back] = [x.slice(), x.slice()];
  for (let at = width; at < x.length; at++) ahead[at] = (x[at] ?? 0) + rho * (ahead[at - width] ?? 0);
  for (let at = x.length - width - 1; at >= 0; at--) back[at] = (x[at] ?? 0) + rho * (back[at + width] ?? 0);
  return x.map((own, at) => (ahead[at] ?? 0) + (back[at] ?? 0) - own);
}

/** S·X for S that takes the mean of the row before and the row after: Σe_t·e_(t−1) = e'Se. */
function neighbours(x: Float64Array, width: number): Float64Array {
  return x.map((_, at) => ((x[at - width] ?? 0) + (x[at + width] ?? 0)) / 2);
}

/**
 * Errors of which a part follows a first-order autoregression and the rest is independent: the chance of single counts hides
 * what their rate does. Their correlation at lag k is share·ρ^k.
 */
export interface Following {
  readonly rho: number;
  /** Of the errors' variance, above 0 and at most 1. */
  readonly share: number;
}

/** R·X for R with 1 on the diagonal and share·ρ^|i − j| beside it. */
function follow(x: Float64Array, width: number, { rho, share }: Following): Float64Array {
  const following = correlate(x, width, rho);
  return share === 1 ? following : x.map((own, at) => (1 - share) * own + share * (following[at] ?? 0));
}

/** What the columns leave of errors with correlation R, M = I − X(X'X)⁻¹X'. */
interface Expected {
  /** tr(MR): Σe² per error variance. */
  readonly square: number;
  /** tr(SMRM): Σe_t·e_(t−1) per error variance. */
  readonly neighbour: number;
  /** tr(MRMR): what makes Σe² vary. */
  readonly spread: number;
  /** (X'X)⁻¹X'RX(X'X)⁻¹, the coefficients' covariance per error variance. */
  readonly covariance: Square;
}

function expect({ design, inverse }: LeastSquares, following: Following): Expected {
  const { rows, width, values } = design;
  const { rho, share } = following;
  const followed = follow(values, width, following);
  const shifted = neighbours(values, width);
  const half = times(inverse, cross(values, followed, width), width);
  const shift = times(inverse, cross(values, shifted, width), width);
  const both = times(inverse, cross(followed, shifted, width), width);
  const squares = times(inverse, cross(followed, followed, width), width);
  let whole = rows;
  for (let lag = 1; lag < rows && rho !== 0; lag++) whole += 2 * (rows - lag) * (share * rho ** lag) ** 2;
  return {
    square: rows - trace(half, width),
    neighbour: (rows - 1) * share * rho - 2 * trace(both, width) + trace(times(shift, half, width), width),
    spread: whole - 2 * trace(squares, width) + trace(times(half, half, width), width),
    covariance: times(half, inverse, width),
  };
}

const MOST = 0.98;

/** In which the ρ that fits is looked for first. */
const STEPS = 14;

/** How far ρ is looked for. */
interface Bounds {
  /** The part of the errors that may follow those before; the whole where no ρ of that part is strong enough. */
  readonly share?: number;
  /** The least ρ, at most 0: below 0 errors turn more often than chance makes them, and the mean is surer than it looks. */
  readonly least?: number;
}

/**
 * How strongly errors follow those before, ρ at most .98: that for which the residuals' own lag-one correlation is what M makes
 * of it on average.
 * Method: moments, solved by bisection; the residuals' own correlation is too low by about (columns + 1)/rows.
 * @example residuals that do not follow each other // ρ 0
 */
export function estimateFirstOrder(fit: LeastSquares, { share = 1, least = 0 }: Bounds = {}): Following {
  const [lagOne = 0] = autocorrelate(fit.residuals, 1);
  // A ratio's mean lies below the ratio of means, here by 2ρ/n (Kendall 1954, Biometrika 41, 403–404).
  const seen = lagOne * (1 + 2 / fit.degreesOfFreedom);
  const ratio = (rho: number) => {
    const { neighbour, square } = expect(fit, { rho, share });
    return neighbour / square;
  };
  if (seen <= ratio(least)) return { rho: least, share };
  // The columns follow slow errors, so that the ratio rises and then falls: the weakest ρ that explains it is taken.
  const steps = Array.from({ length: STEPS }, (_, step) => least + ((MOST - least) * (step + 1)) / STEPS);
  const above = steps.findIndex((rho) => ratio(rho) >= seen);
  if (above < 0) return share < 1 ? estimateFirstOrder(fit, { least }) : { rho: MOST, share };
  let [low, high] = [above === 0 ? least : (steps[above - 1] ?? least), steps[above] ?? MOST];
  for (let round = 0; round < 16; round++) {
    const middle = (low + high) / 2;
    if (ratio(middle) < seen) low = middle;
    else high = middle;
  }
  return { rho: (low + high) / 2, share };
}

export interface SerialCovariance {
  /** Of the coefficients, width × width. */
  readonly covariance: Float64Array;
  /** For Student's quantile: how many independent errors the variance is as sure as (Satterthwaite), ρ not being known either. */
  readonly degreesOfFreedom: number;
}

/**
 * Covariance of the coefficients when errors follow each other like this: σ̂²(X'X)⁻¹X'RX(X'X)⁻¹,
 * σ̂² = Σe²/tr(MR). With ρ 0 it is the classical one, but for the degrees
 * of freedom: a ρ found to be 0 is not known to be 0. Rows stand in the order of time, without gaps.
 * Source: Judge et al., The Theory and Practice of Econometrics (1985), 8.2; degrees of freedom after Satterthwaite (1946).
 */
export function serialCovariance(fit: LeastSquares, following: Following): SerialCovariance {
  const { square, spread, covariance } = expect(fit, following);
  const { rho } = following;
  const variance = fit.residuals.reduce((sum, one) => sum + one * one, 0) / square;
  // Var(ln V̂) = 2/df: that of Σe², and that of ln((1 + ρ̂)/(1 − ρ̂)), for ρ was estimated with Var(ρ̂) = (1 − ρ²)/n.
  const relative = (2 * spread) / square ** 2 + 4 / ((1 - rho ** 2) * fit.design.rows);
  return { covariance: covariance.map((value) => value * variance), degreesOfFreedom: 2 / relative };
}
