/**
 * How sure maximum-likelihood estimates are: covariance of the logarithms and standard errors from the curvature at the top.
 * Intervals that follow the likelihood's shape instead are in profile-interval.ts.
 */
import { invertMatrix } from "../invert-matrix.ts";
import type { Objective } from "./maximise.ts";
import { splitSymmetric } from "./trust-step.ts";

export interface Information {
  /** Minus the Hessian over the logarithms, row by row; 0 in the rows and columns of parameters that ran off. */
  readonly curvature: Float64Array;
  /** Covariance of the logarithms, in the parameters' order; null when one ran off or the top is flat. */
  readonly logCovariance: readonly (readonly number[])[] | null;
  /** Of each parameter, −1 or 1 when it ran off, by the search or because the likelihood is flat that way; else 0. */
  readonly ranOff: readonly (-1 | 0 | 1)[];
  /** Of the parameters themselves (delta method), in their units; null where the likelihood is flat. */
  readonly standardErrors: readonly (number | null)[];
}

/** In logarithms: small against the errors of any estimate, large against the rounding of a gradient. */
const STEP = 1e-4;
/** An error of a logarithm above this (a factor of 20,000) tells nothing: the likelihood is flat there. */
const FLAT = 10;

function curve(objective: Objective, top: Float64Array, free: readonly number[]): Float64Array {
  const width = top.length;
  const curvature = new Float64Array(width * width);
  const [up, down] = [new Float64Array(width), new Float64Array(width)];
  for (const at of free) {
    objective(
      top.map((value, row) => (row === at ? value + STEP : value)),
      up,
    );
    objective(
      top.map((value, row) => (row === at ? value - STEP : value)),
      down,
    );
    for (const row of free) {
      const half = ((down[row] ?? 0) - (up[row] ?? 0)) / (4 * STEP);
      curvature[row * width + at] = (curvature[row * width + at] ?? 0) + half;
      curvature[at * width + row] = (curvature[at * width + row] ?? 0) + half;
    }
  }
  return curvature;
}

/** Inverse of the part of the free parameters; undefined when it is not a top. */
function invertPart(curvature: Float64Array, width: number, free: readonly number[]): Float64Array | undefined {
  const scale = free.map((at) => Math.sqrt(curvature[at * width + at] ?? 0));
  // Scaled to a correlation, since a pivot is taken for zero by its size.
  const part = free.flatMap((row, i) =>
    free.map((at, j) => (curvature[row * width + at] ?? 0) / ((scale[i] ?? 0) * (scale[j] ?? 0))),
  );
  if (!part.every(Number.isFinite)) return undefined;
  const inverse = invertMatrix(Float64Array.from(part), free.length);
  if (inverse === undefined || free.some((_, i) => !((inverse[i * (free.length + 1)] ?? 0) > 0))) return undefined;
  return inverse.map(
    (value, at) => value / ((scale[Math.floor(at / free.length)] ?? 0) * (scale[at % free.length] ?? 0)),
  );
}

/** Which way parameters ran along directions in which the likelihood hardly bends, seen from `middle`. */
function findFlat(curvature: Float64Array, free: readonly number[], fromMiddle: Float64Array): Map<number, -1 | 1> {
  const [width, part] = [fromMiddle.length, free.length];
  const square = Float64Array.from(free.flatMap((row) => free.map((at) => curvature[row * width + at] ?? 0)));
  const { values, vectors } = splitSymmetric(square, part);
  const flat = new Map<number, -1 | 1>();
  for (const [column, value] of values.entries()) {
    if (value > 1 / FLAT ** 2) continue;
    const along = free.map((_, row) => vectors[row * part + column] ?? 0);
    const way = along.reduce((sum, share, row) => sum + share * (fromMiddle[free[row] ?? 0] ?? 0), 0);
    for (const [row, share] of along.entries())
      if (Math.abs(share) > 0.3) flat.set(free[row] ?? 0, share * way > 0 ? 1 : -1);
  }
  return flat;
}

/**
 * Method: observed information, the Hessian by central differences of the analytic gradient (2 passes a free parameter),
 * and the delta method: the error of θ is θ times that of ln θ.
 * @param top logarithms of the estimates
 * @param ranOff of each parameter, not 0 when it ran to a boundary: it is held, and has no error
 * @param middle logarithms of ordinary parameters, 0 when left out: on which side of them a flat direction lies tells where it runs
 * @example −½·(ln θ − ln 3)²/0.01 at ln 3 // standard error 3·0.1 = 0.3
 */
export function observeInformation(
  objective: Objective,
  top: Float64Array,
  ranOff: readonly (-1 | 0 | 1)[],
  middle: ArrayLike<number> = new Float64Array(top.length),
): Information {
  const width = top.length;
  const ran = [...ranOff];
  const steep = Array.from(top.keys()).filter((at) => (ran[at] ?? 0) === 0);
  const curvature = curve(objective, top, steep);
  const fromMiddle = top.map((value, at) => value - (middle[at] ?? 0));
  for (const [at, way] of findFlat(curvature, steep, fromMiddle)) ran[at] = way;
  const free = steep.filter((at) => (ran[at] ?? 0) === 0);
  const inverse = invertPart(curvature, width, free);
  const errors = new Array<number | null>(width).fill(null);
  for (const [i, at] of free.entries()) {
    const error = Math.sqrt(inverse?.[i * (free.length + 1)] ?? Number.NaN);
    if (error < FLAT) errors[at] = error * Math.exp(top[at] ?? 0);
  }
  const known = inverse !== undefined && errors.every((error) => error !== null);
  const rows = () => free.map((_, i) => Array.from(inverse?.subarray(i * width, (i + 1) * width) ?? []));
  return { curvature, logCovariance: known ? rows() : null, ranOff: ran, standardErrors: errors };
}
