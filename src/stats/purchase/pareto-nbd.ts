/**
 * Pareto/NBD: customers buy at a pace of their own until they leave, at any time and unseen. This file fits it, with errors.
 * The likelihood, the search and the forecasts are in the files pareto-*.ts beside it.
 *
 * Source: Schmittlein, Morrison & Colombo (1987), "Counting your customers: who are they and what will they do next?",
 * Management Science 33(1), 1–24. The pace is gamma(r, α) distributed, the rate of leaving gamma(s, β); α, β in weeks.
 * Example: the 2,357 CDNOW customers, 39 weeks: r .553, α 10.578, s .606, β 11.669, log-likelihood −9594.976.
 */
import type { Objective } from "./maximise.ts";
import { observeInformation } from "./observed-information.ts";
import { paretoCountsOfNew, paretoExpected, paretoExpectedOfNew } from "./pareto-forecast.ts";
import type { ParetoParameters } from "./pareto-integral.ts";
import { climbPareto, paretoAlive, paretoLogLikelihoods } from "./pareto-likelihood.ts";
import { searchPareto } from "./pareto-search.ts";
import { layTimeline } from "./pareto-timeline.ts";
import type { Parameters, PurchaseFit, PurchaseModel, PurchasePatterns } from "./purchase-model.ts";

const NAMES = ["r", "alpha", "s", "beta"] as const;

interface Boundary {
  readonly means: string;
  /** Coordinate of the search (pareto-search.ts), and the way it runs off. */
  readonly at: number;
  readonly way: -1 | 1;
  /** As good as there, though the search stopped before: what is left of the difference shows in no forecast. */
  readonly near: (p: ParetoParameters) => boolean;
  /** Places in NAMES that have no error then. */
  readonly without: readonly number[];
}

const BOUNDARIES: readonly Boundary[] = [
  { means: "nobody leaves: this is an NBD", at: 2, way: -1, near: () => false, without: [2, 3] },
  { means: "everybody leaves at once", at: 2, way: 1, near: () => false, without: [2, 3] },
  { means: "all customers leave at the same rate", at: 3, way: -1, near: ({ s }) => s > 1e4, without: [2, 3] },
  {
    means: "some customers leave right after the first purchase, the others hardly ever",
    at: 3,
    way: 1,
    near: ({ beta }) => beta < 1e-9,
    without: [3],
  },
  { means: "all customers buy at the same pace", at: 0, way: 1, near: ({ r }) => r > 1e4, without: [0, 1] },
  { means: "hardly anybody buys again", at: 0, way: -1, near: () => false, without: [0, 1] },
];

function sayBoundary(met: readonly Boundary[]): string | null {
  // Where nobody leaves, or everybody at once, how leaving differs between customers means nothing.
  const alike = met.some(({ at }) => at === 2);
  const sentence = met
    .filter(({ at }) => !(alike && at === 3))
    .map(({ means }) => means)
    .join("; ");
  return sentence === "" ? null : `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`;
}

function read({ r = 1, alpha = 1, s = 1, beta = 1 }: Parameters): ParetoParameters {
  return { r, alpha, s, beta };
}

/** The log-likelihood over the logarithms of NAMES. */
function objective(patterns: PurchasePatterns): Objective {
  const timeline = layTimeline(patterns);
  return (point, gradient) => {
    const [r = 1, alpha = 1, s = 1, beta = 1] = Array.from(point, Math.exp);
    return climbPareto(timeline, patterns, { r, alpha, s, beta }, gradient);
  };
}

/**
 * One Newton step with the observed information, which is at hand: where the top is flat, the search ends within the
 * rounding of the log-likelihood, which still shows in the fifth digit of beta.
 */
function polish(climb: Objective, top: Float64Array, logCovariance: PurchaseFit["logCovariance"]): Float64Array {
  const gradient = new Float64Array(top.length);
  climb(top, gradient);
  const step = top.map((_, row) =>
    gradient.reduce((sum, slope, at) => sum + (logCovariance?.[row]?.[at] ?? 0) * slope, 0),
  );
  return step.every((part) => Math.abs(part) < 1e-3) ? top.map((from, at) => from + (step[at] ?? 0)) : top;
}

function fit(patterns: PurchasePatterns): PurchaseFit {
  if (patterns.x.length === 0) throw new RangeError("Pareto/NBD requires at least one customer");
  if (!patterns.x.some((x) => x > 0)) throw new RangeError("Pareto/NBD requires at least one customer with a repeat");
  const { top, parameters: found } = searchPareto(patterns);
  const met = BOUNDARIES.filter(({ at, way, near }) => top.ranOff[at] === way || near(found));
  const held = NAMES.map((_, at) => (met.some(({ without }) => without.includes(at)) ? 1 : 0));
  const climb = objective(patterns);
  const start = Float64Array.from(NAMES, (name) => Math.log(found[name]));
  const { logCovariance, standardErrors } = observeInformation(climb, start, held);
  const point = polish(climb, start, logCovariance);
  return {
    model: "pareto-nbd",
    parameters: Object.fromEntries(NAMES.map((name, at) => [name, Math.exp(point[at] ?? 0)])),
    standardErrors: Object.fromEntries(NAMES.map((name, at) => [name, standardErrors[at] ?? null])),
    logLikelihood: climb(point, new Float64Array(point.length)),
    logCovariance,
    passes: top.passes + 2,
    boundary: sayBoundary(met),
  };
}

export const PARETO_NBD: PurchaseModel = {
  id: "pareto-nbd",
  names: NAMES,
  fit,
  objective,
  logLikelihoods: (parameters, patterns) => paretoLogLikelihoods(read(parameters), patterns),
  alive: (parameters, patterns) => paretoAlive(read(parameters), patterns),
  expected: (parameters, patterns, weeks) => paretoExpected(read(parameters), patterns, weeks),
  expectedOfNew: (parameters, weeks) => paretoExpectedOfNew(read(parameters), weeks),
  countsOfNew: (parameters, weeks, most) => paretoCountsOfNew(read(parameters), weeks, most),
};
