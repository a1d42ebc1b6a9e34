/**
 * The two statements behind dated incidents: frictions by week and segment, and how much the customers differ in them.
 * They are read in weekly-counts.ts; which weeks are incidents is told by stats/scan-statistic.ts.
 */
import type { AnalysisContext } from "../context.ts";
import { dayNumber } from "../kpi-frame.ts";
import type { MomentRows } from "../moment-rows.ts";
import { compileFlags, placeFlags } from "./flags.ts";
import { type Friction, LAST_BIT } from "./friction.ts";
import type { IncidentProperty } from "./incident-segments.ts";

/** Where a friction is counted: events of a group of which those with a bit have it. */
export interface Place {
  readonly group: number;
  readonly bit: number;
}

/** Groups of one touchpoint's events, beside all of them: those before the outcome, once an attempt, and those that something follows. */
const EXITS = 65_536;
const FOLLOWED = 131_072;
/** All events, of which each error is a bit; eight errors a group. */
const ALL_EVENTS = 196_608;
const BITS = 8;
/** Group and mask of an event in one number: group × 256 + mask. */
export const MASKS = 2 ** BITS;

/** Where each friction is counted, in their order. */
export function placeFrictions(frictions: readonly Friction[]): Place[] {
  const flags = new Map(placeFlags(frictions).map(({ friction, bit }) => [friction, bit]));
  let errors = 0;
  return frictions.map((friction) => {
    const { touch, sign } = friction;
    if (sign.by === "exit") return { group: EXITS + touch, bit: 0 };
    if (sign.by === "gap") return { group: FOLLOWED + touch, bit: flags.get(friction) ?? 0 };
    if (sign.by !== "touch") return { group: touch, bit: flags.get(friction) ?? 0 };
    const place = errors++;
    return { group: ALL_EVENTS + Math.floor(place / BITS), bit: place % BITS };
  });
}

/** Weeks of the spans in which a customer's events count as one cluster: a window has the design effect of the next longer span. */
export const SPANS = [1, 4, 13] as const;
/** Values of one property in the number of a segment. */
export const VALUES = 16;

/** What the statements share: events in a compact form, the groups and masks they are counted in, weeks, segments. */
export interface EventSql {
  readonly aliases: string;
  readonly columns: string;
  /** Condition on events that are counted in any group. */
  readonly where: string;
  /** One of the touchpoints that are looked at, else 0. */
  readonly touch: string;
  /** 1 where the outcome is known to have come after the touch, 2 where it is known not to have come, else 0. */
  readonly exit: string;
  readonly day: string;
  readonly week: string;
  /** Of `touchId`, `flagMask` and `exitState`, an array: group and mask in one number each. */
  readonly placed: string;
  /** Bits that any mask of the groups uses. */
  readonly bits: number;
  /** Number of the event's value of the property that stands with events; 0 for none. */
  readonly part: string;
  /** Numbers of the row's values of the traits, four bits each. */
  readonly row: string;
  /** The numbers of the segments of `part` and `rowPart`, an array. */
  readonly segments: string;
}

const isError = ({ sign }: Friction) => sign.by === "touch";

