/**
 * Ordinary least squares on a dense design, with the covariance of its coefficients under three assumptions about the errors.
 * What the columns stand for is the caller's; sparse rows with a penalty are in ridge.ts.
 */

/** Rows of numbers, row by row in one array. */
export interface Design {
  readonly rows: number;
  readonly width: number;
  readonly values: Float64Array;
}

export interface LeastSquares {
  readonly design: Design;
  /** One a column. */
  readonly coefficients: Float64Array;
  /** y minus what is fitted; one a row. */
  readonly residuals: Float64Array;
  /** (X'X)⁻¹, width × width, row by row. */
  readonly inverse: Float64Array;
  /** Rows minus columns. */
  readonly degreesOfFreedom: number;
  /** Σ residual² / degrees of freedom. */
  readonly variance: number;
}

/** Why there is no fit: too few rows, or a column that the columns before it make up. */
export type Unfitted =
  | { readonly unfitted: "rows"; readonly n: number; readonly required: number }
  | { readonly unfitted: "dependent"; readonly column: number };

export function isUnfitted(fit: object): fit is Unfitted {
  return "unfitted" in fit;
}

/** A column that keeps less than this part of its length beside the columns before it adds nothing. */
const DEPENDENT = 1e-9;

/** @param columns of equal length, the intercept among them as a column of ones */
export function designOf(columns: readonly ArrayLike<number>[]): Design {
  const [rows, width] = [columns[0]?.length ?? 0, columns.length];
  const values = new Float64Array(rows * width);
  for (const [column, numbers] of columns.entries())
    for (let row = 0; row < rows; row++) values[row * width + column] = numbers[row] ?? 0;
  return { rows, width, values };
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += (a[at] ?? 0) * (b[at] ?? 0);
  return sum;
}

function subtract(from: Float64Array, what: Float64Array, times: number): void {
  for (let at = 0; at < from.length; at++) from[at] = (from[at] ?? 0) - times * (what[at] ?? 0);
}

/** X = Q·R by Gram and Schmidt, each column made orthogonal twice, which keeps Q orthogonal to rounding (Giraud et al. 2005). */
function orthogonalise({ rows, width, values }: Design): { q: Float64Array[]; r: Float64Array } | number {
  const q: Float64Array[] = [];
  const r = new Float64Array(width * width);
  for (let column = 0; column < width; column++) {
    const own = Float64Array.from({ length: rows }, (_, row) => values[row * width + column] ?? 0);
    const before = Math.sqrt(dot(own, own));
    for (let pass = 0; pass < 2; pass++)
      for (const [at, other] of q.entries()) {
        const share = dot(other, own);
        subtract(own, other, share);
        r[at * width + column] = (r[at * width + column] ?? 0) + share;
      }
    const length = Math.sqrt(dot(own, own));
    if (!(length > DEPENDENT * before)) return column;
    r[column * width + column] = length;
    q.push(own.map((value) => value / length));
  }
  return { q, r };
}

/** The inverse of an upper triangle. */
function invertTriangle(r: Float64Array, width: number): Float64Array {
  const inverse = new Float64Array(width * width);
  for (let column = 0; column < width; column++)
    for (let row = column; row >= 0; row--) {
      let sum = row === column ? 1 : 0;
      for (let k = row + 1; k <= column; k++) sum -= (r[row * width + k] ?? 0) * (inverse[k * width + column] ?? 0);
      inverse[row * width + column] = sum / (r[row * width + row] ?? 1);
    }
  return inverse;
}

/** A·B' for square matrices of `width`, row by row. */
function timesTransposed(a: Float64Array, b: Float64Array, width: number): Float64Array {
  const product = new Float64Array(width * width);
  for (let row = 0; row < width; row++)
    for (let column = 0; column < width; column++) {
      let sum = 0;
      for (let k = 0; k < width; k++) sum += (a[row * width + k] ?? 0) * (b[column * width + k] ?? 0);
      product[row * width + column] = sum;
    }
  return product;
}

/** What the design makes of the coefficients; one a row. */
export function predict({ rows, width, values }: Design, coefficients: ArrayLike<number>): Float64Array {
  const fitted = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    for (let at = 0; at < width; at++) sum += (values[row * width + at] ?? 0) * (coefficients[at] ?? 0);
    fitted[row] = sum;
  }
  return fitted;
}

/**
 * The coefficients that minimise Σ(y − Xb)². Method: QR, so that columns of very different size do no harm.
 * @param y one a row
 * @returns `unfitted: "rows"` when there are not more rows than columns, `unfitted: "dependent"` with the first column that
 *   the columns before it make up
 * @example columns 1,1,1 and 0,1,2 with y 1,3,5 // coefficients 1 and 2, variance 0
 */
