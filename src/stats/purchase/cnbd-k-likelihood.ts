/**
 * The likelihood of MBG/CNBD-k, with its gradient, and who is still a customer under it; for k = 1 it is MBG/NBD's.
 * Searching for parameters and for k is in cnbd-k.ts; forecasts are in cnbd-k-forecast.ts.
 *
 * Gaps are Erlang-k at a customer's own rate, Gamma(r, alpha); after each purchase, the first too, a customer leaves with
 * a chance of their own, Beta(a, b). Source: Platzer & Reutterer (2016), "Ticking away the moments", Marketing Science 35.
 */
import { type DistinctValues, findDistinctValues } from "./distinct-values.ts";
import type { Parameters, PurchasePatterns } from "./purchase-model.ts";

export const CNBD_NAMES = ["r", "alpha", "a", "b"] as const;

export interface Cnbd {
  /** Whole, ≥ 1: how many of the customer's hidden ticks make one purchase. */
  readonly k: number;
  readonly r: number;
  readonly alpha: number;
  readonly a: number;
  readonly b: number;
}

export function readCnbd(parameters: Parameters): Cnbd {
  const value = (name: string) => parameters[name] ?? 1;
  return { k: value("k"), r: value("r"), alpha: value("alpha"), a: value("a"), b: value("b") };
}

/** The patterns, with what a pass needs and no parameter changes: times are days, so few of them are distinct. */
export interface CnbdTable {
  readonly patterns: PurchasePatterns;
  readonly n: number;
  readonly ages: DistinctValues;
  readonly recencies: DistinctValues;
  /** Customers with x ≥ the index. */
  readonly atLeast: Float64Array;
  /** Σ x over customers. */
  readonly repeats: number;
}

export function tabulate(patterns: PurchasePatterns): CnbdTable {
  const { x, customers } = patterns;
  const atLeast = new Float64Array(x.reduce((most, value) => Math.max(most, value), 0) + 2);
  let [n, repeats] = [0, 0];
  for (let at = 0; at < x.length; at++) {
    const [count, size] = [x[at] ?? 0, customers[at] ?? 0];
    atLeast[count] = (atLeast[count] ?? 0) + size;
    n += size;
    repeats += count * size;
  }
  for (let count = atLeast.length - 2; count >= 0; count--)
    atLeast[count] = (atLeast[count] ?? 0) + (atLeast[count + 1] ?? 0);
  return {
    patterns,
    n,
    repeats,
    atLeast,
    ages: findDistinctValues(patterns.age),
    recencies: findDistinctValues(patterns.recency),
  };
}

/**
 * ln S and its derivatives, S = Σ_{j<k} Γ(m+j)/(Γ(m) j!)·u^j: the ticks since the last purchase that do not make another yet.
 * `size` is ∂ ln S/∂m, `tick` is the mean of j.
 */
interface Ticks {
  sum: number;
  size: number;
  tick: number;
}

function sumTicks(k: number, m: number, u: number, into: Ticks): void {
  let [term, slope, sum, size, tick] = [1, 0, 1, 0, 0];
  for (let j = 1; j < k; j++) {
    term *= ((m + j - 1) * u) / j;
    slope += 1 / (m + j - 1);
    sum += term;
    size += term * slope;
    tick += term * j;
  }
  into.sum = sum;
  into.size = size / sum;
  into.tick = tick / sum;
}

/** ln(k − 1)! */
function logFactorialBelow(k: number): number {
  let sum = 0;
  for (let j = 2; j < k; j++) sum += Math.log(j);
  return sum;
}

/** What does not tell customers with as many purchases apart: from how many customers made how many of them. */
function addCounts(table: CnbdTable, { k, r, alpha, a, b }: Cnbd, gradient: Float64Array): number {
  const { atLeast, repeats, patterns } = table;
  let value = (k - 1) * patterns.logGaps - repeats * (logFactorialBelow(k) + k * Math.log(alpha));
  let [ofR, ofA, ofB] = [0, 0, 0];
  for (let x = 0; x < atLeast.length - 1; x++) {
    const customers = atLeast[x] ?? 0;
    // B(a, b + x + 1)/B(a, b) is the product of (b + i)/(a + b + i), i ≤ x: exact where gamma functions would cancel.
    value -= customers * Math.log1p(a / (b + x));
    ofA -= customers / (a + b + x);
    ofB += customers * (1 / (b + x) - 1 / (a + b + x));
    const more = atLeast[x + 1] ?? 0;
    for (let tick = x * k; tick < (x + 1) * k && more > 0; tick++) {
      value += more * Math.log(r + tick);
      ofR += more / (r + tick);
    }
  }
  gradient[0] = ofR;
  gradient[1] = 0;
  gradient[2] = ofA;
  gradient[3] = ofB;
  return value;
}

/** Of each distinct time t: ln(1 + t/alpha), 1/(alpha + t), and r·t/alpha over that. Finite and exact for any r and alpha. */
function shiftTimes({ values }: DistinctValues, { r, alpha }: Cnbd) {
  const over = values.map((time) => 1 / (alpha + time));
  return {
    logs: values.map((time) => Math.log1p(time / alpha)),
    over,
    pull: values.map((time, at) => r * (time / alpha) * (over[at] ?? 0)),
  };
}

