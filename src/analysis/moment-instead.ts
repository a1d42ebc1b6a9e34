/**
 * What happened instead of a touch: the other touches it is compared with, each as often as it counts in the comparison.
 * Only presence contrasts have an instead; of an event that went badly the other side is the same event gone well.
 */
import type { Tallies } from "../stats/stratified-effect.ts";

const MOST = 5;

/** Touches by cell and arm. */
function countCells({ cell, arm, rows }: Tallies): Map<number, Map<number, number>> {
  const cells = new Map<number, Map<number, number>>();
  for (let index = 0; index < cell.length; index++) {
    const arms = cells.get(cell[index] ?? 0) ?? new Map<number, number>();
    arms.set(arm[index] ?? 0, (arms.get(arm[index] ?? 0) ?? 0) + (rows[index] ?? 0));
    cells.set(cell[index] ?? 0, arms);
  }
  return cells;
}

/**
 * The commonest other arms with their share of the comparison: Σ_c n_jc·π_kc over Σ_c (n_c − n_kc)·π_kc.
 * @param tallies of one family
 * @example one cell with 2 of arm 1, 3 of arm 2 and 1 of arm 3 // instead of 1: arm 2 with .75, arm 3 with .25
 */
export function findInstead(tallies: Tallies, exposed: number): { readonly arm: number; readonly share: number }[] {
  const weights = new Map<number, number>();
  let whole = 0;
  for (const arms of countCells(tallies).values()) {
    const own = arms.get(exposed) ?? 0;
    if (own === 0 || arms.size === 1) continue;
    const all = [...arms.values()].reduce((sum, rows) => sum + rows, 0);
    for (const [arm, rows] of arms) {
      if (arm === exposed) continue;
      weights.set(arm, (weights.get(arm) ?? 0) + (rows * own) / all);
      whole += (rows * own) / all;
    }
  }
  return [...weights]
    .sort(([a, left], [b, right]) => right - left || a - b)
    .slice(0, MOST)
    .map(([arm, weight]) => ({ arm, share: weight / whole }));
}
