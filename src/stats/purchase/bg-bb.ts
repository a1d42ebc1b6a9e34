/**
 * Who gives again when there is one chance a period, such as a yearly appeal: the beta-geometric/beta-Bernoulli model.
 * Purchases at any time are for the models of models.ts; how much is given is for gamma-gamma.ts.
 */
import { logRising } from "../rising-factorial.ts";
import { maximise, type Objective } from "./maximise.ts";
import { observeInformation } from "./observed-information.ts";

/** Customers with the same history, once: parallel columns, in any order. Periods count from the one after the first purchase. */
export interface OccasionPatterns {
  /** Periods with a purchase, whole, ≥ 0. */
  readonly x: Float64Array;
  /** The last period with one; 0 when x = 0. */
  readonly last: Float64Array;
  /** Periods observed, ≥ last. */
  readonly periods: Float64Array;
  readonly customers: Float64Array;
}

const NAMES = ["alpha", "beta", "gamma", "delta"] as const;

/** A customer who is there buys in a period with chance Beta(alpha, beta), and leaves before one with chance Beta(gamma, delta). */
export type BgBbParameters = Readonly<Record<(typeof NAMES)[number], number>>;

export interface BgBbFit {
  readonly parameters: BgBbParameters;
  /** Null where the likelihood is flat. */
  readonly standardErrors: Readonly<Record<(typeof NAMES)[number], number | null>>;
  readonly logLikelihood: number;
  /** One sentence when a parameter ran to a boundary and what that means, else null. */
  readonly boundary: string | null;
}

/** Logarithms: beyond these all customers are alike, or of two kinds, for any purpose. */
const FURTHEST = 10;
const NOBODY = 1e-3;

/** ln of rising factorials r·(r+1)·…·(r+n−1), by n. */
const risingUpTo = (r: number, most: number) => Float64Array.from({ length: most + 1 }, (_, n) => logRising(r, n));

/** What every pattern's likelihood is put together from: ln B(alpha + x, beta + n − x)/B(alpha, beta) and the like. */
interface Risings {
  /** Chance of x purchases in n periods in one order, while there. */
  readonly bought: (x: number, n: number) => number;
  /** Chance to stay for n periods, and to leave right after that many. */
  readonly stayed: (n: number) => number;
  readonly left: (n: number) => number;
}

function openRisings({ alpha, beta, gamma, delta }: BgBbParameters, most: number): Risings {
  const [up, down, both] = [alpha, beta, alpha + beta].map((r) => risingUpTo(r, most));
  const [stay, all] = [delta, gamma + delta].map((r) => risingUpTo(r, most));
  const stayed = (n: number) => (stay?.[n] ?? 0) - (all?.[n] ?? 0);
  return {
    bought: (x, n) => (up?.[x] ?? 0) + (down?.[n - x] ?? 0) - (both?.[n] ?? 0),
    stayed,
    left: (n) => stayed(n) + Math.log(gamma / (gamma + delta + n)),
  };
}

/** ln of the chance of each way to such a history: still there at the end, else left after period last, last + 1 … */
function listWays({ bought, stayed, left }: Risings, x: number, last: number, periods: number): number[] {
  const ways = [bought(x, periods) + stayed(periods)];
  for (let after = last; after < periods; after++) ways.push(bought(x, after) + left(after));
  return ways;
}

function addLogarithms(terms: readonly number[]): number {
  const most = Math.max(...terms);
  return most + Math.log(terms.reduce((sum, term) => sum + Math.exp(term - most), 0));
}

const mostOf = (periods: Float64Array) => periods.reduce((most, value) => Math.max(most, value), 0);

/**
 * ln of the likelihood of one customer of each pattern.
 * Source: Fader, Hardie & Shang (2010), "Customer-base analysis in a discrete-time noncontractual setting", equation 5.
 */
function logLikelihoods(parameters: BgBbParameters, { x, last, periods }: OccasionPatterns): Float64Array {
  const risings = openRisings(parameters, mostOf(periods));
  return x.map((count, at) => addLogarithms(listWays(risings, count, last[at] ?? 0, periods[at] ?? 0)));
}

function readPoint(point: ArrayLike<number>): BgBbParameters {
  const [alpha = 1, beta = 1, gamma = 1, delta = 1] = Array.from(point, Math.exp);
  return { alpha, beta, gamma, delta };
}

/** Σ_{i<n} 1/(r + i), by n: the slopes of the rising factorials. */
function slopesUpTo(r: number, most: number): Float64Array {
  const slopes = new Float64Array(most + 1);
  for (let n = 0; n < most; n++) slopes[n + 1] = (slopes[n] ?? 0) + 1 / (r + n);
  return slopes;
}

