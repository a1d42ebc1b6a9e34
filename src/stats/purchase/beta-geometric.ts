/**
 * The likelihood of BG/NBD and MBG/NBD, its gradient, and who is still a customer under them.
 * Searching is in search-fit.ts; what is still to come is in beta-geometric-forecast.ts.
 *
 * Customers buy at their own rate, Gamma(r, alpha), and leave after a purchase with their own chance, Beta(a, b): after a
 * repeat only (BG; Fader, Hardie & Lee 2005) or after the first too (MBG; Batislam, Denizel & Filiztekin 2007).
 */
import { digammaRising, logRising } from "../rising-factorial.ts";
import { type DistinctValues, findDistinctValues } from "./distinct-values.ts";
import type { Objective } from "./maximise.ts";
import type { Parameters, PurchasePatterns } from "./purchase-model.ts";

export const BETA_GEOMETRIC_NAMES = ["r", "alpha", "a", "b"] as const;

/** How many chances to leave a customer has had before the first repeat: 0 in BG, 1 in MBG. */
export type EarlyChances = 0 | 1;

export interface BetaGeometric {
  readonly r: number;
  /** Weeks. */
  readonly alpha: number;
  readonly a: number;
  readonly b: number;
}

export function readBetaGeometric(parameters: Parameters): BetaGeometric {
  const value = (name: string) => parameters[name] ?? Number.NaN;
  return { r: value("r"), alpha: value("alpha"), a: value("a"), b: value("b") };
}

interface Table {
  readonly counts: DistinctValues;
  readonly ages: DistinctValues;
  readonly recencies: DistinctValues;
  /** Customers of each distinct x. */
  readonly sizes: Float64Array;
}

function tabulate(patterns: PurchasePatterns): Table {
  const counts = findDistinctValues(patterns.x);
  const sizes = new Float64Array(counts.values.length);
  for (let row = 0; row < patterns.x.length; row++) {
    const place = counts.places[row] ?? 0;
    sizes[place] = (sizes[place] ?? 0) + (patterns.customers[row] ?? 0);
  }
  return { counts, ages: findDistinctValues(patterns.age), recencies: findDistinctValues(patterns.recency), sizes };
}

/** What depends on x alone: everything but the two branches, and ln of the odds of leaving just then; −∞ where one cannot. */
function byCount(values: Float64Array, { r, alpha, a, b }: BetaGeometric, early: EarlyChances) {
  const logAlpha = Math.log(alpha);
  const kept = values.map(
    (x) => logRising(r, x) - x * logAlpha + logRising(b, x + early) - logRising(a + b, x + early),
  );
  const leave = values.map((x) =>
    x + early > 0 ? Math.log(a) - Math.log(b + x + early - 1) : Number.NEGATIVE_INFINITY,
  );
  return { kept, leave };
}

/** Log-likelihood of one customer of each pattern, without the term of the gaps' regularity. */
export function betaGeometricLogLikelihoods(
  model: BetaGeometric,
  early: EarlyChances,
  patterns: PurchasePatterns,
): Float64Array {
  const { counts, ages, recencies } = tabulate(patterns);
  const { kept, leave } = byCount(counts.values, model, early);
  const logAges = ages.values.map((age) => Math.log1p(age / model.alpha));
  const logRecencies = recencies.values.map((recency) => Math.log1p(recency / model.alpha));
  return patterns.x.map((x, row) => {
    const place = counts.places[row] ?? 0;
    const power = model.r + x;
    const stay = -power * (logAges[ages.places[row] ?? 0] ?? 0);
    const gone = (leave[place] ?? 0) - power * (logRecencies[recencies.places[row] ?? 0] ?? 0);
    const larger = Math.max(stay, gone);
    return (kept[place] ?? 0) + larger + Math.log1p(Math.exp(Math.min(stay, gone) - larger));
  });
}

