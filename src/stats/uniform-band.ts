/**
 * Bands that hold for all points of a curve at once, such as an event study: wider than each point's own interval.
 * The points and their influence functions come from staged-aggregates.ts or group-time-effects.ts.
 */
import { CONFIDENCE, type Interval } from "./estimate.ts";
import { normalTail } from "./incomplete-gamma.ts";
import { covarianceOf, criticalValue, type StagedEstimate } from "./influence-function.ts";
import { normalQuantile } from "./quantile.ts";
import type { StagedSample } from "./staged-sample.ts";

/** A pivot that shrinks below this part of its diagonal belongs to a point that the points before it make up. */
const DEPENDENT = 1e-10;

/** L with L·L' = matrix, for a matrix that may be singular: dependent points get no column of their own. */
function factorSemidefinite(matrix: Float64Array, width: number): Float64Array {
  const factor = new Float64Array(width * width);
  for (let column = 0; column < width; column++) {
    const own = column * width;
    let pivot = matrix[own + column] ?? 0;
    const least = DEPENDENT * pivot;
    for (let k = 0; k < column; k++) pivot -= (factor[own + k] ?? 0) ** 2;
    if (!(pivot > least)) continue;
    const root = Math.sqrt(pivot);
    factor[own + column] = root;
    for (let row = column + 1; row < width; row++) {
      let sum = matrix[row * width + column] ?? 0;
      for (let k = 0; k < column; k++) sum -= (factor[row * width + k] ?? 0) * (factor[own + k] ?? 0);
      factor[row * width + column] = sum / root;
    }
  }
  return factor;
}

function drawNormals(into: Float64Array, random: () => number): void {
  // The middle of the 53-bit interval keeps 0, whose quantile is infinite, out.
  for (let at = 0; at < into.length; at++) into[at] = normalQuantile(Math.min(random() + 2 ** -54, 1 - 2 ** -53));
}

/** The largest |z| of each draw, ascending. */
function drawLargest(
  factor: Float64Array,
  errors: readonly number[],
  draws: number,
  random: () => number,
): Float64Array {
  const width = errors.length;
  const normals = new Float64Array(width);
  const largest = new Float64Array(draws);
  for (let draw = 0; draw < draws; draw++) {
    drawNormals(normals, random);
    for (let row = 0; row < width; row++) {
      let sum = 0;
      for (let k = 0; k <= row; k++) sum += (factor[row * width + k] ?? 0) * (normals[k] ?? 0);
      largest[draw] = Math.max(largest[draw] ?? 0, Math.abs(sum) / (errors[row] ?? 1));
    }
  }
  return largest.sort();
}

export interface BandOptions {
  /** Uniform in [0, 1), seeded by the caller. */
  readonly random: () => number;
  readonly draws?: number;
  readonly confidence?: number;
}

/**
 * One band over several estimates: value ± c·(corrected error), where c is the quantile of the largest |z|, carried over to
 * Student's distribution with each point's degrees of freedom, and never less than the point's own interval reaches. Method: multiplier bootstrap with normal multipliers. Given the data, Σ V_i·φ_i with
 * V_i standard normal *is* normal with covariance Σφφ', so it is drawn from there, which takes as long for a million units
 * as for a hundred; R's `did` draws Mammen's two-point multipliers instead, the same in the limit.
 * Source: Callaway & Sant'Anna (2021), theorem 3 and algorithm 1; Montiel Olea & Plagborg-Møller (2019), Journal of Applied
 * Econometrics 34, 1–17 (sup-t).
 * @param estimates those without spread, such as a reference period, keep their own interval
 * @returns one interval an estimate, in their order
 * @example twenty independent points at 95 % // each reaches 3.02 errors, not 1.96
 */
export function drawUniformBand(
  sample: StagedSample,
  estimates: readonly StagedEstimate[],
  { random, draws = 2_000, confidence = CONFIDENCE }: BandOptions,
): Interval[] {
  const spread = estimates.filter(({ error }) => error > 0);
  const covariance = covarianceOf(
    sample,
    spread.map(({ influence }) => influence),
  );
  const factor = factorSemidefinite(covariance, spread.length);
  const errors = spread.map((_, at) => Math.sqrt(covariance[at * spread.length + at] ?? 0));
  const largest = drawLargest(factor, errors, draws, random);
  const reach = largest[Math.min(draws - 1, Math.ceil(confidence * (draws + 1)) - 1)] ?? 0;
  // What a normal variable within the reach amounts to; in small groups Student's reaches further for it.
  const pointwise = 1 - 2 * normalTail(reach);
  return estimates.map(({ value, error, correctedError, degreesOfFreedom }) => {
    if (error === 0) return { low: value, high: value };
    const half = criticalValue(degreesOfFreedom, Math.max(pointwise, confidence)) * correctedError;
    return { low: value - half, high: value + half };
  });
}
