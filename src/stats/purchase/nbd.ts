/**
 * NBD: customers buy at their own steady rate and never leave. The simplest forecast, and what other models become when
 * nobody leaves; who has left is not its question.
 *
 * Source: Ehrenberg (1959), "The pattern of consumer purchases", Applied Statistics 8; rates are Gamma(r, alpha).
 */
import { digammaRising, logRising } from "../rising-factorial.ts";
import { findDistinctValues } from "./distinct-values.ts";
import type { Objective } from "./maximise.ts";
import { negativeBinomialChances } from "./negative-binomial.ts";
import type { Parameters, PurchaseModel, PurchasePatterns } from "./purchase-model.ts";
import { type SearchPlan, searchFit } from "./search-fit.ts";

const NAMES = ["r", "alpha"] as const;

function readNbd(parameters: Parameters): { readonly r: number; readonly alpha: number } {
  return { r: parameters.r ?? Number.NaN, alpha: parameters.alpha ?? Number.NaN };
}

/** Customers by distinct x and, with their purchases, by distinct age: all the likelihood needs. */
function tabulate({ x, age, customers }: PurchasePatterns) {
  const [counts, ages] = [findDistinctValues(x), findDistinctValues(age)];
  const sizes = new Float64Array(counts.values.length);
  const [sizesByAge, repeatsByAge] = [new Float64Array(ages.values.length), new Float64Array(ages.values.length)];
  for (let row = 0; row < x.length; row++) {
    const [size, place, at] = [customers[row] ?? 0, counts.places[row] ?? 0, ages.places[row] ?? 0];
    sizes[place] = (sizes[place] ?? 0) + size;
    sizesByAge[at] = (sizesByAge[at] ?? 0) + size;
    repeatsByAge[at] = (repeatsByAge[at] ?? 0) + size * (x[row] ?? 0);
  }
  return { counts: counts.values, ages: ages.values, sizes, sizesByAge, repeatsByAge };
}

/** Σ lΓ(r+x) − lΓ(r) + r·ln alpha − (r+x)·ln(alpha+T), over the logarithms of r and alpha. */
function openNbd(patterns: PurchasePatterns): Objective {
  const { counts, ages, sizes, sizesByAge, repeatsByAge } = tabulate(patterns);
  return (point, gradient) => {
    const [r, alpha] = [Math.exp(point[0] ?? 0), Math.exp(point[1] ?? 0)];
    let [sum, ofR, ofAlpha] = [0, 0, 0];
    for (let at = 0; at < counts.length; at++) {
      const [x, size] = [counts[at] ?? 0, sizes[at] ?? 0];
      sum += size * (logRising(r, x) - x * Math.log(alpha));
      ofR += size * digammaRising(r, x);
    }
    for (let at = 0; at < ages.length; at++) {
      const [age, size, repeats] = [ages[at] ?? 0, sizesByAge[at] ?? 0, repeatsByAge[at] ?? 0];
      const log = Math.log1p(age / alpha);
      sum -= (r * size + repeats) * log;
      ofR -= size * log;
      ofAlpha += (r * size * age - repeats * alpha) / (alpha + age);
    }
    gradient[0] = r * ofR;
    gradient[1] = ofAlpha;
    return sum;
  };
}

const PLAN: SearchPlan = {
  model: "nbd",
  names: NAMES,
  times: ["alpha"],
  open: openNbd,
  starts: ({ rate }) => [0.1, 0.4, 1, 3, 10].map((r) => [r, r / rate]),
  nameBoundary: ([r]) => (r === 1 ? "All customers buy at the same rate: r and alpha have no upper end." : null),
};

function expectNbd(parameters: Parameters, { x, age }: PurchasePatterns, weeks: number): Float64Array {
  const { r, alpha } = readNbd(parameters);
  return x.map((count, row) => ((r + count) / (alpha + (age[row] ?? 0))) * weeks);
}

function logLikelihoodsOfNbd(parameters: Parameters, { x, age }: PurchasePatterns): Float64Array {
  const { r, alpha } = readNbd(parameters);
  return x.map(
    (count, row) => logRising(r, count) - count * Math.log(alpha) - (r + count) * Math.log1p((age[row] ?? 0) / alpha),
  );
}

/** @example CDNOW's 2,357 customers: r .3848, alpha 12.072, log-likelihood −9763.66 */
export const NBD: PurchaseModel = {
  id: "nbd",
  names: NAMES,
  fit: (patterns) => searchFit(PLAN, patterns),
  objective: openNbd,
  logLikelihoods: logLikelihoodsOfNbd,
  alive: (_, { x }) => new Float64Array(x.length).fill(1),
  expected: expectNbd,
  expectedOfNew: (parameters, weeks) => (readNbd(parameters).r / readNbd(parameters).alpha) * weeks,
  countsOfNew: (parameters, weeks, most) => {
    const { r, alpha } = readNbd(parameters);
    return negativeBinomialChances(r, weeks / alpha, most);
  },
};
