/**
 * How much an outcome changes where a touch is of one kind rather than another, compared inside cells of alike situations.
 * Which touches are alike, which outcome counts and which effects are worth a claim is decided in analysis/.
 */
import { addUpPlain, crudeDifference } from "./crude-difference.ts";
import { readResponseWeights } from "./response-weight.ts";
import { type Cells, groupCells, numberPairs, type SortedTallies, sortByCell } from "./tally-cells.ts";

/** The buckets that customers are spread over by hash; the spread between buckets is the error of every effect. */
export const BUCKETS = 100;

/** Columns of equal length; one entry a (bucket, family, cell, arm) that occurs. Entries of the same four add up. */
export interface Tallies {
  /** 0 … 99, by a hash of the customer. */
  readonly bucket: ArrayLike<number>;
  /** Contrasts that share their totals: presence is one family, each experience contrast its own. */
  readonly family: ArrayLike<number>;
  readonly cell: ArrayLike<number>;
  /** Presence: the touchpoint; experience: 1 = bad, 0 = good. */
  readonly arm: ArrayLike<number>;
  /** Touches. */
  readonly rows: ArrayLike<number>;
  /** Touches whose outcome Y is known: all, unless the outcome is an answer to a survey. */
  readonly answers: ArrayLike<number>;
  /** Σ Y. */
  readonly sum: ArrayLike<number>;
  /**
   * Σ of the outcome that the history lets expect, of the answers; any constant on top cancels. Cells are not fine enough
   * to hold it equal: what is left of it inside a cell is taken off. Left out: cells alone.
   */
  readonly expected?: ArrayLike<number>;
  /** Answers with Y = 1; of a score, above the middle of its scale. */
  readonly high: ArrayLike<number>;
}

export interface ArmEffect {
  readonly family: number;
  readonly arm: number;
  /** Overlap-weighted difference to the rest of the family in the same cells; null without a cell that holds both. */
  readonly effect: number | null;
  /** Standard error over the buckets, for t with 99 degrees of freedom. */
  readonly error: number | null;
  /** Exposed touches, answers, high and other answers, in the cells that hold others' answers too. */
  readonly rows: number;
  readonly answers: number;
  readonly high: number;
  readonly low: number;
  /** Mean Y of the exposed with the effect's weights: without the effect it is the mean of what they are compared with. */
  readonly exposedMean: number | null;
  /** Plain mean of the exposed − plain mean of the others of the family, in all cells. */
  readonly crude: number | null;
  /** Where not everybody answers: how much more often the exposed do in the same cells; null otherwise. */
  readonly responseGap: number | null;
}

/** Sums of one (family, arm); those ending in -ByBucket hold 100 numbers an arm. */
interface ArmSums {
  /** Σ_c (S_kc − n_kc·Ȳ_c) and D_k = Σ_c n_kc(1 − π_kc): τ̂ is their ratio. */
  readonly deviation: Float64Array;
  readonly overlap: Float64Array;
  /** The two parts of U_gk = residual_gk − τ̂_k·leverage_gk. */
  readonly residualByBucket: Float64Array;
  readonly leverageByBucket: Float64Array;
  readonly rows: Float64Array;
  readonly answers: Float64Array;
  readonly high: Float64Array;
  /** Σ_c S_kc(1 − π_kc): over D_k the exposed mean that the effect is the difference of. */
  readonly exposedSum: Float64Array;
  readonly responseDeviation: Float64Array;
  readonly responseOverlap: Float64Array;
}

/** Entries first … end − 1 of a cell. */
interface Range {
  readonly first: number;
  readonly end: number;
}

/** What one cell holds of each arm, and of each bucket; wiped after each cell. */
interface CellSums {
  readonly rows: Float64Array;
  readonly answers: Float64Array;
  /** Σ Y, and less what was to be expected. */
  readonly sum: Float64Array;
  readonly excess: Float64Array;
  readonly high: Float64Array;
  readonly answersByBucket: Float64Array;
  readonly excessByBucket: Float64Array;
  /** The excess less what the cell's mean would give, of the buckets that occur, in their order below. */
  readonly residuals: Float64Array;
  /** Arms and buckets that occur in the cell. */
  readonly arms: Int32Array;
  readonly buckets: Int32Array;
}

interface CellTotal {
  arms: number;
  buckets: number;
  rows: number;
  answers: number;
  excess: number;
}

function makeArmSums(arms: number): ArmSums {
  const numbers = () => new Float64Array(arms);
  return {
    deviation: numbers(),
    overlap: numbers(),
    residualByBucket: new Float64Array(arms * BUCKETS),
    leverageByBucket: new Float64Array(arms * BUCKETS),
    rows: numbers(),
    answers: numbers(),
    high: numbers(),
    exposedSum: numbers(),
    responseDeviation: numbers(),
    responseOverlap: numbers(),
  };
}

