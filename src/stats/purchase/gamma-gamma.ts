/**
 * What customers spend on a purchase day on average, seen through few purchases each: the Gamma-Gamma model.
 * It takes spend to be independent of how often somebody buys; how often is for the purchase models beside this file.
 */
import { type NoAnswer, noAnswer } from "../no-answer.ts";
import { digammaRising, logRising } from "../rising-factorial.ts";
import { logGamma } from "../special-functions.ts";
import { type DistinctValues, findDistinctValues } from "./distinct-values.ts";
import { maximise, type Objective } from "./maximise.ts";
import { observeInformation } from "./observed-information.ts";

/** Customers with the same spend, once: parallel columns, in any order. */
export interface SpendPatterns {
  /** Purchase days that the mean is of, whole, ≥ 1. By custom the first one is left out, as it is from x. */
  readonly purchases: Float64Array;
  /** Mean spend a purchase day, in one currency. What is not above 0 is left out. */
  readonly mean: Float64Array;
  readonly customers: Float64Array;
}

export interface GammaGammaFit {
  /** Shape of one customer's purchases; the rate of them is Gamma(q, rate v) over customers. v is in the currency. */
  readonly p: number;
  readonly q: number;
  readonly v: number;
  /** Null where the likelihood is flat. */
  readonly standardErrors: { readonly p: number | null; readonly q: number | null; readonly v: number | null };
  readonly logLikelihood: number;
  /** p·v/(q − 1): mean spend a purchase day of all customers alike, in the currency. */
  readonly populationMean: number;
  /** Customers the fit is of, and those left out because their mean was not above 0. */
  readonly n: number;
  readonly leftOut: number;
  /** One sentence when a parameter ran to a boundary and what that means, else null. */
  readonly boundary: string | null;
}

/** Below this many customers no fit is given: three parameters of a long-tailed spend. */
const LEAST_CUSTOMERS = 50;
/** Shapes above this leave a spread below 3 %. */
const ENDLESS = 1_000;
/** At q ≤ 1 the mean over customers is infinite; so near to 1, anything. */
const LEAST_Q = 1.02;

/** Columns that no parameter changes, of the customers whose spend is above 0. */
interface SpendTable {
  readonly n: number;
  readonly leftOut: number;
  /** Of each row: all it spent, its logarithm, how many customers. */
  readonly total: Float64Array;
  readonly logTotal: Float64Array;
  readonly size: Float64Array;
  readonly purchases: DistinctValues;
  /** Σ over customers of ln(mean); mean of means, and the sum of their squares' deviations. */
  readonly logMeans: number;
  readonly average: number;
  readonly spread: number;
}

function tabulate(patterns: SpendPatterns): SpendTable {
  const rows = Array.from(patterns.mean.keys()).filter(
    (at) => (patterns.mean[at] ?? 0) > 0 && (patterns.mean[at] ?? 0) < Infinity && (patterns.purchases[at] ?? 0) > 0,
  );
  const column = (source: Float64Array) => Float64Array.from(rows, (at) => source[at] ?? 0);
  const [x, mean, size] = [column(patterns.purchases), column(patterns.mean), column(patterns.customers)];
  const sum = (of: (at: number) => number) => size.reduce((so, n, at) => so + n * of(at), 0);
  const n = sum(() => 1);
  const average = sum((at) => mean[at] ?? 0) / (n || 1);
  const total = mean.map((value, at) => value * (x[at] ?? 0));
  return {
    n,
    leftOut: patterns.customers.reduce((so, customers) => so + customers, 0) - n,
    ...{ total, size, average },
    logTotal: total.map(Math.log),
    purchases: findDistinctValues(x),
    logMeans: sum((at) => Math.log(mean[at] ?? 1)),
    spread: sum((at) => ((mean[at] ?? 0) - average) ** 2),
  };
}

/** v from the middle of spend, p·v/q, which the data know best. */
const vOf = (p: number, q: number, middle: number) => (middle * q) / p;

