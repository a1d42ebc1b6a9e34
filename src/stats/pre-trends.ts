/**
 * Whether treated and untreated groups moved alike before the change: a joint test of the effects before treatment.
 * Passing it is no proof that they would have moved alike afterwards; how far an unseen trend could reach is not said here.
 */
import { type GroupTimeEffects, isTreated } from "./group-time-effects.ts";
import { chiSquareTail } from "./incomplete-gamma.ts";
import { covarianceOf, listStrata, type StagedEstimate } from "./influence-function.ts";
import { invertMatrix } from "./invert-matrix.ts";
import { incompleteBeta } from "./special-functions.ts";
import { aggregateEventStudy } from "./staged-aggregates.ts";
import type { StagedSample } from "./staged-sample.ts";

export interface PreTrends {
  /** What is tested jointly: every ATT(g, t) before treatment, or where these are too many, the event study's points. */
  readonly of: "group-time" | "event-time";
  /** How many effects are tested. */
  readonly count: number;
  /** From an F distribution, which knows that small groups show their spread only roughly. */
  readonly p: number;
  /** W = δ'V⁻¹δ against χ², as R's `did` prints it: right for large groups, rejects too often for small ones. */
  readonly asymptotic: { readonly statistic: number; readonly p: number };
}

/** Why there is no test. */
export interface Untested {
  readonly untested: "no-pre-period" | "too-few-units" | "dependent";
  readonly reason: string;
}

export function isUntested(test: object): test is Untested {
  return "untested" in test;
}

/** With fewer degrees of freedom than this for each tested effect, the test is rough and sees hardly anything. */
const FREEDOM_AN_EFFECT = 3;
/** Up to this many effects the degrees of freedom are worked out; beyond it their lower bound is taken. */
const WORTH_WORKING_OUT = 60;

/**
 * P(F > f) on (a, b) degrees of freedom: I_x(b/2, a/2) at x = b/(b + a·f).
 * Source: Abramowitz & Stegun 26.6.2.
 * @example fisherTail(4, 1, 10) // .0734: the two-sided tail of Student's t = 2 on 10
 */
export function fisherTail(f: number, a: number, b: number): number {
  return incompleteBeta(b / (b + a * f), b / 2, a / 2);
}

/** V⁻¹ through the correlation matrix, whose pivots have a scale; null where one effect makes up others. */
function invertCovariance(covariance: Float64Array, width: number): Float64Array | null {
  const errors = Float64Array.from({ length: width }, (_, at) => Math.sqrt(covariance[at * width + at] ?? 0));
  const scale = (at: number) => (errors[Math.floor(at / width)] ?? 1) * (errors[at % width] ?? 1);
  const inverse = invertMatrix(
    covariance.map((value, at) => value / scale(at)),
    width,
  );
  return inverse ? inverse.map((value, at) => value / scale(at)) : null;
}

function quadraticForm(estimates: readonly StagedEstimate[], inverse: Float64Array): number {
  let sum = 0;
  for (const [row, a] of estimates.entries())
    for (const [column, b] of estimates.entries())
      sum += a.value * b.value * (inverse[row * estimates.length + column] ?? 0);
  return sum;
}

/** (tr A)² + tr A² of A = part·inverse. */
function traces(part: Float64Array, inverse: Float64Array, width: number): number {
  const product = new Float64Array(width * width);
  for (let row = 0; row < width; row++)
    for (let k = 0; k < width; k++) {
      const own = part[row * width + k] ?? 0;
      if (own === 0) continue;
      for (let column = 0; column < width; column++)
        product[row * width + column] = (product[row * width + column] ?? 0) + own * (inverse[k * width + column] ?? 0);
    }
  let [trace, squares] = [0, 0];
  for (let row = 0; row < width; row++) {
    trace += product[row * width + row] ?? 0;
    for (let column = 0; column < width; column++)
      squares += (product[row * width + column] ?? 0) * (product[column * width + row] ?? 0);
  }
  return trace ** 2 + squares;
}

