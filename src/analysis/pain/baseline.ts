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

const LEAST_GAPS = 200;
const PERCENTILE = 0.9;

interface GapRow {
  readonly gaps: number;
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
SELECT count() AS gaps, quantileExactInclusive(${PERCENTILE})(gap) AS bound
FROM ${frame.source}
ARRAY JOIN at AS moment, eligibles AS eligible, ${gaps} AS gap
WHERE ${frame.rows} AND eligible AND gap >= 0 AND ${period}`,
    { params: frame.bag.values, settings: ANALYSIS_SETTINGS },
  );
  if (!row || row.gaps < LEAST_GAPS || row.bound === null || row.bound <= 0) return null;
  return { overMs: Math.round(row.bound), gaps: row.gaps, from, to };
}

/** First and last event in scope, in milliseconds since 1970. */
async function readExtent(context: AnalysisContext, { aliases, outcome: { frame } }: MomentRows) {
  const [row] = await context.store.query<{ first: string; last: string; events: number }>(
    `WITH ${aliases}
SELECT toString(min(at[1])) AS first, toString(max(at[-1])) AS last, count() AS events
FROM ${frame.source} WHERE ${frame.rows} AND notEmpty(ids)`,
    { params: frame.bag.values, settings: ANALYSIS_SETTINGS },
  );
  return row && row.events > 0 ? { first: Number(row.first), last: Number(row.last) } : null;
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
 * The bound of waits: from the period of equal length before `from` where it holds enough gaps, else from the first half of
 * the data in scope; null where both hold too few.
 */
export async function readBaseline(
  context: AnalysisContext,
  rows: MomentRows,
  query: PainPointsAsked,
): Promise<Baseline | null> {
  const before = await readBefore(context, query);
  if (before) return before;
  const extent = await readExtent(context, rows);
  if (!extent) return null;
  const half = Math.floor((extent.first + extent.last) / 2) + 1;
  return readGaps(context, rows, { from: extent.first, to: half });
}
