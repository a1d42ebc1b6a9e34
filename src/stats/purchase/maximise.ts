/**
 * Finds the top of a log-likelihood from its values and gradients, in as few passes as it can, whatever the shape.
 * What the parameters mean, where the search starts, and what running off to a bound says, is the model's.
 */
import { findTrustStep } from "./trust-step.ts";

/**
 * A log-likelihood of unconstrained parameters (logarithms): returns its value and writes its gradient.
 * It may return values that are not finite; the search then steps back. `point` must not be kept or changed.
 */
export type Objective = (point: Float64Array, gradient: Float64Array) => number;

export interface SearchOptions {
  /** Minus the Hessian at the start, row by row, if known (from a subsample); else it costs one pass a parameter. */
  readonly curvature?: Float64Array | undefined;
  /** Bounds of each parameter; ±30 when left out. */
  readonly lower?: ArrayLike<number>;
  readonly upper?: ArrayLike<number>;
  /** Passes after which the search ends wherever it is; 30 when left out. */
  readonly mostPasses?: number;
}

export interface Maximum {
  readonly point: Float64Array;
  readonly value: number;
  readonly gradient: Float64Array;
  /** Minus the Hessian as the search came to know it: good enough to start the next search, not for standard errors. */
  readonly curvature: Float64Array;
  /** Evaluations of value and gradient, all of them. */
  readonly passes: number;
  /** False when the passes ran out, or the start had no finite value. */
  readonly converged: boolean;
  /** Of each parameter: −1 or 1 when it ran off that way, to its bound or along a ridge that hardly rises; else 0. */
  readonly ranOff: readonly (-1 | 0 | 1)[];
}

const FAR = 30;
const MOST_PASSES = 30;
/** Gain of log-likelihood, relative to its size, below which the next step is not worth a pass. */
const PRECISION = 1e-17;
/** Rounding of a long sum, relative to its size: a change of value below this says nothing. */
const ROUNDING = 1e-14;
/** A step this long (in logarithms) that gains less than this much runs along a ridge without an end. */
const RIDGE_STEP = 0.25;
const RIDGE_GAIN = 1e-6;
/** Where steps are long and gain little, the likelihood nears its limit like e^−u: this much further at once. */
const LEAP = 5;

interface State {
  readonly objective: Objective;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly mostPasses: number;
  point: Float64Array;
  value: number;
  gradient: Float64Array;
  curvature: Float64Array;
  radius: number;
  passes: number;
  /** The last step taken and what it gained. */
  last: { readonly step: Float64Array; readonly gain: number };
  /** The next step, when the last two ran along a ridge. */
  leap: Float64Array | undefined;
}

function isFinitePoint(value: number, gradient: Float64Array): boolean {
  return Number.isFinite(value) && gradient.every(Number.isFinite);
}

/** Minus the Hessian by forward differences of the gradient; one pass a parameter, backward from an upper bound. */
function curveForward(state: State): void {
  const width = state.point.length;
  const gradient = new Float64Array(width);
  for (let at = 0; at < width; at++) {
    const moved = state.point.slice();
    const step = (moved[at] ?? 0) + 1e-4 > (state.upper[at] ?? 0) ? -1e-4 : 1e-4;
    moved[at] = (moved[at] ?? 0) + step;
    const value = state.objective(moved, gradient);
    state.passes++;
    const known = isFinitePoint(value, gradient);
    for (let row = 0; row < width; row++) {
      const slope = known ? ((state.gradient[row] ?? 0) - (gradient[row] ?? 0)) / step : 0;
      state.curvature[row * width + at] = slope;
    }
    if (!known) state.curvature[at * width + at] = Math.abs(state.gradient[at] ?? 0);
  }
  for (let row = 0; row < width; row++)
    for (let at = 0; at < row; at++) {
      const mean = ((state.curvature[row * width + at] ?? 0) + (state.curvature[at * width + row] ?? 0)) / 2;
      state.curvature[row * width + at] = mean;
      state.curvature[at * width + row] = mean;
    }
}

/** Parameters that can move: those at a bound that the gradient pushes beyond stay. */
function listFree({ point, gradient, lower, upper }: State): number[] {
  return Array.from(point.keys()).filter(
    (at) =>
      !((point[at] ?? 0) <= (lower[at] ?? 0) && (gradient[at] ?? 0) <= 0) &&
      !((point[at] ?? 0) >= (upper[at] ?? 0) && (gradient[at] ?? 0) >= 0),
  );
}

