/**
 * Where each customer stands in time: new, active, at risk, lapsed or returned, exactly one each, by rules and not by a model's taste.
 * The rules are in words in domain/repurchase-words.ts; the gaps they need beside the patterns are read by read-gaps.ts.
 */
import { LIFECYCLE_STATES, type LifecycleState } from "../../domain/repurchase-words.ts";
import type { PurchasePatterns } from "../../stats/purchase/purchase-model.ts";
import type { RepurchaseReport } from "../repurchase-schema.ts";

/** Silent for longer than this many usual gaps, a customer is overdue: at a steady pace by chance that is one gap in twenty. */
const OVERDUE_GAPS = 3;
/** Overdue, and with less than this chance of an order within a year, a customer has lapsed. */
const LAPSED_CHANCE = 0.2;
/** How far the chance of the rule above looks ahead, weeks. */
export const LAPSED_WEEKS = 365 / 7;

/** How long everybody's gaps between purchase days are, in weeks: their mean, and what nine in ten of them do not exceed. */
export interface UsualGaps {
  readonly mean: number;
  readonly long: number;
}

/**
 * A customer's usual gap, weeks: the mean of the own gaps and one more, everybody's mean.
 * @example usualGap(1, 4, 10) // (4 + 10) / 2 = 7
 */
function usualGap(x: number, recency: number, mean: number): number {
  return (recency + mean) / (x + 1);
}

/** One customer, or all those of a pattern. Weeks. */
interface Standing {
  readonly x: number;
  readonly recency: number;
  readonly age: number;
  /** P(at least one purchase in the year after the end of observation). */
  readonly chance: number;
  /** Whether the gap before the last purchase was longer than `UsualGaps.long`; never without a repeat. */
  readonly wasAway: boolean;
}

/**
 * Overdue (silent for more than three times the usual gap): lapsed when fewer than one in five like them buy within a year, else at
 * risk. Not overdue: new without a repeat, returned when the last gap was a long one, else active.
 * @example with a mean gap of 10 weeks, two repeats in 14 weeks and 25 weeks of silence: usual 8, overdue
 */
export function judgeState({ x, recency, age, chance, wasAway }: Standing, gaps: UsualGaps): LifecycleState {
  if (age - recency > OVERDUE_GAPS * usualGap(x, recency, gaps.mean))
    return chance < LAPSED_CHANCE ? "lapsed" : "at risk";
  if (x === 0) return "new";
  return wasAway ? "returned" : "active";
}

/** Everybody's mean gap, weeks; 0 without a repeat. */
export function meanGap({ x, recency, customers }: PurchasePatterns): number {
  let [weeks, gaps] = [0, 0];
  for (const [at, count] of customers.entries()) {
    weeks += count * (recency[at] as number);
    gaps += count * (x[at] as number);
  }
  return gaps === 0 ? 0 : weeks / gaps;
}

/** The states within each pattern: where some were away before they bought last and others not, there are two. */
export interface PatternStates {
  /** Of those who were not away. */
  readonly states: readonly LifecycleState[];
  /** Of those who were. */
  readonly statesOfAway: readonly LifecycleState[];
  /** How many of the pattern's customers were. */
  readonly away: Float64Array;
}

/**
 * @param chances by pattern, P(at least one purchase within LAPSED_WEEKS)
 * @param away by pattern, customers whose last gap was longer than `gaps.long`
 */
export function judgePatterns(
  { x, recency, age }: PurchasePatterns,
  chances: Float64Array,
  away: Float64Array,
  gaps: UsualGaps,
): PatternStates {
  const judge = (wasAway: boolean) =>
    Array.from(x, (repeats, at) =>
      judgeState(
        {
          x: repeats,
          recency: recency[at] as number,
          age: age[at] as number,
          chance: chances[at] as number,
          wasAway,
        },
        gaps,
      ),
    );
  return { states: judge(false), statesOfAway: judge(true), away };
}

/** How many customers of a pattern are in a state. */
export function countInState(
  { customers }: Pick<PurchasePatterns, "customers">,
  { states, statesOfAway, away }: PatternStates,
  at: number,
  state: LifecycleState,
): number {
  const gone = away[at] as number;
  return (states[at] === state ? (customers[at] as number) - gone : 0) + (statesOfAway[at] === state ? gone : 0);
}

/** Every state in its order, also one that nobody is in: its customers, and the purchase days they add up to. */
export function sumStates(
  patterns: Pick<PurchasePatterns, "customers">,
  judged: PatternStates,
  expected: Float64Array,
): RepurchaseReport["states"] {
  return LIFECYCLE_STATES.map((state) => {
    const counts = Float64Array.from(expected, (_, at) => countInState(patterns, judged, at, state));
    return {
      state,
      customers: counts.reduce((sum, count) => sum + count, 0),
      expected: counts.reduce((sum, count, at) => sum + count * (expected[at] as number), 0),
    };
  });
}
