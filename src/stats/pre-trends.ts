/**
 * Whether treated and untreated groups moved alike before the change: a joint test of the effects before treatment.
 * Passing it is no proof that they would have moved alike afterwards; how far an unseen trend could reach is not said here.
 */

import { type GroupTimeEffects, isTreated } from "./group-time-effects.ts";
import { chiSquareTail } from "./incomplete-gamma.ts";
import { countPieces, covarianceOf, type StagedEstimate } from "./influence-function.ts";
import { invertMatrix } from "./invert-matrix.ts";
import { incompleteBeta } from "./special-functions.ts";
import { aggregateEventStudy } from "./staged-aggregates.ts";

export interface PreTrends {
  /** What is tested jointly: every ATT(g, t) before treatment, or where these are too many, the event study's points. */
  readonly of: "group-time" | "event-time";
  /** W = δ'V⁻¹δ. */
  readonly statistic: number;
  /** How many effects are tested. */
  readonly count: number;
  readonly p: number;
}

/** Why there is no test. */
export interface Untested {
  readonly untested: "no-pre-period" | "too-few-units" | "dependent";
  readonly reason: string;
}

export function isUntested(test: object): test is Untested {
  return "untested" in test;
}

/** Fewer units or clusters than this for each tested effect, and the covariances are too rough for a joint test. */
const PIECES_AN_EFFECT = 10;

/**
 * P(F > f) on (a, b) degrees of freedom: I_x(b/2, a/2) at x = b/(b + a·f).
 * Source: Abramowitz & Stegun 26.6.2.
 * @example fisherTail(4, 1, 10) // .0734: the two-sided tail of Student's t = 2 on 10
 */
export function fisherTail(f: number, a: number, b: number): number {
  return incompleteBeta(b / (b + a * f), b / 2, a / 2);
}

/** δ'V⁻¹δ through the correlation matrix, whose pivots have a scale; null where one effect makes up another. */
function waldStatistic(estimates: readonly StagedEstimate[], covariance: Float64Array): number | null {
  const width = estimates.length;
  const errors = estimates.map((_, at) => Math.sqrt(covariance[at * width + at] ?? 0));
  const correlation = covariance.map((value, at) => {
    return value / ((errors[Math.floor(at / width)] ?? 1) * (errors[at % width] ?? 1));
  });
  const inverse = invertMatrix(correlation, width);
  if (!inverse) return null;
  const z = estimates.map(({ value }, at) => value / (errors[at] ?? 1));
  let sum = 0;
  for (let row = 0; row < width; row++)
    for (let column = 0; column < width; column++)
      sum += (z[row] ?? 0) * (z[column] ?? 0) * (inverse[row * width + column] ?? 0);
  return sum;
}

/** Of C clusters, Hotelling's F: W·(C − q)/(q·C) on (q, C − q) degrees of freedom; of units, χ² on q, as in R's `did`. */
function tailOf(statistic: number, count: number, clusters: number | null): number {
  if (clusters === null) return chiSquareTail(statistic, count);
  return fisherTail((statistic * (clusters - count)) / (count * clusters), count, clusters - count);
}

function testJointly(
  { sample }: GroupTimeEffects,
  of: PreTrends["of"],
  estimates: readonly StagedEstimate[],
): PreTrends | Untested {
  const count = estimates.length;
  const pieces = countPieces(sample);
  const what = sample.spread.kind === "clusters" ? "clusters" : "units";
  if (pieces < count * PIECES_AN_EFFECT) {
    const reason = `${count} effects before the change are too many to test jointly with ${pieces} ${what}; ${count * PIECES_AN_EFFECT} would be needed.`;
    return { untested: "too-few-units", reason };
  }
  const covariance = covarianceOf(
    sample,
    estimates.map(({ influence }) => influence),
  );
  const statistic = waldStatistic(estimates, covariance);
  if (statistic === null)
    return {
      untested: "dependent",
      reason: "The effects before the change determine each other, so they cannot be tested jointly.",
    };
  return { of, statistic, count, p: tailOf(statistic, count, what === "clusters" ? pieces : null) };
}

/**
 * The Wald test that all effects before treatment are 0. Where there are more than a tenth as many as units or clusters, or
 * one makes up another, the event study's points before treatment are tested instead.
 * Source: Callaway & Sant'Anna (2021), section 4, as R's `did` prints it; Hotelling (1931), Annals of Mathematical
 * Statistics 2, 360–378, for clusters. What a pre-test does to later inference: Roth (2022), AER: Insights 4, 305–322.
 * @example minimum wages (mpdta): 5 effects, p = .1681
 */
export function testPreTrends(staged: GroupTimeEffects): PreTrends | Untested {
  const before = staged.effects.filter((effect) => !isTreated(effect) && effect.error > 0);
  if (before.length === 0) {
    const reason = "No group has an earlier period before its change to compare its last one before it with.";
    return { untested: "no-pre-period", reason };
  }
  const test = testJointly(staged, "group-time", before);
  if (!isUntested(test)) return test;
  const points = aggregateEventStudy(staged).parts.filter(({ at, error }) => at < 0 && error > 0);
  return points.length < before.length ? testJointly(staged, "event-time", points) : test;
}
