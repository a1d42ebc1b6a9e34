/**
 * How often each friction came, week by week, of everybody and in each part of the customers, and how much its customers differ.
 * In which weeks it came too often is told by stats/scan-statistic.ts.
 */
import type { ClusterMoments } from "../../stats/design-effect.ts";
import type { AnalysisContext } from "../context.ts";
import { ANALYSIS_SETTINGS } from "../journey-frame.ts";
import type { MomentRows } from "../moment-rows.ts";
import type { Friction } from "./friction.ts";
import { type Horizon, readHorizons } from "./incident-horizons.ts";
import type { IncidentProperty } from "./incident-segments.ts";
import { buildEvents, momentsSql, placeFrictions, SPANS, VALUES, weeklySql } from "./incident-sql.ts";

/** Touches from which the design effects are estimated. */
const SAMPLE_TOUCHES = 200_000;
/** One friction in one segment. */
export interface WeeklySeries {
  /** Place in the list of frictions. */
  readonly friction: number;
  /** Null: everybody. */
  readonly segment: { readonly property: IncidentProperty; readonly value: string } | null;
  readonly exposed: Float64Array;
  readonly events: Float64Array;
  /** One a span of SPANS. */
  readonly moments: readonly ClusterMoments[];
}

export interface WeeklyCounts {
  readonly series: readonly WeeklySeries[];
  /** Days since 1970 of the first week's Monday, in the workspace's zone. */
  readonly firstDay: number;
  /** Milliseconds after which an outcome that has not come hardly ever comes. */
  readonly outcomeWait: number;
}

interface WeeklyRow {
  readonly eventGroup: number;
  readonly segment: number;
  readonly weeks: readonly number[];
  readonly exposed: readonly number[];
  readonly found: readonly (readonly number[])[];
  readonly firstDay: number;
  readonly lastDay: number;
}

interface MomentsRow {
  readonly eventGroup: number;
  readonly segment: number;
  readonly span: number;
  readonly clusters: number;
  readonly sumN: number;
  readonly sumNn: number;
  readonly sumY: readonly number[];
  readonly sumNy: readonly number[];
  readonly sumYy: readonly number[];
}

/** How long after a touch nearly all outcomes have come that ever do: later touches cannot be said to have been in vain. */
async function readOutcomeWait(context: AnalysisContext, rows: MomentRows, withinMs: number): Promise<number> {
  const { frame, kind } = rows.outcome;
  if (kind === "silence") return withinMs;
  const [row] = await context.store.query<{ wait: number | null; outcomes: number }>(
    `WITH ${rows.aliases}
SELECT quantileExactInclusiveOrNull(0.99)(nextHit - moment) AS wait, count() AS outcomes
FROM ${frame.source}
ARRAY JOIN at AS moment, nextHits AS nextHit, eligibles AS eligible, results AS result, news AS new
WHERE ${frame.rows} AND eligible AND new AND result`,
    { params: frame.bag.values, settings: ANALYSIS_SETTINGS },
  );
  return row && row.outcomes > 0 && row.wait !== null ? Math.ceil(row.wait) : withinMs;
}

const NO_MOMENTS: ClusterMoments = { clusters: 0, n: 0, y: 0, nn: 0, ny: 0, yy: 0 };

function momentsOf(row: MomentsRow | undefined, bit: number): ClusterMoments {
  if (!row) return NO_MOMENTS;
  const { clusters, sumN: n, sumNn: nn, sumY, sumNy, sumYy } = row;
  return { clusters, n, nn, y: sumY[bit] ?? 0, ny: sumNy[bit] ?? 0, yy: sumYy[bit] ?? 0 };
}

/** Weeks from the first to the last event, and those of them in which a friction can be told. */
interface WeekSpan {
  readonly first: number;
  readonly length: number;
  readonly from: number;
  readonly to: number;
}