function placedNumbers(rows: MomentRows, frictions: readonly Friction[]): string {
  const { bag } = rows.outcome.frame;
  const places = placeFrictions(frictions);
  const idsOf = (is: (friction: Friction) => boolean) =>
    bag.bind([...new Set(frictions.filter(is).map(({ touch }) => touch))], "Array(UInt16)");
  const flagged = idsOf(({ sign }) => sign.by !== "exit" && sign.by !== "touch" && sign.by !== "gap");
  const number = (condition: string, group: string, mask: string) =>
    `if(${condition}, toUInt32(${group}) * ${MASKS} + toUInt8(${mask}), toUInt64(0))`;
  const errors = new Map<number, Friction[]>();
  for (const [index, friction] of frictions.entries()) {
    const group = places[index]?.group ?? 0;
    if (isError(friction)) errors.set(group, [...(errors.get(group) ?? []), friction]);
  }
  const numbers = [
    number(`has(${flagged}, touchId)`, "touchId", `bitAnd(flagMask, ${2 ** LAST_BIT - 1})`),
    number(
      `flagMask < ${2 ** LAST_BIT} AND has(${idsOf(({ sign }) => sign.by === "gap")}, touchId)`,
      `${FOLLOWED} + touchId`,
      "flagMask",
    ),
    number(
      `exitState > 0 AND has(${idsOf(({ sign }) => sign.by === "exit")}, touchId)`,
      `${EXITS} + touchId`,
      "exitState = 2",
    ),
    ...[...errors].map(([group, own]) => {
      const ids = bag.bind(
        own.map(({ touch }) => touch),
        "Array(UInt16)",
      );
      const bits = bag.bind(
        own.map((_, bit) => 2 ** bit),
        "Array(UInt8)",
      );
      return number("1", String(group), `transform(touchId, ${ids}, ${bits}, toUInt8(0))`);
    }),
  ];
  return `arrayFilter(a -> a != 0, [${numbers.join(", ")}])`;
}

function numberOf(rows: MomentRows, text: string, values: readonly string[]): string {
  const { bag } = rows.outcome.frame;
  const numbers = values.map((_, index) => index + 1);
  return `transform(${text}, ${bag.bind([...values], "Array(String)")}, ${bag.bind(numbers, "Array(UInt8)")}, toUInt8(0))`;
}

/** @param outcomeWait milliseconds after which an outcome that has not come hardly ever comes */
export function buildEvents(
  context: AnalysisContext,
  rows: MomentRows,
  frictions: readonly Friction[],
  properties: readonly IncidentProperty[],
  outcomeWait: number,
): EventSql {
  const { frame } = rows.outcome;
  const flags = compileFlags(rows, frictions);
  const ofEvents = properties.findIndex(({ array }) => array !== null);
  const ofRows = properties.flatMap((property, index) => (property.ofRow === null ? [] : [{ property, index }]));
  const withEvent = properties[ofEvents];
  const columns = [
    ...["ids AS touch", "at AS moment", "hits AS hit", "eligibles AS eligible", "results AS result", "news AS new"],
    `${flags.masks} AS flagMask`,
    ...(frame.person ? [] : ["people AS person"]),
    ...(withEvent?.array ? [`${withEvent.array} AS partText`] : []),
  ];
  const traits = ofRows.map(
    ({ property }, place) =>
      `bitShiftLeft(toUInt32(${numberOf(rows, property.ofRow ?? "''", property.values)}), ${4 * place})`,
  );
  const ofTraits = ofRows.map(({ index }, place) => {
    const number = `bitAnd(bitShiftRight(rowPart, ${4 * place}), 15)`;
    return `if(${number} = 0, toUInt32(0), toUInt32(${(index + 1) * VALUES} + ${number}))`;
  });
  const looked = frame.bag.bind([...new Set(frictions.map(({ touch }) => touch))], "Array(UInt16)");
  const known = `eligible AND new AND ${rows.shown} AND moment + outcomeWait <= ${rows.end}`;
  const segments = [
    "toUInt32(0)",
    ...ofTraits,
    ...(withEvent ? [`if(part = 0, toUInt32(0), toUInt32(${(ofEvents + 1) * VALUES} + part))`] : []),
  ];
  const day = dayNumber(context, frame, "moment");
  return {
    aliases: `${flags.aliases},
  toInt64(${frame.bag.bind(outcomeWait, "Int64")}) AS outcomeWait`,
    columns: columns.join(", "),
    // The share of errors is one of all events.
    where: frictions.some(isError) ? "1" : `has(${looked}, touch)`,
    touch: `if(has(${looked}, touch), touch, toUInt16(0))`,
    exit: `toUInt8(if(${known}, if(result, 1, 2), 0))`,
    ...{ day, week: `toInt32(floor((${day} + 3) / 7))` },
    placed: placedNumbers(rows, frictions),
    bits: Math.max(...placeFrictions(frictions).map(({ bit }) => bit + 1)),
    part: withEvent ? numberOf(rows, "partText", withEvent.values) : "toUInt8(0)",
    row: traits.length > 0 ? traits.join(" + ") : "toUInt32(0)",
    segments: `arrayConcat([toUInt32(0)], arrayFilter(a -> a != 0, [${segments.join(", ")}]))`,
  };
}

