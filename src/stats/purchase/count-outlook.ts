/**
 * How many purchases a customer may make in the weeks ahead: the interval of the count and its variance, under any model.
 * The expected count is the model's own `expected`, the chance of none is chance-of-none.ts.
 */
import { normalQuantile } from "../quantile.ts";
import { chanceOfNone } from "./chance-of-none.ts";
import type { Parameters, PurchaseModel, PurchasePatterns } from "./purchase-model.ts";

export interface CountOutlook {
  /** By pattern: P(no purchase in the weeks ahead). */
  readonly none: Float64Array;
  readonly expected: Float64Array;
  /** Ends of the 95 % interval, whole: the 2.5 and the 97.5 % quantile of the count. */
  readonly low: Int32Array;
  readonly high: Int32Array;
  /** Variance of one customer's count; those of many customers add up to that of their total. */
  readonly variance: Float64Array;
}

/** One pattern's future: gamma-mixed Poisson ticks, every `k`th one a purchase, until leaving. */
interface Future {
  readonly shape: number;
  readonly k: number;
  /** Expected ticks of somebody who stays throughout. */
  readonly ticks: number;
  /** P(stays for 1, 2, 3, 4 quarters of the time), falling. */
  readonly stays: Float64Array;
  readonly none: number;
}

interface Spread {
  readonly low: number;
  readonly high: number;
  readonly variance: number;
}

const [LOW, HIGH] = [0.025, 0.975];
/** Where the chance of no tick is below e^−700 the recursion from 0 has nothing to start with. */
const FLOOR = -700;

const QUARTERS = 4;

/** The counts of those who leave after each quarter, or never, together: asked again, it answers P(count = 0), P(count = 1) and so on. */
function openCounts({ shape, k, ticks, stays }: Future): () => number {
  const terms = new Float64Array(QUARTERS);
  const ratios = new Float64Array(QUARTERS);
  for (let i = 0; i < QUARTERS; i++) {
    const mean = (ticks * (i + 1)) / QUARTERS;
    const leaves = (stays[i] ?? 0) - (stays[i + 1] ?? 0);
    terms[i] = leaves * Math.exp(-shape * Math.log1p(mean / shape));
    ratios[i] = mean / (shape + mean);
  }
  let [tick, carried] = [0, 0];
  return () => {
    let mass = carried;
    carried = 0;
    // A tick may have passed since the last purchase: of j ticks beyond the last purchase, j/k make one more.
    for (let j = 0; j < k; j++, tick++) {
      const growth = (shape + tick) / (tick + 1);
      for (let i = 0; i < QUARTERS; i++) {
        const term = terms[i] ?? 0;
        mass += term * (1 - j / k);
        carried += (term * j) / k;
        terms[i] = term * growth * (ratios[i] ?? 0);
      }
    }
    return mass;
  };
}

/** Quantiles of the count: 0 has the chance that the model says, the others are as those of the mixture. */
function findQuantiles(future: Future): { low: number; high: number } {
  const { none, stays } = future;
  const next = openCounts(future);
  const some = (stays[0] ?? 0) - next();
  const scale = some > 1e-12 ? (1 - none) / some : 0;
  // A count this far out is beyond any quantile, whatever rounding has left of the tail.
  const most = 20 * (future.ticks / future.k) + 50;
  let [count, below, low] = [0, none, none >= LOW ? 0 : -1];
  while (below < HIGH && scale > 0 && count < most) {
    count++;
    below += scale * next();
    if (low < 0 && below >= LOW) low = count;
  }
  return { low: Math.max(0, low), high: count };
}

/** Mean squared count less the mean squared: Poisson chance, the pace's and the leaving's. */
function varyCount({ shape, k, ticks, none }: Future, expected: number, area: number): number {
  const phase = ((k * k - 1) / (6 * k * k)) * (1 - none);
  const square = expected / k + (1 + 1 / shape) * 2 * (ticks / k) * (expected - area) + phase;
  return Math.max(0, square - expected * expected);
}

/** `expected` at the quarters of the time: how long somebody stays shows in how it bends. */
function spreadOne(shape: number, k: number, ticks: number, none: number, expected: Float64Array): Spread {
  const last = expected[QUARTERS - 1] ?? 0;
  // So little to come that rounding decides.
  if (1 - none < 1e-12 || last <= 0 || ticks <= 0) return { low: 0, high: 0, variance: Math.max(0, last) };
  const stays = new Float64Array(QUARTERS);
  for (let i = 0; i < QUARTERS; i++) {
    const gain = (expected[i] ?? 0) - (expected[i - 1] ?? 0);
    stays[i] = Math.max(0, Math.min(stays[i - 1] ?? 1, (gain * k * QUARTERS) / ticks));
  }
  const future: Future = { shape, k, ticks, stays, none };
  // Simpson's rule over the quarters, the time as unit.
  const [one = 0, two = 0, three = 0] = expected;
  const variance = varyCount(future, last, (4 * one + 2 * two + 4 * three + last) / 12);
  if (-shape * Math.log1p(ticks / shape) > FLOOR) return { ...findQuantiles(future), variance };
  const half = normalQuantile(HIGH) * Math.sqrt(variance);
  return { low: Math.max(0, Math.floor(last - half)), high: Math.ceil(last + half), variance };
}

/**
 * Interval and variance of each pattern's count in the next `weeks`, for one customer of it.
 * Method: somebody who stays has the counts of a gamma-mixed pace, a negative binomial of shape r + k·x (for k above 1
 * with every kth tick a purchase); how long somebody stays is read off `expected` at the quarters of the time, by which the
 * counts are mixed, and 0 gets the model's own chance. Exact for NBD; the variance is exact for Pareto/NBD too.
 * @example NBD r = 1, alpha = 10, x = 1, T = 10, 20 weeks // mean 2, none .25, interval 0 … 7, variance 4
 */
export function outlookCounts(
  model: PurchaseModel,
  parameters: Parameters,
  patterns: PurchasePatterns,
  weeks: number,
): CountOutlook {
  const none = chanceOfNone(model, parameters, patterns, weeks);
  const ahead = [1, 2, 3, 4].map((quarter) => model.expected(parameters, patterns, (weeks * quarter) / QUARTERS));
  const { r = 1, alpha = 1, k = 1 } = parameters;
  const size = none.length;
  const [low, high, variance] = [new Int32Array(size), new Int32Array(size), new Float64Array(size)];
  const expected = new Float64Array(QUARTERS);
  for (let i = 0; i < size; i++) {
    for (let quarter = 0; quarter < QUARTERS; quarter++) expected[quarter] = ahead[quarter]?.[i] ?? 0;
    const shape = r + k * (patterns.x[i] ?? 0);
    const ticks = (shape * weeks) / (alpha + (patterns.age[i] ?? 0));
    const spread = spreadOne(shape, k, ticks, none[i] ?? 1, expected);
    low[i] = spread.low;
    high[i] = spread.high;
    variance[i] = spread.variance;
  }
  return { none, expected: ahead[QUARTERS - 1] ?? new Float64Array(size), low, high, variance };
}