function makeCellSums(arms: number): CellSums {
  return {
    rows: new Float64Array(arms),
    answers: new Float64Array(arms),
    sum: new Float64Array(arms),
    excess: new Float64Array(arms),
    high: new Float64Array(arms),
    answersByBucket: new Float64Array(BUCKETS),
    excessByBucket: new Float64Array(BUCKETS),
    residuals: new Float64Array(BUCKETS),
    arms: new Int32Array(arms),
    buckets: new Int32Array(BUCKETS),
  };
}

/** Adds up one cell by arm and by bucket. An entry without rows says nothing and is left out. */
function addUpCell(tallies: SortedTallies, { first, end }: Range, into: CellSums): CellTotal {
  const total: CellTotal = { arms: 0, buckets: 0, rows: 0, answers: 0, excess: 0 };
  const seen = new Uint8Array(BUCKETS);
  for (let entry = first; entry < end; entry++) {
    const rows = tallies.rows[entry] ?? 0;
    if (rows === 0) continue;
    const arm = tallies.arm[entry] ?? 0;
    const bucket = tallies.bucket[entry] ?? 0;
    const answers = tallies.answers[entry] ?? 0;
    const excess = tallies.excess[entry] ?? 0;
    if (into.rows[arm] === 0) into.arms[total.arms++] = arm;
    if (seen[bucket] === 0) into.buckets[total.buckets++] = bucket;
    seen[bucket] = 1;
    into.rows[arm] = (into.rows[arm] ?? 0) + rows;
    into.answers[arm] = (into.answers[arm] ?? 0) + answers;
    into.sum[arm] = (into.sum[arm] ?? 0) + (tallies.sum[entry] ?? 0);
    into.excess[arm] = (into.excess[arm] ?? 0) + excess;
    into.high[arm] = (into.high[arm] ?? 0) + (tallies.high[entry] ?? 0);
    into.answersByBucket[bucket] = (into.answersByBucket[bucket] ?? 0) + answers;
    into.excessByBucket[bucket] = (into.excessByBucket[bucket] ?? 0) + excess;
    total.rows += rows;
    total.answers += answers;
    total.excess += excess;
  }
  const mean = total.answers > 0 ? total.excess / total.answers : 0;
  for (let index = 0; index < total.buckets; index++) {
    const bucket = into.buckets[index] ?? 0;
    into.residuals[index] = (into.excessByBucket[bucket] ?? 0) - mean * (into.answersByBucket[bucket] ?? 0);
  }
  return total;
}

/** Adds one arm's share in one cell; the part of the error that all of the cell's buckets have, whoever is exposed in them. */
function addArm(arm: number, cell: CellSums, total: CellTotal, weight: number, into: ArmSums): void {
  const add = (to: Float64Array, value: number) => {
    to[arm] = (to[arm] ?? 0) + value;
  };
  const rows = cell.rows[arm] ?? 0;
  const answers = cell.answers[arm] ?? 0;
  const exposure = rows / total.rows;
  add(into.responseDeviation, answers - exposure * total.answers);
  add(into.responseOverlap, rows * (1 - exposure));
  if (answers === 0 || answers === total.answers) return;
  const share = answers / total.answers;
  const mean = total.excess / total.answers;
  add(into.deviation, weight * ((cell.excess[arm] ?? 0) - answers * mean));
  add(into.overlap, weight * answers * (1 - share));
  add(into.rows, rows);
  add(into.answers, answers);
  add(into.high, cell.high[arm] ?? 0);
  add(into.exposedSum, weight * (cell.sum[arm] ?? 0) * (1 - share));
  const first = arm * BUCKETS;
  for (let index = 0; index < total.buckets; index++) {
    const bucket = cell.buckets[index] ?? 0;
    const at = first + bucket;
    into.residualByBucket[at] = (into.residualByBucket[at] ?? 0) - weight * share * (cell.residuals[index] ?? 0);
    into.leverageByBucket[at] =
      (into.leverageByBucket[at] ?? 0) + weight * share * share * (cell.answersByBucket[bucket] ?? 0);
  }
}

/** The part of the error of those buckets in which the arm itself occurs; a cell all of one arm adds nothing. */
function addExposed(
  tallies: SortedTallies,
  { first, end }: Range,
  cell: CellSums,
  total: CellTotal,
  weight: number,
  into: ArmSums,
): void {
  const mean = total.excess / total.answers;
  for (let entry = first; entry < end; entry++) {
    const arm = tallies.arm[entry] ?? 0;
    const answers = tallies.answers[entry] ?? 0;
    const share = (cell.answers[arm] ?? 0) / total.answers;
    if (answers === 0 || share === 1) continue;
    const at = arm * BUCKETS + (tallies.bucket[entry] ?? 0);
    const residual = (tallies.excess[entry] ?? 0) - answers * mean;
    into.residualByBucket[at] = (into.residualByBucket[at] ?? 0) + weight * residual;
    // n_gk(1 − π)² + (n_g − n_gk)π² = n_gk(1 − 2π) + n_g·π², whose last term addArm has added.
    into.leverageByBucket[at] = (into.leverageByBucket[at] ?? 0) + weight * answers * (1 - 2 * share);
  }
}

