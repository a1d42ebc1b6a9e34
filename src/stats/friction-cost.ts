/**
 * What frictions cost: how many touches each answers for where several stand on the same ones, and the interval of the price.
 * How much one friction changes the outcome is in joint-effects.ts; which of them are claimed is decided in analysis/pain.
 */
import { normalQuantile } from "./quantile.ts";

/** Intervals of costs hold the truth four times in five: wide enough to plan with, narrow enough to rank by. */
const COST_LEVEL = 0.8;

/** Touches that carry the same flags. */
export interface MaskRows {
  readonly mask: number;
  readonly rows: number;
}

export interface FlagHarm {
  readonly bit: number;
  /** Outcomes lost by one touch with the flag; below zero where it helps. */
  readonly harm: number;
  /** Only claimed harm is counted; help counts whether or not it is claimed. */
  readonly claimed: boolean;
}

/** Outcomes that one touch with these flags loses: the claimed harm less the help, at least none and at most one. */
function carriedBy(mask: number, flags: readonly FlagHarm[]): { carried: number; own: number } {
  const here = flags.filter(({ bit }) => ((mask >> bit) & 1) === 1);
  const add = (sum: number, { harm }: FlagHarm) => sum + harm;
  const own = here.filter(({ claimed, harm }) => claimed && harm > 0).reduce(add, 0);
  const help = here.filter(({ harm }) => harm < 0).reduce(add, 0);
  return { carried: Math.min(1, Math.max(0, own + help)), own };
}

/**
 * The outcomes that all claimed flags together cost: each touch once, whatever stands on it.
 * @example 100 touches with two flags of .1 and .2 each // 30
 */
export function costOfUnion(masks: readonly MaskRows[], flags: readonly FlagHarm[]): number {
  return masks.reduce((sum, { mask, rows }) => sum + rows * carriedBy(mask, flags).carried, 0);
}

/**
 * The touches that each flag answers for: all with the flag where nothing helps, fewer where the harm on a touch is less than
 * the sum of its flags; what there is is shared among the harmful ones in proportion to their harm. So Σ touches × harm of the
 * claimed flags is the cost of their union, and none costs more than it would alone.
 * @returns one number a flag, in the order given; 0 for those that are not claimed or do no harm
 * @example 100 touches with claimed flags of .1 and .3 and a help of −.2 // 50 each: 5 + 15 outcomes, not 10 + 30
 */
export function shareTouches(masks: readonly MaskRows[], flags: readonly FlagHarm[]): number[] {
  const touches = flags.map(() => 0);
  for (const { mask, rows } of masks) {
    const { carried, own } = carriedBy(mask, flags);
    if (own === 0) continue;
    for (const [place, { bit, claimed, harm }] of flags.entries())
      if (claimed && harm > 0 && ((mask >> bit) & 1) === 1)
        touches[place] = (touches[place] ?? 0) + (rows * carried) / own;
  }
  return touches;
}

export interface UncertainNumber {
  readonly value: number;
  /** Standard error. */
  readonly error: number;
}

/** An estimate with its 80 % interval. */
export interface CostAmount {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/**
 * N·Δ·V with variance N²(V²·SE_Δ² + Δ²·SE_V²) and an 80 % interval that does not go below nothing.
 * Source: the delta method for a product of independent estimates.
 * @param touches N: how many touches there are to lose, a fact
 * @param harm Δ: outcomes lost by one of them
 * @param worth V: of one outcome; { value: 1, error: 0 } counts outcomes
 * @example 1,000 touches, harm .02 ± .005, worth 50 ± 2 // 1,000 (675 to 1,325)
 */
export function priceHarm(touches: number, harm: UncertainNumber, worth: UncertainNumber): CostAmount {
  const value = touches * harm.value * worth.value;
  const error = touches * Math.hypot(worth.value * harm.error, harm.value * worth.error);
  const half = normalQuantile((1 + COST_LEVEL) / 2) * error;
  return { value, low: Math.max(0, value - half), high: Math.max(0, value + half) };
}
