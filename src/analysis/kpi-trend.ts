/**
 * One KPI over time: its value in every day, week or month of the scope, empty ones included, each with n and interval.
 * A value that moved is not explained here: that takes a comparison of groups, or an experiment.
 */
import { z } from "zod";
import { AppError } from "../domain/app-error.ts";
import { dateToDay, dayToDate, type Every, startOf, startOfNext } from "./calendar-day.ts";
import { type AnalysisContext, seeHidden } from "./context.ts";
import { type JourneyFrame, journeyScopeSchema } from "./journey-frame.ts";
import { findDefinition, unitOf } from "./kpi-definitions.ts";
import { findWait } from "./kpi-duration.ts";
import { buildFrames, expectKpi, findFamily, type Placement, partOf } from "./kpi-families.ts";
import { askFrame, dayNumber } from "./kpi-frame.ts";
import type { KpiCut } from "./kpi-group.ts";
import { AGE_DAYS } from "./kpi-orders.ts";
import type { KpiPart } from "./kpi-report.ts";

/** More points than anybody can read, and than a chart can show. */
export const MOST_POINTS = 400;

export const everySchema = z.enum(["day", "week", "month"]);

export const kpiTrendQuerySchema = journeyScopeSchema.extend({
  /** Its id; a score's with the touchpoint: `csat:Review Answered`. */
  kpi: z.string().min(1),
  /** Days, weeks from Monday, or months of the workspace's zone. */
  every: everySchema.default("month"),
  /** Touchpoint that counts as converted, for `conversion`. */
  target: z.string().optional(),
});
export type KpiTrendQuery = z.input<typeof kpiTrendQuerySchema>;

const bucketShape = {
  /** Calendar days of the workspace's zone; `end` is the first day after. */
  start: z.string(),
  end: z.string(),
  /**
   * False where the data or the scope begin or end inside, or where what began in it may still go on:
   * such a point is not to be compared.
   */
  complete: z.boolean(),
  n: z.int().nonnegative(),
  /** Of shares and ratios: the two sums it is made of. */
  numerator: z.number().optional(),
  denominator: z.number().optional(),
};

export const trendPointSchema = z.union([
  z.object({ ...bucketShape, value: z.number(), low: z.number().nullable(), high: z.number().nullable() }),
  z.object({
    ...bucketShape,
    value: z.null(),
    reason: z.enum(["insufficient-data", "not-yet-observable"]),
    required: z.int().positive(),
    message: z.string(),
  }),
]);
export type TrendPoint = z.infer<typeof trendPointSchema>;

export const kpiTrendReportSchema = z.object({
  kpi: z.string(),
  unit: z.string(),
  definition: z.string(),
  /** Which moment puts something into a point, in one sentence. */
  placement: z.string(),
  /** Whether the values of the points add up to the KPI of the whole scope. */
  adds: z.boolean(),
  journey: z.string(),
  every: everySchema,
  /** ISO 8601; null without any event. */
  endOfData: z.string().nullable(),
  points: z.array(trendPointSchema),
});
export type KpiTrendReport = z.infer<typeof kpiTrendReportSchema>;

const PLACEMENTS: Readonly<Record<Placement, string>> = {
  event: "Each event counts at its own time.",
  day: "A point is the mean over its days, each with the 30 days that end with it.",
  order:
    "Each order counts at the time of its first event with an amount, or of its first event; what it gives back counts with it.",
  "journey-start":
    "Each journey counts where it starts; of the latest, which may still go on, the points are marked incomplete.",
  "first-order": "Each buyer counts where the first order is; older groups have had more time to order again.",
};

/** First and last day with an event, as day numbers. */
export interface DayRange {
  readonly first: number;
  readonly last: number;
}

/** The days that a frame's events lie in; null when it holds none. */
export async function findFrameDays(context: AnalysisContext, frame: JourneyFrame): Promise<DayRange | null> {
  const day = (ms: string) => dayNumber(context, frame, ms);
  const [row] = await askFrame<DayRange & { owners: number }>(context, frame, {
    select: [`${day("min(at[1])")} AS first`, `${day("max(at[-1])")} AS last`, "count() AS owners"],
  });
  return row && row.owners > 0 ? { first: row.first, last: row.last } : null;
}

/** The days of all data, and its last moment. */
export interface Observed extends DayRange {
  /** Milliseconds since 1970. */
  readonly end: number;
}

export async function findObserved(context: AnalysisContext, frame: JourneyFrame): Promise<Observed | null> {
  const day = (ms: string) => dayNumber(context, frame, `toUnixTimestamp64Milli(${ms})`);
  const [row] = await context.store.query<DayRange & { ending: string; owners: number }>(
    `SELECT ${day("min(times[1])")} AS first, ${day("max(times[-1])")} AS last,
  toString(toUnixTimestamp64Milli(max(times[-1]))) AS ending, count() AS owners
FROM ${context.source} WHERE notEmpty(touchpoints)`,
    { params: frame.bag.values },
  );
  return row && row.owners > 0 ? { first: row.first, last: row.last, end: Number(row.ending) } : null;
}

export interface Bucket {
  readonly start: number;
  readonly end: number;
  readonly complete: boolean;
}

/**
 * The buckets of a trend, rising, from the scope's first event to its last, or to the end of data.
 * @param whole the days in which everything that happened is in scope
 * @throws AppError invalid past MOST_POINTS
 */
