/**
 * The tallies that data quality is judged by: each one aggregate, linear in the events, of bounded memory and answer.
 * They are read from the raw events, because preparation drops what this is about; who is known, from the prepared rows.
 */
import type { QueryParams } from "../../store/event-store.ts";
import type { AnalysisContext } from "../context.ts";
import { ANALYSIS_SETTINGS } from "../journey-frame.ts";
import type { ImportFacts } from "./quality-schema.ts";

/** Before this moment there was nothing to record: 1990-01-01. */
const OLDEST = Date.UTC(1990, 0, 1);
/** Clocks of the world differ by 26 h; a source that is later than its import by less may only be in another zone. */
const ZONES_MS = 26 * 3_600_000;
/** Touchpoints whose rhythm is looked at, the commonest first. */
export const MOST_SERIES = 300;
const MOST_CELLS = 50_000;
const MOST_HOURS = 400_000;

interface Asked {
  readonly context: AnalysisContext;
  readonly imports: readonly ImportFacts[];
}

const TOUCHPOINT = "transform(touchpoint, {names:Array(String)}, {ids:Array(UInt16)}, toUInt16(0))";
const MS = "toUnixTimestamp64Milli(time)";
const LIVE = "import IN {live:Array(UInt32)}";
const MOMENT = "transform(import, {live:Array(UInt32)}, {moments:Array(Int64)}, toInt64(0))";
/** Time as it can be: only such events have a rhythm. */
const PLAUSIBLE = `${LIVE} AND ${MS} >= ${OLDEST} AND ${MS} <= ${MOMENT}`;
const MIDNIGHT = `(${MS} % 900000 = 0 AND (${MS} % 86400000 = 0 OR toUnixTimestamp(toStartOfDay(time, {zone:String})) * 1000 = ${MS}))`;

function bind({ context, imports }: Asked): QueryParams {
  const named = context.touchpoints.flatMap(({ id, rawNames }) => rawNames.map((name) => ({ id, name })));
  return {
    names: named.map(({ name }) => name),
    ids: named.map(({ id }) => id),
    live: imports.map(({ id }) => id),
    moments: imports.map(({ startedAt }) => startedAt),
    zone: context.zone,
  };
}

function read<Row>(asked: Asked, sql: string, inOrder = false): Promise<Row[]> {
  const settings = { ...ANALYSIS_SETTINGS, ...(inOrder ? { optimize_aggregation_in_order: 1 } : {}) };
  return asked.context.store.query<Row>(sql, { params: bind(asked), settings });
}

/** One touchpoint of one import. Times in milliseconds since 1970; those of a part without events mean nothing. */
export interface Cell {
  readonly importId: number;
  readonly touchpointId: number;
  readonly events: number;
  readonly first: number;
  readonly last: number;
  /** Later than its import; of them those that another zone would explain. */
  readonly late: number;
  readonly nearly: number;
  readonly lateFirst: number;
  readonly lateLast: number;
  readonly old: number;
  readonly oldFirst: number;
  readonly oldLast: number;
  readonly midnight: number;
  readonly hourly: number;
  readonly nobodys: number;
  readonly valued: number;
  readonly bare: number;
  readonly scored: number;
  readonly offScale: number;
  readonly offScaleExample: string;
}