/** Whole weeks are left out; for less than a day none is. */
function cutWeeks(firstDay: number, lastDay: number, { back, ahead }: Horizon): WeekSpan {
  const weekOf = (day: number) => (day + 3) / 7;
  const [first, end] = [Math.floor(weekOf(firstDay)), Math.floor(weekOf(lastDay)) + 1];
  const from = back < 1 ? first : Math.ceil(weekOf(firstDay + back));
  const to = ahead < 1 ? end : Math.floor(weekOf(lastDay + 1 - ahead));
  return { first, length: end - first, from, to };
}

/** Weeks without anything, or left out, are 0. */
function spread(
  weeks: readonly number[],
  values: readonly number[],
  { first, length, from, to }: WeekSpan,
): Float64Array {
  const all = new Float64Array(length);
  for (const [index, week] of weeks.entries()) if (week >= from && week < to) all[week - first] = values[index] ?? 0;
  return all;
}

/**
 * The weekly counts of all frictions, of everybody and by segment, with the second moments of customers in spans of weeks.
 * Those are from a sample of customers where there are many touches.
 * @returns no series without events
 */
export async function readWeeklyCounts(
  context: AnalysisContext,
  rows: MomentRows,
  frictions: readonly Friction[],
  properties: readonly IncidentProperty[],
  { withinMs, touches }: { readonly withinMs: number; readonly touches: number },
): Promise<WeeklyCounts> {
  const outcomeWait = await readOutcomeWait(context, rows, withinMs);
  const events = buildEvents(context, rows, frictions, properties, outcomeWait);
  const oneIn = Math.max(1, Math.ceil(touches / SAMPLE_TOUCHES));
  const [weeklyText, momentsText] = [weeklySql(rows, events), momentsSql(rows, events, oneIn)];
  const options = { params: rows.outcome.frame.bag.values, settings: ANALYSIS_SETTINGS };
  const [weekly, moments] = await Promise.all([
    context.store.query<WeeklyRow>(weeklyText, options),
    context.store.query<MomentsRow>(momentsText, options),
  ]);
  if (weekly.length === 0) return { series: [], firstDay: 0, outcomeWait };
  const firstDay = weekly.reduce((least, row) => Math.min(least, row.firstDay), Number.POSITIVE_INFINITY);
  const lastDay = weekly.reduce((most, row) => Math.max(most, row.lastDay), Number.NEGATIVE_INFINITY);
  const horizons = await readHorizons(context, rows, frictions, { firstDay, lastDay, oneIn });
  const spans = horizons.map((horizon) => cutWeeks(firstDay, lastDay, horizon));
  const keyOf = (group: number, segment: number, span: number) => (group * 1_024 + segment) * SPANS.length + span;
  const momentsBy = new Map(moments.map((row) => [keyOf(row.eventGroup, row.segment, row.span), row]));
  // In one order however the engine gives them: what is drawn by chance goes by it.
  const weeklyBy = new Map<number, WeeklyRow[]>();
  for (const row of weekly.toSorted((a, b) => a.segment - b.segment))
    weeklyBy.set(row.eventGroup, [...(weeklyBy.get(row.eventGroup) ?? []), row]);
  const series = placeFrictions(frictions).flatMap(({ group, bit }, friction) => {
    const span = spans[friction];
    if (!span) return [];
    return (weeklyBy.get(group) ?? []).map(({ segment, weeks, exposed, found }): WeeklySeries => {
      const property = properties[Math.floor(segment / VALUES) - 1];
      const value = property?.values[(segment % VALUES) - 1];
      return {
        ...{ friction, segment: property && value !== undefined ? { property, value } : null },
        exposed: spread(weeks, exposed, span),
        events: spread(
          weeks,
          found.map((withBit) => withBit[bit] ?? 0),
          span,
        ),
        moments: SPANS.map((_, place) => momentsOf(momentsBy.get(keyOf(group, segment, place)), bit)),
      };
    });
  });
  return { series, firstDay: Math.floor((firstDay + 3) / 7) * 7 - 3, outcomeWait };
}
