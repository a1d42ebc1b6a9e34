/**
 * What happened, counted: how often each friction came, in how many journeys, of how many customers, month by month.
 * Nothing is compared here; what a friction does to the outcome is estimated from tallies.ts.
 */
import type { MaskRows } from "../../stats/friction-cost.ts";
import type { AnalysisContext } from "../context.ts";
import { ANALYSIS_SETTINGS } from "../journey-frame.ts";
import { dayNumber } from "../kpi-frame.ts";
import { gapsAhead, type MomentRows } from "../moment-rows.ts";
import { compileFlags, placeFlags } from "./flags.ts";
import { bindTouches, type Friction, LAST_BIT } from "./friction.ts";

/** Events of one touchpoint with the same flags in one month. */
export interface MaskCount {
  readonly touch: number;
  readonly mask: number;
  /** Months since the year 0, in the workspace's zone. */
  readonly month: number;
  readonly events: number;
  /** Those before the outcome, whether or not their window is over; and those of them that count as something that happened. */
  readonly eligible: number;
  readonly shown: number;
  /** Those that count as something that happened, their window over; those of them that nothing follows, and with the outcome. */
  readonly counted: number;
  readonly exits: number;
  readonly kept: number;
  /** Milliseconds until the next event, of those before the outcome. */
  readonly waited: number;
}

/** Distinct journeys and customers of one friction, and customers of the touches that its effect is of. */
export interface FrictionCount {
  readonly journeys: number;
  readonly customers: number;
  readonly exposed: number;
}

export interface FrictionCounts {
  readonly masks: readonly MaskCount[];
  /** By touchpoint and code: a flag's bit, or one of CODES. */
  readonly distinct: ReadonlyMap<string, FrictionCount>;
  /** Median gap before the outcome by touchpoint, in milliseconds. */
  readonly medians: ReadonlyMap<number, number>;
  /** Days since 1970 of the first and the last event in scope. */
  readonly firstDay: number;
  readonly lastDay: number;
}

/** Beside the bits of flags: drop-offs, and all events of a touchpoint. */
export const CODES = { exit: LAST_BIT, event: 8 } as const;

/** Named so that no column and no array of the rows is meant. */
interface MaskRow extends Omit<MaskCount, "mask" | "eligible"> {
  readonly part: string;
  readonly flagged: number;
  readonly early: number;
  readonly firstDay: number;
  readonly lastDay: number;
}

/** How events are split: SQL of a text over the joined events, what ARRAY JOIN has to add for it, and which events count. */
export interface EventSplit {
  readonly sql: string;
  readonly columns: readonly string[];
  readonly where: string;
}

const WHOLE: EventSplit = { sql: "''", columns: [], where: "1" };

function maskSql(
  context: AnalysisContext,
  rows: MomentRows,
  frictions: readonly Friction[],
  split: EventSplit,
): string {
  const { frame } = rows.outcome;
  const flags = compileFlags(rows, frictions);
  const day = dayNumber(context, frame, "moment");
  const zone = frame.bag.bind(context.zone, "String");
  const local = `toDate32(fromUnixTimestamp64Milli(toInt64(moment)), ${zone})`;
  const counts = `eligible AND ended AND ${rows.shown}`;
  return `WITH ${flags.aliases}
SELECT ${split.sql} AS part, touch, flagMask AS flagged, toInt32(toYear(${local}) * 12 + toMonth(${local})) AS month,
  count() AS events, countIf(eligible) AS early, countIf(eligible AND ${rows.shown}) AS shown,
  countIf(${counts}) AS counted, countIf(${counts} AND gapAhead < 0 AND NOT result) AS exits,
  countIf(${counts} AND result AND gapAhead >= 0) AS kept,
  toFloat64(sumIf(gapAhead, eligible AND gapAhead >= 0)) AS waited, min(${day}) AS firstDay, max(${day}) AS lastDay
FROM ${frame.source}
ARRAY JOIN ids AS touch, at AS moment, hits AS hit, eligibles AS eligible, ends AS ended, results AS result,
  ${[`${flags.masks} AS flagMask`, `${flags.gaps} AS gapAhead`, ...split.columns].join(", ")}
WHERE ${frame.rows} AND ${split.where}
GROUP BY part, touch, flagged, month`;
}

function asCount({ flagged, early, ...row }: MaskRow): MaskCount {
  return { ...row, mask: flagged, eligible: early };
}

interface DistinctRow {
  readonly touch: number;
  readonly code: number;
  readonly runs: number;
  readonly persons: number;
  readonly exposed: number;
}