export function readCells(asked: Asked): Promise<Cell[]> {
  const late = `${MS} > ${MOMENT}`;
  const old = `${MS} < ${OLDEST}`;
  const low = "toFloat64OrNull(extract(scale, '^(-?[0-9.]+)-'))";
  const high = "toFloat64OrNull(extract(scale, '^-?[0-9.]+-(-?[0-9.]+)$'))";
  const off = `scale != '' AND ifNull(score < ${low} OR score > ${high}, 0)`;
  const span = (part: string, name: string) =>
    `toFloat64(minIf(${MS}, ${part})) AS ${name}First, toFloat64(maxIf(${MS}, ${part})) AS ${name}Last`;
  return read(
    asked,
    `SELECT import AS importId, ${TOUCHPOINT} AS touchpointId, toFloat64(count()) AS events,
  toFloat64(minIf(${MS}, NOT (${late} OR ${old}))) AS first, toFloat64(maxIf(${MS}, NOT (${late} OR ${old}))) AS last,
  toFloat64(countIf(${late})) AS late, toFloat64(countIf(${late} AND ${MS} <= ${MOMENT} + ${ZONES_MS})) AS nearly, ${span(late, "late")},
  toFloat64(countIf(${old})) AS old, ${span(old, "old")},
  toFloat64(countIf(${MIDNIGHT})) AS midnight, toFloat64(countIf(${MS} % 3600000 = 0)) AS hourly,
  toFloat64(countIf(customer = 0)) AS nobodys,
  toFloat64(countIf(isNotNull(value))) AS valued, toFloat64(countIf(isNotNull(value) AND currency = '')) AS bare,
  toFloat64(countIf(scale != '' AND isNotNull(score))) AS scored, toFloat64(countIf(${off})) AS offScale,
  anyIf(concat(toString(ifNull(score, 0)), ' on ', scale), ${off}) AS offScaleExample
FROM raw WHERE ${LIVE} GROUP BY importId, touchpointId ORDER BY events DESC LIMIT ${MOST_CELLS}`,
  );
}

/** Days with events of one touchpoint, as day numbers since 1970-01-01 in the workspace's zone, in order. */
export interface DaySeries {
  readonly touchpointId: number;
  readonly events: number;
  readonly days: readonly number[];
  readonly counts: readonly number[];
  /** The import its last event came in with. */
  readonly lastImport: number;
}

export async function readDays(asked: Asked): Promise<DaySeries[]> {
  return read(
    asked,
    `SELECT touchpointId, toFloat64(sum(n)) AS events, argMax(latest, day) AS lastImport,
  arraySort(groupArray((day, n))) AS pairs, arrayMap(pair -> pair.1, pairs) AS days, arrayMap(pair -> toFloat64(pair.2), pairs) AS counts
FROM (SELECT ${TOUCHPOINT} AS touchpointId, toInt32(toDate32(time, {zone:String})) AS day, count() AS n, argMax(import, time) AS latest
  FROM raw WHERE ${PLAUSIBLE} GROUP BY touchpointId, day)
GROUP BY touchpointId ORDER BY events DESC, touchpointId LIMIT ${MOST_SERIES}`,
  );
}

/** Hours with events of one import: `hour` is day number · 24 + hour of the day, in the workspace's zone. */
export interface HourCount {
  readonly importId: number;
  readonly hour: number;
  readonly n: number;
}

export function readHours(asked: Asked): Promise<HourCount[]> {
  return read(
    asked,
    `SELECT import AS importId, toInt32(toDate32(time, {zone:String})) * 24 + toHour(time, {zone:String}) AS hour, toFloat64(count()) AS n
FROM raw WHERE ${PLAUSIBLE} GROUP BY importId, hour ORDER BY importId, hour LIMIT ${MOST_HOURS}`,
  );
}

/** Events by hour of the day in the workspace's zone, without those at midnight: they may have no time of day. */
export interface DailyCount {
  readonly importId: number;
  readonly touchpointId: number;
  readonly hour: number;
  readonly n: number;
}

export function readDailyCurves(asked: Asked): Promise<DailyCount[]> {
  return read(
    asked,
    `SELECT import AS importId, ${TOUCHPOINT} AS touchpointId, toHour(time, {zone:String}) AS hour, toFloat64(count()) AS n
FROM raw WHERE ${PLAUSIBLE} AND NOT ${MIDNIGHT} GROUP BY importId, touchpointId, hour ORDER BY n DESC LIMIT ${MOST_CELLS}`,
  );
}

