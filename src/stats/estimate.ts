/**
 * The shape of every statistic's answer: a number with its n and its interval, or the plain statement that the data are too few.
 * It computes nothing; the methods are in the files beside it.
 */

/** 95 % unless a caller says otherwise. */
export const CONFIDENCE = 0.95;

export interface Interval {
  readonly low: number;
  readonly high: number;
}

export interface Estimate extends Interval {
  readonly value: number;
  /** Number of units the value rests on. */
  readonly n: number;
}

export interface Insufficient {
  readonly insufficient: true;
  readonly n: number;
  /** How many units are needed before a number may be shown. */
  readonly required: number;
}

export type Result = Estimate | Insufficient;

export function isInsufficient(result: object): result is Insufficient {
  return "insufficient" in result;
}
