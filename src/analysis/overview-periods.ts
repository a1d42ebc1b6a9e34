/**
 * Which period an overview speaks of, and which one it compares it with: the last two complete months, weeks, or halves.
 * They are counted back from the end of the data, never from today: an export of last year has its own present.
 */
import type { Every } from "./calendar-day.ts";
import type { Grouping } from "./kpi-group.ts";
import { type Bucket, MOST_POINTS, makeBuckets, type Observed } from "./kpi-trend.ts";

export interface Periods {
  readonly by: Every | "half";
  /** Rising; at most TREND_POINTS, the last of them perhaps incomplete. */
  readonly buckets: readonly Bucket[];
  readonly current: Bucket;
  readonly previous: Bucket;
  readonly grouping: Grouping;
}

/** Fewer days than this give no two months that could be compared. */
const THREE_MONTHS = 89;
const TREND_POINTS = 12;

function byCalendar(every: Every, observed: Observed): Periods | null {
  // Of very long data only the end is needed; the buckets before it are never shown.
  // The shortest month: days of longer ones would hold more months than may be asked for.
  const days = { month: 28, week: 7, day: 1 }[every] * (MOST_POINTS - 2);
  const shown = { first: Math.max(observed.first, observed.last - days), last: observed.last };
  const buckets = makeBuckets(every, shown, observed);
  const [previous, current] = buckets.filter(({ complete }) => complete).slice(-2);
  if (!previous || !current) return null;
  return { by: every, buckets, current, previous, grouping: { kind: "time", every } };
}

function byHalves({ first, last }: Observed): Periods | null {
  const days = last - first + 1;
  if (days < 2) return null;
  const middle = first + Math.ceil(days / 2);
  const previous = { start: first, end: middle, complete: true };
  const current = { start: middle, end: last + 1, complete: true };
  const grouping = { kind: "halves", first, middle } as const;
  return { by: "half", buckets: [previous, current], current, previous, grouping };
}

/** The last complete month against the one before, with at least three months of data; else week, else half. Null for a single day. */
export function choosePeriods(observed: Observed): Periods | null {
  const enough = observed.last - observed.first + 1 >= THREE_MONTHS;
  return (enough ? byCalendar("month", observed) : null) ?? byCalendar("week", observed) ?? byHalves(observed);
}

/** The buckets of a trend that ends with the last one. */
export function trendBuckets(buckets: readonly Bucket[]): readonly Bucket[] {
  return buckets.slice(-TREND_POINTS);
}

export function daysOf({ start, end }: Bucket): number {
  return end - start;
}
