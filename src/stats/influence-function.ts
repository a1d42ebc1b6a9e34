/**
 * Influence functions of estimates of a staged design, and the errors and covariances that follow from them.
 * An influence says how far each unit moves an estimate; which estimates there are is decided in group-time-effects.ts.
 */
import { CONFIDENCE } from "./estimate.ts";
import { normalQuantile, studentQuantile, studentTail } from "./quantile.ts";
import type { ClusterSpread, StagedSample, UnitSpread } from "./staged-sample.ts";

/** What a unit of one group adds to an estimate's deviation: Σ weight·(y_t − mean_t of its group) + constant. */
export interface GroupForm {
  /** Positions of periods, each once. */
  readonly periods: readonly number[];
  /** One a period. */
  readonly weights: readonly number[];
  readonly constant: number;
}

/** By the position of the group; groups that are not in it have no influence. The sum over all units is 0. */
export type Influence = ReadonlyMap<number, GroupForm>;

/** How sure an estimate is. */
export interface Precision {
  /** √Σφ² over units or clusters: the influence-function error of the paper and of R's `did`. */
  readonly error: number;
  /** The same with m/(m − 1) for the m units of each group (or clusters): unbiased in small groups; intervals use it. */
  readonly correctedError: number;
  /** Satterthwaite's, from the groups' shares in the variance. */
  readonly degreesOfFreedom: number;
}

export interface StagedEstimate extends Precision {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** Two-sided, of the hypothesis that the value is 0. */
  readonly p: number;
  /** Treated units it rests on. */
  readonly n: number;
  readonly influence: Influence;
}

/** Σ factor·influence, plus constants a group. */
export function combineInfluences(
  parts: readonly { readonly influence: Influence; readonly factor: number }[],
  constants: ReadonlyMap<number, number> = new Map(),
): Influence {
  const sums = new Map<number, { byPeriod: Map<number, number>; constant: number }>();
  for (const [group, constant] of constants) sums.set(group, { byPeriod: new Map(), constant });
  for (const { influence, factor } of parts)
    for (const [group, form] of influence) {
      const sum = sums.get(group) ?? { byPeriod: new Map<number, number>(), constant: 0 };
      sums.set(group, sum);
      sum.constant += factor * form.constant;
      for (const [at, period] of form.periods.entries())
        sum.byPeriod.set(period, (sum.byPeriod.get(period) ?? 0) + factor * (form.weights[at] ?? 0));
    }
  const asForm = ({ byPeriod, constant }: { byPeriod: Map<number, number>; constant: number }): GroupForm => ({
    periods: [...byPeriod.keys()],
    weights: [...byPeriod.values()],
    constant,
  });
  return new Map([...sums].map(([group, sum]) => [group, asForm(sum)]));
}

/** Σ φ_a·φ_b over the n units of a group: n·(w_a'·Σ·w_b + constants). */
function productInGroup(a: GroupForm, b: GroupForm, covariance: Float64Array, width: number, n: number): number {
  let sum = a.constant * b.constant;
  for (const [i, row] of a.periods.entries()) {
    const weight = a.weights[i] ?? 0;
    for (const [j, column] of b.periods.entries())
      sum += weight * (b.weights[j] ?? 0) * (covariance[row * width + column] ?? 0);
  }
  return n * sum;
}

/** φ of every cluster: the sum over its units. */
function influenceByCluster(spread: ClusterSpread, width: number, influence: Influence): Float64Array {
  const sums = new Float64Array(spread.clusters);
  for (const [entry, group] of spread.group.entries()) {
    const form = influence.get(group);
    if (!form) continue;
    let sum = (spread.n[entry] ?? 0) * form.constant;
    for (const [at, period] of form.periods.entries())
      sum += (form.weights[at] ?? 0) * (spread.deviations[entry * width + period] ?? 0);
    const cluster = spread.cluster[entry] ?? 0;
    sums[cluster] = (sums[cluster] ?? 0) + sum;
  }
  return sums;
}

/** A part of the variance that is estimated from so many independent pieces. */
interface Share {
  variance: number;
  pieces: number;
}

function sharesOfUnits(sample: StagedSample, spread: UnitSpread, influence: Influence): Share[] {
  return [...influence].map(([group, form]) => {
    const n = sample.groups[group]?.n ?? 0;
    const covariance = spread.covariances[group] ?? new Float64Array(0);
    return { variance: Math.max(0, productInGroup(form, form, covariance, sample.periods.length, n)), pieces: n };
  });
}

function sharesOfClusters(sample: StagedSample, spread: ClusterSpread, influence: Influence): Share[] {
  const shares = new Map<number, Share>();
  for (const [cluster, own] of influenceByCluster(spread, sample.periods.length, influence).entries()) {
    const stratum = spread.strata[cluster] ?? 0;
    const share = shares.get(stratum) ?? { variance: 0, pieces: 0 };
    shares.set(stratum, share);
    share.variance += own * own;
    share.pieces++;
  }
  return [...shares.values()];
}

/**
 * The error of an estimate. Degrees of freedom: Satterthwaite (1946), Biometrics Bulletin 2, 110–114, over independent
 * groups, (ΣV)²/Σ(V²/(m − 1)).
 */
export function measurePrecision(sample: StagedSample, influence: Influence): Precision {
  const { spread } = sample;
  const shares = (
    spread.kind === "units" ? sharesOfUnits(sample, spread, influence) : sharesOfClusters(sample, spread, influence)
  ).filter(({ variance }) => variance > 0);
  let [plain, corrected, squares] = [0, 0, 0];
  for (const { variance, pieces } of shares) {
    const unbiased = (variance * pieces) / (pieces - 1);
    plain += variance;
    corrected += unbiased;
    squares += unbiased ** 2 / (pieces - 1);
  }
  return {
    error: Math.sqrt(plain),
    correctedError: Math.sqrt(corrected),
    degreesOfFreedom: squares > 0 ? corrected ** 2 / squares : Number.POSITIVE_INFINITY,
  };
}