/** The unbiased covariance of the estimates, ΣV_h·m/(m − 1) over strata, and how many degrees of freedom it has. */
function pool(sample: StagedSample, estimates: readonly StagedEstimate[]) {
  const width = estimates.length;
  const influences = estimates.map(({ influence }) => influence);
  const total = new Float64Array(width * width);
  const parts = listStrata(sample).map(({ stratum, pieces }) => {
    const part = covarianceOf(sample, influences, stratum).map((value) => (value * pieces) / (pieces - 1));
    for (const [at, value] of part.entries()) total[at] = (total[at] ?? 0) + value;
    // Beyond what is worked out, the parts are not kept.
    return { part: width > WORTH_WORKING_OUT ? null : part, pieces };
  });
  const degreesOfFreedom = (inverse: Float64Array) => {
    if (width > WORTH_WORKING_OUT) return Math.min(...parts.map(({ pieces }) => pieces)) - 1;
    const shares = parts.reduce((sum, { part, pieces }) => {
      return sum + (part ? traces(part, inverse, width) / (pieces - 1) : 0);
    }, 0);
    return (width + width ** 2) / shares;
  };
  return { total, degreesOfFreedom };
}

function testJointly(
  { sample }: GroupTimeEffects,
  of: PreTrends["of"],
  estimates: readonly StagedEstimate[],
): PreTrends | Untested {
  const count = estimates.length;
  const { total, degreesOfFreedom } = pool(sample, estimates);
  const influences = estimates.map(({ influence }) => influence);
  const [inverse, plain] = [total, covarianceOf(sample, influences)].map((one) => invertCovariance(one, count));
  if (!inverse || !plain)
    return {
      untested: "dependent",
      reason: "The effects before the change determine each other, so they cannot be tested jointly.",
    };
  const freedom = degreesOfFreedom(inverse);
  if (!(freedom >= count * FREEDOM_AN_EFFECT)) {
    const what = sample.spread.kind === "clusters" ? "clusters" : "units";
    const reason = `${count} effects before the change are too many to test jointly with so few ${what}: about ${Math.floor(freedom)} degrees of freedom where ${count * FREEDOM_AN_EFFECT} are needed.`;
    return { untested: "too-few-units", reason };
  }
  const below = freedom - count + 1;
  const f = (quadraticForm(estimates, inverse) * below) / (freedom * count);
  const statistic = quadraticForm(estimates, plain);
  return { of, count, p: fisherTail(f, count, below), asymptotic: { statistic, p: chiSquareTail(statistic, count) } };
}

/**
 * The Wald test that all effects before treatment are 0. Where these are too many for the units or clusters there are, or
 * one makes up another, the event study's points before treatment are tested instead.
 * Source: Callaway & Sant'Anna (2021), section 4 (W); Nel & van der Merwe (1986), Communications in Statistics A 15,
 * 3719–3735, with Krishnamoorthy & Yu (2004), Statistics & Probability Letters 66, 161–169 (degrees of freedom where groups
 * spread differently; one stratum of clusters gives Hotelling's T²). What a pre-test does to later inference: Roth (2022),
 * AER: Insights 4, 305–322.
 * @example minimum wages (mpdta): 5 effects, asymptotic p = .1681
 */
export function testPreTrends(staged: GroupTimeEffects): PreTrends | Untested {
  const before = staged.effects.filter((effect) => !isTreated(effect) && effect.error > 0);
  if (before.length === 0) {
    const reason =
      "No group has two periods before its change in which units move differently, so there is nothing to test.";
    return { untested: "no-pre-period", reason };
  }
  const test = testJointly(staged, "group-time", before);
  if (!isUntested(test)) return test;
  const points = aggregateEventStudy(staged).parts.filter(({ at, error }) => at < 0 && error > 0);
  return points.length < before.length ? testJointly(staged, "event-time", points) : test;
}
