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

/** What the statements share: events with group and mask, `placed`, several an event; weeks; segments. */
export interface EventSql {
  readonly aliases: string;
  readonly columns: string;
  readonly week: string;
  /** Number of the event's value of the property that stands with events; 0 for none. */
  readonly part: string;
  /** Numbers of the row's values of the traits, four bits each. */
  readonly row: string;
  /** The numbers of the segments of what was grouped by `part` and `rowPart`: everybody and the traits, and the one of `part`. */
  readonly ofRow: string;
  readonly ofPart: string;
}

function placedNumbers(rows: MomentRows, frictions: readonly Friction[]): string[] {
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
    if (friction.sign.by === "touch") errors.set(group, [...(errors.get(group) ?? []), friction]);
  }
  const known = `eligible AND new AND ${rows.shown} AND moment + outcomeWait <= ${rows.end}`;
  return [
    number(`has(${flagged}, touch)`, "touch", `bitAnd(flagMask, ${2 ** LAST_BIT - 1})`),
    number(
      `flagMask < ${2 ** LAST_BIT} AND has(${idsOf(({ sign }) => sign.by === "gap")}, touch)`,
      `${FOLLOWED} + touch`,
      "flagMask",
    ),
    number(`has(${idsOf(({ sign }) => sign.by === "exit")}, touch) AND ${known}`, `${EXITS} + touch`, "NOT result"),
    ...[...errors].map(([group, own]) => {
      const ids = bag.bind(
        own.map(({ touch }) => touch),
        "Array(UInt16)",
      );
      const bits = bag.bind(
        own.map((_, bit) => 2 ** bit),
        "Array(UInt8)",
      );
      return number("1", String(group), `transform(touch, ${ids}, ${bits}, toUInt8(0))`);
    }),
  ];
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
  return {
    aliases: `${flags.aliases},
  toInt64(${frame.bag.bind(outcomeWait, "Int64")}) AS outcomeWait,
  arrayJoin(arrayFilter(a -> a != 0, [${placedNumbers(rows, frictions).join(", ")}])) AS placed`,
    columns: columns.join(", "),
    week: `toInt32(floor((${dayNumber(context, frame, "moment")} + 3) / 7))`,
    part: withEvent ? numberOf(rows, "partText", withEvent.values) : "toUInt8(0)",
    row: traits.length > 0 ? traits.join(" + ") : "toUInt32(0)",
    ofRow: `arrayConcat([toUInt32(0)], arrayFilter(a -> a != 0, [${["toUInt32(0)", ...ofTraits].join(", ")}]))`,
    ofPart: `if(part = 0, emptyArrayUInt32(), [toUInt32(${(ofEvents + 1) * VALUES} + part)])`,
  };
}

const eachBit = (read: (bit: number) => string) => Array.from({ length: BITS }, (_, bit) => read(bit)).join(", ");

export function weeklySql({ outcome: { frame } }: MomentRows, events: EventSql): string {
  return `SELECT eventGroup, segment, groupArray(week) AS weeks, groupArray(here) AS exposed, groupArray(withBit) AS found
FROM (
SELECT eventGroup, segment, week, sum(n) AS here, [${eachBit((bit) => `sumIf(n, bitTest(placed, ${bit}))`)}] AS withBit
FROM (
WITH ${events.aliases}
SELECT toUInt32(intDiv(placed, ${MASKS})) AS eventGroup, placed, ${events.week} AS week, ${events.part} AS part, ${events.row} AS rowPart, count() AS n
FROM ${frame.source}
ARRAY JOIN ${events.columns}
WHERE ${frame.rows}
GROUP BY placed, week, part, rowPart)
ARRAY JOIN arrayConcat(${events.ofRow}, ${events.ofPart}) AS segment
GROUP BY eventGroup, segment, week)
GROUP BY eventGroup, segment`;
}

/** Second moments of the clusters: a customer's events of a group within a span of weeks. */
export function momentsSql(rows: MomentRows, events: EventSql, oneIn: number): string {
  const { frame } = rows.outcome;
  const spans = SPANS.map((weeks, span) => `(toUInt8(${span}), toInt32(floor(${events.week} / ${weeks})))`);
  const who = frame.person ? "owner" : "if(person != 0, person, owner)";
  return `SELECT eventGroup, segment, span, count() AS clusters, toFloat64(sum(n)) AS sumN, toFloat64(sum(n * n)) AS sumNn,
  sumForEach(y) AS sumY, sumForEach(arrayMap(a -> a * n, y)) AS sumNy, sumForEach(arrayMap(a -> a * a, y)) AS sumYy
FROM (
WITH ${events.aliases},
  arrayJoin([${spans.join(", ")}]) AS cut,
  ${events.part} AS ownPart,
  arrayJoin(if(ownPart = 0, [toUInt8(0)], [toUInt8(0), ownPart])) AS part
SELECT ${who} AS customer, cut.1 AS span, cut.2 AS block, part, toUInt32(intDiv(placed, ${MASKS})) AS eventGroup, ${events.row} AS rowPart,
  toUInt64(count()) AS n, [${eachBit((bit) => `countIf(bitTest(placed, ${bit}))`)}] AS y
FROM ${frame.source}
ARRAY JOIN ${events.columns}
WHERE ${frame.rows} AND cityHash64(${who}) % ${frame.bag.bind(oneIn, "UInt64")} = 0
GROUP BY customer, span, block, part, eventGroup, rowPart)
ARRAY JOIN if(part = 0, ${events.ofRow}, ${events.ofPart}) AS segment
GROUP BY eventGroup, segment, span`;
}