const eachBit = (bits: number, read: (bit: number) => string) =>
  Array.from({ length: bits }, (_, bit) => read(bit)).join(", ");

/** Events by what they are counted as, before any is counted in several groups and segments. */
function compactSql(rows: MomentRows, events: EventSql, keys: readonly string[], where: string): string {
  const { frame } = rows.outcome;
  const names = keys.map((key) => key.split(" AS ").at(-1));
  return `WITH ${events.aliases}
SELECT ${[...keys, `${events.touch} AS touchId`].join(", ")}, flagMask, ${events.exit} AS exitState, ${events.week} AS week,
  ${events.part} AS part, ${events.row} AS rowPart, toUInt64(count()) AS n, min(${events.day}) AS dayLow, max(${events.day}) AS dayHigh
FROM ${frame.source}
ARRAY JOIN ${events.columns}
WHERE ${frame.rows} AND ${events.where} AND ${where}
GROUP BY ${[...names, "touchId"].join(", ")}, flagMask, exitState, week, part, rowPart`;
}

export function weeklySql(rows: MomentRows, events: EventSql): string {
  const found = eachBit(events.bits, (bit) => `sumIf(n, bitTest(place, ${bit}))`);
  return `SELECT eventGroup, segment, groupArray(week) AS weeks, groupArray(here) AS exposed, groupArray(withBit) AS found,
  min(low) AS firstDay, max(high) AS lastDay
FROM (
SELECT toUInt32(intDiv(place, ${MASKS})) AS eventGroup, segment, week, sum(n) AS here, [${found}] AS withBit,
  min(dayLow) AS low, max(dayHigh) AS high
FROM (
SELECT week, n, dayLow, dayHigh, ${events.segments} AS segments, arrayJoin(${events.placed}) AS place
FROM (
${compactSql(rows, events, [], "1")}))
ARRAY JOIN segments AS segment
GROUP BY eventGroup, segment, week)
GROUP BY eventGroup, segment`;
}

/** Second moments of the clusters: a customer's events of a group within a span of weeks. */
export function momentsSql(rows: MomentRows, events: EventSql, oneIn: number): string {
  const { frame } = rows.outcome;
  const spans = SPANS.map((weeks, span) => `(toUInt8(${span}), toInt32(floor(week / ${weeks})))`);
  const who = frame.person ? "owner" : "if(person != 0, person, owner)";
  const sample = oneIn > 1 ? `cityHash64(${who}) % ${frame.bag.bind(oneIn, "UInt64")} = 0` : "1";
  return `SELECT eventGroup, segment, span, count() AS clusters, toFloat64(sum(size)) AS sumN, toFloat64(sum(size * size)) AS sumNn,
  sumForEach(y) AS sumY, sumForEach(arrayMap(a -> a * size, y)) AS sumNy, sumForEach(arrayMap(a -> a * a, y)) AS sumYy
FROM (
SELECT toUInt32(intDiv(place, ${MASKS})) AS eventGroup, segment, cut.1 AS span, cut.2 AS block, sum(n) AS size,
  [${eachBit(events.bits, (bit) => `sumIf(n, bitTest(place, ${bit}))`)}] AS y
FROM (
SELECT customer, n, ${events.segments} AS segments, arrayJoin(${events.placed}) AS place, arrayJoin([${spans.join(", ")}]) AS cut
FROM (
${compactSql(rows, events, [`${who} AS customer`], sample)}))
ARRAY JOIN segments AS segment
GROUP BY customer, eventGroup, segment, span, block)
GROUP BY eventGroup, segment, span`;
}
