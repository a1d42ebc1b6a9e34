/**
 * Cells of a staged design with neighbouring periods averaged: so many days before a change cannot be tested one by one.
 * Effects are estimated from the periods as they are; this serves the look at the time before the change.
 */
import type { ClusterCell } from "./staged-sample.ts";

export interface CoarserCells {
  readonly periods: readonly number[];
  readonly cells: readonly ClusterCell[];
}

/** First positions of the blocks: of equal length, counted backwards from each start, so that none holds a change. */
function listBlocks(starts: readonly number[], periods: number, length: number): number[] {
  const ends = [...starts, periods];
  const blocks: number[] = [];
  let from = 0;
  for (const end of ends) {
    const own: number[] = [];
    for (let at = end - length; at > from; at -= length) own.push(at);
    if (end > from) blocks.push(from, ...own.reverse());
    from = Math.max(from, end);
  }
  return blocks;
}

/**
 * @param cells whose periods are numbered 0 … periods − 1, as first treated periods are
 * @param most periods that may lie before the last start; a segment between two starts has one at least
 * @example 30 periods, one group first treated in period 20, most 10 // 15 periods of two, first treated in period 10
 */
export function mergePeriods(cells: readonly ClusterCell[], periods: number, most: number): CoarserCells {
  const starts = [...new Set(cells.map(({ firstTreated }) => firstTreated))]
    .filter((start) => start > 0 && start < periods)
    .sort((a, b) => a - b);
  const length = Math.max(1, Math.ceil((starts.at(-1) ?? periods) / most));
  const blocks = listBlocks(starts, periods, length);
  const mean = (sum: ArrayLike<number>, block: number) => {
    const [from, end] = [blocks[block] ?? 0, blocks[block + 1] ?? periods];
    let total = 0;
    for (let at = from; at < end; at++) total += sum[at] ?? 0;
    return total / (end - from);
  };
  return {
    periods: blocks.map((_, block) => block),
    cells: cells.map(({ firstTreated, sum, ...cell }) => ({
      ...cell,
      firstTreated: blocks.includes(firstTreated) ? blocks.indexOf(firstTreated) : firstTreated,
      sum: blocks.map((_, block) => mean(sum, block)),
    })),
  };
}