function wipe(cell: CellSums, total: CellTotal): void {
  for (let index = 0; index < total.arms; index++) {
    const arm = cell.arms[index] ?? 0;
    cell.rows[arm] = 0;
    cell.answers[arm] = 0;
    cell.sum[arm] = 0;
    cell.excess[arm] = 0;
    cell.high[arm] = 0;
  }
  cell.answersByBucket.fill(0);
  cell.excessByBucket.fill(0);
}

function addUpArms(tallies: SortedTallies, arms: number, cells: Cells, weights: Float64Array): ArmSums {
  const sums = makeArmSums(arms);
  const cell = makeCellSums(arms);
  for (let index = 0; index < cells.count; index++) {
    const range = { first: cells.starts[index] ?? 0, end: cells.starts[index + 1] ?? 0 };
    const weight = weights[index] ?? 1;
    const total = addUpCell(tallies, range, cell);
    for (let present = 0; present < total.arms; present++) addArm(cell.arms[present] ?? 0, cell, total, weight, sums);
    if (total.answers > 0) addExposed(tallies, range, cell, total, weight, sums);
    wipe(cell, total);
  }
  return sums;
}

/** √(G/(G − 1)·Σ_g U_gk²)/D_k. */
function clusteredError(arm: number, effect: number, overlap: number, sums: ArmSums): number {
  let squares = 0;
  for (let at = arm * BUCKETS; at < (arm + 1) * BUCKETS; at++) {
    squares += ((sums.residualByBucket[at] ?? 0) - effect * (sums.leverageByBucket[at] ?? 0)) ** 2;
  }
  return Math.sqrt((BUCKETS / (BUCKETS - 1)) * squares) / overlap;
}

function ratio(numerator: number | undefined, denominator: number | undefined): number | null {
  return denominator !== undefined && denominator > 0 ? (numerator ?? 0) / denominator : null;
}

/**
 * The overlap-weighted difference of each arm to the rest of its family in the same cells: ordinary least squares of Y on
 * "is of this arm" with a fixed effect a cell, τ̂_k = Σ_c(S_kc − n_kc·Ȳ_c)/Σ_c n_kc(1 − π_kc), with a sandwich error over
 * 100 buckets of customers. Y is taken less what the history lets expect (regression adjustment within strata). Where not everybody answers, answers of a cell weigh 1/(its share of touches answered).
 * Source: Rubin (1979), JASA 74, 318–328; Li, Morgan & Zaslavsky (2018), JASA 113, 390–400 (overlap weights); Liang & Zeger (1986), Biometrika 73, 13–22.
 * @returns one effect a (family, arm) that occurs, ordered by both
 * @example one cell: arm 1 has 3 of 4 hits, arm 0 has 1 of 4 // effect of arm 1: .5, of arm 0: −.5
 */
export function estimateStratifiedEffects(tallies: Tallies): ArmEffect[] {
  const arms = numberPairs(tallies.family, tallies.arm);
  const cells = groupCells(tallies.family, tallies.cell);
  const sums = addUpArms(sortByCell(tallies, arms.ids, cells), arms.count, cells, readResponseWeights(tallies, cells));
  const plain = addUpPlain(tallies, arms);
  const effects = plain.byArm.map((own, arm): ArmEffect => {
    const family = plain.byFamily.get(arms.first[arm] ?? 0) ?? own;
    const effect = ratio(sums.deviation[arm], sums.overlap[arm]);
    const [answers = 0, high = 0] = [sums.answers[arm], sums.high[arm]];
    return {
      family: arms.first[arm] ?? 0,
      arm: arms.second[arm] ?? 0,
      effect,
      error: effect === null ? null : clusteredError(arm, effect, sums.overlap[arm] ?? 0, sums),
      rows: sums.rows[arm] ?? 0,
      answers,
      high,
      low: answers - high,
      exposedMean: ratio(sums.exposedSum[arm], sums.overlap[arm]),
      crude: crudeDifference(own, family),
      responseGap:
        family.answers === family.rows ? null : ratio(sums.responseDeviation[arm], sums.responseOverlap[arm]),
    };
  });
  return effects.sort((a, b) => a.family - b.family || a.arm - b.arm);
}
