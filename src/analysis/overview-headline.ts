/**
 * The five or six numbers that say most about a workspace: chosen by what its data hold, each for the last complete period
 * against the one before. Why one of them moved is not said here.
 */
import { z } from "zod";
import { findJourneyDefinition, PERSON } from "../domain/journey-definition.ts";
import { changeOfTotal, differenceOf } from "../stats/difference.ts";
import { dayToDate } from "./calendar-day.ts";
import type { AnalysisContext } from "./context.ts";
import { findDefinition, titleOf, unitOf } from "./kpi-definitions.ts";
import { buildFrames, findFamily, partOf } from "./kpi-families.ts";
import { hasRole } from "./kpi-frame.ts";
import type { KpiCut } from "./kpi-group.ts";
import { type Kpi, type KpiPart, kpiSchema, type MeasuredKpi } from "./kpi-report.ts";
import { type Bucket, findFollowUp, isObservable, type Observed, pointsOf, trendPointSchema } from "./kpi-trend.ts";
import { daysOf, type Periods, trendBuckets } from "./overview-periods.ts";

export const periodSchema = z.object({
  /** Calendar days of the workspace's zone; `to` is the first day after. */
  from: z.string(),
  to: z.string(),
});

export const changeSchema = z.object({
  /** Current less previous; of counts and sums, less what the previous period would have brought in as many days; of customers, plainly. */
  value: z.number(),
  /** 95 % interval. */
  low: z.number(),
  high: z.number(),
  /** The value as a share of the previous one; null where that is 0. */
  relative: z.number().nullable(),
  /** Whether the interval excludes 0; of counts and sums also when the lengths of the periods are left aside. */
  beyondChance: z.boolean(),
  method: z.enum(["buckets", "intervals"]),
});
export type Change = z.infer<typeof changeSchema>;

export const headlineSchema = z.object({
  id: z.string(),
  title: z.string(),
  unit: z.string(),
  better: z.enum(["higher", "lower"]).nullable(),
  /** The journey definition it was measured under: conversion is that of visits where the default one has no end. */
  journey: z.string(),
  /** Its own periods: further back where what began later may still go on. */
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

function excludesZero({ low, high }: { readonly low: number; readonly high: number }): boolean {
  return low > 0 || high < 0;
}

/** Counts and sums: by what each bucket of customers adds. A count cannot fall by more than all there was. */
function compareTotals(current: KpiPart, previous: KpiPart, scale: number): Change | null {
  const [now, before] = [current.byBucket, previous.byBucket];
  const [value, was] = [current.kpi.value, previous.kpi.value];
  if (!now || !before || value === null || was === null) return null;
  const change = changeOfTotal(now, before, scale);
  const plain = changeOfTotal(now, before);
  if (!change || !plain) return null;
  const base = was * scale;
  const low = base >= 0 && value >= 0 ? Math.max(change.low, -base) : change.low;
  // What happens once a month rather than once a day would differ by the days alone: both ways of seeing it must agree.
  const beyondChance = excludesZero(change) && excludesZero(plain) && change.low > 0 === plain.low > 0;
  return { ...change, low, relative: base === 0 ? null : change.value / base, beyondChance, method: "buckets" };
}

/**
 * Current against previous: counts and sums by what each bucket of customers adds, estimates from their two intervals,
 * which for shares is Newcombe's method.
 * @param scale length of the current period ÷ length of the previous one; 1 for what does not grow with the days
 */
export function compareParts(current: KpiPart, previous: KpiPart, scale: number): Change | null {
  const totals = compareTotals(current, previous, scale);
  if (totals || !hasInterval(current.kpi) || !hasInterval(previous.kpi)) return totals;
  const change = differenceOf(current.kpi, previous.kpi);
  const base = previous.kpi.value;
  const relative = base === 0 ? null : change.value / base;
  return { ...change, relative, beyondChance: excludesZero(change), method: "intervals" };
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

interface Reading {
  readonly context: AnalysisContext;
  readonly periods: Periods;
  readonly observed: Observed;
}

/** The last two periods that have been observed for as long as the KPI needs. */
function periodsOf({ periods, observed }: Reading, followUp: number): readonly [Bucket, Bucket] | null {
  if (followUp === 0) return [periods.previous, periods.current];
  const [previous, current] = periods.buckets
    .filter((bucket) => bucket.complete && isObservable(bucket, observed, followUp))
    .slice(-2);
  return previous && current ? [previous, current] : null;
}

function toHeadline(cut: KpiCut, id: string, journey: string, reading: Reading, followUp: number): Headline | null {
  const { context, periods, observed } = reading;
  const own = periodsOf(reading, followUp);
  if (!own) return null;
  const [previous, current] = own.map((bucket) => partOf(cut, String(bucket.start), id)) as [KpiPart, KpiPart];
  if (current.kpi.value === null && previous.kpi.value === null) return null;
  const [before, now] = own;
  const last = periods.buckets.findIndex(({ start }) => start === now.start);
  // What cannot be judged yet would only end the trend in gaps, or in a fall that is none.
  const shown = followUp > 0 ? periods.buckets.slice(0, last + 1) : periods.buckets;
  return {
    ...{ id, title: titleOf(id), unit: unitOf(id, context.currency), journey },
    better: findDefinition(id)?.better ?? null,
    periods: { current: toPeriod(now), previous: toPeriod(before) },
    ...{ current: current.kpi, previous: previous.kpi },
    // Most customers who are there in 31 days are there in 30: they are no number that grows with the days.
    change: compareParts(current, previous, id === "customers" ? 1 : daysOf(now) / daysOf(before)),
    trend: pointsOf(cut, id, trendBuckets(shown), observed, followUp),
  };
}

/** A life has no end in which it must have converted by; a visit has one. */
function journeyOf(candidate: string, journey: string): string {
  return candidate === "conversion" && (journey === "life" || journey === "order-cycle") ? "visit" : journey;
}

async function readHeadline(candidate: string, reading: Reading): Promise<Headline | null> {
  const { context, periods, observed } = reading;
  const journey = journeyOf(candidate, context.defaultJourney);
  const frames = buildFrames(context, { journey });
  const family = findFamily(candidate === "score" ? "mean-score" : candidate);
  const { grouping } = periods;
  const cut = await family.measure({ ...frames, context, grouping, end: observed.end, target: undefined });
  const id = candidate === "score" ? chooseScore(cut, periods.current) : candidate;
  if (id === undefined) return null;
  return toHeadline(cut, id, journey, reading, await findFollowUp(context, frames.frame, id));
}

/** @param reading its context with hidden touchpoints seen, as KPIs see them */
export async function readHeadlines(reading: Reading): Promise<Headline[]> {
  const ofPersons =
    findJourneyDefinition(reading.context.defaultJourney, reading.context.objectTypes).ownerType === PERSON;
  const headlines: Headline[] = [];
  for (const candidate of candidates(reading.context, ofPersons)) {
    if (headlines.length === MOST_HEADLINES) break;
    const headline = await readHeadline(candidate, reading);
    // A workspace of nothing but cases has no customers: a row of zeros says nothing.
    const empty = headline?.current.value === 0 && headline.previous.value === 0;
    if (headline && !empty) headlines.push(headline);
  }
  return headlines;
}
