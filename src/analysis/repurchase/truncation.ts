/**
 * Left truncation: whether the data begin in the middle of a shop's life, so that old customers look new at the start.
 * What is done about it, one factor on all forecasts, is learnt in back-test.ts.
 */
import type { PurchaseWeek } from "./study-span.ts";

/** The start is a sixth of the weeks, at least 3 and at most 8; what it is held against is the second half. */
const SHORTEST_WEEKS = 10;
/** New customers a week must have fallen to this share of the start or lower … */
const NEW_LEFT = 0.5;
/** … while purchases a week have not fallen below this one: a shop that shrinks, or a cohort that was closed, loses both. */
const PURCHASES_LEFT = 0.65;
/** The fall is beyond chance: this many standard errors of the difference of two Poisson rates. */
const STANDARD_ERRORS = 4;

export interface Truncation {
  /** First purchases a week at the start of the data, and in the second half of the calibration. */
  readonly newAtStart: number;
  readonly newLater: number;
}

interface WeeklyRate {
  readonly weeks: number;
  readonly begun: number;
  readonly bought: number;
}

function rateOf(weeks: readonly PurchaseWeek[]): WeeklyRate {
  const days = weeks.reduce((sum, { from, to }) => sum + to - from + 1, 0);
  const begun = weeks.reduce((sum, { firsts }) => sum + firsts, 0);
  const repeats = weeks.reduce((sum, week) => sum + week.repeats, 0);
  return { weeks: days / 7, begun: (7 * begun) / days, bought: (7 * (begun + repeats)) / days };
}

/**
 * "First seen in the data" is "acquired" only if new customers come as often at the start as later. Where far more seem to come
 * at first and sales did not fall with them, most of those first purchases were repeats of customers from before the data.
 * @param weeks of the calibration
 * @returns null when there is no sign of it, or fewer than ten weeks to tell by
 * @example 400 new customers a week at first and 80 later, with 420 and 350 purchases → left truncation
 */
export function detectTruncation(weeks: readonly PurchaseWeek[]): Truncation | null {
  if (weeks.length < SHORTEST_WEEKS) return null;
  const start = rateOf(weeks.slice(0, Math.min(8, Math.max(3, Math.round(weeks.length / 6)))));
  const later = rateOf(weeks.slice(Math.ceil(weeks.length / 2)));
  const error = Math.sqrt(start.begun / start.weeks + later.begun / later.weeks);
  const fell = later.begun <= NEW_LEFT * start.begun && start.begun - later.begun > STANDARD_ERRORS * error;
  const sold = later.bought >= PURCHASES_LEFT * start.bought;
  return fell && sold ? { newAtStart: start.begun, newLater: later.begun } : null;
}