/** Records that are equal in every column to an earlier one of the same import. */
export interface TwinCount {
  readonly importId: number;
  readonly touchpointId: number;
  readonly twins: number;
  readonly first: number;
  readonly last: number;
}

export function readTwins(asked: Asked): Promise<TwinCount[]> {
  return read(
    asked,
    `SELECT import AS importId, ${TOUCHPOINT} AS touchpointId, toFloat64(sum(n - 1)) AS twins,
  toFloat64(min(${MS})) AS first, toFloat64(max(${MS})) AS last
FROM (SELECT customer, time, import, touchpoint, rowHash, count() AS n FROM raw WHERE ${LIVE}
  GROUP BY customer, time, import, touchpoint, rowHash HAVING n > 1)
GROUP BY importId, touchpointId ORDER BY twins DESC LIMIT 5000`,
    // Raw is in the order of customer and time: only one moment of one customer is held at once.
    true,
  );
}

/** Events that follow another of the same customer and touchpoint within a second, as prepared. */
export function readRepeats(asked: Asked): Promise<{ touchpointId: number; repeats: number }[]> {
  return read(
    asked,
    `WITH arraySort(arrayZip(touchpoints, arrayMap(time -> ${MS}, times))) AS events,
  arrayMap((after, before) -> if(after.1 = before.1 AND after.2 - before.2 <= 1000, after.1, toUInt16(0)),
    arrayPopFront(events), arrayPopBack(events)) AS repeated
SELECT touchpointId, toFloat64(count()) AS repeats FROM ${asked.context.source}
ARRAY JOIN arrayFilter(id -> id > 0, repeated) AS touchpointId
WHERE ownerType = 'customer' AND length(touchpoints) > 1 GROUP BY touchpointId`,
  );
}

/** Events of persons, and of those without a customer id, by touchpoint, by import and by month: the others are 0 or "". */
export interface KnownCount {
  readonly touchpointId: number;
  readonly importId: number;
  readonly month: string;
  readonly events: number;
  readonly unknown: number;
}

export function readKnown(asked: Asked): Promise<KnownCount[]> {
  return read(
    asked,
    `SELECT touchpointId, importId, if(grouping(monthStart) = 0, formatDateTime(monthStart, '%Y-%m'), '') AS month,
  toFloat64(count()) AS events, toFloat64(countIf(known = 0)) AS unknown
FROM ${asked.context.source}
ARRAY JOIN touchpoints AS touchpointId, imports AS importId, arrayMap(time -> toStartOfMonth(time, {zone:String}), times) AS monthStart
WHERE ownerType = 'customer' GROUP BY GROUPING SETS ((touchpointId), (importId), (monthStart)) LIMIT ${MOST_CELLS}`,
  );
}

/** How many events customers have, and who has the most. */
export interface OwnerSizes {
  readonly customers: number;
  readonly events: number;
  /** 99 % of the customers have no more. */
  readonly usual: number;
  readonly largest: readonly { readonly customer: string; readonly events: number }[];
}

export async function readOwnerSizes(asked: Asked): Promise<OwnerSizes> {
  const [row] = await read<Omit<OwnerSizes, "largest"> & { largest: readonly (readonly [number, string])[] }>(
    asked,
    `SELECT toFloat64(count()) AS customers, toFloat64(sum(length(touchpoints))) AS events, quantileExact(0.99)(length(touchpoints)) AS usual,
  arrayMap(one -> (toFloat64(one.1), one.2), arrayReverseSort(groupArraySorted(5)((-toInt64(length(touchpoints)), ownerId)))) AS largest
FROM ${asked.context.source} WHERE ownerType = 'customer' AND notEmpty(touchpoints)`,
  );
  const { customers = 0, events = 0, usual = 0, largest = [] } = row ?? {};
  return { customers, events, usual, largest: largest.map(([n, customer]) => ({ customer, events: -n })) };
}
