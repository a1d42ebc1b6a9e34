/**
 * Velocity: how much Must, Should and Could effort a closed timebox delivered, with the range in which the next one may be expected.
 * It counts what was done and accepted as done, never hours; what a running timebox will do is in forecast-timebox.ts.
 */
import type { Initiative } from "../domain/dsdm/initiative.ts";
import type { EffortByPriority } from "../domain/dsdm/moscow.ts";
import type { InitiativeReport } from "../domain/dsdm/report.ts";
import type { Timebox } from "../domain/dsdm/timebox.ts";
import { countWorkingDays } from "./working-days.ts";

/**
 * Effort delivered in a timebox of `workingDays` working days, the median length of the `n` past ones. Timeboxes of different
 * lengths compare by effort a working day, so the pace of a day is any of the three ÷ `workingDays`.
 */
export type Velocity = NonNullable<InitiativeReport["velocity"]>;

/** Must + Should + Could; Won't and what has no priority are no promise. */
export function sumPromised({ must, should, could }: EffortByPriority): number {
  return must + should + could;
}

/** With one and with two past timeboxes: how far the next may be from them. */
const FEW: readonly (readonly [low: number, high: number])[] = [
  [0.6, 1.6],
  [0.8, 1.25],
];
const WANTED_COVERAGE = 0.8;

const at = (sorted: readonly number[], index: number) => sorted[index] ?? 0;

/** Linear interpolation between the order statistics. @param sorted ascending, not empty */
export function findMedian(sorted: readonly number[]): number {
  const half = (sorted.length - 1) / 2;
  return (at(sorted, Math.floor(half)) + at(sorted, Math.ceil(half))) / 2;
}

/**
 * Median of past values, and where the next one is expected.
 * From three values on: the narrowest pair of order statistics, k-th lowest and k-th highest, that holds the next of n + 1
 * exchangeable values with probability (n + 1 − 2k) ÷ (n + 1) ≥ 80 %; below nine values none does, and the least and the
 * greatest are taken, which hold it with (n − 1) ÷ (n + 1): 50 % for three, 75 % for seven.
 * One and two values say nothing of their spread: × 0.6 to 1.6 of one, and at least × 0.8 to 1.25 of the median of two, are a
 * convention (M. Cohn, Agile Estimating and Planning, 2005, on velocity after one and two iterations).
 * @returns null without values @example [2, 4, 3] → 2, 3, 4; [10] → 6, 10, 16
 */
export function findRange(values: readonly number[]): { low: number; middle: number; high: number } | null {
  const sorted = [...values].sort((a, b) => a - b);
  const n = sorted.length;
  if (n === 0) return null;
  const middle = findMedian(sorted);
  const few = FEW[n - 1];
  if (few !== undefined) {
    const [least, most] = few;
    return { low: Math.min(at(sorted, 0), middle * least), middle, high: Math.max(at(sorted, n - 1), middle * most) };
  }
  const k = Math.max(1, Math.floor(((n + 1) * (1 - WANTED_COVERAGE)) / 2 + 1e-9));
  return { low: at(sorted, k - 1), middle, high: at(sorted, n - k) };
}

/** Of the closed timeboxes that held a working day. @returns null before the first */
export function findVelocity(timeboxes: Iterable<Timebox>): Velocity | null {
  const [rates, lengths]: [number[], number[]] = [[], []];
  for (const { closeOut, start, end, state } of timeboxes) {
    const days = countWorkingDays(start, end);
    if (state !== "closed" || closeOut === null || days === 0) continue;
    rates.push(sumPromised(closeOut.delivered) / days);
    lengths.push(days);
  }
  const range = findRange(rates);
  if (range === null) return null;
  const workingDays = findMedian(lengths.sort((a, b) => a - b));
  const scale = (rate: number) => rate * workingDays;
  return {
    low: scale(range.low),
    middle: scale(range.middle),
    high: scale(range.high),
    n: rates.length,
    workingDays,
  };
}

/** Of all initiatives that estimate in days: points of one team tell nothing about those of another. */
export function findPortfolioVelocity(initiatives: Iterable<Initiative>): Velocity | null {
  return findVelocity([...initiatives].flatMap((one) => (one.effortUnit === "days" ? one.timeboxes : [])));
}

/** What an initiative's timeboxes are forecast by: its own past, else that of the portfolio, where it may be compared. */
export function choosePace(initiative: Initiative, portfolio: Velocity | null): Velocity | null {
  return findVelocity(initiative.timeboxes) ?? (initiative.effortUnit === "days" ? portfolio : null);
}