/**
 * One pass: the log-likelihood of all customers, and its gradient by r, alpha, a, b written to `gradient`.
 * Each customer either is still there, and the ticks since the last purchase were too few, or left right after it.
 */
// One loop over columns with scalars only: a million patterns pass here up to thirty times.
export function passCnbd(table: CnbdTable, parameters: Cnbd, gradient: Float64Array): number {
  const { k, r, a, b } = parameters;
  const { patterns, ages, recencies, atLeast } = table;
  const { x, recency, age, customers } = patterns;
  let value = addCounts(table, parameters, gradient);
  const [toAge, toRecency] = [shiftTimes(ages, parameters), shiftTimes(recencies, parameters)];
  const left = atLeast.map((_, count) => Math.log(a / (b + count)));
  const ticks: Ticks = { sum: 1, size: 0, tick: 0 };
  let [ofR, ofAlpha, gone, ofB] = [0, 0, 0, 0];
  for (let at = 0; at < x.length; at++) {
    const [count, size] = [x[at] ?? 0, customers[at] ?? 0];
    const [ageAt, recencyAt] = [ages.places[at] ?? 0, recencies.places[at] ?? 0];
    const [logAge, logRecency] = [toAge.logs[ageAt] ?? 0, toRecency.logs[recencyAt] ?? 0];
    const overAge = toAge.over[ageAt] ?? 0;
    const m = r + k * count;
    let there = -m * logAge;
    if (k > 1) {
      sumTicks(k, m, ((age[at] ?? 0) - (recency[at] ?? 0)) * overAge, ticks);
      there += Math.log(ticks.sum);
    }
    const away = (left[count] ?? 0) - m * logRecency;
    const small = Math.exp(-Math.abs(there - away));
    const least = small / (1 + small);
    const pAway = there > away ? least : 1 - least;
    const pThere = there > away ? 1 - least : least;
    value += size * (Math.max(there, away) + Math.log1p(small));
    ofR += size * (pThere * (ticks.size - logAge) - pAway * logRecency);
    const ofThere = (toAge.pull[ageAt] ?? 0) - (k * count + ticks.tick) * overAge;
    const ofAway = (toRecency.pull[recencyAt] ?? 0) - k * count * (toRecency.over[recencyAt] ?? 0);
    ofAlpha += size * (pThere * ofThere + pAway * ofAway);
    gone += size * pAway;
    ofB += (size * pAway) / (b + count);
  }
  gradient[0] = (gradient[0] ?? 0) + ofR;
  gradient[1] = (gradient[1] ?? 0) + ofAlpha;
  gradient[2] = (gradient[2] ?? 0) + gone / a;
  gradient[3] = (gradient[3] ?? 0) - ofB;
  return value;
}

/** ln of the chance of both ways to such a history, without what they share: still there, and left after the last purchase. */
interface Ways extends Ticks {
  there: number;
  away: number;
}

const openWays = (): Ways => ({ sum: 1, size: 0, tick: 0, there: 0, away: 0 });

function weighWays({ k, r, alpha, a, b }: Cnbd, x: number, recency: number, age: number, into: Ways): void {
  const m = r + k * x;
  into.there = -m * Math.log1p(age / alpha);
  if (k > 1) {
    sumTicks(k, m, (age - recency) / (alpha + age), into);
    into.there += Math.log(into.sum);
  }
  into.away = Math.log(a / (b + x)) - m * Math.log1p(recency / alpha);
}

/** What the histories with x purchases share: ln of Γ(r + kx)/Γ(r)/alpha^kx·B(a, b + x + 1)/B(a, b)/((k − 1)!)^x, by x. */
function shareByCount({ k, r, alpha, a, b }: Cnbd, most: number): Float64Array {
  const shared = new Float64Array(most + 1);
  const each = k * Math.log(alpha) + logFactorialBelow(k);
  let sum = 0;
  for (let x = 0; x <= most; x++) {
    sum -= Math.log1p(a / (b + x));
    shared[x] = sum;
    for (let tick = x * k; tick < (x + 1) * k; tick++) sum += Math.log(r + tick);
    sum -= each;
  }
  return shared;
}

/** By pattern, for one customer, without (k − 1)·Σ ln(gap). */
export function logLikelihoodsOf(parameters: Cnbd, { x, recency, age }: PurchasePatterns): Float64Array {
  const most = x.reduce((largest, value) => Math.max(largest, value), 0);
  const shared = shareByCount(parameters, most);
  const ways = openWays();
  return x.map((count, at) => {
    weighWays(parameters, count, recency[at] ?? 0, age[at] ?? 0, ways);
    const { there, away } = ways;
    return (shared[count] ?? 0) + Math.max(there, away) + Math.log1p(Math.exp(-Math.abs(there - away)));
  });
}

/** P(still a customer at the end of observation), by pattern. */
export function aliveOf(parameters: Cnbd, { x, recency, age }: PurchasePatterns): Float64Array {
  const ways = openWays();
  return x.map((count, at) => {
    weighWays(parameters, count, recency[at] ?? 0, age[at] ?? 0, ways);
    return 1 / (1 + Math.exp(ways.away - ways.there));
  });
}