export function fitLeastSquares(design: Design, y: ArrayLike<number>): LeastSquares | Unfitted {
  const { rows, width } = design;
  if (rows <= width) return { unfitted: "rows", n: rows, required: width + 1 };
  const factors = orthogonalise(design);
  if (typeof factors === "number") return { unfitted: "dependent", column: factors };
  const triangle = invertTriangle(factors.r, width);
  const left = Float64Array.from(y);
  const shares = factors.q.map((column) => {
    const share = dot(column, left);
    subtract(left, column, share);
    return share;
  });
  const coefficients = predict({ rows: width, width, values: triangle }, shares);
  const variance = dot(left, left) / (rows - width);
  const inverse = timesTransposed(triangle, triangle, width);
  return { design, coefficients, residuals: left, inverse, degreesOfFreedom: rows - width, variance };
}

/** s²(X'X)⁻¹: errors independent and of one variance. */
export function classicalCovariance({ inverse, variance }: LeastSquares): Float64Array {
  return inverse.map((value) => value * variance);
}

/** Adds weight·Σ_t (g_t·g'_{t−lag} + its transpose), or Σ g_t·g'_t at lag 0, of the scores g_t = residual_t·x_t. */
function addScores(meat: Float64Array, { design, residuals }: LeastSquares, lag: number, weight: number): void {
  const { rows, width, values } = design;
  for (let row = lag; row < rows; row++) {
    const both = (residuals[row] ?? 0) * (residuals[row - lag] ?? 0) * (lag === 0 ? weight / 2 : weight);
    for (let a = 0; a < width; a++)
      for (let b = 0; b < width; b++) {
        const one = (values[row * width + a] ?? 0) * (values[(row - lag) * width + b] ?? 0);
        const other = (values[(row - lag) * width + a] ?? 0) * (values[row * width + b] ?? 0);
        meat[a * width + b] = (meat[a * width + b] ?? 0) + both * (one + other);
      }
  }
}

function sandwich(fit: LeastSquares, meat: Float64Array): Float64Array {
  const { rows, width } = fit.design;
  const factor = rows / fit.degreesOfFreedom;
  const half = timesTransposed(fit.inverse, meat, width);
  return timesTransposed(half, fit.inverse, width).map((value) => value * factor);
}

/**
 * Errors independent, each with a variance of its own: HC1, the sandwich times n/(n − k).
 * Source: MacKinnon & White (1985), Journal of Econometrics 29, 305–325.
 */
export function robustCovariance(fit: LeastSquares): Float64Array {
  return neweyWestCovariance(fit, 0);
}

/**
 * Errors that depend on their neighbours in time: Bartlett's weights 1 − j/(lags + 1) up to `lags`, times n/(n − k).
 * Rows must stand in the order of time. In series of less than a hundred it is known to be somewhat too small.
 * Source: Newey & West (1987), Econometrica 55, 703–708.
 */
export function neweyWestCovariance(fit: LeastSquares, lags = automaticLags(fit)): Float64Array {
  const meat = new Float64Array(fit.design.width ** 2);
  for (let lag = 0; lag <= lags; lag++) addScores(meat, fit, lag, 1 - lag / (lags + 1));
  return sandwich(fit, meat);
}

/**
 * How far back the errors are seen to depend on each other: the plug-in bandwidth for Bartlett's weights, no prewhitening.
 * The scores are summed over all columns but the first, which is taken for the intercept.
 * Source: Newey & West (1994), Review of Economic Studies 61, 631–653, table II.
 */
export function automaticLags({ design, residuals }: LeastSquares): number {
  const { rows, width, values } = design;
  const scores = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    let sum = width === 1 ? (values[row] ?? 0) : 0;
    for (let at = 1; at < width; at++) sum += values[row * width + at] ?? 0;
    scores[row] = sum * (residuals[row] ?? 0);
  }
  const last = Math.floor(4 * (rows / 100) ** (2 / 9));
  let [level, slope] = [dot(scores, scores) / rows, 0];
  for (let lag = 1; lag <= last; lag++) {
    const covariance = dot(scores.subarray(lag), scores.subarray(0, rows - lag)) / rows;
    level += 2 * covariance;
    slope += 2 * lag * covariance;
  }
  if (level === 0) return 0;
  const bandwidth = 1.1447 * ((slope / level) ** 2 * rows) ** (1 / 3);
  return Math.min(Math.floor(bandwidth), rows - 1);
}
