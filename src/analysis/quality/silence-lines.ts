/**
 * Counts lined up over days or hours, in the workspace's zone, and which of their days can be looked at.
 * What a silence in them means is in gaps.ts and stops.ts.
 */
import { findSilentRuns, type Rhythm, type SilentRun } from "../../stats/silent-runs.ts";
import type { ImportFacts, QualityPeriod } from "./quality-schema.ts";
import type { DaySeries, HourCount } from "./read-tallies.ts";

export const DAYS: Rhythm = { period: 7, reach: 28, clump: 7 };
export const HOURS: Rhythm = { period: 168, reach: 336, clump: 24 };

/** Chance that clean data get one finding of a kind, over all series and silences looked at. */
export const LEVEL = 1e-4;
/** A rhythm takes four weeks to be seen, and so many events. */
export const LEAST_DAYS = 28;
export const LEAST_EVENTS = 30;
/** Days kept of a series: twelve years. */
const MOST_DAYS = 4_383;

/** Counts over consecutive days or hours, from `start` on. */
export interface Line {
  readonly start: number;
  readonly counts: Float64Array;
}

export function lineUp(pairs: Iterable<readonly [slot: number, n: number]>, start: number, end: number): Line {
  const counts = new Float64Array(Math.max(0, end - start));
  for (const [slot, n] of pairs)
    if (slot >= start && slot < end) counts[slot - start] = (counts[slot - start] ?? 0) + n;
  return { start, counts };
}

export function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

/** Whether a run lies inside the series: something came before and after. */
export function isInside({ first, end }: SilentRun, { counts }: Line): boolean {
  return first > 0 && end < counts.length;
}

export function byLength(a: SilentRun, b: SilentRun): number {
  return b.end - b.first - (a.end - a.first) || a.first - b.first;
}

export function toPeriod({ start }: Line, say: (slot: number) => string): (run: SilentRun) => QualityPeriod {
  return ({ first, end, expected }) => ({
    from: say(start + first),
    to: say(start + end - 1),
    expected: Math.round(expected * 100) / 100,
  });
}

/** Total events by hour over all imports. */
export function addUpHours(hours: readonly HourCount[]): Map<number, number> {
  const total = new Map<number, number>();
  for (const { hour, n } of hours) total.set(hour, (total.get(hour) ?? 0) + n);
  return total;
}

export function toDays(hours: Iterable<readonly [number, number]>): [number, number][] {
  return [...hours].map(([hour, n]) => [Math.floor(hour / 24), n]);
}

export function extentOf(slots: Iterable<number>): readonly [start: number, end: number] {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const slot of slots) {
    first = Math.min(first, slot);
    last = Math.max(last, slot);
  }
  return [first, last + 1];
}

/** Days with data: the last one is the last before which a week holds a twentieth of a usual week. */
export function observedDays(hours: readonly HourCount[]): Line | undefined {
  const pairs = toDays(addUpHours(hours));
  if (pairs.length === 0) return undefined;
  const [start, end] = extentOf(pairs.map(([day]) => day));
  const whole = lineUp(pairs, Math.max(start, end - MOST_DAYS), end);
  const weeks: number[] = [];
  for (let at = whole.counts.length; at >= 7; at -= 7) weeks.push(sum(whole.counts.subarray(at - 7, at)));
  const full = weeks.filter((n) => n > 0).sort((a, b) => a - b);
  const least = (full[Math.floor(full.length / 2)] ?? 0) / 20;
  let stop = whole.counts.length;
  while (stop > 7 && sum(whole.counts.subarray(stop - 7, stop)) < least) stop--;
  return { start: whole.start, counts: whole.counts.subarray(0, stop) };
}

export interface SilenceInput {
  readonly hours: readonly HourCount[];
  readonly series: readonly DaySeries[];
  readonly imports: readonly ImportFacts[];
  readonly nameOf: (touchpointId: number) => string;
}

export interface TouchpointLine extends Line {
  readonly name: string;
  readonly events: number;
  readonly lastImport: number;
  readonly runs: readonly SilentRun[];
  readonly level: number;
}

/** The touchpoint's days among those with any data: a day without any event says nothing of one touchpoint. */
export function lineUpTouchpoint({ series, nameOf }: SilenceInput, one: DaySeries, days: Line): TouchpointLine {
  const end = days.start + days.counts.length;
  const line = lineUp(
    one.days.map((day, at) => [day, one.counts[at] ?? 0] as const),
    days.start,
    end,
  );
  const { runs } = findSilentRuns(line.counts, DAYS);
  const level = LEVEL / Math.max(1, series.length * runs.length);
  return { ...line, runs, level, name: nameOf(one.touchpointId), events: one.events, lastImport: one.lastImport };
}
