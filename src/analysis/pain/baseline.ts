/**
 * How long is long: the bound above which a gap is a wait, frozen from before the data that are looked at.
 * It is one number for all touchpoints, so that it shows where time is lost; targets of single touchpoints are in candidates.ts.
 */
import type { z } from "zod";
import { parseMoment } from "../../domain/moment.ts";
import type { AnalysisContext } from "../context.ts";
import { ANALYSIS_SETTINGS } from "../journey-frame.ts";
import { findEndOfData } from "../kpi-frame.ts";
import { compileOutcome } from "../moment-outcome.ts";
import { buildMomentRows, type MomentRows } from "../moment-rows.ts";
import type { painPointsQuerySchema } from "../pain-points-schema.ts";
import { compileFlags } from "./flags.ts";

export type PainPointsAsked = z.output<typeof painPointsQuerySchema>;

export interface Baseline {
  /** The 90th percentile of all gaps of the period, in milliseconds. */
  readonly overMs: number;
  readonly gaps: number;
  /** Milliseconds since 1970; `to` is not part of it. */
  readonly from: number;
  readonly to: number;
}

/** With fewer the tail is chance. */
export const LEAST_GAPS = 200;
/** Longer than nine in ten is long. */
export const PERCENTILE = 0.9;

interface GapRow {
  readonly found: number;
  readonly bound: number | null;
}

/** Gaps between neighbours of the attempts, before the outcome, that begin in the period. */
async function readGaps(
  context: AnalysisContext,
  rows: MomentRows,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<Baseline | null> {
  const { frame } = rows.outcome;
  const { aliases, gaps } = compileFlags(rows, []);
  const period = `moment >= ${frame.bag.bind(from, "Int64")} AND moment < ${frame.bag.bind(to, "Int64")}`;
  const [row] = await context.store.query<GapRow>(
    `WITH ${aliases}
SELECT count() AS found, quantileExactInclusive(${PERCENTILE})(gap) AS bound
FROM ${frame.source}
ARRAY JOIN at AS moment, eligibles AS eligible, ${gaps} AS gap
WHERE ${frame.rows} AND eligible AND gap >= 0 AND ${period}`,
    { params: frame.bag.values, settings: ANALYSIS_SETTINGS },
  );
  if (!row || row.found < LEAST_GAPS || row.bound === null || row.bound <= 0) return null;
  return { overMs: Math.round(row.bound), gaps: row.found, from, to };
}

/** When the first event and the middle one of those in scope came: the earlier half, however they are spread. */
export async function readFirstHalf(context: AnalysisContext, { outcome: { frame } }: MomentRows) {
  const [row] = await context.store.query<{ first: string; middle: string; events: number }>(
    `WITH ${frame.aliases}
SELECT toString(min(moment)) AS first, toString(quantileExactLow(0.5)(moment)) AS middle, count() AS events
FROM ${frame.source} ARRAY JOIN at AS moment WHERE ${frame.rows}`,
    { params: frame.bag.values, settings: ANALYSIS_SETTINGS },
  );
  return row && row.events > 0 ? { from: Number(row.first), to: Number(row.middle) + 1 } : null;
}

/** The period of equal length before the one that is asked for; null where none is asked for. */
async function readBefore(context: AnalysisContext, query: PainPointsAsked): Promise<Baseline | null> {
  if (query.from === undefined || query.outside) return null;
  const end = await findEndOfData(context);
  if (end === null) return null;
  const begins = parseMoment(query.from, context.zone);
  const ends = query.to === undefined ? end + 1 : parseMoment(query.to, context.zone);
  const [from, to] = [begins - (ends - begins), begins];
  if (!(from < to)) return null;
  const iso = (ms: number) => new Date(ms).toISOString();
  const outcome = await compileOutcome(context, { ...query, from: iso(from), to: iso(to) });
  return readGaps(context, buildMomentRows(outcome, query.withinMs, end), { from, to });
}

/**
 * The bound of waits: from the period of equal length before `from` where it holds enough gaps, else from the earlier half of
 * the events in scope; null where both hold too few.
 */
export async function readBaseline(
  context: AnalysisContext,
  rows: MomentRows,
  query: PainPointsAsked,
): Promise<Baseline | null> {
  const before = await readBefore(context, query);
  if (before) return before;
  const half = await readFirstHalf(context, rows);
  return half && readGaps(context, rows, half);
}
