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
  for (let feature = 0; feature < levels.length; feature++) score += levels[feature]?.[touch.levels[feature] ?? 0] ?? 0;
  for (const flag of touch.seen) score += flags[flag] ?? 0;
  return score;
}

function cutIntoBins(scores: Float64Array): number[] {
  const sorted = scores.sort();
  const edges: number[] = [];
  for (let bin = 1; bin < BINS; bin++) {
    const edge = sorted[Math.floor((bin * sorted.length) / BINS)];
    if (edge !== undefined && edge !== edges.at(-1)) edges.push(edge);
  }
  return edges;
}

/** So many touches for each value of a trait, or cells would hold too few. */
const LEAST_A_VALUE = 10_000;

/**
 * The trait whose weights spread most over the touches: who is alike in it is compared, whatever the rest of the score says.
 * @param countOf touches at a level of a feature
 */
function chooseTrait(
  { features }: MomentHistory,
  touches: number,
  levels: PrognosticScore["levels"],
  countOf: (feature: number, level: number) => number,
): number | null {
  let best: { trait: number; spread: number } | null = null;
  for (const [trait, { ofRow, levels: count }] of features.entries()) {
    if (ofRow === null || touches < (LEAST_A_VALUE * count) / KINDS) continue;
    let [sum, squares] = [0, 0];
    for (const [level, scaled] of (levels[trait] ?? []).entries()) {
      const [weight, here] = [scaled / UNIT, countOf(trait, level)];
      sum += here * weight;
      squares += here * weight * weight;
    }
    const spread = squares / touches - (sum / touches) ** 2;
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
  const leftOut = Uint8Array.from(history.features, ({ name }) => Number(without.features.includes(name)));
  const columns = new Int32Array(history.features.length + history.flags.length);
  const used: SampleTouch[] = [];
  for (const touch of sample) {
    const y = read(touch);
    if (y === null) continue;
    used.push(touch);
    let filled = 0;
    for (let feature = 0; feature < leftOut.length; feature++)
      if (leftOut[feature] === 0) columns[filled++] = (offsets[feature] ?? 0) + (touch.levels[feature] ?? 0);
    for (const flag of touch.seen) if (!without.flags.includes(flag)) columns[filled++] = firstFlag + flag;
    ridge.add(columns, y, 1, filled);
  }
  const weights = Array.from(ridge.solve(PENALTY), (weight) => Math.round(weight * UNIT));
  const levels = history.features.map(({ levels: count }, index) =>
    Array.from({ length: count }, (_, level) => weights[(offsets[index] ?? 0) + level] ?? 0),
  );
  const flags = history.flags.map((_, flag) => weights[firstFlag + flag] ?? 0);
  const edges = cutIntoBins(Float64Array.from(used, (touch) => scoreOf(touch, levels, flags)));
  const countOf = (feature: number, level: number) => ridge.totalOf((offsets[feature] ?? 0) + level);
  return { levels, flags, edges, trait: chooseTrait(history, used.length, levels, countOf) };
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
