/**
 * A KPI in words: its value, its change, whether it meets its target, and its buckets as a trend. Pure; nothing is estimated here.
 * Which KPIs there are, and their numbers, come from the API.
 */
import type { TrendPoint } from "../../charts/trend.ts";
import { describePeriod } from "../../scope/scope.ts";
import { formatCount, formatPoints, formatShare, formatValue } from "../../ui/format.ts";
import { describeInterval } from "../../ui/interval.tsx";

interface Measured {
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly n: number;
}

interface Missing {
  readonly value: null;
  readonly n: number;
  readonly required: number;
  readonly message: string;
}

/** A KPI's value, or why there is none. */
export type KpiValue = Measured | Missing;

/** A KPI's bucket: calendar days of the workspace's zone, `end` exclusive. */
export type Bucket = KpiValue & { readonly start: string; readonly end: string; readonly complete: boolean };

export type Every = "day" | "week" | "month";

export interface Change {
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
  /** The change ÷ what it was; null when it was 0. */
  readonly relative: number | null;
  /** Said by the API where zero outside the interval is not enough. */
  readonly beyondChance?: boolean;
}

export function isShare(unit: string): boolean {
  return unit.startsWith("share");
}

/** "95 %: 52.2 to 54.7 %, n = 6,125"; for a count what is counted, for a sum its n; or why there is no value. */
export function describeKpi(kpi: KpiValue, unit: string): string {
  if (kpi.value !== null && kpi.low === null && kpi.high === null && kpi.n === kpi.value) return unit;
  if (kpi.value !== null) return describeInterval({ low: kpi.low, high: kpi.high, unit, n: kpi.n });
  // "There are 0; it takes 1" says nothing that the message does not.
  if (kpi.n === 0 && kpi.required <= 1) return kpi.message;
  return `${kpi.message} There are ${formatCount(kpi.n)}; it takes ${formatCount(kpi.required)}.`;
}

/** Which way a change goes, as far as it is clear: an interval that holds 0 is no clear change. */
export function directionOf({ value, low, high, beyondChance }: Change): "up" | "down" | "unclear" | "none" {
  if (beyondChance === false) return "unclear";
  if (low !== null && high !== null && low <= 0 && high >= 0) return "unclear";
  if (value === 0) return "none";
  return value > 0 ? "up" : "down";
}

/** The size of a change without its sign: "3.1 points", "12.4 days", "8,120 EUR". */
function formatSize(size: number, unit: string): string {
  if (isShare(unit)) return formatPoints(size).replace(/^[+−]/u, "");
  return formatValue(COUNTED.has(unit) ? Math.round(size) : size, unit);
}

const COUNTED = new Set(["customers", "events", "journeys", "orders"]);

/** An end of a change's interval, its sign kept, its unit left to the sentence. */
function formatEnd(value: number, unit: string): string {
  if (isShare(unit)) {
    // Not "−0.0": an end beside zero says on which side it lies.
    const digits = Math.abs(value) < 0.0005 && value !== 0 ? 2 : 1;
    return formatPoints(value, digits).replace(/^\+/u, "").replace(" points", "");
  }
  return formatValue(COUNTED.has(unit) ? Math.round(value) : value, unit).replace(/ (?:points|days|[A-Z]{3})$/u, "");
}

function describeEnds({ low, high }: Change, unit: string): string {
  return low === null || high === null ? "" : `95 %: ${formatEnd(low, unit)} to ${formatEnd(high, unit)}`;
}

/** "up 3.1 points, 95 %: 1.0 to 5.2" · "no clear change, 95 %: −0.4 to 2.1 points" · "unchanged". */
export function describeChange(change: Change | null, unit: string): string {
  if (change === null) return "not enough data to compare";
  const direction = directionOf(change);
  if (direction === "none") return "unchanged";
  const ends = describeEnds(change, unit);
  const noun = isShare(unit) ? " points" : "";
  if (direction === "unclear") return `no clear change, ${ends}${noun}`;
  const relative =
    change.relative === null || isShare(unit)
      ? ""
      : ` (${change.relative > 0 ? "+" : ""}${formatShare(change.relative)})`;
  return `${direction} ${formatSize(Math.abs(change.value), unit)}${relative}${ends === "" ? "" : `, ${ends}`}`;
}

export type Better = "higher" | "lower" | null;

/** Whether a clear change is good or bad; undefined when it is not clear or nobody can say. */
export function judgeChange(change: Change | null, better: Better): "good" | "bad" | undefined {
  if (change === null || better === null) return undefined;
  const direction = directionOf(change);
  if (direction !== "up" && direction !== "down") return undefined;
  return (direction === "up") === (better === "higher") ? "good" : "bad";
}

export interface TargetStatus {
  readonly kind: "reached" | "missed" | "open";
  readonly words: string;
}

/** Where a value stands to its target; open while the interval holds the target. */
export function targetStatus(
  kpi: KpiValue,
  target: number | null,
  better: Better,
  unit: string,
): TargetStatus | undefined {
  if (target === null) return undefined;
  const goal = formatValue(target, unit);
  if (kpi.value === null) return { kind: "open", words: `target ${goal}: not enough data` };
  const atLeast = better !== "lower";
  const bound = atLeast ? `at least ${goal}` : `at most ${goal}`;
  if (kpi.low !== null && kpi.high !== null && kpi.low < target && kpi.high > target)
    return { kind: "open", words: `target ${bound}: too close to call` };
  const reached = atLeast ? kpi.value >= target : kpi.value <= target;
  return { kind: reached ? "reached" : "missed", words: `target ${bound}: ${reached ? "reached" : "not reached"}` };
}

function writeDate(date: string, parts: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat("en-GB", { ...parts, timeZone: "UTC" }).format(Date.parse(date));
}

/** A calendar day in words: "19 May 2024". */
export function formatDate(date: string): string {
  return writeDate(date, { day: "numeric", month: "short", year: "numeric" });
}

/** A period in words; whole months by their name. `to` is the first day after. */
export function namePeriod(from: string, to: string): string {
  const next = new Date(Date.parse(from));
  next.setUTCMonth(next.getUTCMonth() + 1);
  const month = from.endsWith("-01") && next.toISOString().slice(0, 10) === to;
  return month ? writeDate(from, { month: "long", year: "numeric" }) : describePeriod(from, to);
}

/** A bucket's name: "19 May 2024" for a day and for the week that begins then, "May 2024" for a month. */
export function nameBucket(start: string, every: Every): string {
  return every === "month" ? writeDate(start, { month: "short", year: "numeric" }) : formatDate(start);
}

/** Buckets as points. */
export function toTrendPoints(buckets: readonly Bucket[], every: Every): TrendPoint[] {
  return buckets.map((bucket) => {
    const shared = { label: nameBucket(bucket.start, every), n: bucket.n, complete: bucket.complete };
    if (bucket.value === null) return { ...shared, value: null, low: null, high: null, note: bucket.message };
    return { ...shared, value: bucket.value, low: bucket.low, high: bucket.high };
  });
}

/** Counts and sums have no interval, and their axis begins at 0. */
export function isCount(points: readonly Pick<TrendPoint, "low" | "high">[]): boolean {
  return points.every(({ low, high }) => low === null && high === null);
}

/** The bucket that holds a day; −1 without one. */
export function bucketOf(buckets: readonly Pick<Bucket, "start" | "end">[], date: string): number {
  return buckets.findIndex(({ start, end }) => start <= date && date < end);
}