export function makeBuckets(every: Every, shown: DayRange, whole: DayRange): Bucket[] {
  const starts: number[] = [];
  for (let start = startOf(every, shown.first); start <= shown.last; start = startOfNext(every, start)) {
    starts.push(start);
    if (starts.length > MOST_POINTS)
      throw new AppError(
        "invalid",
        `More than ${MOST_POINTS} points: by ${every} that is too long a time. Ask by ${every === "day" ? "week or month" : "month"}, or narrow it with a condition such as time >= "2025-01-01".`,
        { every },
      );
  }
  return starts.map((start) => {
    const end = startOfNext(every, start);
    // The last day may still be going on; a week or month that ends with it is as good as over.
    const over = every === "day" ? end <= whole.last : end <= whole.last + 1;
    return { start, end, complete: over && start >= whole.first };
  });
}

/**
 * How many days must have passed after a bucket before its value is as good as final: a second order is given 90 days,
 * a conversion or duration as long as nearly all journeys take.
 */
export async function findFollowUp(context: AnalysisContext, frame: JourneyFrame, id: string): Promise<number> {
  if (findFamily(id).placement === "first-order") return AGE_DAYS;
  return id === "conversion" || id === "journey-duration" ? findWait(context, frame) : 0;
}

/** Whether the youngest units of a bucket have been observed for as long as they need. */
export function isObservable(bucket: Bucket, observed: Observed, followUp: number): boolean {
  return followUp === 0 || bucket.end - 1 + followUp <= observed.last;
}

/** One part as a point of the trend. */
function toPoint(part: KpiPart, bucket: Bucket, observed: Observed, followUp: number): TrendPoint {
  const { kpi, numerator, denominator } = part;
  const young = !isObservable(bucket, observed, followUp);
  const cohort = findFamily(kpi.id).placement === "first-order";
  // The 90-day form counts those alone who have been observed for 90 days: it needs no waiting, only a mark.
  const fixedAge = kpi.id === "repeat-purchase-rate-90d";
  const shape = {
    ...{ start: dayToDate(bucket.start), end: dayToDate(bucket.end), complete: bucket.complete && !young },
    ...(numerator === undefined ? {} : { numerator }),
    ...(denominator === undefined ? {} : { denominator }),
  };
  if (young && cohort && (kpi.value === null || !fixedAge)) {
    const days = Math.max(0, observed.last - bucket.end + 1);
    const message = `The last buyers of this group have been observed for ${days} days; their second order is given ${AGE_DAYS}.`;
    return { ...shape, value: null, reason: "not-yet-observable", n: days, required: AGE_DAYS, message };
  }
  if (kpi.value === null)
    return { ...shape, value: null, reason: kpi.reason, n: kpi.n, required: kpi.required, message: kpi.message };
  return { ...shape, value: kpi.value, low: kpi.low, high: kpi.high, n: kpi.n };
}

/** The days in which everything of a scope is in sight: journeys that start outside the period are not. */
function wholeDays(query: KpiTrendQuery, observed: Observed, days: (iso: string) => number): DayRange {
  const cutting = !query.outside;
  const from = cutting && query.from !== undefined ? days(query.from) : observed.first;
  const to = cutting && query.to !== undefined ? days(query.to) - 1 : observed.last;
  return { first: Math.max(from, observed.first), last: Math.min(to, observed.last) };
}

/** The day in the zone that holds a moment, or the next one when it does not begin it. */
function dayFrom(zone: string): (iso: string) => number {
  const format = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" });
  return (iso) => {
    const [date = "", time = ""] = format.format(new Date(iso)).split(" ");
    return dateToDay(date) + (time === "00:00:00" ? 0 : 1);
  };
}

export function pointsOf(
  cut: KpiCut,
  id: string,
  buckets: readonly Bucket[],
  observed: Observed,
  followUp: number,
): TrendPoint[] {
  return buckets.map((bucket) => toPoint(partOf(cut, String(bucket.start), id), bucket, observed, followUp));
}

/** After the scope's last event nothing happened, up to the end of data; a scope that is cut in time says nothing of that. */
function reach(shown: DayRange, observed: Observed, { to, outside, where }: KpiTrendQuery): DayRange {
  const open = to === undefined && !outside && !/\btime\b/u.test(where ?? "");
  return open ? { first: shown.first, last: observed.last } : shown;
}

/**
 * The trend of one KPI. Hidden touchpoints count, as they do in `kpis`.
 * @throws AppError invalid (filter, unknown KPI, a score without its touchpoint, too many points), not-found (journey, target, score)
 */
export async function analyzeKpiTrend(workspace: AnalysisContext, input: KpiTrendQuery): Promise<KpiTrendReport> {
  const context = seeHidden(workspace);
  const query = kpiTrendQuerySchema.parse(input);
  const { kpi, every } = query;
  const family = findFamily(kpi);
  const frames = buildFrames(context, query);
  const frame = family.ofJourneys ? frames.frame : frames.people;
  const observed = await findObserved(context, frame);
  const shown = await findFrameDays(context, frame);
  const buckets =
    observed && shown
      ? makeBuckets(every, reach(shown, observed, query), wholeDays(query, observed, dayFrom(context.zone)))
      : [];
  const grouping = { kind: "time", every } as const;
  const cut = await family.measure({ ...frames, context, grouping, end: observed?.end ?? 0, target: query.target });
  expectKpi(context, cut, kpi);
  const followUp = await findFollowUp(context, frames.frame, kpi);
  const definition = findDefinition(kpi);
  return {
    ...{ kpi, unit: unitOf(kpi, context.currency), definition: definition?.definition ?? "" },
    ...{ placement: PLACEMENTS[family.placement], adds: definition?.adds ?? false },
    ...{ journey: frames.frame.journey, every },
    endOfData: observed ? new Date(observed.end).toISOString() : null,
    points: observed ? pointsOf(cut, kpi, buckets, observed, followUp) : [],
  };
}