function isBeyond({ point, lower, upper }: State, at: number, step: number): boolean {
  const to = (point[at] ?? 0) + step;
  return to < (lower[at] ?? 0) || to > (upper[at] ?? 0);
}

/** How far a step along one parameter may go. */
function cut({ point, lower, upper }: State, at: number, step: number): number {
  const from = point[at] ?? 0;
  return Math.min(upper[at] ?? 0, Math.max(lower[at] ?? 0, from + step)) - from;
}

/** The next step: parameters that would pass their bound end there, and the others take that into account. */
function nextStep(state: State): Float64Array {
  const { gradient, curvature, leap } = state;
  const width = gradient.length;
  if (leap) return leap.map((part, at) => cut(state, at, part));
  const step = new Float64Array(width);
  for (let free = listFree(state); free.length > 0; ) {
    const bent = bend(curvature, step);
    const part = findTrustStep(
      Float64Array.from(free, (at) => (gradient[at] ?? 0) - (bent[at] ?? 0)),
      Float64Array.from(free.flatMap((row) => free.map((at) => curvature[row * width + at] ?? 0))),
      state.radius,
    );
    const far = free.filter((at, place) => isBeyond(state, at, part[place] ?? 0));
    if (far.length === 0) {
      for (const [place, at] of free.entries()) step[at] = part[place] ?? 0;
      return step;
    }
    for (const at of far) step[at] = cut(state, at, part[free.indexOf(at)] ?? 0);
    free = free.filter((at) => !far.includes(at));
  }
  return step;
}

/** curvature · step */
function bend(curvature: Float64Array, step: Float64Array): Float64Array {
  const width = step.length;
  return step.map((_, row) => step.reduce((sum, s, at) => sum + (curvature[row * width + at] ?? 0) * s, 0));
}

const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);

/**
 * Symmetric rank one: what the gradients along a step say of the curvature, also when the step was not taken. Small
 * differences would make it wild, so they are left out; BFGS instead ended Pareto/NBD on the wrong side of a plateau.
 */
function learnCurvature({ curvature, gradient }: State, step: Float64Array, arrived: Float64Array): void {
  const width = step.length;
  const bent = bend(curvature, step);
  const rest = bent.map((value, at) => (gradient[at] ?? 0) - (arrived[at] ?? 0) - value);
  const along = dot(rest, step);
  if (Math.abs(along) <= 1e-3 * Math.hypot(...rest) * Math.hypot(...step)) return;
  for (let row = 0; row < width; row++)
    for (let at = 0; at < width; at++)
      curvature[row * width + at] = (curvature[row * width + at] ?? 0) + ((rest[row] ?? 0) * (rest[at] ?? 0)) / along;
}

/** Whether this step and the last one were long, went the same way, and gained little and less. */
function isRidge({ last, radius }: State, step: Float64Array, gain: number): boolean {
  const [length, before] = [Math.hypot(...step), Math.hypot(...last.step)];
  if (Math.min(length, before) < RIDGE_STEP || length > 0.99 * radius) return false;
  return gain < 0.1 && gain < 0.8 * last.gain && dot(step, last.step) > 0.9 * length * before;
}

/** Goes where the step leads; what was learnt on the way decides how far the next one may go. */
function take(state: State, step: Float64Array, value: number, gradient: Float64Array, predicted: number): void {
  const [length, gain] = [Math.hypot(...step), value - state.value];
  const ridge = state.leap === undefined && isRidge(state, step, gain);
  if (state.leap) state.radius = Math.max(state.radius, 1);
  else if (gain > 0.75 * predicted && length > 0.8 * state.radius) state.radius = Math.min(8, 2 * state.radius);
  else if (gain < 0.25 * predicted) state.radius = length / 2;
  // Along the ridge only: what the step did besides would be five times too much.
  const leap = step.map((part) => (Math.abs(part) > 0.3 * length ? (part / length) * LEAP : 0));
  state.leap = ridge ? leap : undefined;
  state.last = { step, gain };
  state.point = state.point.map((from, at) => from + (step[at] ?? 0));
  state.value = value;
  state.gradient = gradient.slice();
}

/** What a step without a limit could still gain, as far as is known. */
function promise(state: State): number {
  const step = nextStep({ ...state, radius: 8, leap: undefined });
  return dot(state.gradient, step) - dot(step, bend(state.curvature, step)) / 2;
}

