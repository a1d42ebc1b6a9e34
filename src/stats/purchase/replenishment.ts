/**
 * How many days until customers buy a product again, typically and of one customer: regular gaps at Gamma paces.
 * Which customers buy it again at all is not asked here; nor is what comes next in a basket.
 */
import { type NoAnswer, noAnswer } from "../no-answer.ts";
import { gammaQuantile } from "./gamma-quantile.ts";
import { maximise, type Objective } from "./maximise.ts";

/** Customers with the same numbers, once: parallel columns, in any order. */
export interface RepeatCounts {
  /** Repeat purchases of the product: purchase days with it but the first; whole, ≥ 0. */
  readonly repeats: Float64Array;
  /**
   * Days in which these were made. Over completed gaps: from the first to the last of those days, which tells of customers
   * who do buy it again; up to the end of the data: of all who bought it once, most of whom may never want it again.
   */
  readonly exposure: Float64Array;
  /** How many customers have these numbers. */
  readonly customers: Float64Array;
  /** Σ ln(gap in days) over all completed gaps of all customers; without it gaps are taken to be as irregular as by chance. */
  readonly logGaps?: number;
}

/** Days between purchases: the median, and the middle 80 %. */
export interface Interval80 {
  readonly days: number;
  readonly low: number;
  readonly high: number;
}

export interface ReplenishmentFit extends Interval80 {
  /** Of the Gamma distribution of customers' paces, in k-ths of a purchase a day: shape, and rate in days. */
  readonly r: number;
  readonly alpha: number;
  /** k: gaps are as regular as sums of k gaps by chance; 1 where they are by chance alone. */
  readonly regularity: number;
  readonly logLikelihood: number;
  /** Repeat purchases, and customers with exposure. */
  readonly n: number;
  readonly customers: number;
  /** One sentence when customers do not differ in pace, else null. */
  readonly boundary: string | null;
}

/** Below this no interval is given. */
const LEAST_REPEATS = 20;
/** A shape above this: the middle 80 % of customers differ by less than 3 %. */
const ALIKE = 10_000;
const MOST_SPREAD = 0.05;
const MOST_REGULAR = 12;

/** Customers with at least i + 1 repeats, by i. */
function countAtLeast({ repeats, customers }: RepeatCounts): Float64Array {
  const most = repeats.reduce((a, b) => Math.max(a, b), 0);
  const atLeast = new Float64Array(most + 1);
  for (let at = 0; at < repeats.length; at++)
    atLeast[repeats[at] ?? 0] = (atLeast[repeats[at] ?? 0] ?? 0) + (customers[at] ?? 0);
  for (let count = most - 1; count >= 0; count--) atLeast[count] = (atLeast[count] ?? 0) + (atLeast[count + 1] ?? 0);
  return atLeast.subarray(1);
}

/** By ln r and ln(alpha/r): the spread of paces, and the days at the mean pace, which the data tell apart. */
function likelihoodOf(counts: RepeatCounts): Objective {
  const { repeats, exposure, customers } = counts;
  const atLeast = countAtLeast(counts);
  return ([lnShape = 0, lnDays = 0], gradient) => {
    const [r, days] = [Math.exp(lnShape), Math.exp(lnDays)];
    const alpha = r * days;
    let [value, ofR, ofAlpha] = [0, 0, 0];
    for (let i = 0; i < atLeast.length; i++) {
      value += (atLeast[i] ?? 0) * Math.log(r + i);
      ofR += (atLeast[i] ?? 0) / (r + i);
    }
    for (let at = 0; at < repeats.length; at++) {
      const [k, time, size] = [repeats[at] ?? 0, exposure[at] ?? 0, customers[at] ?? 0];
      const longer = Math.log1p(time / alpha);
      value -= size * (r * longer + k * Math.log(alpha + time));
      ofR -= size * longer;
      ofAlpha += (size * ((r * time) / alpha - k)) / (alpha + time);
    }
    gradient[0] = ofR * r + ofAlpha * alpha;
    gradient[1] = ofAlpha * alpha;
    return value;
  };
}

