/**
 * MBG/CNBD-k: purchases at steadier gaps than chance's, by a pace of each customer's own, until the customer leaves.
 * It finds the parameters and k; the likelihood and the forecasts are in the files beside it.
 *
 * Source: Platzer & Reutterer (2016), "Ticking away the moments: timing regularity helps to better predict customer
 * activity", Marketing Science 35(5), 779–799. For k = 1 it is MBG/NBD (Batislam, Denizel & Filiztekin 2007).
 */
import { countsOfNewCustomer, expectedOf, expectedOfNewCustomer } from "./cnbd-k-forecast.ts";
import {
  aliveOf,
  CNBD_NAMES,
  type Cnbd,
  type CnbdTable,
  logLikelihoodsOf,
  passCnbd,
  readCnbd,
  tabulate,
} from "./cnbd-k-likelihood.ts";
import { type Maximum, maximise, type Objective } from "./maximise.ts";
import { observeInformation } from "./observed-information.ts";
import type { Parameters, PurchaseFit, PurchaseModel, PurchasePatterns } from "./purchase-model.ts";
import { findTrustStep } from "./trust-step.ts";

/** Steadier than this is not told apart from clockwork on data of days. */
const MOST_K = 6;
/** Logarithms of r, alpha, a, b: beyond these a parameter is as good as 0 or infinite. */
const LOWER = [-12, -12, -12, -12];
const UPPER = [10, 16, 12, 12];
/** How far, in logarithms, a parameter may yet move. */
const REACH = 3;
/** Passes that a search goes on for before it is compared again. */
const LEG = 3;
const MOST_LEGS = 12;
/** A likelihood is behind for good when this many times what is left to gain does not bring it up. */
const SAFETY = 4;

/** The search at one k, so far. */
interface Trial {
  readonly k: number;
  readonly top: Maximum;
  /** Log-likelihood that the curvature says is left to gain; within REACH. */
  readonly rest: number;
}

interface Climb {
  readonly table: CnbdTable;
  passes: number;
}

const cnbdAt = (k: number, point: Float64Array): Cnbd => {
  const [r = 1, alpha = 1, a = 1, b = 1] = point.map(Math.exp);
  return { k, r, alpha, a, b };
};

/** The likelihood at k by the logarithms of the parameters; where a search is taken up again, its last pass is not made twice. */
function objectiveAt(climb: Climb, k: number, last?: Maximum): Objective {
  return (point, gradient) => {
    if (last?.point.every((value, at) => value === point[at])) {
      gradient.set(last.gradient);
      return last.value;
    }
    climb.passes++;
    const parameters = cnbdAt(k, point);
    const value = passCnbd(climb.table, parameters, gradient);
    for (const [at, name] of CNBD_NAMES.entries()) gradient[at] = (gradient[at] ?? 0) * parameters[name];
    return value;
  };
}

/** What the likelihood may still gain within REACH, as far as its curvature is known by now. */
function restToGain({ gradient, curvature, converged }: Maximum): number {
  if (converged) return 0;
  const width = gradient.length;
  let rest = 0;
  const step = findTrustStep(gradient, curvature, REACH);
  for (let row = 0; row < width; row++) {
    rest += (gradient[row] ?? 0) * (step[row] ?? 0);
    for (let at = 0; at < width; at++)
      rest -= ((step[row] ?? 0) * (curvature[row * width + at] ?? 0) * (step[at] ?? 0)) / 2;
  }
  return rest;
}

function begin(climb: Climb, k: number, start: ArrayLike<number>, curvature: Float64Array | undefined): Trial {
  const mostPasses = curvature ? LEG : LEG + start.length;
  const options = { lower: LOWER, upper: UPPER, curvature, mostPasses };
  const top = maximise(objectiveAt(climb, k), start, options);
  return { k, top, rest: restToGain(top) };
}

function goOn(climb: Climb, { k, top: last }: Trial, mostPasses: number): Trial {
  const options = { lower: LOWER, upper: UPPER, curvature: last.curvature, mostPasses: mostPasses + 1 };
  const top = maximise(objectiveAt(climb, k, last), last.point, options);
  return { k, top, rest: restToGain(top) };
}

/** From a fit at one k to a start at another: the same pace and steadiness of customers, in more or fewer ticks. */
function moveTo(k: number, { k: from, top }: Trial): Float64Array {
  return top.point.map((value, at) => (at === 1 ? value + Math.log(from / k) : value));
}

