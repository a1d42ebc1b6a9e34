/**
 * The plain difference between an arm and the rest of its family, over all cells: what a report without adjustment would show.
 * How much of it is left among alike touches is in stratified-effect.ts.
 */
import type { NumberedPairs } from "./tally-cells.ts";

interface PlainColumns {
  readonly rows: ArrayLike<number>;
  readonly answers: ArrayLike<number>;
  readonly sum: ArrayLike<number>;
}

function meanOf(sum: number, count: number): number | null {
  return count > 0 ? sum / count : null;
}

/** Touches, answers and Σ Y, whatever their cell. */
export interface Plain {
  rows: number;
  answers: number;
  sum: number;
}

/** Plain sums of each (family, arm) and of each family. */
export function addUpPlain(
  tallies: PlainColumns,
  arms: NumberedPairs,
): { byArm: Plain[]; byFamily: Map<number, Plain> } {
  const byArm = Array.from({ length: arms.count }, (): Plain => ({ rows: 0, answers: 0, sum: 0 }));
  for (let entry = 0; entry < arms.ids.length; entry++) {
    const plain = byArm[arms.ids[entry] ?? 0];
    if (plain === undefined) continue;
    plain.rows += tallies.rows[entry] ?? 0;
    plain.answers += tallies.answers[entry] ?? 0;
    plain.sum += tallies.sum[entry] ?? 0;
  }
  const byFamily = new Map<number, Plain>();
  for (const [arm, { rows, answers, sum }] of byArm.entries()) {
    const family = arms.first[arm] ?? 0;
    const so = byFamily.get(family) ?? { rows: 0, answers: 0, sum: 0 };
    byFamily.set(family, { rows: so.rows + rows, answers: so.answers + answers, sum: so.sum + sum });
  }
  return { byArm, byFamily };
}

/** Mean of the arm − mean of the others of its family; null where one of them has no answer. */
export function crudeDifference(own: Plain, family: Plain): number | null {
  const exposed = meanOf(own.sum, own.answers);
  const others = meanOf(family.sum - own.sum, family.answers - own.answers);
  return exposed === null || others === null ? null : exposed - others;
}