/** P(still a customer) of each pattern. */
export function betaGeometricAlive(
  { r, alpha, a, b }: BetaGeometric,
  early: EarlyChances,
  patterns: PurchasePatterns,
): Float64Array {
  return patterns.x.map((x, row) => {
    if (x + early === 0) return 1;
    const [age, recency] = [patterns.age[row] ?? 0, patterns.recency[row] ?? 0];
    const since = (r + x) * Math.log1p((age - recency) / (alpha + recency));
    return 1 / (1 + Math.exp(Math.log(a) - Math.log(b + x + early - 1) + since));
  });
}

/** Adds the branches of all patterns to the gradient in r and alpha, and to `gone` the weight that left, by x; their sum. */
function sumBranches(
  { r, alpha }: BetaGeometric,
  table: Table,
  patterns: PurchasePatterns,
  leave: Float64Array,
  gone: Float64Array,
  gradient: Float64Array,
): number {
  const { counts, ages, recencies } = table;
  const { x: xs, customers } = patterns;
  const logAges = ages.values.map((age) => Math.log1p(age / alpha));
  const logRecencies = recencies.values.map((recency) => Math.log1p(recency / alpha));
  let [sum, ofR, ofAlpha] = [0, 0, 0];
  for (let row = 0; row < xs.length; row++) {
    const [x, size, place] = [xs[row] ?? 0, customers[row] ?? 0, counts.places[row] ?? 0];
    const [toAge, toRecency] = [ages.places[row] ?? 0, recencies.places[row] ?? 0];
    const [logAge, logRecency] = [logAges[toAge] ?? 0, logRecencies[toRecency] ?? 0];
    const odds = (leave[place] ?? 0) + (r + x) * (logAge - logRecency);
    const less = Math.exp(-Math.abs(odds));
    const left = (odds > 0 ? 1 : less) / (1 + less);
    const [age, recency] = [ages.values[toAge] ?? 0, recencies.values[toRecency] ?? 0];
    sum += size * (Math.max(odds, 0) + Math.log1p(less) - (r + x) * logAge);
    ofR -= size * (logAge - left * (logAge - logRecency));
    // alpha times r/alpha − (r+x)/(alpha+t), without the cancellation of large r and alpha.
    const still = (r * age - x * alpha) / (alpha + age);
    ofAlpha += size * (still + left * ((r * recency - x * alpha) / (alpha + recency) - still));
    gone[place] = (gone[place] ?? 0) + size * left;
  }
  gradient[0] = ofR * r;
  gradient[1] = ofAlpha;
  return sum;
}

/**
 * Log-likelihood of all customers, with its gradient, over the logarithms of r, alpha, a, b.
 * Gamma functions are taken once for each distinct x, logarithms once for each distinct age and recency; a pattern costs
 * one exponential and one logarithm.
 */
export function openBetaGeometric(patterns: PurchasePatterns, early: EarlyChances): Objective {
  const table = tabulate(patterns);
  const { values } = table.counts;
  const gone = new Float64Array(values.length);
  return (point, gradient) => {
    const [r, alpha, a, b] = Array.from(point, Math.exp) as [number, number, number, number];
    const model = { r, alpha, a, b };
    const { kept, leave } = byCount(values, model, early);
    gone.fill(0);
    let sum = sumBranches(model, table, patterns, leave, gone, gradient);
    let [ofR, ofA, ofB] = [gradient[0] ?? 0, 0, 0];
    for (let place = 0; place < values.length; place++) {
      const [x, size, left] = [values[place] ?? 0, table.sizes[place] ?? 0, gone[place] ?? 0];
      const both = size * digammaRising(a + b, x + early);
      sum += size * (kept[place] ?? 0);
      ofR += size * r * digammaRising(r, x);
      ofA += left - a * both;
      ofB += b * (size * digammaRising(b, x + early) - both);
      if (left > 0) ofB -= (b * left) / (b + x + early - 1);
    }
    gradient[0] = ofR;
    gradient[2] = ofA;
    gradient[3] = ofB;
    return sum;
  };
}