/** Beyond this many degrees of freedom Student's distribution is the normal one to four digits, and much faster to ask. */
const AS_GOOD_AS_NORMAL = 20_000;
/** From here on four terms of the expansion are Student's quantile to six digits; bisection takes fifty times as long. */
const ENOUGH_TO_EXPAND = 40;

/** Student's quantile from the normal one. Source: Abramowitz & Stegun 26.7.5. */
function expandQuantile(z: number, degreesOfFreedom: number): number {
  const s = z * z;
  const terms = [
    (s + 1) / 4,
    ((5 * s + 16) * s + 3) / 96,
    (((3 * s + 19) * s + 17) * s - 15) / 384,
    ((((79 * s + 776) * s + 1_482) * s - 1_920) * s - 945) / 92_160,
  ];
  return z * (1 + terms.reduceRight((sum, term) => (sum + term) / degreesOfFreedom, 0));
}

/**
 * How many errors an interval reaches to each side.
 * @example criticalValue(129.93, 0.95) // 1.9784
 */
export function criticalValue(degreesOfFreedom: number, confidence: number): number {
  const p = (1 + confidence) / 2;
  if (degreesOfFreedom < ENOUGH_TO_EXPAND) return studentQuantile(p, degreesOfFreedom);
  return expandQuantile(normalQuantile(p), degreesOfFreedom);
}

/** The largest mean in absolute value: what rounding errors are measured by. */
function scaleOf(sample: StagedSample): number {
  return Math.max(0, ...sample.groups.map(({ mean }) => mean.reduce((most, one) => Math.max(most, Math.abs(one)), 0)));
}

/** A part of the scale of the means that sums of doubles cannot tell from nothing. */
const ROUNDING = 1e-12;

/**
 * A value with its interval, value ± t·(corrected error), and p. Values and errors that are rounding errors become 0; an
 * error of 0 gives the interval [value, value], p 0, or 1 where the value is 0 too.
 * @param unit what the outcome was divided by to get the value
 */
export function estimateFrom(
  sample: StagedSample,
  estimate: { readonly value: number; readonly n: number; readonly influence: Influence },
  confidence = CONFIDENCE,
  unit = 1,
): StagedEstimate {
  const least = (ROUNDING * scaleOf(sample)) / unit;
  const value = Math.abs(estimate.value) <= least ? 0 : estimate.value;
  const precision = measurePrecision(sample, estimate.influence);
  const { n, influence } = estimate;
  if (precision.correctedError <= least) {
    const exact = { error: 0, correctedError: 0, degreesOfFreedom: precision.degreesOfFreedom };
    return { value, low: value, high: value, p: value === 0 ? 1 : 0, n, influence, ...exact };
  }
  const half = criticalValue(precision.degreesOfFreedom, confidence) * precision.correctedError;
  const distance = Math.abs(value) / precision.correctedError;
  const p = 2 * studentTail(distance, Math.min(precision.degreesOfFreedom, AS_GOOD_AS_NORMAL));
  return { value, low: value - half, high: value + half, p, n, influence, ...precision };
}

/** One stratum of what is independent: a group of units, or clusters that are alike. */
export interface Stratum {
  readonly stratum: number;
  /** Units or clusters in it. */
  readonly pieces: number;
}

export function listStrata({ spread, groups }: StagedSample): Stratum[] {
  if (spread.kind === "units") return groups.map(({ n }, stratum) => ({ stratum, pieces: n }));
  const counts = new Map<number, number>();
  for (const stratum of spread.strata) counts.set(stratum, (counts.get(stratum) ?? 0) + 1);
  return [...counts].map(([stratum, pieces]) => ({ stratum, pieces }));
}

function covarianceOfUnits(
  sample: StagedSample,
  spread: UnitSpread,
  a: Influence,
  b: Influence,
  only?: number,
): number {
  let sum = 0;
  for (const [group, form] of a) {
    const other = b.get(group);
    if (!other || (only !== undefined && group !== only)) continue;
    const covariance = spread.covariances[group] ?? new Float64Array(0);
    sum += productInGroup(form, other, covariance, sample.periods.length, sample.groups[group]?.n ?? 0);
  }
  return sum;
}

/**
 * The covariance matrix of several estimates, Σφ_a·φ_b without small-sample factor; row by row.
 * @param only what one stratum adds to it
 */
export function covarianceOf(sample: StagedSample, influences: readonly Influence[], only?: number): Float64Array {
  const { spread } = sample;
  const width = influences.length;
  const matrix = new Float64Array(width * width);
  const inside = (own: Float64Array) => {
    if (spread.kind === "units" || only === undefined) return own;
    return own.map((value, cluster) => (spread.strata[cluster] === only ? value : 0));
  };
  const vectors =
    spread.kind === "clusters"
      ? influences.map((one) => inside(influenceByCluster(spread, sample.periods.length, one)))
      : [];
  const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, own, at) => sum + own * (b[at] ?? 0), 0);
  for (const [row, a] of influences.entries())
    for (let column = 0; column <= row; column++) {
      const b = influences[column] ?? a;
      const value =
        spread.kind === "units"
          ? covarianceOfUnits(sample, spread, a, b, only)
          : dot(vectors[row] ?? new Float64Array(0), vectors[column] ?? new Float64Array(0));
      matrix[row * width + column] = value;
      matrix[column * width + row] = value;
    }
  return matrix;
}
