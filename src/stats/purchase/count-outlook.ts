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

/** The counts of somebody known to be a customer throughout: gamma-mixed Poisson ticks, every `k`th one a purchase. */
interface Base {
  readonly shape: number;
  readonly k: number;
  readonly mean: number;
}

interface Spread {
  readonly low: number;
  readonly high: number;
  readonly variance: number;
}

const [LOW, HIGH] = [0.025, 0.975];
/** Where the chance of no tick is below e^−700 the recursion from 0 has nothing to start with. */
const FLOOR = -700;

const lnNoTick = ({ shape, k, mean }: Base) => -shape * Math.log1p((k * mean) / shape);

/** P(no purchase) of the base and its derivative for the mean. A tick may have passed before: 1 − j/k of j ticks are no purchase yet. */
function chanceOfNoCount(base: Base): { none: number; slope: number } {
  const { shape, k, mean } = base;
  const ticks = k * mean;
  let term = Math.exp(lnNoTick(base));
  let [none, slope] = [0, 0];
  for (let j = 0; j < k; j++) {
    const part = term * (1 - j / k);
    none += part;
    slope += part * k * (j / ticks - (j + shape) / (shape + ticks));
    term *= ((shape + j) / (j + 1)) * (ticks / (shape + ticks));
  }
  return { none, slope };
}

/** The base whose count, given that it is not 0, has this mean (above 1). Newton from above: the equation is convex. */
function matchBase(shape: number, k: number, meanOfSome: number): Base {
  let mean = meanOfSome;
  for (let round = 0; round < 60; round++) {
    const { none, slope } = chanceOfNoCount({ shape, k, mean });
    const step = (mean - meanOfSome * (1 - none)) / (1 + meanOfSome * slope);
    if (!(step > 1e-12 * mean)) break;
    mean -= Math.min(step, mean / 2);
  }
  return { shape, k, mean };
}

/** Quantiles and variance of a count that is 0 with chance `none`, else as in the base. */
function spreadCount(base: Base, none: number, expected: number): Spread {
  const { shape, k, mean } = base;
  const scale = (1 - none) / (1 - chanceOfNoCount(base).none);
  const ticks = k * mean;
  let [tick, term, seen, rounding] = [0, Math.exp(lnNoTick(base)), 0, 0];
  let [low, high, carried, below] = [-1, 0, 0, none];
  for (let count = 0; ; count++) {
    let mass = carried;
    carried = 0;
    for (let j = 0; j < k; j++, tick++) {
      mass += term * (1 - j / k);
      carried += (term * j) / k;
      rounding += (term * j * (k - j)) / (k * k);
      seen += term;
      term *= ((shape + tick) / (tick + 1)) * (ticks / (shape + ticks));
    }
    if (count > 0) below += scale * mass;
    if (low < 0 && below >= LOW) low = count;
    high = count;
    if (below >= HIGH || (term === 0 && tick > ticks)) break;
  }
  // Beyond the quantile the phase between two purchases is as good as even.
  const phase = rounding + Math.max(0, 1 - seen) * ((k * k - 1) / (6 * k * k));
  const square = mean * mean + (ticks + (ticks * ticks) / shape) / (k * k) + phase;
  return { low: Math.max(0, low), high, variance: Math.max(0, scale * square - expected * expected) };
}

function spreadOne(shape: number, k: number, none: number, expected: number): Spread {
  const some = 1 - none;
  // So little to come that rounding decides: one purchase or none.
  if (some < 1e-9 || expected <= 0) return { low: 0, high: 0, variance: Math.max(0, expected) };
  const base = matchBase(shape, k, Math.max(expected / some, 1 + 1e-9));
  if (lnNoTick(base) > FLOOR) return spreadCount(base, none, expected);
  const variance = expected / k + expected ** 2 / shape;
  const half = normalQuantile(HIGH) * Math.sqrt(variance);
  return { low: Math.max(0, Math.floor(expected - half)), high: Math.ceil(expected + half), variance };
}

/**
 * Interval and variance of each pattern's count in the next `weeks`, for one customer of it.
 * Method: chance of none and mean are the model's own, exactly; the rest is shaped like the counts of somebody who stays,
 * a negative binomial of shape r + k·x (for k above 1 with every kth tick a purchase). That is exact for NBD, and for the
 * models with leaving as good as their leaving is rare within `weeks`.
 * @example NBD r = 1, alpha = 10, x = 1, T = 10, 20 weeks // mean 2, none .25, interval 0 … 7, variance 4
 */
export function outlookCounts(
  model: PurchaseModel,
  parameters: Parameters,
  patterns: PurchasePatterns,
  weeks: number,
): CountOutlook {
  const none = chanceOfNone(model, parameters, patterns, weeks);
  const expected = model.expected(parameters, patterns, weeks);
  const { r = 1, k = 1 } = parameters;
  const size = none.length;
  const [low, high, variance] = [new Int32Array(size), new Int32Array(size), new Float64Array(size)];
  for (let i = 0; i < size; i++) {
    const spread = spreadOne(r + k * (patterns.x[i] ?? 0), k, none[i] ?? 1, expected[i] ?? 0);
    low[i] = spread.low;
    high[i] = spread.high;
    variance[i] = spread.variance;
  }
  return { none, expected, low, high, variance };
}