/** Whether another k does better than the best so far; each is searched only as far as it takes to tell. */
function contest(climb: Climb, best: Trial, k: number): { best: Trial; better: boolean } {
  let [holder, rival] = [best, begin(climb, k, moveTo(k, best), best.top.curvature)];
  for (let leg = 0; leg < MOST_LEGS; leg++) {
    const ahead = rival.top.value - holder.top.value;
    if (ahead > SAFETY * holder.rest) return { best: rival, better: true };
    if (-ahead > SAFETY * rival.rest) return { best: holder, better: false };
    if (holder.rest > rival.rest) holder = goOn(climb, holder, LEG);
    else rival = goOn(climb, rival, LEG);
  }
  return rival.top.value > holder.top.value ? { best: rival, better: true } : { best: holder, better: false };
}

/** Up from k = 1 until the likelihood falls. */
function climbK(climb: Climb, start: ArrayLike<number>): Trial {
  let best = begin(climb, 1, start, undefined);
  for (let k = 2; k <= MOST_K; k++) {
    const contested = contest(climb, best, k);
    best = contested.best;
    if (!contested.better) break;
  }
  return best.top.converged ? best : goOn(climb, best, 30);
}

/** Everybody's pace, from purchases and the time in which they were made; half leave after a few. */
function guess({ repeats, patterns }: CnbdTable): number[] {
  const { age, recency, customers } = patterns;
  const time = customers.reduce((sum, n, at) => sum + (n * ((age[at] ?? 0) + (recency[at] ?? 0))) / 2, 0);
  return [0.6, (0.6 * Math.max(time, 1e-6)) / repeats, 1, 2].map(Math.log);
}

/** A parameter this large is as good as infinite, one below its inverse as good as 0: no forecast tells the difference. */
const ENDLESS = 1_000;

/** What a parameter at its boundary means; by size as well, since a search that gains nothing more may stop on its way. */
function nameBoundary({ k, r, a, b }: Cnbd, [ofR = 0, , ofA = 0, ofB = 0]: readonly number[]): string | null {
  const said: string[] = [];
  const leaves = a / (a + b);
  if (leaves < 1 / ENDLESS && (ofA < 0 || ofB > 0 || leaves < 1e-6))
    said.push(k === 1 ? "nobody leaves: this is an NBD" : "nobody leaves: this is an NBD with steadier gaps");
  else if ((ofA > 0 && ofB > 0) || a + b > ENDLESS) said.push("after a purchase everybody leaves with the same chance");
  else if ((ofA < 0 && ofB < 0) || a + b < 1 / ENDLESS)
    said.push("customers are of two kinds: those who leave after the first purchase, and those who never do");
  else if (ofA !== 0 || ofB !== 0) said.push("the data do not tell how customers differ in leaving");
  if (ofR > 0 || r > ENDLESS) said.push("all customers buy at the same pace");
  else if (ofR < 0) said.push("the paces of customers differ without bound");
  if (said.length === 0) return null;
  const sentence = said.join("; ");
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`;
}

/** @throws RangeError without a customer, or without a repeat purchase */
function fit(patterns: PurchasePatterns): PurchaseFit {
  const table = tabulate(patterns);
  if (table.n === 0) throw new RangeError("MBG/CNBD-k requires at least one customer");
  if (table.repeats === 0) throw new RangeError("MBG/CNBD-k requires at least one customer with a repeat purchase");
  const climb: Climb = { table, passes: 0 };
  const { k, top } = climbK(climb, guess(table));
  const { passes } = climb;
  const parameters = cnbdAt(k, top.point);
  const errors = observeInformation(objectiveAt(climb, k), top.point, top.ranOff);
  return {
    model: "cnbd-k",
    parameters: { ...parameters },
    standardErrors: Object.fromEntries(CNBD_NAMES.map((name, at) => [name, errors.standardErrors[at] ?? null])),
    logLikelihood: top.value,
    logCovariance: errors.logCovariance,
    passes,
    boundary: nameBoundary(parameters, top.ranOff),
  };
}

function objective(patterns: PurchasePatterns, { k = 1 }: Parameters): Objective {
  return objectiveAt({ table: tabulate({ ...patterns, logGaps: 0 }), passes: 0 }, k);
}

/**
 * MBG/CNBD-k as one of the purchase models; `k` is among the parameters of a fit, 1 to 6.
 * @example CDNOW, 2,357 customers, 39 weeks: k = 1, r .525, alpha 6.183, a .891, b 1.614, log-likelihood −9582.1357
 */
export const CNBD_K: PurchaseModel = {
  id: "cnbd-k",
  names: CNBD_NAMES,
  fit,
  objective,
  logLikelihoods: (parameters, patterns) => logLikelihoodsOf(readCnbd(parameters), patterns),
  alive: (parameters, patterns) => aliveOf(readCnbd(parameters), patterns),
  expected: (parameters, patterns, weeks) => expectedOf(readCnbd(parameters), patterns, weeks),
  expectedOfNew: (parameters, weeks) => expectedOfNewCustomer(readCnbd(parameters), weeks),
  countsOfNew: (parameters, weeks, most) => countsOfNewCustomer(readCnbd(parameters), weeks, most),
};