function distinctSql(rows: MomentRows, frictions: readonly Friction[]): string {
  const { frame } = rows.outcome;
  const flags = compileFlags(rows, frictions);
  const touchesOf = (by: "touch" | "exit") => bindTouches(frame.bag, frictions, by);
  const people = frame.person ? [] : ["people AS person"];
  const journeys = frame.single ? [] : ["numbers AS number"];
  const who = frame.person ? "owner" : "if(person != 0, person, owner)";
  const counts = `eligible AND ended AND ${rows.shown}`;
  const exits = `flagMask >= ${2 ** LAST_BIT} AND ${counts} AND NOT result AND has(${touchesOf("exit")}, touch)`;
  const codes = `arrayConcat(bitPositionsToArray(bitAnd(flagMask, ${2 ** LAST_BIT - 1})), if(${exits}, [${CODES.exit}], []),
    if(has(${touchesOf("touch")}, touch), [${CODES.event}], []))`;
  return `WITH ${flags.aliases}
SELECT touch, toUInt8(arrayJoin(${codes})) AS code, uniqExact(${frame.single ? "owner" : "cityHash64(owner, number)"}) AS runs,
  ${frame.person ? "uniqExact(owner)" : "uniqExactIf(person, person != 0)"} AS persons, uniqExactIf(${who}, if(code = ${CODES.event}, ${counts}, eligible AND flagEnded)) AS exposed
FROM ${frame.source}
ARRAY JOIN ${[
    ...["ids AS touch", "hits AS hit", "eligibles AS eligible", "ends AS ended", "results AS result"],
    ...[`${flags.masks} AS flagMask`, `${flags.ends} AS flagEnded`, ...people, ...journeys],
  ].join(", ")}
WHERE ${frame.rows}
GROUP BY touch, code`;
}

async function readMedians(context: AnalysisContext, rows: MomentRows, frictions: readonly Friction[]) {
  const waits = frictions.filter(({ sign }) => sign.by === "gap").map(({ touch }) => touch);
  if (waits.length === 0) return new Map<number, number>();
  const { frame } = rows.outcome;
  const touches = frame.bag.bind(waits, "Array(UInt16)");
  const medians = await context.store.query<{ touch: number; median: number }>(
    `WITH ${rows.aliases}
SELECT touch, quantileExactInclusive(0.5)(gapAhead) AS median
FROM ${frame.source}
ARRAY JOIN ids AS touch, eligibles AS eligible, ${gapsAhead(rows)} AS gapAhead
WHERE ${frame.rows} AND eligible AND gapAhead >= 0 AND has(${touches}, touch)
GROUP BY touch`,
    { params: frame.bag.values, settings: ANALYSIS_SETTINGS },
  );
  return new Map(medians.map(({ touch, median }) => [touch, median]));
}

/** Everything that is counted of the frictions, over all events in scope. */
export async function countFrictions(
  context: AnalysisContext,
  rows: MomentRows,
  frictions: readonly Friction[],
): Promise<FrictionCounts> {
  const options = { params: rows.outcome.frame.bag.values, settings: ANALYSIS_SETTINGS };
  const [masks, distinct, medians] = await Promise.all([
    context.store.query<MaskRow>(maskSql(context, rows, frictions, WHOLE), options),
    context.store.query<DistinctRow>(distinctSql(rows, frictions), options),
    readMedians(context, rows, frictions),
  ]);
  return {
    masks: masks.map(asCount),
    medians,
    distinct: new Map(
      distinct.map(({ touch, code, runs, persons, exposed }) => [
        `${touch} ${code}`,
        { journeys: runs, customers: persons, exposed },
      ]),
    ),
    firstDay: masks.reduce((day, row) => Math.min(day, row.firstDay), Number.POSITIVE_INFINITY),
    lastDay: masks.reduce((day, row) => Math.max(day, row.lastDay), Number.NEGATIVE_INFINITY),
  };
}

/** The events of each part of a split. */
export async function countParts(
  context: AnalysisContext,
  rows: MomentRows,
  frictions: readonly Friction[],
  split: EventSplit,
): Promise<Map<string, MaskCount[]>> {
  const parts = new Map<string, MaskCount[]>();
  const sql = maskSql(context, rows, frictions, split);
  const options = { params: rows.outcome.frame.bag.values, settings: ANALYSIS_SETTINGS };
  for (const row of await context.store.query<MaskRow>(sql, options)) {
    const part = parts.get(row.part) ?? [];
    part.push(asCount(row));
    parts.set(row.part, part);
  }
  return parts;
}

/** Touches before the outcome of each touchpoint by their flags. */
export function groupMasks({ masks }: FrictionCounts): Map<number, MaskRows[]> {
  const byTouch = new Map<number, Map<number, number>>();
  for (const { touch, mask, eligible } of masks) {
    const own = byTouch.get(touch) ?? new Map<number, number>();
    byTouch.set(touch, own.set(mask, (own.get(mask) ?? 0) + eligible));
  }
  return new Map([...byTouch].map(([touch, own]) => [touch, [...own].map(([mask, rows]) => ({ mask, rows }))]));
}

/** The place of a friction among the distinct counts. */
export function codeOf(frictions: readonly Friction[]): (friction: Friction) => number {
  const bits = new Map(placeFlags(frictions).map(({ friction, bit }) => [friction, bit]));
  return (friction) => bits.get(friction) ?? (friction.sign.by === "exit" ? CODES.exit : CODES.event);
}
