/**
 * From patterns to a fit: coarse starts on a sample, the search on all customers, errors, and the name of a boundary.
 * The likelihood and what a boundary means are each model's own.
 */
import { type Maximum, maximise, type Objective } from "./maximise.ts";
import { observeInformation } from "./observed-information.ts";
import type { PurchaseFit, PurchaseModelId, PurchasePatterns } from "./purchase-model.ts";
import { countCustomers, sampleCustomers } from "./sample-customers.ts";

export interface SearchPlan {
  readonly model: PurchaseModelId;
  readonly names: readonly string[];
  readonly open: (patterns: PurchasePatterns) => Objective;
  /** Points to try, as parameters in weeks; the best on a sample is where the search begins. */
  readonly starts: (typical: TypicalCustomer) => readonly (readonly number[])[];
  /** Parameters that are times and scale with them. */
  readonly times: readonly string[];
  /** What it means that parameters ran off, −1 or 1 of each; null when it means nothing. */
  readonly nameBoundary: (ranOff: readonly (-1 | 0 | 1)[], parameters: readonly number[]) => string | null;
}

/** Moments of the data that starts are made from. */
export interface TypicalCustomer {
  /** Repeat-purchase days a week, over all customers. */
  readonly rate: number;
  /** Mean age in weeks. */
  readonly age: number;
}

/** Customers on which starts are compared. */
const GLIMPSE = 800;
/** Customers, and their share, on which the search runs first: its end, and its curvature, are a far better start. */
const SAMPLE = 4000;
const SHARE = 1 / 3;
/** With fewer customers who came back, a sample leads astray. */
const LEAST_REPEATERS = 60;
/** Bounds of a parameter, in logarithms, around 1 or, of a time, around the mean age. */
const LOWEST = Math.log(1e-5);
const HIGHEST = Math.log(1e7);

function describe(patterns: PurchasePatterns): TypicalCustomer {
  let [size, repeats, weeks] = [0, 0, 0];
  for (let row = 0; row < patterns.x.length; row++) {
    const customers = patterns.customers[row] ?? 0;
    size += customers;
    repeats += customers * (patterns.x[row] ?? 0);
    weeks += customers * (patterns.age[row] ?? 0);
  }
  if (size === 0) throw new RangeError("A purchase model needs customers; there are none.");
  if (repeats === 0) throw new RangeError("A purchase model needs customers with a repeat purchase; there are none.");
  // A week in all where everybody came today.
  return { rate: repeats / (weeks || 1), age: (weeks || 1) / size };
}

function countRepeaters({ x, customers }: PurchasePatterns): number {
  return x.reduce((sum, count, row) => sum + (count > 0 ? (customers[row] ?? 0) : 0), 0);
}

function pickStart(objective: Objective, starts: readonly (readonly number[])[]): readonly number[] {
  let [best, most]: [readonly number[], number] = [starts[0]?.map(Math.log) ?? [], Number.NEGATIVE_INFINITY];
  for (const start of starts) {
    const point = start.map(Math.log);
    const value = objective(Float64Array.from(point), new Float64Array(point.length));
    if (value > most) [best, most] = [point, value];
  }
  return best;
}

/** Where a time is 1 unit: bounds follow the scale of the data. */
function findMiddle({ names, times }: SearchPlan, { age }: TypicalCustomer): number[] {
  return names.map((name) => (times.includes(name) ? Math.log(age) : 0));
}

function findBounds(shift: readonly number[]) {
  return { lower: shift.map((by) => LOWEST + by), upper: shift.map((by) => HIGHEST + by) };
}

function search(plan: SearchPlan, patterns: PurchasePatterns, typical: TypicalCustomer, objective: Objective): Maximum {
  const bounds = findBounds(findMiddle(plan, typical));
  const start = pickStart(plan.open(sampleCustomers(patterns, GLIMPSE)), plan.starts(typical));
  const customers = countCustomers(patterns);
  const wanted = Math.min(SAMPLE, Math.round(customers * SHARE));
  const sample = sampleCustomers(patterns, wanted);
  if (countRepeaters(sample) < LEAST_REPEATERS) return maximise(objective, start, bounds);
  const first = maximise(plan.open(sample), start, bounds);
  if (!first.converged || first.ranOff.some((way) => way !== 0)) return maximise(objective, start, bounds);
  const curvature = first.curvature.map((value) => (value * customers) / wanted);
  return maximise(objective, first.point, { ...bounds, curvature });
}

const UNFINISHED = "The search ended before it reached the top: take these parameters as a sketch.";

/**
 * Maximum likelihood with standard errors from the observed information.
 * @throws RangeError when there is no customer, or none with a repeat
 */
export function searchFit(plan: SearchPlan, patterns: PurchasePatterns): PurchaseFit {
  const typical = describe(patterns);
  const objective = plan.open(patterns);
  const { point, value, passes, ranOff, converged } = search(plan, patterns, typical, objective);
  const found = observeInformation(objective, point, ranOff, findMiddle(plan, typical));
  const { logCovariance, standardErrors } = found;
  const boundary = plan.nameBoundary(found.ranOff, Array.from(point, Math.exp)) ?? (converged ? null : UNFINISHED);
  return {
    model: plan.model,
    parameters: Object.fromEntries(plan.names.map((name, at) => [name, Math.exp(point[at] ?? 0)])),
    standardErrors: Object.fromEntries(plan.names.map((name, at) => [name, standardErrors[at] ?? null])),
    logLikelihood: value,
    logCovariance,
    passes,
    boundary,
  };
}
