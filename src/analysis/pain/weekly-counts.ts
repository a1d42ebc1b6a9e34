/**
 * How often each friction came, week by week, of everybody and in each part of the customers, and how much its customers differ.
 * In which weeks it came too often is told by stats/scan-statistic.ts.
 */
import type { ClusterMoments } from "../../stats/design-effect.ts";
import type { AnalysisContext } from "../context.ts";
import { ANALYSIS_SETTINGS } from "../journey-frame.ts";
import type { MomentRows } from "../moment-rows.ts";
import type { Friction } from "./friction.ts";
import type { IncidentProperty } from "./incident-segments.ts";
import { buildEvents, momentsSql, placeFrictions, SPANS, VALUES, weeklySql } from "./incident-sql.ts";

/** Touches from which the design effects are estimated. */
const SAMPLE_TOUCHES = 300_000;
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

/** Weeks without anything are 0. */
function spread(weeks: readonly number[], values: readonly number[], first: number, length: number): Float64Array {
  const all = new Float64Array(length);
  for (const [index, week] of weeks.entries()) all[week - first] = values[index] ?? 0;
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
  const all = weekly.flatMap(({ weeks }) => [...weeks]);
  if (all.length === 0) return { series: [], firstDay: 0, outcomeWait };
  const first = all.reduce((least, week) => Math.min(least, week));
  const length = all.reduce((most, week) => Math.max(most, week)) - first + 1;
  const keyOf = (group: number, segment: number, span: number) => (group * 1_024 + segment) * SPANS.length + span;
  const momentsBy = new Map(moments.map((row) => [keyOf(row.eventGroup, row.segment, row.span), row]));
  // In one order however the engine gives them: what is drawn by chance goes by it.
  const weeklyBy = new Map<number, WeeklyRow[]>();
  for (const row of weekly.toSorted((a, b) => a.segment - b.segment))
    weeklyBy.set(row.eventGroup, [...(weeklyBy.get(row.eventGroup) ?? []), row]);
  const series = placeFrictions(frictions).flatMap(({ group, bit }, friction) =>
    (weeklyBy.get(group) ?? []).map(({ segment, weeks, exposed, found }): WeeklySeries => {
      const property = properties[Math.floor(segment / VALUES) - 1];
      const value = property?.values[(segment % VALUES) - 1];
      return {
        ...{ friction, segment: property && value !== undefined ? { property, value } : null },
        exposed: spread(weeks, exposed, first, length),
        events: spread(
          weeks,
          found.map((withBit) => withBit[bit] ?? 0),
          first,
          length,
        ),
        moments: SPANS.map((_, span) => momentsOf(momentsBy.get(keyOf(group, segment, span)), bit)),
      };
    }),
  );
  return { series, firstDay: first * 7 - 3, outcomeWait };
}
