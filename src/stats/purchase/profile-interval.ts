/**
 * Intervals that follow the likelihood's own shape: how far a parameter may go while the others adapt to it.
 * A model supplies its likelihood as `objective` of PurchaseModel: log-likelihood and gradient over the logarithms of the
 * parameters in the order of `names`. Quick errors from the curvature at the top are in observed-information.ts.
 */
import { invertMatrix } from "../invert-matrix.ts";
import { maximise, type Objective } from "./maximise.ts";
import { observeInformation } from "./observed-information.ts";
import type { ProfileInterval, PurchaseFit, PurchaseModel, PurchasePatterns } from "./purchase-model.ts";

/** √χ²₁ at 95 %. */
const DEPTH = 1.959963984540054;
/** Further from the estimate than this factor, in logarithms, the likelihood is taken to stay flat. */
const FAR = 12;
/** How exactly the depth is met: 1e-3 of it moves the cover by less than 0.02 points. */
const PRECISION = 2e-3;
const MOST_REFITS = 14;

interface Climb {
  readonly objective: Objective;
  readonly top: Float64Array;
  readonly value: number;
  readonly curvature: Float64Array;
  readonly at: number;
}

/** Where the likelihood is, the others at their best: how many standard deviations below the top, and the others' place. */
interface Place {
  readonly depth: number;
  readonly others: Float64Array;
  readonly curvature: Float64Array;
}

function without<T extends number>(values: ArrayLike<T>, at: number): Float64Array {
  return Float64Array.from(Array.from(values).filter((_, index) => index !== at));
}

/** The rows and columns of the others. */
function curvatureOfOthers({ curvature, top, at }: Climb): Float64Array {
  const width = top.length;
  return curvature.filter((_, index) => Math.floor(index / width) !== at && index % width !== at);
}

/** The likelihood over the others, this parameter held. */
function hold({ objective, top, at }: Climb, value: number): Objective {
  const [point, gradient] = [new Float64Array(top.length), new Float64Array(top.length)];
  return (others, slopes) => {
    for (let index = 0, from = 0; index < point.length; index++)
      point[index] = index === at ? value : (others[from++] ?? 0);
    const found = objective(point, gradient);
    for (let index = 0, to = 0; index < point.length; index++) if (index !== at) slopes[to++] = gradient[index] ?? 0;
    return found;
  };
}

/** Refits the others at `value`, from where they were last. */
function descend(climb: Climb, value: number, from: Place): Place {
  const refit = maximise(hold(climb, value), from.others, { curvature: from.curvature, mostPasses: 25 });
  // What is not finite is infinitely unlikely; a refit above the top means that the top was not quite one.
  const depth = Number.isFinite(refit.value) ? Math.sqrt(Math.max(0, 2 * (climb.value - refit.value))) : 1e9;
  return { depth, others: refit.point, curvature: refit.curvature };
}

/** Where the others go as this parameter moves, by the curvature at the top. */
function leadOthers(climb: Climb, shift: number): Float64Array {
  const { top, at, curvature } = climb;
  const width = top.length;
  const others = without(top, at);
  const inverse = invertMatrix(curvatureOfOthers(climb), width - 1);
  const across = without(curvature.slice(at * width, (at + 1) * width), at);
  if (!inverse || Math.abs(shift) > 3) return others;
  return others.map((value, row) => {
    const lead = across.reduce((sum, bend, column) => sum + (inverse[row * (width - 1) + column] ?? 0) * bend, 0);
    return Number.isFinite(lead) ? value - Math.max(-3, Math.min(3, lead * shift)) : value;
  });
}

/**
 * The logarithm at which the depth is met, on one side; ±Infinity when it never is.
 * Method: false position on the depth, which is nearly linear; steps double until it is passed.
 */
function findBound(climb: Climb, way: -1 | 1, first: number): number {
  const middle = climb.top[climb.at] ?? 0;
  let near = { shift: 0, depth: 0 };
  let far: { shift: number; depth: number } | undefined;
  let shift = way * first;
  let place: Place = { depth: 0, others: leadOthers(climb, shift), curvature: curvatureOfOthers(climb) };
  for (let refit = 0; refit < MOST_REFITS; refit++) {
    const found = descend(climb, middle + shift, place);
    if (Math.abs(found.depth - DEPTH) < PRECISION * DEPTH) return middle + shift;
    if (found.depth < DEPTH) {
      near = { shift, depth: found.depth };
      place = found;
    } else {
      far = { shift, depth: found.depth };
      if (found.depth < 3 * DEPTH) place = found;
    }
    if (!far && Math.abs(shift) >= FAR) return way * Number.POSITIVE_INFINITY;
    shift = nextShift(near, far, way);
  }
  return middle + (far && far.depth < 1e9 ? (near.shift + far.shift) / 2 : near.shift);
}

type Mark = { readonly shift: number; readonly depth: number };

function nextShift(near: Mark, far: Mark | undefined, way: -1 | 1): number {
  if (!far) {
    const linear = near.depth > 0.2 ? (near.shift * DEPTH) / near.depth : 3 * near.shift;
    return (
      way * Math.min(FAR, Math.max(1.05 * Math.abs(near.shift), Math.min(Math.abs(linear), 3 * Math.abs(near.shift))))
    );
  }
  const share = (DEPTH - near.depth) / (far.depth - near.depth);
  // Kept off the ends, so that a bent depth cannot make it creep.
  return near.shift + Math.min(0.95, Math.max(0.05, share)) * (far.shift - near.shift);
}

/**
 * 95 % profile-likelihood intervals of every parameter, in the order and units of `names`.
 * Method: the values at which twice the log-likelihood, the other parameters refitted, is 3.84 below the top (Venzon &
 * Moolgavkar 1988, "A method for computing profile-likelihood-based confidence intervals").
 * @returns `high` Infinity where the likelihood stays flat upwards, `low` 0 where it does downwards
 */
export function findProfileIntervals(
  model: PurchaseModel,
  patterns: PurchasePatterns,
  fit: PurchaseFit,
): Readonly<Record<string, ProfileInterval>> {
  const objective = model.objective(patterns, fit.parameters);
  const top = Float64Array.from(model.names, (name) => Math.log(fit.parameters[name] ?? 1));
  const value = objective(top, new Float64Array(top.length));
  const { curvature } = observeInformation(objective, top, new Array<0>(top.length).fill(0));
  const intervals = model.names.map((name, at): [string, ProfileInterval] => {
    const climb = { objective, top, value, curvature, at };
    const error = (fit.standardErrors[name] ?? Number.NaN) / (fit.parameters[name] ?? 1);
    const first = DEPTH * (error < 3 ? error : 0.5);
    return [name, { low: Math.exp(findBound(climb, -1, first)), high: Math.exp(findBound(climb, 1, first)) }];
  });
  return Object.fromEntries(intervals);
}
