/**
 * The five or six numbers that say most about a workspace: chosen by what its data hold, each for the last complete period
 * against the one before. Why one of them moved is not said here.
 */
import { z } from "zod";
import { changeOfTotal, differenceOf } from "../stats/difference.ts";
import { dayToDate } from "./calendar-day.ts";
import type { AnalysisContext } from "./context.ts";
import { KPI_DEFINITIONS, titleOf, unitOf } from "./kpi-definitions.ts";
import { buildFrames, findFamily, type KpiFamily, partOf } from "./kpi-families.ts";
import { hasRole } from "./kpi-frame.ts";
import type { KpiCut } from "./kpi-group.ts";
import { type Kpi, type KpiPart, kpiSchema, type MeasuredKpi } from "./kpi-report.ts";
import { type Bucket, isObservable, type Observed, pointsOf, trendPointSchema } from "./kpi-trend.ts";
import { daysOf, type Periods, trendBuckets } from "./overview-periods.ts";

export const periodSchema = z.object({
  /** Calendar days of the workspace's zone; `to` is the first day after. */
  from: z.string(),
  to: z.string(),
});

export const changeSchema = z.object({
  /** Current less previous; of counts and sums, less what the previous period would have brought in as many days. */
  value: z.number(),
  /** 95 % interval. */
  low: z.number(),
  high: z.number(),
  /** The value as a share of the previous one; null where that is 0. */
  relative: z.number().nullable(),
  method: z.enum(["buckets", "intervals"]),
});
export type Change = z.infer<typeof changeSchema>;

export const headlineSchema = z.object({
  id: z.string(),
  title: z.string(),
  unit: z.string(),
  better: z.enum(["higher", "lower"]).nullable(),
  /** Its own periods: of groups of buyers the last two that have had 90 days. */
  periods: z.object({ current: periodSchema, previous: periodSchema }),
  current: kpiSchema,
  previous: kpiSchema,
  change: changeSchema.nullable(),
  trend: z.array(trendPointSchema),
});
export type Headline = z.infer<typeof headlineSchema>;

const MOST_HEADLINES = 6;

export function toPeriod({ start, end }: Bucket): z.infer<typeof periodSchema> {
  return { from: dayToDate(start), to: dayToDate(end) };
}

function hasInterval(kpi: Kpi): kpi is MeasuredKpi & { low: number; high: number } {
  return kpi.value !== null && kpi.low !== null && kpi.high !== null;
}

/**
 * Current against previous. Counts and sums: by what each bucket of customers adds, per day of the period.
 * Estimates: from their two intervals, which for shares is Newcombe's method.
 */
export function compareParts(current: KpiPart, previous: KpiPart, scale: number): Change | null {
  if (current.kpi.value === null || previous.kpi.value === null) return null;
  const counted = current.byBucket !== undefined && previous.byBucket !== undefined;
  const base = counted ? previous.kpi.value * scale : previous.kpi.value;
  const estimated = hasInterval(current.kpi) && hasInterval(previous.kpi);
  const change =
    current.byBucket && previous.byBucket
      ? changeOfTotal(current.byBucket, previous.byBucket, scale)
      : estimated && hasInterval(current.kpi) && hasInterval(previous.kpi)
        ? differenceOf(current.kpi, previous.kpi)
        : null;
  if (!change) return null;
  return { ...change, relative: base === 0 ? null : change.value / base, method: counted ? "buckets" : "intervals" };
}

/** Ids by how much they say, first those that the kind of journey calls for; scores join when they are read. */
function candidates(context: AnalysisContext, ofPersons: boolean): string[] {
  const orders = hasRole(context, "order");
  return [
    ...(ofPersons ? [] : ["journeys", "journey-duration"]),
    "customers",
    ...(orders ? ["revenue", "conversion", "repeat-purchase-rate-90d"] : []),
    ...(hasRole(context, "delivery") ? ["late-delivery-share"] : []),
    "score",
    ...(orders ? ["orders"] : []),
    ...(ofPersons ? ["journeys", "events"] : []),
  ];
}

const SCORE_ORDER = ["nps", "csat", "ces", "mean-score"];

/** The score with most answers in the current period; of one touchpoint the one its scale calls for. */
function chooseScore(cut: KpiCut, current: Bucket): string | undefined {
  const parts = cut.of(String(current.start)).filter(({ kpi }) => kpi.value !== null);
  const rank = (id: string) => SCORE_ORDER.indexOf(id.split(":", 1)[0] ?? "");
  const [best] = parts
    .filter(({ kpi }) => rank(kpi.id) >= 0)
    .sort((a, b) => (b.denominator ?? 0) - (a.denominator ?? 0) || rank(a.kpi.id) - rank(b.kpi.id));
  return best?.kpi.id;
}

/** The two periods of one family: buyers need time to order again, so theirs lie further back. */
function periodsOf(family: KpiFamily, periods: Periods, observed: Observed): readonly [Bucket, Bucket] | null {
  if (family.placement !== "first-order") return [periods.previous, periods.current];
  if (periods.by === "half") return null;
  const [previous, current] = periods.buckets
    .filter((bucket) => bucket.complete && isObservable(bucket, observed))
    .slice(-2);
  return previous && current ? [previous, current] : null;
}

interface Reading {
  readonly context: AnalysisContext;
  readonly periods: Periods;
  readonly observed: Observed;
}

function toHeadline(cut: KpiCut, id: string, family: KpiFamily, reading: Reading): Headline | null {
  const { context, periods, observed } = reading;
  const own = periodsOf(family, periods, observed);
  if (!own) return null;
  const [previous, current] = own.map((bucket) => partOf(cut, String(bucket.start), id)) as [KpiPart, KpiPart];
  if (current.kpi.value === null && previous.kpi.value === null) return null;
  const [before, now] = own;
  const last = periods.buckets.findIndex(({ start }) => start === now.start);
  // Groups of buyers that cannot be judged yet would only fill the trend with gaps.
  const shown = family.placement === "first-order" ? periods.buckets.slice(0, last + 1) : periods.buckets;
  return {
    ...{ id, title: titleOf(id), unit: unitOf(id, context.currency) },
    better: KPI_DEFINITIONS.find((definition) => definition.id === id.split(":", 1)[0])?.better ?? null,
    periods: { current: toPeriod(now), previous: toPeriod(before) },
    ...{ current: current.kpi, previous: previous.kpi },
    change: compareParts(current, previous, daysOf(now) / daysOf(before)),
    trend: pointsOf(cut, id, trendBuckets(shown), family, observed),
  };
}

/** @param context with hidden touchpoints seen, as KPIs see them */
export async function readHeadlines(reading: Reading): Promise<Headline[]> {
  const { context, periods, observed } = reading;
  const frames = buildFrames(context, {});
  const { grouping } = periods;
  const question = { ...frames, context, grouping, end: observed.end, target: undefined };
  const headlines: Headline[] = [];
  for (const candidate of candidates(context, frames.frame.person)) {
    if (headlines.length === MOST_HEADLINES) break;
    const family = findFamily(candidate === "score" ? "mean-score" : candidate);
    const cut = await family.measure(question);
    const id = candidate === "score" ? chooseScore(cut, periods.current) : candidate;
    const headline = id === undefined ? null : toHeadline(cut, id, family, reading);
    // A workspace of nothing but cases has no customers: a row of zeros says nothing.
    const empty = headline?.current.value === 0 && headline.previous.value === 0;
    if (headline && !empty) headlines.push(headline);
  }
  return headlines;
}
