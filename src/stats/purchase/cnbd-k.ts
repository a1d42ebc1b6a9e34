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
import { sampleCustomers } from "./sample-customers.ts";
import { findTrustStep } from "./trust-step.ts";

/** Steadier than this is not told apart from clockwork on data of days. */
const MOST_K = 6;
/** Logarithms: this far from the middle a parameter is as good as 0 or infinite. */
const FURTHEST = 12;
/** How far, in logarithms, a parameter may yet move. */
const REACH = 3;
/** Passes that a search goes on for before it is compared again. */
const LEG = 3;
/** All passes over all customers; where they do not do, the search stands at a boundary and what is left is nothing. */
const MOST_PASSES = 30;
/** Customers to look at first, at most and at least, and passes over them. */
const SAMPLE = 4_000;
const LEAST_SAMPLE = 250;
const SAMPLE_PASSES = 90;
/** A log-likelihood that nobody would miss. */
const UNSEEN = 0.02;
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
  readonly most: number;
  readonly middle: readonly number[];
  readonly bounds: { readonly lower: readonly number[]; readonly upper: readonly number[] };
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

const dropPasses = (climb: Climb, wanted: number) => Math.max(1, Math.min(wanted, climb.most - climb.passes));

function begin(climb: Climb, k: number, start: ArrayLike<number>, curvature?: Float64Array): Trial {
  const mostPasses = dropPasses(climb, curvature ? LEG : LEG + start.length);
  const top = maximise(objectiveAt(climb, k), start, { ...climb.bounds, curvature, mostPasses });
  return { k, top, rest: restToGain(top) };
}

function goOn(climb: Climb, { k, top: last }: Trial, passes: number): Trial {
  const options = { ...climb.bounds, curvature: last.curvature, mostPasses: 1 + dropPasses(climb, passes) };
  const top = maximise(objectiveAt(climb, k, last), last.point, options);
  return { k, top, rest: restToGain(top) };
}

/** From a fit at one k to a start at another: the same pace and steadiness of customers, in more or fewer ticks. */
function moveTo(k: number, { k: from, top }: Trial): Float64Array {
  return top.point.map((value, at) => (at === 1 ? value + Math.log(from / k) : value));
}

/** Whether another k does better than the best so far; each is searched only as far as it takes to tell. */
function contest(climb: Climb, best: Trial, k: number): { best: Trial; better: boolean } {
  if (climb.passes + LEG > climb.most) return { best, better: false };
  let [holder, rival] = [best, begin(climb, k, moveTo(k, best), best.top.curvature)];
  while (climb.passes < climb.most) {
    const ahead = rival.top.value - holder.top.value;
    if (ahead > SAFETY * holder.rest) return { best: rival, better: true };
    if (-ahead >= SAFETY * rival.rest) return { best: holder, better: false };
    if (holder.rest > rival.rest) holder = goOn(climb, holder, LEG);
    else rival = goOn(climb, rival, LEG);
  }
  return rival.top.value > holder.top.value ? { best: rival, better: true } : { best: holder, better: false };
}

/** From one k upwards until the likelihood falls; if it does at once, downwards. */
function climbK(climb: Climb, first: Trial): Trial {
  let best = first;
  for (const way of [1, -1]) {
    for (let k = first.k + way; k >= 1 && k <= MOST_K; k += way) {
      const contested = contest(climb, best, k);
      best = contested.best;
      if (!contested.better) break;
    }
    if (best.k !== first.k) break;
  }
  return best.top.converged || climb.passes >= climb.most ? best : goOn(climb, best, climb.most);
}

/** Chances to leave, as a and b: few, several and many leave, alike or of two kinds. */
const LEAVING = [
  [0.2, 4],
  [0.8, 2.5],
  [1, 1],
  [0.3, 0.3],
  [0.03, 0.03],
  [3, 30],
  [5, 10],
] as const;

/** The best of several points, by one look each; paces lie above the mean one, since some have left. */
function guess({ table, middle }: Climb): Float64Array {
  const pace = table.repeats / table.n / Math.exp(middle[1] ?? 0);
  const starts = [0.2, 0.6, 2].flatMap((r) =>
    [1.2, 2.5, 6].flatMap((more) => LEAVING.map((leaving) => [r, r / (pace * more), ...leaving])),
  );
  const objective = objectiveAt({ ...openClimb(table, 0) }, 1);
  const values = starts.map((start) => objective(Float64Array.from(start, Math.log), new Float64Array(4)));
  const best = values.reduce((most, value, at) => (value > (values[most] ?? 0) ? at : most), 0);
  return Float64Array.from(starts[best] ?? [], Math.log);
}