/** The middle of k/pace for paces Gamma(shape, rate in days). */
function intervalOf(k: number, shape: number, rate: number): Interval80 {
  const at = (p: number) => (k * rate) / gammaQuantile(1 - p, shape);
  return { days: at(0.5), low: at(0.1), high: at(0.9) };
}

type Paces = Pick<ReplenishmentFit, "r" | "alpha" | "regularity" | "logLikelihood" | "boundary">;

/** With gaps that are sums of k exponential ones: k purchases are counted for one, and what the gaps say of k is added. */
function fitPaces(counts: RepeatCounts, k: number, n: number, meanGap: number): Paces {
  const repeats = counts.repeats.map((count) => k * count);
  const bounds = { lower: [Math.log(MOST_SPREAD), -20], upper: [Math.log(ALIKE), 20], mostPasses: 60 };
  const start = [0, Math.log(meanGap / k)];
  const { point, value, ranOff } = maximise(likelihoodOf({ ...counts, repeats }), start, bounds);
  const [r = 1, days = 1] = point.map(Math.exp);
  let ofRegularity = (k - 1) * (counts.logGaps ?? 0);
  for (let i = 2; i < k; i++) ofRegularity -= n * Math.log(i);
  const boundary = ranOff[0] === 1 || r > ALIKE / 2 ? "All customers buy it again at the same pace." : null;
  return { r, alpha: r * days, regularity: k, logLikelihood: value + ofRegularity, boundary };
}

/**
 * Maximum likelihood of Erlang-k gaps at paces that are Gamma over customers; `days`, `low` and `high` are the median
 * customer's mean gap and the middle 80 % of customers'. k is the first from 1 on after which the likelihood falls, at
 * most 12. Sources: Bhagat et al. (2018), "Buy it again", KDD '18, 62–70, which is k = 1; Platzer & Reutterer (2016),
 * "Ticking away the moments", Marketing Science 35, 779–799, for k: people who restock do so at regular intervals, and
 * taken for chance these would hide how much customers differ.
 * @returns no answer under 20 repeat purchases, or when they took no time
 * @example 3 repeats in 90 days, 300 customers: days 30, and nobody differs
 */
export function fitReplenishment(counts: RepeatCounts): ReplenishmentFit | NoAnswer {
  let [n, time, customers] = [0, 0, 0];
  for (let at = 0; at < counts.repeats.length; at++) {
    const size = counts.customers[at] ?? 0;
    n += size * (counts.repeats[at] ?? 0);
    time += size * (counts.exposure[at] ?? 0);
    customers += size;
  }
  if (n < LEAST_REPEATS)
    return noAnswer("too-few", "repeats", `${n} repeat purchases; at least ${LEAST_REPEATS} are needed.`);
  if (!(time > 0)) return noAnswer("no-variation", "exposure", "The repeat purchases took no time.");
  let best = fitPaces(counts, 1, n, time / n);
  for (let k = 2; k <= MOST_REGULAR && counts.logGaps !== undefined; k++) {
    const next = fitPaces(counts, k, n, time / n);
    if (next.logLikelihood <= best.logLikelihood) break;
    best = next;
  }
  return { ...best, ...intervalOf(best.regularity, best.r, best.alpha), n, customers };
}

/**
 * The interval of one customer: what all customers do, drawn to what this one did. With no history it is everybody's.
 * @param repeats the customer's repeat purchases of the product, and `exposure` the days in which they were made
 * @example of r 2, alpha 60, k 1: 9 repeats in 270 days → about 31 days, the middle 80 % from 21 to 47
 */
export function customerInterval(
  { r, alpha, regularity }: Pick<ReplenishmentFit, "r" | "alpha" | "regularity">,
  repeats: number,
  exposure: number,
): Interval80 {
  return intervalOf(regularity, r + regularity * repeats, alpha + exposure);
}
