/**
 * Samples from the distributions the simulated shop is made of, each drawn from a stream that is passed in.
 * It holds no densities and fits nothing: the estimators of src/stats must not share code with what they are tested on.
 */
import type { Random } from "./random.ts";

/** Uniform in [low, high). */
export function drawUniform(random: Random, low: number, high: number): number {
  return low + (high - low) * random.next();
}

/** Whole number from low to high, both possible. */
export function drawInteger(random: Random, low: number, high: number): number {
  return low + Math.floor(random.next() * (high - low + 1));
}

/** Standard normal. Method: Box and Muller 1958, one of the two values, so that a draw always takes two numbers. */
export function drawNormal(random: Random): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random.next()));
  return radius * Math.cos(2 * Math.PI * random.next());
}

/** Exponential with the given mean. */
export function drawExponential(random: Random, mean: number): number {
  return -mean * Math.log(1 - random.next());
}

/** exp(N(logMean, logSd²)): the median is exp(logMean). */
export function drawLogNormal(random: Random, logMean: number, logSd: number): number {
  return Math.exp(logMean + logSd * drawNormal(random));
}

/** Gamma with mean shape · scale and variance shape · scale². Method: Marsaglia and Tsang 2000; shape ≥ 1 only. */
export function drawGamma(random: Random, shape: number, scale: number): number {
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = drawNormal(random);
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - random.next()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v * scale;
  }
}

/** Poisson. Method: Knuth, multiplying uniforms; meant for means below about 30. */
export function drawPoisson(random: Random, mean: number): number {
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random.next(); product > limit; product *= random.next()) count += 1;
  return count;
}

/** One of the entries, as often as its weight says; weights need not add up to 1. */
export function drawWeighted<T>(random: Random, entries: readonly (readonly [T, number])[]): T {
  return pickWeighted(random.next(), entries);
}

/** The entry that stands at the share `at` (0 … 1) of the entries laid end to end by weight. */
export function pickWeighted<T>(at: number, entries: readonly (readonly [T, number])[]): T {
  let left = at * entries.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [value, weight] of entries) {
    left -= weight;
    if (left < 0) return value;
  }
  const last = entries.at(-1);
  if (last === undefined) throw new RangeError("pickWeighted needs at least one entry");
  return last[0];
}