/** Logarithms; alpha is a time, and lies around the mean age. */
function openClimb(table: CnbdTable, most: number): Climb {
  const { patterns, n } = table;
  const age = patterns.customers.reduce((sum, size, at) => sum + size * (patterns.age[at] ?? 0), 0) / n;
  const middle = [0, Math.log(Math.max(age, 1e-3)), 0, 0];
  const bounds = { lower: middle.map((at) => at - FURTHEST), upper: middle.map((at) => at + FURTHEST) };
  return { table, passes: 0, most, middle, bounds };
}

/** The search over all k on a few customers: where that on all of them begins. Their gaps are taken to be like all others'. */
function look(climb: Climb): { k: number; start: ArrayLike<number>; curvature?: Float64Array } {
  const { table } = climb;
  const sample = sampleCustomers(table.patterns, Math.min(SAMPLE, Math.max(LEAST_SAMPLE, table.n / 4), table.n / 2));
  const few = openClimb(tabulate(sample), SAMPLE_PASSES);
  if (few.table.repeats === 0) return { k: 1, start: guess(climb) };
  const logGaps = (table.patterns.logGaps * few.table.repeats) / table.repeats;
  const known = { ...few, table: { ...few.table, patterns: { ...sample, logGaps } } };
  const { k, top } = climbK(known, begin(known, 1, guess(known)));
  const more = table.n / few.table.n;
  return { k, start: top.point, curvature: top.curvature.map((value) => value * more) };
}

/** By size too: below this chance to leave nobody does, above it everybody, that the data could tell of. */
const NOBODY = 1e-3;
const ENDLESS = 1_000;
/** A sum of a and b below this: the chance to leave is near 0 or near 1 for all but one in a hundred customers. */
const OF_TWO_KINDS = 0.005;

function nameBoundary({ k, r, a, b }: Cnbd, [ofR, , ofA, ofB]: readonly number[]): string | null {
  const [ran, leaves] = [ofA !== 0 || ofB !== 0, a / (a + b)];
  if (ran && leaves < NOBODY) return `Nobody leaves: this is an NBD${k > 1 ? " with steadier gaps" : ""}.`;
  if (ran && leaves > 1 - NOBODY) return "Everybody leaves at the first chance.";
  if (ofA === 1 || ofB === 1 || a + b > ENDLESS)
    return "All customers leave with the same chance: a and b have no upper end.";
  if (ran || a + b < OF_TWO_KINDS)
    return "Some customers leave at the first chance and the others never: a and b go to 0.";
  if (ofR === 1 || r > ENDLESS) return "All customers buy at the same rate: r and alpha have no upper end.";
  return ofR === -1 ? "Hardly anybody buys again: r goes to 0." : null;
}

const UNFINISHED = "The search ended before it reached the top: take these parameters as a sketch.";

/** @throws RangeError without a customer, or without a repeat purchase */
function fit(patterns: PurchasePatterns): PurchaseFit {
  const table = tabulate(patterns);
  if (table.n === 0) throw new RangeError("A purchase model needs customers; there are none.");
  if (table.repeats === 0)
    throw new RangeError("A purchase model needs customers with a repeat purchase; there are none.");
  const climb = openClimb(table, MOST_PASSES);
  const { k: first, start, curvature } = look(climb);
  const { k, top, rest } = climbK(climb, begin(climb, first, start, curvature));
  const { passes } = climb;
  const found = observeInformation(objectiveAt(climb, k), top.point, top.ranOff, climb.middle);
  const parameters = cnbdAt(k, top.point);
  return {
    model: "cnbd-k",
    parameters: { ...parameters },
    standardErrors: Object.fromEntries(CNBD_NAMES.map((name, at) => [name, found.standardErrors[at] ?? null])),
    logLikelihood: top.value,
    logCovariance: found.logCovariance,
    passes,
    boundary: nameBoundary(parameters, found.ranOff) ?? (rest > UNSEEN ? UNFINISHED : null),
  };
}

function objective(patterns: PurchasePatterns, { k = 1 }: Parameters): Objective {
  return objectiveAt(openClimb(tabulate({ ...patterns, logGaps: 0 }), 0), k);
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