/** By ln p, ln q and ln(p·v/q). Source of the likelihood: Fader & Hardie (2013), "The Gamma-Gamma model of monetary value". */
function likelihoodOf({ total, logTotal, size, purchases, logMeans }: SpendTable): Objective {
  const { values, places } = purchases;
  return ([lnP = 0, lnQ = 0, lnMiddle = 0], gradient) => {
    const [p, q, middle] = [Math.exp(lnP), Math.exp(lnQ), Math.exp(lnMiddle)];
    const v = vOf(p, q, middle);
    const lnV = Math.log(v);
    // ln Γ(px + q) − ln Γ(px) − ln Γ(q) and its slopes, once for each x.
    const shapes = values.map((x) => logRising(p * x, q) - logGamma(q));
    const ofPx = values.map((x) => digammaRising(p * x, q));
    const ofQs = values.map((x) => digammaRising(q, p * x));
    let [value, ofP, ofQ, ofV] = [-logMeans, 0, 0, 0];
    for (let at = 0; at < total.length; at++) {
      const [place, n, spent] = [places[at] ?? 0, size[at] ?? 0, total[at] ?? 0];
      const x = values[place] ?? 0;
      const over = Math.log1p(spent / v);
      const under = over - (logTotal[at] ?? 0) + lnV;
      value += n * ((shapes[place] ?? 0) - q * over - p * x * under);
      ofP += n * x * ((ofPx[place] ?? 0) - under);
      ofQ += n * ((ofQs[place] ?? 0) - over);
      ofV += (n * (q * spent - p * x * v)) / (v + spent);
    }
    gradient[0] = ofP * p - ofV;
    gradient[1] = ofQ * q + ofV;
    gradient[2] = ofV;
    return value;
  };
}

function whyNot({ n, average, spread }: SpendTable): NoAnswer | null {
  if (n < LEAST_CUSTOMERS)
    return noAnswer(
      "too-few",
      "mean",
      `${n} customers with a repeat purchase of known value; ${LEAST_CUSTOMERS} are needed.`,
    );
  if (spread <= 1e-18 * n * average * average)
    return noAnswer("no-variation", "mean", "All customers spend the same on average; that is the forecast.");
  return null;
}

/** A search that gains nothing more may stop on its way. */
const isEndless = (shape: number) => shape > ENDLESS / 2;

function nameBoundary(p: number, q: number): string | null {
  if (isEndless(p) && isEndless(q)) return "All purchases are worth the same.";
  if (isEndless(p)) return "A customer's purchases are all worth the same.";
  return isEndless(q) ? "All customers spend the same on average." : null;
}

/** ln v is ln q + ln(p·v/q) − ln p. */
function errorOfV(v: number, covariance: readonly (readonly number[])[] | null): number | null {
  const towards = [-1, 1, 1];
  const terms = covariance?.flatMap((row, i) => row.map((c, j) => c * (towards[i] ?? 0) * (towards[j] ?? 0)));
  return terms ? v * Math.sqrt(terms.reduce((sum, term) => sum + term, 0)) : null;
}

/**
 * Maximum likelihood. Source: Fader, Hardie & Lee (2005), "RFM and CLV", Journal of Marketing Research 42.
 * @returns no answer for too few customers, equal means, or a spend so long-tailed that it has no mean ("not-finite")
 * @example CDNOW, 946 repeaters: p 6.2496, q 3.7442, v 15.4435, log-likelihood −4055.9177, population mean 35.17
 */
export function fitGammaGamma(patterns: SpendPatterns): GammaGammaFit | NoAnswer {
  const table = tabulate(patterns);
  const lack = whyNot(table);
  if (lack) return lack;
  const objective = likelihoodOf(table);
  const limit = Math.log(ENDLESS);
  const bounds = { lower: [-7, Math.log(LEAST_Q), -50], upper: [limit, limit, 50], mostPasses: 60 };
  const { point, value, ranOff } = maximise(objective, [Math.log(2), Math.log(3), table.logMeans / table.n], bounds);
  const [p = 1, q = 1, middle = 1] = point.map(Math.exp);
  if (ranOff[1] === -1 || q <= LEAST_Q)
    return noAnswer("not-finite", "mean", "A few customers spend so much that the mean over customers cannot be told.");
  const v = vOf(p, q, middle);
  const ends = [isEndless(p) ? 1 : 0, isEndless(q) ? 1 : 0, 0] as const;
  const { standardErrors: errors, logCovariance } = observeInformation(objective, point, ends, [0, 0, point[2] ?? 0]);
  return {
    ...{ p, q, v },
    standardErrors: { p: errors[0] ?? null, q: errors[1] ?? null, v: errorOfV(v, logCovariance) },
    logLikelihood: value,
    populationMean: (p * v) / (q - 1),
    ...{ n: table.n, leftOut: table.leftOut },
    boundary: nameBoundary(p, q),
  };
}

/**
 * A customer's mean spend a purchase day to come: the customer's own mean and everybody's, weighted by how many purchases
 * there are. In the currency of the fit.
 * @param purchases as in the fit; 0 for somebody without a repeat, who gets the population's mean
 * @example of the CDNOW fit, 2 purchases of 22.35 each: 24.658
 */
export function expectedSpend(
  { p, q, v }: Pick<GammaGammaFit, "p" | "q" | "v">,
  purchases: number,
  mean: number,
): number {
  const total = purchases > 0 && mean > 0 ? purchases * mean : 0;
  return (p * (v + total)) / ((total > 0 ? p * purchases : 0) + q - 1);
}
