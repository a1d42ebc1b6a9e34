/**
 * What customers of BG/NBD and MBG/NBD still will buy, and how new customers' counts spread.
 * The likelihood and P(still a customer) are in beta-geometric.ts.
 */

import { logRising } from "../rising-factorial.ts";
import { logGamma } from "../special-functions.ts";
import { type BetaGeometric, betaGeometricAlive, type EarlyChances } from "./beta-geometric.ts";
import { findDistinctValues } from "./distinct-values.ts";
import { negativeBinomialChances, negativeBinomialTail } from "./negative-binomial.ts";
import type { PurchasePatterns } from "./purchase-model.ts";

/** Beyond these the series is slow, overflows or cancels, and the integral is taken. */
const SERIES = { a: 40, b: 1e8, z: 0.9995, less: 12 };
const MOST_TERMS = 100_000;

/**
 * Expected purchases of a customer who is there for sure, with rate Gamma(power, alpha) and chance to leave Beta(a, b), from
 * now on. Method: Euler's transformation of ₂F₁(power, b; a+b−1; z), z = weeks/(alpha+weeks), with the factor a − 1 of all
 * its terms and the c = a + b − 1 of their denominators taken out: it passes a = 1 and a + b = 1, where ₂F₁ has no value.
 */
function sumSeries(power: number, alpha: number, a: number, b: number, weeks: number): number {
  const c = a + b - 1;
  const z = weeks / (alpha + weeks);
  const log = -Math.log1p(weeks / alpha);
  let term = (c - power) * z;
  let sum = term;
  for (let n = 1; n < MOST_TERMS; n++) {
    const ratio = (((c - power + n) * (a + n - 1)) / ((c + n) * (n + 1))) * z;
    term *= ratio;
    sum += term;
    if (Math.abs(ratio) < 1 && Math.abs(term) < 1e-17 * Math.abs(sum)) break;
  }
  const first = a === 1 ? log : Math.expm1((a - 1) * log) / (a - 1);
  return -c * first - Math.exp((a - 1) * log) * sum;
}

/** Of (1 − (1 + p·weeks/alpha)^−power)/p under Beta(a, b), what lies at y = logit p. */
function weigh(power: number, scale: number, a: number, b: number, y: number): number {
  const near = Math.log1p(Math.exp(-Math.abs(y)));
  const [logP, logRest] = [Math.min(y, 0) - near, -Math.max(y, 0) - near];
  const density = Math.exp(a * logP + b * logRest + logRising(a, b) - logGamma(b));
  if (!(density > 0)) return 0;
  const p = Math.exp(Math.max(logP, -600));
  return (-Math.expm1(-power * Math.log1p(p * scale)) / p) * density;
}

/**
 * The same as the integral over p of (1 − (1 + p·weeks/alpha)^−power)/p under Beta(a, b).
 * Method: logit p on both sides of its middle, each with the double-exponential rule for half lines (Takahasi & Mori 1974).
 */
function integrate(power: number, alpha: number, a: number, b: number, weeks: number): number {
  const middle = Math.log((a + 1) / (b + 1));
  let sum = 0;
  for (const [way, width] of [
    [-1, Math.sqrt(1 / a ** 2 + 1 / a + 1 / (b + 1))],
    [1, Math.sqrt(1 / b ** 2 + 1 / b + 1 / (a + 1))],
  ] as const)
    for (let v = -3.6; v < 5.5; v += 1 / 24) {
      const distance = width * Math.exp(v - Math.exp(-v));
      const value = weigh(power, weeks / alpha, a, b, middle + way * distance);
      sum += (value * distance * (1 + Math.exp(-v))) / 24;
    }
  return sum;
}

/** Expected purchases in `weeks` of a customer who is there now. */
function expectPresent(power: number, alpha: number, a: number, b: number, weeks: number): number {
  if (!(weeks > 0)) return 0;
  const terms = weeks / (alpha + weeks) < SERIES.z && a + b - 1 - power > -SERIES.less;
  const plain = terms && a < SERIES.a && b < SERIES.b;
  return plain ? sumSeries(power, alpha, a, b, weeks) : integrate(power, alpha, a, b, weeks);
}

/**
 * Expected purchase days in the `weeks` after the end of observation, by pattern.
 * Source: Fader, Hardie & Lee (2005), equation 10; for MBG with b + 1.
 * @example x = 2, recency 30.43, age 38.86 weeks under CDNOW's BG/NBD, 39 weeks // 1.226
 */
export function expectBetaGeometric(
  model: BetaGeometric,
  early: EarlyChances,
  patterns: PurchasePatterns,
  weeks: number,
): Float64Array {
  const { r, alpha, a, b } = model;
  const alive = betaGeometricAlive(model, early, patterns);
  const [counts, ages] = [findDistinctValues(patterns.x), findDistinctValues(patterns.age)];
  // Recency only tells who is there: what those buy is the same for all of one x and age.
  const known = new Map<number, number>();
  return patterns.x.map((x, row) => {
    const pair = (counts.places[row] ?? 0) * ages.values.length + (ages.places[row] ?? 0);
    let present = known.get(pair);
    if (present === undefined) {
      present = expectPresent(r + x, alpha + (patterns.age[row] ?? 0), a, b + x + early, weeks);
      known.set(pair, present);
    }
    return (alive[row] ?? 0) * present;
  });
}

/** Expected repeat-purchase days of a new customer in the first `weeks`. */
export function expectNewBetaGeometric({ r, alpha, a, b }: BetaGeometric, early: EarlyChances, weeks: number): number {
  const stays = early === 1 ? b / (a + b) : 1;
  return stays * expectPresent(r, alpha, a, b + early, weeks);
}

/**
 * P(X(weeks) = n) of a new customer, n = 0 … most.
 * Method: still a customer and n purchases, or left at the n-th and would have made more (Fader, Hardie & Lee 2005, equation 8).
 */
export function countNewBetaGeometric(
  { r, alpha, a, b }: BetaGeometric,
  early: EarlyChances,
  weeks: number,
  most: number,
): Float64Array {
  const chances = negativeBinomialChances(r, weeks / alpha, most);
  return chances.map((chance, n) => {
    const tries = n + early;
    const stay = Math.exp(logRising(b, tries) - logRising(a + b, tries));
    if (tries === 0) return chance;
    const left = a * Math.exp(logRising(b, tries - 1) - logRising(a + b, tries));
    return stay * chance + left * negativeBinomialTail(r, weeks / alpha, n);
  });
}
