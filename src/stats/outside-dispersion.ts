/**
 * How much a share varies from week to week by itself, seen in all weeks outside of a window.
 * That customers differ is allowed for elsewhere (design-effect.ts); which windows stand out is in scan-statistic.ts.
 */

import { normalQuantile } from "./quantile.ts";

/** Blocks are no longer than leaves so many of them. */
const LEAST_BLOCKS = 8;
/** Part of the blocks that counts: those that vary least. */
const KEPT = 0.75;

interface Weeks {
  readonly first: number;
  readonly end: number;
}

interface Counts {
  readonly n: number;
  readonly y: number;
}

/** Blocks of weeks outside of a window, from it outwards, as long as it where there are enough weeks. */
function cutOutside(weeks: number, { first, end }: Weeks): Weeks[] {
  const length = Math.max(1, Math.min(end - first, Math.floor((weeks - end + first) / LEAST_BLOCKS)));
  const blocks: Weeks[] = [];
  for (let last = first; last - length >= 0; last -= length) blocks.push({ first: last - length, end: last });
  for (let next = end; next + length <= weeks; next += length) blocks.push({ first: next, end: next + length });
  return blocks;
}

function sumOf(values: ArrayLike<number>, { first, end }: Weeks): number {
  let sum = 0;
  for (let week = first; week < end; week++) sum += values[week] ?? 0;
  return sum;
}

/** Mean of the smallest of some squares over what it is of squares of standard normal numbers. */
function trimmedMean(squares: readonly number[]): number {
  const kept = squares.toSorted((a, b) => a - b).slice(0, Math.ceil(KEPT * squares.length));
  const part = kept.length / squares.length;
  const bound = normalQuantile((1 + part) / 2);
  // ∫ z²·φ(z) over |z| ≤ bound, divided by the part.
  const usual = 1 - (Math.SQRT2 * bound * Math.exp(-(bound * bound) / 2)) / (Math.sqrt(Math.PI) * part);
  return kept.reduce((sum, square) => sum + square, 0) / kept.length / usual;
}

/** The middle one of the blocks' shares: other incidents do not move it. */
function middleShare(blocks: readonly Counts[]): number {
  const shares = blocks.map(({ n, y }) => y / n).sort((a, b) => a - b);
  const middle = (shares.length - 1) / 2;
  return ((shares[Math.floor(middle)] ?? 0) + (shares[Math.ceil(middle)] ?? 0)) / 2;
}

/**
 * How many times as much as a coin's the sums of blocks of weeks outside of a window vary about their usual share: the mean of
 * (y − p·n)²/(p(1 − p)·n), without the largest quarter, over what it is by chance; p is the middle one of their shares. Other
 * incidents, in so few of the blocks, hardly count. It may be below 1.
 * @returns 1 where the middle block has none or nothing else, or there are too few weeks
 * @example a share that is .1 in every other week and .3 in between, 200 exposed each // about 30
 */
export function dispersionOutside(exposed: ArrayLike<number>, events: ArrayLike<number>, window: Weeks): number {
  const blocks = cutOutside(exposed.length, window)
    .map((block) => ({ n: sumOf(exposed, block), y: sumOf(events, block) }))
    .filter(({ n }) => n > 0);
  if (blocks.length < LEAST_BLOCKS) return 1;
  const share = middleShare(blocks);
  if (share <= 0 || share >= 1) return 1;
  return trimmedMean(blocks.map(({ n, y }) => (y - share * n) ** 2 / (share * (1 - share) * n)));
}
