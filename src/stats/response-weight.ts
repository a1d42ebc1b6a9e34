/**
 * How much an answer counts where not everybody answers: 1 over the share of touches of its cell that were answered.
 * It repairs what the cells can see of non-response; who stays silent for other reasons is not known here.
 */
import type { Cells } from "./tally-cells.ts";

/** The weights below and above which a few cells would decide everything are cut at these shares of the answers. */
const CUT = [0.01, 0.99] as const;

interface Answered {
  readonly rows: ArrayLike<number>;
  readonly answers: ArrayLike<number>;
}

/** The smallest weight that at least this share of the answers do not exceed; `cells` ordered by weight. */
function weightAt(share: number, cells: readonly number[], weights: Float64Array, answers: Float64Array): number {
  const enough = share * cells.reduce((sum, cell) => sum + (answers[cell] ?? 0), 0);
  let sum = 0;
  for (const cell of cells) {
    sum += answers[cell] ?? 0;
    if (sum >= enough) return weights[cell] ?? 1;
  }
  return 1;
}

function cutWeights(cells: readonly number[], weights: Float64Array, answers: Float64Array): void {
  const ordered = cells.toSorted((a, b) => (weights[a] ?? 1) - (weights[b] ?? 1));
  const low = weightAt(CUT[0], ordered, weights, answers);
  const high = weightAt(CUT[1], ordered, weights, answers);
  for (const cell of cells) weights[cell] = Math.min(high, Math.max(low, weights[cell] ?? 1));
}

/**
 * One weight a cell, rows/answers, cut at the 1st and 99th percentile over the answers of its family; 1 where all answer.
 * Source: inverse probability of response in weighting classes, Little (1986), International Statistical Review 54, 139–157.
 * @example a cell with 8 touches of which 2 are answered // 4, unless fewer than 1 % of the answers are in such cells
 */
export function readResponseWeights({ rows, answers }: Answered, cells: Cells): Float64Array {
  const asked = new Float64Array(cells.count);
  const answered = new Float64Array(cells.count);
  for (let entry = 0; entry < cells.ids.length; entry++) {
    const cell = cells.ids[entry] ?? 0;
    asked[cell] = (asked[cell] ?? 0) + (rows[entry] ?? 0);
    answered[cell] = (answered[cell] ?? 0) + (answers[entry] ?? 0);
  }
  const weights = new Float64Array(cells.count).fill(1);
  const byFamily = new Map<number, number[]>();
  for (const [cell, family] of cells.first.entries()) {
    const known = answered[cell] ?? 0;
    if (known === 0) continue;
    weights[cell] = (asked[cell] ?? 0) / known;
    const alike = byFamily.get(family);
    if (alike === undefined) byFamily.set(family, [cell]);
    else alike.push(cell);
  }
  for (const alike of byFamily.values()) cutWeights(alike, weights, answered);
  return weights;
}
