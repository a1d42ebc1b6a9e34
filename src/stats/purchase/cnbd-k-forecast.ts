/**
 * What MBG/CNBD-k expects: purchases of each customer, and of new ones, in the weeks to come. Exact sums, no approximation.
 * The likelihood and P(alive) are in cnbd-k-likelihood.ts.
 */
import { incompleteBeta, logGamma } from "../special-functions.ts";
import { aliveOf, type Cnbd } from "./cnbd-k-likelihood.ts";
import { findDistinctValues } from "./distinct-values.ts";
import type { PurchasePatterns } from "./purchase-model.ts";

/** The rest of a sum is left out when it is smaller than this part of it. */
const PRECISION = 1e-13;
/** Below this a probability is begun from its logarithm: e^−600 is the last that multiplies without loss. */
const DEEPEST = -600;
/** Terms of one sum at most: met only when `weeks` is thousands of times alpha, where what is left is small. */
const MOST_TERMS = 200_000;

/** Numbers of ticks in a time, for a rate that is Gamma(m, ·): negative binomial, P(i) = Γ(m+i)/(Γ(m) i!)·z^i·(1−z)^m. */
function logChance(m: number, z: number, i: number): number {
  return logGamma(m + i) - logGamma(m) - logGamma(i + 1) + i * Math.log(z) + m * Math.log1p(-z);
}

/**
 * E[purchases from here on] of a customer who is there and has ticked `j` of the k times that make the next purchase.
 * After each of them the customer stays with chance (stays + i)/(stays + leaves + i), i = 0, 1 …
 */
function expectFromTicks(k: number, j: number, m: number, z: number, leaves: number, stays: number): number {
  const mean = (m * z) / (1 - z);
  let i = 0;
  let chance = Math.exp(m * Math.log1p(-z));
  if (m * Math.log1p(-z) < DEEPEST) {
    i = Math.max(0, Math.floor(mean - 9 * Math.sqrt(mean / (1 - z))));
    chance = Math.exp(logChance(m, z, i));
  }
  // Purchases that i ticks come to, each counted with the chance to be still there for it.
  let [purchases, next, made] = [0, 1, 0];
  let due = k - j;
  let sum = 0;
  for (let terms = 0; terms < MOST_TERMS; terms++, i++) {
    for (; due <= i; due += k, made++) {
      purchases += next;
      next *= (stays + made) / (stays + leaves + made);
    }
    sum += chance * purchases;
    const ratio = (z * (m + i)) / (i + 1);
    if (i > mean && ratio < 1 && (chance * ratio * (purchases + 1)) / (1 - ratio) < PRECISION * sum) break;
    chance *= ratio;
  }
  return sum;
}

/** Expected purchases given that the customer is there, for 0 … k − 1 ticks since the last one: all depends on x and age alone. */
function expectByTicks({ k, r, alpha, a, b }: Cnbd, x: number, age: number, weeks: number): Float64Array {
  const z = weeks / (alpha + age + weeks);
  return Float64Array.from({ length: k }, (_, j) => expectFromTicks(k, j, r + k * x + j, z, a, b + x + 1));
}

/** The same over the ticks that may have passed in the time since the last purchase. */
function expectThere({ k, r, alpha }: Cnbd, x: number, since: number, age: number, byTicks: Float64Array): number {
  const u = since / (alpha + age);
  let [weight, weights, sum] = [1, 0, 0];
  for (let j = 0; j < k; j++) {
    if (j > 0) weight *= ((r + k * x + j - 1) * u) / j;
    weights += weight;
    sum += weight * (byTicks[j] ?? 0);
  }
  return sum / weights;
}

/**
 * Expected purchase days in the `weeks` after the end of observation, by pattern.
 * Method: P(alive)·Σ_j P(j ticks since the last purchase)·Σ_m P(there for the m-th)·P(at least km − j ticks), which is the
 * exact posterior mean; Platzer & Reutterer (2016) scale the unconditional one instead.
 */
export function expectedOf(parameters: Cnbd, patterns: PurchasePatterns, weeks: number): Float64Array {
  const { x, recency, age } = patterns;
  const expected = aliveOf(parameters, patterns);
  if (!(weeks > 0)) return expected.fill(0);
  const ages = findDistinctValues(age);
  // A million patterns have some ten thousand pairs of x and age.
  const known = new Map<number, Float64Array>();
  for (let at = 0; at < expected.length; at++) {
    const [count, last, old] = [x[at] ?? 0, recency[at] ?? 0, age[at] ?? 0];
    const key = count * ages.values.length + (ages.places[at] ?? 0);
    let byTicks = known.get(key);
    if (byTicks === undefined) {
      byTicks = expectByTicks(parameters, count, old, weeks);
      known.set(key, byTicks);
    }
    expected[at] = (expected[at] ?? 0) * expectThere(parameters, count, old - last, old, byTicks);
  }
  return expected;
}

/**
 * E[X(weeks)] of a new customer: Σ_m B(a, b + m)/B(a, b)·I_{weeks/(alpha + weeks)}(km, r).
 * Source: Platzer & Reutterer (2016), with the sum taken over ticks instead of purchases.
 */
export function expectedOfNewCustomer(parameters: Cnbd, weeks: number): number {
  const { a, b } = parameters;
  return weeks > 0 ? (b / (a + b)) * (expectByTicks(parameters, 0, 0, weeks)[0] ?? 0) : 0;
}

/**
 * P(X(weeks) = n) of a new customer, n = 0 … most: either there were the ticks for n purchases and not for one more, or
 * there were as many or more and the customer left after the n-th. Only positive terms: far tails keep their digits.
 */
export function countsOfNewCustomer({ k, r, alpha, a, b }: Cnbd, weeks: number, most: number): Float64Array {
  const counts = new Float64Array(most + 1);
  if (!(weeks > 0)) return counts.fill(1, 0, 1);
  const ticks = chancesOfTicks(r, weeks / (alpha + weeks), k * (most + 1));
  let there = 1;
  for (let n = 0; n <= most; n++) {
    let here = 0;
    for (let tick = k * n; tick < k * (n + 1); tick++) here += ticks.exactly[tick] ?? 0;
    const more = ticks.atLeast[k * (n + 1)] ?? 0;
    const leaves = a / (a + b + n);
    counts[n] = there * (here + leaves * more);
    there *= 1 - leaves;
  }
  return counts;
}

/** P(ticks = i) and P(ticks ≥ i), i = 0 … most. */
function chancesOfTicks(r: number, z: number, most: number): { exactly: Float64Array; atLeast: Float64Array } {
  const exactly = Float64Array.from({ length: most + 1 }, (_, i) => Math.exp(logChance(r, z, i)));
  const atLeast = new Float64Array(most + 1);
  let sum = incompleteBeta(z, most + 1, r);
  for (let i = most; i >= 0; i--) {
    sum += exactly[i] ?? 0;
    atLeast[i] = Math.min(1, sum);
  }
  return { exactly, atLeast };
}
