/**
 * The upper tails of the chi-square and of the normal distribution, through the regularised incomplete gamma function.
 * Quantiles, and the tail of Student's distribution, are in quantile.ts.
 */
import { logGamma } from "./special-functions.ts";

const PRECISION = 1e-16;
const TINY = 1e-300;
/** Terms grow like √a: the bound is never met below a ≈ 1e8. */
const MOST_TERMS = 100_000;

/** P(a, x) by its power series (Abramowitz & Stegun 6.5.29); converges fast for x < a + 1. */
function lowerSeries(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let k = 1; k < MOST_TERMS && term > sum * PRECISION; k++) {
    term *= x / (a + k);
    sum += term;
  }
  return sum;
}

/** Q(a, x) by Lentz's evaluation of its continued fraction (Abramowitz & Stegun 6.5.31); for x ≥ a + 1. */
function upperFraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1 / TINY;
  let d = 1 / b;
  let value = d;
  for (let k = 1; k < MOST_TERMS; k++) {
    const factor = -k * (k - a);
    b += 2;
    d = 1 / (factor * d + b || TINY);
    c = b + factor / c || TINY;
    value *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return value;
}

/**
 * The regularised upper incomplete gamma function Q(a, x) = Γ(a, x)/Γ(a), a > 0, x ≥ 0; relative error about 1e-13.
 * @example upperGamma(1, 2) // e⁻² = .1353352832366127
 */
export function upperGamma(a: number, x: number): number {
  if (x <= 0) return 1;
  if (x === Number.POSITIVE_INFINITY) return 0;
  const front = Math.exp(a * Math.log(x) - x - logGamma(a));
  return x < a + 1 ? Math.max(0, 1 - front * lowerSeries(a, x)) : front * upperFraction(a, x);
}

/**
 * P(χ² > x) with the given degrees of freedom > 0. Source: Abramowitz & Stegun 26.4.19.
 * @example chiSquareTail(3.841458820694124, 1) // .05
 */
export function chiSquareTail(x: number, degreesOfFreedom: number): number {
  return upperGamma(degreesOfFreedom / 2, x / 2);
}

/**
 * P(Z > z) of a standard normal Z, for any z, accurate far into the tail. Source: Abramowitz & Stegun 26.2.29, 6.5.17.
 * @example normalTail(1.959963984540054) // .025
 */
export function normalTail(z: number): number {
  const half = upperGamma(0.5, (z * z) / 2) / 2;
  return z < 0 ? 1 - half : half;
}
