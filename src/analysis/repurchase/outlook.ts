/**
 * The forecast of everybody together from the end of the data: orders, buyers and how sure that is.
 * Single customers are forecast in the customers' analysis; what a model got wrong on a hold-out is said by warnings.ts.
 */
import { chanceOfNone } from "../../stats/purchase/chance-of-none.ts";
import type { Parameters, PurchaseFit, PurchaseModel, PurchasePatterns } from "../../stats/purchase/purchase-model.ts";
import { normalQuantile } from "../../stats/quantile.ts";
import { sumOver } from "./back-test.ts";
import type { CutPatterns } from "./read-patterns.ts";

/** A sum over customers, and its 95 % interval. */
export interface Total {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Step in the logarithm of a parameter; the totals are smooth, and their own error is far larger. */
const STEP = 1e-3;
/** Slopes are taken on so many patterns, evenly picked, and scaled up. */
const SLOPE_PATTERNS = 10_000;

function thin(patterns: PurchasePatterns): PurchasePatterns {
  const every = Math.ceil(patterns.x.length / SLOPE_PATTERNS);
  if (every === 1) return patterns;
  const pick = (column: Float64Array) => column.filter((_, at) => at % every === 0);
  const { x, recency, age, customers, logGaps } = patterns;
  return { x: pick(x), recency: pick(recency), age: pick(age), customers: pick(customers), logGaps };
}

/**
 * Relative variance of a total that comes from the parameters' error.
 * Method: delta method on the logarithms of the parameters, slopes by differences. 0 where a parameter is at its boundary.
 */
function varyParameters(
  { names }: PurchaseModel,
  { parameters, logCovariance }: PurchaseFit,
  total: (parameters: Parameters) => number,
): number {
  if (logCovariance === null) return 0;
  const value = total(parameters);
  if (value <= 0) return 0;
  const slopes = names.map((name) => {
    const moved = { ...parameters, [name]: (parameters[name] as number) * Math.exp(STEP) };
    return (total(moved) / value - 1) / STEP;
  });
  const variance = logCovariance.flatMap((row, i) =>
    row.map((covariance, j) => covariance * (slopes[i] ?? 0) * (slopes[j] ?? 0)),
  );
  return Math.max(
    0,
    variance.reduce((sum, part) => sum + part, 0),
  );
}

/** The interval of a total from the variance of chance and the relative variance of the parameters. */
function spread(value: number, chance: number, relative: number, most: number): Total {
  const half = normalQuantile(0.975) * Math.sqrt(chance + relative * value ** 2);
  return { value, low: Math.max(0, value - half), high: Math.min(most, value + half) };
}

/**
 * How much more customers' later purchases scatter around the forecast than Poisson counts would: mean squared error over mean
 * forecast on the hold-out, at least 1. It stands for the chance of the outlook, as the future will scatter like the hold-out.
 */
export function measureDispersion(
  { patterns, firstCount, later, having }: CutPatterns,
  forecast: Float64Array,
): number {
  let squares = 0;
  for (const [pattern, mean] of forecast.entries())
    for (let at = firstCount[pattern] as number; at < (firstCount[pattern + 1] as number); at++)
      squares += (having[at] as number) * ((later[at] as number) - mean) ** 2;
  const expected = sumOver(patterns.customers, forecast);
  return expected > 0 ? Math.max(1, squares / expected) : 1;
}

/** Purchase days of all customers together in the next `weeks`. */
export function totalOrders(
  model: PurchaseModel,
  fit: PurchaseFit,
  patterns: PurchasePatterns,
  expected: Float64Array,
  weeks: number,
  dispersion: number,
): Total {
  const thinned = thin(patterns);
  const relative = varyParameters(model, fit, (parameters) =>
    sumOver(thinned.customers, model.expected(parameters, thinned, weeks)),
  );
  const value = sumOver(patterns.customers, expected);
  return spread(value, dispersion * value, relative, Infinity);
}

/**
 * P(at least one purchase in the next `weeks`) by pattern. A level below 1 lets that share of the purchases come: with
 * purchases at a steady pace, the chance of none is raised to its power.
 */
export function chanceOfSome(
  model: PurchaseModel,
  parameters: Parameters,
  patterns: PurchasePatterns,
  weeks: number,
  level: number,
): Float64Array {
  return chanceOfNone(model, parameters, patterns, weeks).map((none) => 1 - none ** level);
}

/** How many customers buy at all in the next `weeks`: independent of one another, each with the own chance. */
export function totalBuyers(
  model: PurchaseModel,
  fit: PurchaseFit,
  patterns: PurchasePatterns,
  weeks: number,
  level: number,
): Total {
  const chances = chanceOfSome(model, fit.parameters, patterns, weeks, level);
  const thinned = thin(patterns);
  const relative = varyParameters(model, fit, (parameters) =>
    sumOver(thinned.customers, chanceOfSome(model, parameters, thinned, weeks, level)),
  );
  const chance = sumOver(
    patterns.customers,
    chances.map((some) => some * (1 - some)),
  );
  const everybody = patterns.customers.reduce((sum, count) => sum + count, 0);
  return spread(sumOver(patterns.customers, chances), chance, relative, everybody);
}
