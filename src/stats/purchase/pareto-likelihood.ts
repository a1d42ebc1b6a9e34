/**
 * The Pareto/NBD's log-likelihood by pattern, its gradient over all customers, and who is still a customer.
 * The integrals it looks up are in pareto-integral.ts; finding its top is pareto-nbd.ts's.
 */
import { integrateTimeline, type ParetoIntegrals, type ParetoParameters } from "./pareto-integral.ts";
import { layTimeline, type ParetoTimeline } from "./pareto-timeline.ts";
import type { PurchasePatterns } from "./purchase-model.ts";

/** ln Γ(r + x) − ln Γ(r) and its derivative for r, for every x up to the largest: sums, so exact however large r is. */
function tabulateRising(r: number, frequencies: Float64Array): { log: Float64Array; slope: Float64Array } {
  const most = frequencies.reduce((a, b) => Math.max(a, b), 0);
  const log = new Float64Array(most + 1);
  const slope = new Float64Array(most + 1);
  for (let j = 0; j < most; j++) {
    log[j + 1] = (log[j] ?? 0) + Math.log(r + j);
    slope[j + 1] = (slope[j] ?? 0) + 1 / (r + j);
  }
  return { log, slope };
}

/**
 * One pattern's two branches, relative to g(t_x): `stayed` = g(T)/g(t_x) and `all` = stayed + s∫f. Written so that all
 * terms are positive: 1 − s·plain(T) is what neither stays until T nor leaves before the last point.
 */
function weighBranches(s: number, { logG, plain }: ParetoIntegrals, from: number, to: number) {
  const stayed = Math.exp((logG[to] ?? 0) - (logG[from] ?? 0));
  const all = stayed * Math.max(0, 1 - s * (plain[to] ?? 0)) + s * (plain[from] ?? 0);
  return { stayed, all: all > 0 ? all : stayed };
}

/** Log-likelihood of each pattern for one customer. Source: Schmittlein, Morrison & Colombo (1987), eq. 4 and A15. */
export function paretoLogLikelihoods(p: ParetoParameters, patterns: PurchasePatterns): Float64Array {
  const timeline = layTimeline(patterns);
  const integrals = integrateTimeline(timeline, p);
  const rising = tabulateRising(p.r, timeline.frequencies);
  return patterns.x.map((x, i) => {
    const from = timeline.recencyAt[i] ?? 0;
    const { all } = weighBranches(p.s, integrals, from, timeline.ageAt[i] ?? 0);
    return (rising.log[x] ?? 0) - x * Math.log(p.alpha) + (integrals.logG[from] ?? 0) + Math.log(all);
  });
}

/** P(alive at T) = the branch in which nobody left ÷ both. Source: Schmittlein, Morrison & Colombo (1987), eq. 11. */
export function paretoAlive(p: ParetoParameters, patterns: PurchasePatterns): Float64Array {
  const timeline = layTimeline(patterns);
  const integrals = integrateTimeline(timeline, p);
  return patterns.x.map((_, i) => {
    const { stayed, all } = weighBranches(p.s, integrals, timeline.recencyAt[i] ?? 0, timeline.ageAt[i] ?? 0);
    return all > 0 ? Math.min(1, stayed / all) : 0;
  });
}

/**
 * The log-likelihood of all customers; writes its gradient for ln r, ln α, ln s, ln β. The derivative for ln β needs no
 * integral of its own: integration by parts leads it back to that for ln α.
 */
export function climbPareto(
  timeline: ParetoTimeline,
  { x, customers }: PurchasePatterns,
  p: ParetoParameters,
  gradient: Float64Array,
): number {
  const integrals = integrateTimeline(timeline, p);
  const { logG, plain, logAlpha, logBeta, share } = integrals;
  const rising = tabulateRising(p.r, timeline.frequencies);
  const { points, recencyAt, ageAt } = timeline;
  const lnAlpha = Math.log(p.alpha);
  let [sum, forR, forAlpha, forS, forBeta] = [0, 0, 0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    const [n, frequency, from, to] = [customers[i] ?? 0, x[i] ?? 0, recencyAt[i] ?? 0, ageAt[i] ?? 0];
    const [recency, age] = [points[from] ?? 0, points[to] ?? 0];
    const { stayed, all } = weighBranches(p.s, integrals, from, to);
    const between = (column: Float64Array) => p.s * ((column[from] ?? 0) - stayed * (column[to] ?? 0));
    const shape = p.r + frequency;
    sum += n * ((rising.log[frequency] ?? 0) - frequency * lnAlpha + (logG[from] ?? 0) + Math.log(all));
    forR += n * ((rising.slope[frequency] ?? 0) - (Math.log1p(age / p.alpha) * stayed + between(logAlpha)) / all);
    const shared = between(share);
    forAlpha += n * ((shape * ((age / (p.alpha + age)) * stayed + shared)) / all - frequency);
    const died = between(plain) - p.s * between(logBeta);
    forS += (n * (died - p.s * Math.log1p(age / p.beta) * stayed)) / all;
    forBeta += (n * ((p.s * recency) / (p.beta + recency) - shape * shared)) / all;
  }
  gradient.set([p.r * forR, forAlpha, forS, forBeta]);
  return sum;
}