/** One step. "stop" when nothing is left to gain, "ridge" when the search runs along one, else "go". */
function climb(state: State): "go" | "stop" | "ridge" {
  const step = nextStep(state);
  const length = Math.hypot(...step);
  const predicted = dot(state.gradient, step) - dot(step, bend(state.curvature, step)) / 2;
  const size = 1 + Math.abs(state.value);
  if (!state.leap && predicted <= 0 && length > 1e-6) {
    // Cut at a bound, a step may lead down where a shorter one leads up.
    state.radius = Math.min(state.radius, length) / 8;
    return state.radius < 1e-9 ? "stop" : "go";
  }
  if (!state.leap && predicted <= PRECISION * size) return "stop";
  const gradient = new Float64Array(step.length);
  const value = state.objective(
    state.point.map((from, at) => from + (step[at] ?? 0)),
    gradient,
  );
  state.passes++;
  const finite = isFinitePoint(value, gradient);
  const gain = value - state.value;
  if (finite && !state.leap) learnCurvature(state, step, gradient);
  // Within rounding, the gradient knows better than the value.
  const better = Math.abs(gain) <= ROUNDING * size && Math.hypot(...gradient) < Math.hypot(...state.gradient);
  if (finite && (gain > ROUNDING * size || better)) {
    take(state, step, value, gradient, predicted);
    return length > RIDGE_STEP && gain < RIDGE_GAIN && promise(state) < RIDGE_GAIN ? "ridge" : "go";
  }
  if (!state.leap && predicted <= ROUNDING * size) return "stop";
  if (state.leap) state.leap = undefined;
  else state.radius = Math.min(state.radius, length) / 4;
  return state.radius < 1e-9 ? "stop" : "go";
}

/** Which parameters ran off: at a bound, or, on a ridge, moved by the last step, which the ridge was known by. */
function listRanOff(state: State, ridge: boolean): (-1 | 0 | 1)[] {
  return Array.from(state.point, (value, at) => {
    if (value <= (state.lower[at] ?? 0)) return -1;
    if (value >= (state.upper[at] ?? 0)) return 1;
    const moved = ridge ? (state.last.step[at] ?? 0) : 0;
    if (Math.abs(moved) < RIDGE_STEP / 2) return 0;
    return moved > 0 ? 1 : -1;
  });
}

function begin(objective: Objective, start: ArrayLike<number>, options: SearchOptions): State {
  const width = start.length;
  const lower = Float64Array.from({ length: width }, (_, at) => options.lower?.[at] ?? -FAR);
  const upper = Float64Array.from({ length: width }, (_, at) => options.upper?.[at] ?? FAR);
  const point = Float64Array.from(start, (value, at) => Math.min(upper[at] ?? 0, Math.max(lower[at] ?? 0, value)));
  const gradient = new Float64Array(width);
  const value = objective(point, gradient);
  const mostPasses = options.mostPasses ?? MOST_PASSES;
  const curvature = options.curvature?.slice() ?? new Float64Array(width * width);
  const last = { step: new Float64Array(width), gain: 0 };
  const counts = { radius: 1, passes: 1 };
  return { objective, lower, upper, mostPasses, point, value, gradient, curvature, ...counts, last, leap: undefined };
}

/**
 * The maximum of a log-likelihood. Method: trust region with symmetric rank-one curvature (Conn, Gould & Toint 1991) that
 * starts from forward differences of the gradient; leaps along ridges that near their limit exponentially, as those of
 * parameters do that want to be 0 or infinite.
 * @param start where to begin; a point without a finite value is answered with `converged: false`
 * @example maximise((u, g) => { g[0] = -2 * (u[0] - 3); return -((u[0] - 3) ** 2); }, [0]).point // [3]
 */
export function maximise(objective: Objective, start: ArrayLike<number>, options: SearchOptions = {}): Maximum {
  const state = begin(objective, start, options);
  let outcome: "go" | "stop" | "ridge" = "go";
  if (isFinitePoint(state.value, state.gradient)) {
    if (!options.curvature) curveForward(state);
    while (outcome === "go" && state.passes < state.mostPasses) outcome = climb(state);
  }
  const { point, value, gradient, curvature, passes } = state;
  const ranOff = listRanOff(state, outcome === "ridge");
  const converged = outcome !== "go" || (isFinitePoint(value, gradient) && promise(state) < RIDGE_GAIN);
  return { point, value, gradient, curvature, passes, converged, ranOff };
}
