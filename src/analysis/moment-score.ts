/**
 * The prognostic score: what a touch's history alone says of the outcome, fitted on a sample and written as SQL for all touches.
 * Touches of alike scores are compared with each other; the score itself is shown nowhere.
 */
import { SparseRidge } from "../stats/ridge.ts";
import type { ParameterBag } from "./filter.ts";
import { type FeatureName, KINDS, type MomentHistory } from "./moment-history.ts";
import { sumBefore } from "./moment-rows.ts";
import type { SampleTouch } from "./moment-sample.ts";

const PENALTY = 1e-3;
const BINS = 20;
/** Weights are whole numbers of this size, so that every engine adds up exactly the same score. */
export const UNIT = 1e9;

export interface PrognosticScore {
  /** Weight of each level of each feature, in the history's order. */
  readonly levels: readonly (readonly number[])[];
  /** Weight of each flag, in the history's order. */
  readonly flags: readonly number[];
  /** Bounds between the bins. */
  readonly edges: readonly number[];
  /** Place in the history's features of the trait that tells most; null where there are too few touches to part them by it. */
  readonly trait: number | null;
}

/** Where each feature's columns begin in a row of the regression; the intercept is column 0. */
function offsetsOf({ features }: MomentHistory): { offsets: number[]; flags: number } {
  const offsets: number[] = [];
  let next = 1;
  for (const { levels } of features) {
    offsets.push(next);
    next += levels;
  }
  return { offsets, flags: next };
}

function scoreOf(touch: SampleTouch, levels: PrognosticScore["levels"], flags: readonly number[]): number {
  let score = 0;
  for (const [index, level] of touch.levels.entries()) score += levels[index]?.[level] ?? 0;
  for (const flag of touch.seen) score += flags[flag] ?? 0;
  return score;
}

function cutIntoBins(scores: readonly number[]): number[] {
  const sorted = Float64Array.from(scores).sort();
  const edges: number[] = [];
  for (let bin = 1; bin < BINS; bin++) {
    const edge = sorted[Math.floor((bin * sorted.length) / BINS)];
    if (edge !== undefined && edge !== edges.at(-1)) edges.push(edge);
  }
  return edges;
}

/** So many touches for each value of a trait, or cells would hold too few. */
const LEAST_A_VALUE = 10_000;

/** The trait whose weights spread most over the touches: who is alike in it is compared, whatever the rest of the score says. */
function chooseTrait({ features }: MomentHistory, sample: readonly SampleTouch[], levels: PrognosticScore["levels"]) {
  let best: { trait: number; spread: number } | null = null;
  for (const [trait, { ofRow, levels: count }] of features.entries()) {
    if (ofRow === null || sample.length < (LEAST_A_VALUE * count) / KINDS) continue;
    let [sum, squares] = [0, 0];
    for (const touch of sample) {
      const weight = (levels[trait]?.[touch.levels[trait] ?? 0] ?? 0) / UNIT;
      sum += weight;
      squares += weight * weight;
    }
    const spread = squares / sample.length - (sum / sample.length) ** 2;
    if (best === null || spread > best.spread) best = { trait, spread };
  }
  return best?.trait ?? null;
}

/** What is left out of a score: what the outcome, or the exposure, itself consists of. */
export interface LeftOut {
  readonly features: readonly FeatureName[];
  /** Places in the history's flags. */
  readonly flags: readonly number[];
}

/**
 * Ridge least squares of an outcome on the history.
 * @param read the outcome of a touch; null leaves the touch out
 */
export function fitPrognosticScore(
  history: MomentHistory,
  sample: readonly SampleTouch[],
  read: (touch: SampleTouch) => number | null,
  without: LeftOut = { features: [], flags: [] },
): PrognosticScore {
  const { offsets, flags: firstFlag } = offsetsOf(history);
  const ridge = new SparseRidge(firstFlag + history.flags.length);
  const uses = history.features.map(({ name }) => !without.features.includes(name));
  const used: SampleTouch[] = [];
  for (const touch of sample) {
    const y = read(touch);
    if (y === null) continue;
    used.push(touch);
    const columns = touch.levels.map((level, index) => (offsets[index] ?? 0) + level).filter((_, index) => uses[index]);
    for (const flag of touch.seen) if (!without.flags.includes(flag)) columns.push(firstFlag + flag);
    ridge.add(columns, y);
  }
  const weights = Array.from(ridge.solve(PENALTY), (weight) => Math.round(weight * UNIT));
  const levels = history.features.map(({ levels: count }, index) =>
    Array.from({ length: count }, (_, level) => weights[(offsets[index] ?? 0) + level] ?? 0),
  );
  const flags = history.flags.map((_, flag) => weights[firstFlag + flag] ?? 0);
  const edges = cutIntoBins(used.map((touch) => scoreOf(touch, levels, flags)));
  return { levels, flags, edges, trait: chooseTrait(history, used, levels) };
}

export interface ScoreSql {
  /** Array over the events: what the flags add; named `flagScores`. */
  readonly alias: string;
  /** The bin, from 0, over the joined `flagScore` and the features' levels. */
  readonly bin: string;
  /** The value of the trait that tells most, 0 for none, at most `MOST_VALUES`. */
  readonly part: string;
  /** The score itself, but for a constant; a whole number of `UNIT`s. */
  readonly expected: string;
}

/** A touch's score, its bin and the trait that tells most as SQL. */
export function compileScore(history: MomentHistory, score: PrognosticScore, bag: ParameterBag): ScoreSql {
  const ids = bag.bind(history.flags, "Array(UInt16)");
  const weights = bag.bind(score.flags, "Array(Int64)");
  const added = `arrayMap((a, b) -> if(a, transform(b, ${ids}, ${weights}, toInt64(0)), toInt64(0)), news, ids)`;
  const terms = history.features.map(
    ({ scalar }, index) => `${bag.bind(score.levels[index] ?? [], "Array(Int64)")}[${scalar} + 1]`,
  );
  const total = `(${["flagScore", ...terms].join(" + ")})`;
  const edges = score.edges.map((edge) => `(${total} > ${bag.bind(edge, "Int64")})`);
  return {
    alias: `${history.flags.length === 0 ? "arrayMap(a -> toInt64(0), ids)" : sumBefore(added)} AS flagScores`,
    bin: edges.length === 0 ? "0" : edges.join(" + "),
    part: (score.trait === null ? null : history.features[score.trait]?.ofRow) ?? "0",
    expected: total,
  };
}
