/**
 * Where the Pareto/NBD's likelihood is highest: several first looks at a coarse picture of the customers, then one search.
 * What it means that a parameter ran off, and how sure the others are, is said in pareto-nbd.ts.
 */
import { coarsenPatterns } from "./coarsen-patterns.ts";
import { type Maximum, maximise, type Objective } from "./maximise.ts";
import type { ParetoParameters } from "./pareto-integral.ts";
import { climbPareto } from "./pareto-likelihood.ts";
import { layTimeline } from "./pareto-timeline.ts";
import type { PurchasePatterns } from "./purchase-model.ts";

/**
 * The search goes over ln r, ln(r/α), ln(s·h) and ln h with h = ln(1 + A/β), A the mean age: how alike customers are in
 * pace, the mean pace, the chance to leave within A, and how early the leaving is. In every limit (everybody alike, nobody
 * leaves, some leave at once) only one of them runs off, and the others are as well known as before.
 */
const LOWER = [-12, -25, -16, -16] as const;
/** h = 500: β is 10⁻²¹⁷ of a life. */
const UPPER = [12, 12, 6, Math.log(500)] as const;

/** What a point of the search means; `life` is the mean age in weeks. */
function readPoint(point: ArrayLike<number>, life: number): ParetoParameters {
  const [lnR = 0, lnPace = 0, lnLeft = 0, lnEarly = 0] = Array.from(point);
  const beta = life / Math.expm1(Math.exp(lnEarly));
  return { r: Math.exp(lnR), alpha: Math.exp(lnR - lnPace), s: Math.exp(lnLeft - lnEarly), beta };
}

function objectiveOf(patterns: PurchasePatterns, life: number): Objective {
  const timeline = layTimeline(patterns);
  const byName = new Float64Array(4);
  return (point, gradient) => {
    const p = readPoint(point, life);
    const value = climbPareto(timeline, patterns, p, byName);
    const [r = 0, alpha = 0, s = 0, beta = 0] = byName;
    const betaByEarly = Math.log1p(life / p.beta) * (1 + p.beta / life);
    gradient.set([r + alpha, -alpha, s, -s - beta * betaByEarly]);
    return value;
  };
}

/**
 * First guesses, for populations that differ in how they leave: some with time; many at once, the others hardly ever;
 * hardly anybody; all at the same rate; some at once, the others never. A search from one of these alone can end on a
 * lower hill.
 */
function guessStarts(pace: number): number[][] {
  const lnPace = Math.log(pace);
  return [
    [-0.5, lnPace + 0.7, -0.5, 0.3],
    [0, lnPace + 1.4, -0.5, 1.6],
    [-0.5, lnPace, -4, -2],
    [1, lnPace + 0.7, 0.5, -2],
    [-1, lnPace + 0.7, -0.5, 3],
  ];
}

/** Two of thirty are left for the polish of pareto-nbd.ts. */
const MOST_PASSES = 28;

/** Tops that differ by less than this in log-likelihood are one; a hill lower by more than the other is not the highest. */
const SAME = 0.01;
const BEHIND = 20;

/** The best of the first looks, and the best on another hill where the two are too close to tell apart on merged patterns. */
function pickHills(looks: readonly Maximum[]): Maximum[] {
  const ranked = [...looks].sort((a, b) => b.value - a.value);
  const top = ranked[0]?.value ?? 0;
  const other = ranked.find(({ value }) => value < top - SAME && value > top - BEHIND);
  return [...ranked.slice(0, 1), ...(other ? [other] : [])];
}

/** Mean age, and repeat purchases a week of it. */
function measureLife({ x, age, customers }: PurchasePatterns): { life: number; pace: number } {
  let [n, orders, weeks] = [0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    n += customers[i] ?? 0;
    orders += (customers[i] ?? 0) * (x[i] ?? 0);
    weeks += (customers[i] ?? 0) * (age[i] ?? 0);
  }
  return { life: weeks / n, pace: orders / weeks };
}

/**
 * The maximum. First looks go from several starts over merged patterns, where a pass costs next to nothing; the search
 * itself goes over all patterns, from the best of them and with the curvature that it has learnt.
 */
export function searchPareto(patterns: PurchasePatterns): {
  readonly top: Maximum;
  readonly parameters: ParetoParameters;
} {
  const { life, pace } = measureLife(patterns);
  const bounds = { lower: LOWER, upper: UPPER, mostPasses: MOST_PASSES };
  const coarse = objectiveOf(coarsenPatterns(patterns), life);
  const hills = pickHills(guessStarts(pace).map((start) => maximise(coarse, start, bounds)));
  const whole = objectiveOf(patterns, life);
  const tops = hills.map(({ point, curvature }) => maximise(whole, point, { ...bounds, curvature }));
  const top = tops.reduce((a, b) => (b.value > a.value ? b : a));
  return { top, parameters: readPoint(top.point, life) };
}
