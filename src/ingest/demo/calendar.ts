/**
 * When things happen in the shop: its local clock (Europe/Berlin), busy weekdays and hours, a modest Christmas peak.
 * It knows the European Union's summer-time rule and no other, and no holidays.
 */
import { pickWeighted } from "./distributions.ts";

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** The instant summer time begins or ends: the last Sunday of a month (2 = March, 9 = October) at 01:00 UTC. */
function lastSunday(year: number, month: number): number {
  const lastDay = new Date(Date.UTC(year, month + 1, 0));
  return Date.UTC(year, month, lastDay.getUTCDate() - lastDay.getUTCDay(), 1);
}

const summers = new Map<number, readonly [number, number]>();

/** Milliseconds that Berlin's clock is ahead of UTC at an instant. */
export function berlinOffset(instant: number): number {
  const year = new Date(instant).getUTCFullYear();
  const summer = summers.get(year) ?? [lastSunday(year, 2), lastSunday(year, 9)];
  summers.set(year, summer);
  return instant >= summer[0] && instant < summer[1] ? 2 * HOUR : HOUR;
}

/** The instant of local midnight on the day that is `date` ("2025-06-01"), in Berlin. */
export function startOfDate(date: string): number {
  const midnight = Date.parse(`${date}T00:00:00Z`);
  return midnight - berlinOffset(midnight - HOUR);
}

/** The last millisecond of the local day an instant falls in, `days` days later. */
export function endOfLocalDay(instant: number, days = 0): number {
  const local = instant + berlinOffset(instant);
  const nextMidnight = (Math.floor(local / DAY) + 1 + days) * DAY;
  return nextMidnight - berlinOffset(nextMidnight - 2 * HOUR) - 1;
}

// Sunday … Saturday: people browse at weekends and on Sunday evenings.
const WEEKDAY_WEIGHTS = [1.25, 0.95, 0.9, 0.92, 0.95, 0.98, 1.1];
// January … December: quiet summer, modest Christmas peak.
const MONTH_WEIGHTS = [0.98, 0.95, 1, 1, 1.02, 0.97, 0.93, 0.92, 1, 1.02, 1.15, 1.22];
const HOUR_WEIGHTS: readonly (readonly [number, number])[] = [
  2, 1, 0.5, 0.4, 0.5, 1, 2, 4, 6, 7, 8, 8, 9, 8, 7, 7, 8, 9, 11, 13, 14, 12, 8, 4,
].map((weight, hour) => [hour, weight]);

/** Busy time: a clock that runs faster on busy days, so that steady visits in it are seasonal ones in the calendar. */
export interface BusyClock {
  /** Length of the whole span, in average days. */
  readonly length: number;
  /** The local midnight, as an instant, of the day that contains a point of busy time. */
  readonly dayAt: (busy: number) => number;
}

/** @param from first instant of the first day. @param to instant after the last day. */
export function createBusyClock(from: number, to: number): BusyClock {
  const ends: number[] = [];
  const days: number[] = [];
  let length = 0;
  for (let day = from; day < to; day = endOfLocalDay(day) + 1) {
    const local = new Date(day + berlinOffset(day));
    length += (WEEKDAY_WEIGHTS[local.getUTCDay()] ?? 1) * (MONTH_WEIGHTS[local.getUTCMonth()] ?? 1);
    ends.push(length);
    days.push(day);
  }
  const dayAt = (busy: number) => {
    let low = 0;
    let high = ends.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ends[middle] ?? 0) > busy) high = middle;
      else low = middle + 1;
    }
    return days[low] ?? from;
  };
  return { length, dayAt };
}

/** An instant of a local day: the hour as people are online, the rest even. Both shares are in [0, 1). */
export function timeOfDay(day: number, hourShare: number, withinShare: number): number {
  const hour = pickWeighted(hourShare, HOUR_WEIGHTS);
  return Math.floor(day + (hour + withinShare) * HOUR);
}