/** The gradient is the mean of the ways' own gradients, by how likely each way is given the history. */
function openObjective({ x, last, periods, customers }: OccasionPatterns): Objective {
  const most = mostOf(periods);
  return (point, gradient) => {
    const parameters = readPoint(point);
    const { alpha, beta, gamma, delta } = parameters;
    const risings = openRisings(parameters, most);
    const [up, down, both, stay, all] = [alpha, beta, alpha + beta, delta, gamma + delta].map((r) =>
      slopesUpTo(r, most),
    );
    let value = 0;
    gradient.fill(0);
    const add = (at: number, slope: number) => {
      gradient[at] = (gradient[at] ?? 0) + slope;
    };
    for (let row = 0; row < x.length; row++) {
      const [count, from, until, size] = [x[row] ?? 0, last[row] ?? 0, periods[row] ?? 0, customers[row] ?? 0];
      const ways = listWays(risings, count, from, until);
      const total = addLogarithms(ways);
      value += size * total;
      for (const [at, way] of ways.entries()) {
        const weight = size * Math.exp(way - total);
        const n = at === 0 ? until : from + at - 1;
        const leaves = at === 0 ? 0 : 1;
        add(0, weight * alpha * ((up?.[count] ?? 0) - (both?.[n] ?? 0)));
        add(1, weight * beta * ((down?.[n - count] ?? 0) - (both?.[n] ?? 0)));
        const sum = (all?.[n] ?? 0) + leaves / (gamma + delta + n);
        add(2, weight * (leaves - gamma * sum));
        add(3, weight * delta * ((stay?.[n] ?? 0) - sum));
      }
    }
    return value;
  };
}

function nameBoundary(
  { alpha, beta, gamma, delta }: BgBbParameters,
  [ofAlpha, ofBeta, ofGamma, ofDelta]: readonly number[],
) {
  const leaves = gamma / (gamma + delta);
  const said: string[] = [];
  if (leaves < NOBODY) said.push("Nobody leaves: this is a beta-binomial.");
  else if (ofGamma === 1 || ofDelta === 1) said.push("All customers leave with the same chance.");
  else if (ofGamma === -1 || ofDelta === -1)
    said.push("Some customers leave at the first chance and the others never.");
  if (ofAlpha === 1 || ofBeta === 1) said.push("All customers who are there buy with the same chance.");
  else if (alpha / (alpha + beta) < NOBODY) said.push("Hardly anybody buys.");
  else if (ofAlpha === -1 || ofBeta === -1) said.push("Customers who are there buy always or never.");
  return said.length === 0 ? null : said.join(" ");
}

/**
 * Maximum likelihood. Source: Fader, Hardie & Shang (2010), Marketing Science 29(6), 1086–1108.
 * @throws RangeError without a customer, or when nobody bought again
 * @example 11,104 donors, 6 years: 1.2035, .7497, .6567, 2.7834, log-likelihood −33225.58
 */
export function fitBgBb(patterns: OccasionPatterns): BgBbFit {
  const again = patterns.x.some((x, at) => x > 0 && (patterns.customers[at] ?? 0) > 0);
  if (!again) throw new RangeError("BG/BB requires at least one customer who bought again");
  const objective = openObjective(patterns);
  const bounds = { lower: NAMES.map(() => -FURTHEST), upper: NAMES.map(() => FURTHEST), mostPasses: 100 };
  const { point, value, ranOff } = maximise(objective, [0, 0, Math.log(0.5), Math.log(2)], bounds);
  const found = observeInformation(objective, point, ranOff, [0, 0, 0, 0]);
  const [alpha = null, beta = null, gamma = null, delta = null] = found.standardErrors;
  const parameters = readPoint(point);
  return {
    parameters,
    standardErrors: { alpha, beta, gamma, delta },
    logLikelihood: value,
    boundary: nameBoundary(parameters, found.ranOff),
  };
}

/**
 * P(there to buy in the next period), by pattern. Source: Fader, Hardie & Shang (2010), equation 11.
 * @example the donors' fit, 6 years: x = 0 → .11; x = 2, last 4 → .59; x = 6 → .93
 */
export function aliveBgBb(parameters: BgBbParameters, patterns: OccasionPatterns): Float64Array {
  const { bought, stayed } = openRisings(parameters, mostOf(patterns.periods) + 1);
  return logLikelihoods(parameters, patterns).map((total, at) => {
    const [x, periods] = [patterns.x[at] ?? 0, patterns.periods[at] ?? 0];
    return Math.min(1, Math.exp(bought(x, periods) + stayed(periods + 1) - total));
  });
}

/**
 * Expected purchases in so many periods to come, by pattern: the mean chance to buy times Σ P(there) over them, which holds
 * for every gamma, where the closed form of Fader, Hardie & Shang (2010, equation 13) divides by gamma − 1.
 * @param ahead periods, whole, ≥ 0
 * @example the donors' fit, 5 years: 12,884.2 of all 11,104 together
 */
export function expectedBgBb(parameters: BgBbParameters, patterns: OccasionPatterns, ahead: number): Float64Array {
  const { alpha, beta } = parameters;
  const { bought, stayed } = openRisings(parameters, mostOf(patterns.periods) + ahead);
  return logLikelihoods(parameters, patterns).map((total, at) => {
    const [x, periods] = [patterns.x[at] ?? 0, patterns.periods[at] ?? 0];
    let there = 0;
    for (let period = 1; period <= ahead; period++)
      there += Math.exp(bought(x, periods) + stayed(periods + period) - total);
    return (there * (alpha + x)) / (alpha + beta + periods);
  });
}
