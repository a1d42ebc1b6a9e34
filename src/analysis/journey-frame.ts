/**
 * The frame every view of a journey stands in: which rows, which journeys, which events, as SQL aliases.
 * One frame gives one denominator, so map, variants, step matrix, Sankey and funnel add up to the same journeys.
 */
import { z } from "zod";
import { AppError } from "../domain/app-error.ts";
import { findJourneyDefinition, journeyNameSchema, PERSON } from "../domain/journey-definition.ts";
import { parseMoment } from "../domain/moment.ts";
import { isHidden } from "../domain/touchpoint.ts";
import type { QuerySettings } from "../store/event-store.ts";
import type { AnalysisContext } from "./context.ts";
import { type CompiledCondition, type CompiledFilter, compileFilter, ParameterBag } from "./filter.ts";

const momentSchema = z
  .string()
  .refine((text) => !Number.isNaN(parseMoment(text, "UTC")), "write a time like 2025-03-31 or 2025-03-31T12:00:00Z");

/** The part of a question that every analysis shares. */
export const journeyScopeSchema = z.object({
  journey: journeyNameSchema.optional(),
  /** Journeys that start in [from, to) count. A day begins, and a time without an offset is read, in the workspace's zone. */
  from: momentSchema.optional(),
  to: momentSchema.optional(),
  /** The other way round: journeys that start outside [from, to). Takes `from`, `to` or both. */
  outside: z.boolean().optional(),
  /** Filter expression. */
  where: z.string().optional(),
});
export type JourneyScope = z.infer<typeof journeyScopeSchema>;
type ZonedScope = JourneyScope & { readonly zone: string };

export interface JourneyFrame {
  readonly journey: string;
  /** Whether the rows are owned by persons, so that one row is one customer. */
  readonly person: boolean;
  /** Whether a row holds at most one journey. */
  readonly single: boolean;
  /**
   * Aliases for a WITH clause. Arrays over the events that stay, in order:
   * `ids` (touchpoint id), `at` (ms since 1970), `numbers` (journey number; only if not single),
   * `firsts`/`lasts` (1 where a journey starts/ends), `people` (customer hash; only for objects).
   * Scalars: `inPeriod` (journeys that start in the period), `selected` (those that `has`, `count` and `customer.`
   * leave), `remaining` (those with an event left).
   */
  readonly aliases: string;
  /** A column of the journey row, reduced to the events that stay. */
  readonly kept: (column: string) => string;
  readonly source: string;
  /** Condition on the rows in scope, before `has`, `count` and `customer.` choose among journeys. */
  readonly scope: string;
  /** Condition on the rows that count. */
  readonly rows: string;
  readonly bag: ParameterBag;
}

/** For reading: linear aggregates, bounded memory, no shard may ask another. */
export const ANALYSIS_SETTINGS: QuerySettings = {
  distributed_product_mode: "deny",
  // One row holds a whole life: blocks of few rows keep the arrays made from them small.
  max_block_size: 8192,
  max_bytes_before_external_group_by: 700_000_000,
  // Compiling costs a question on few events more than it saves, and one on ten million nothing either way (bench/).
  compile_expressions: 0,
  compile_aggregate_expressions: 0,
};

function alias(name: string, sql: string): string {
  return `${sql} AS ${name}`;
}

function andAll(arrays: readonly string[]): string {
  const [first, ...rest] = arrays;
  if (rest.length === 0) return first as string;
  const names = arrays.map((_, index) => `m${index}`);
  return `arrayMap((${names.join(", ")}) -> ${names.join(" AND ")}, ${arrays.join(", ")})`;
}

function periodCondition({ zone, ...scope }: ZonedScope, start: string, bag: ParameterBag): string[] {
  const bound = (text: string, operator: string) =>
    `${start} ${operator} fromUnixTimestamp64Milli(${bag.bind(parseMoment(text, zone), "Int64")}, 'UTC')`;
  const inside = [...(scope.from ? [bound(scope.from, ">=")] : []), ...(scope.to ? [bound(scope.to, "<")] : [])];
  if (!scope.outside) return inside;
  // Nothing lies outside all time: an empty answer would only hide the slip.
  if (inside.length === 0)
    throw new AppError("invalid", "«outside» takes a period to lie outside of: give «from», «to» or both.", {
      field: "outside",
    });
  return [`NOT (${inside.join(" AND ")})`];
}

/**
 * The filter, with the events of hidden touchpoints dropped as well. The filter itself still sees them: `has` and
 * `count` speak of what happened, and a journey starts with its first event, shown or not.
 */
function dropHidden(filter: CompiledFilter, { touchpoints }: AnalysisContext, bag: ParameterBag): CompiledFilter {
  const hidden = touchpoints.filter(isHidden).map(({ id }) => id);
  if (hidden.length === 0) return filter;
  const arrays: CompiledCondition["arrays"] = new Set([...(filter.event?.arrays ?? []), "touchpoints" as const]);
  const shown = `NOT has(${bag.bind(hidden, "Array(UInt16)")}, touchpoints)`;
  return { ...filter, event: { sql: filter.event ? `${shown} AND ${filter.event.sql}` : shown, arrays } };
}

/** The mask of events that stay, as an array expression; undefined when all do. */
function eventMask(filter: CompiledFilter, counted: (name: string) => string): string | undefined {
  if (!filter.event) return undefined;
  const arrays = [...filter.event.arrays];
  const names: string[] = [...arrays];
  const values: string[] = [...arrays];
  for (const { name } of filter.counts) {
    names.push(name);
    values.push(counted(name));
  }
  if (values.length === 0) return `arrayWithConstant(length(touchpoints), toUInt8(${filter.event.sql}))`;
  return `arrayMap((${names.join(", ")}) -> toUInt8(${filter.event.sql}), ${values.join(", ")})`;
}

interface Cut {
  readonly aliases: string[];
  readonly rows: string[];
  readonly kept: (column: string) => string;
}

/** Aliases where a row is one journey: what decides on journeys becomes a condition on rows. */
function singleJourney(filter: CompiledFilter, scope: ZonedScope, bag: ParameterBag): Cut {
  const rows = periodCondition(scope, "times[1]", bag);
  const aliases = filter.counts.map(({ name, ids }) => alias(name, `arrayCount(id -> has(${ids}, id), touchpoints)`));
  aliases.push(alias("chosen", filter.journey ? `toUInt8(${filter.journey})` : "toUInt8(1)"));
  // As arrays: inside the mask's lambda `touchpoints` is one event's, and the alias of a count would read that.
  const mask = eventMask(filter, (name) => `arrayWithConstant(length(touchpoints), ${name})`);
  const kept = (array: string) => (mask ? `arrayFilter((element, stays) -> stays, ${array}, mask)` : array);
  if (mask) aliases.push(alias("mask", mask));
  aliases.push(
    alias("ids", kept("touchpoints")),
    alias("at", `arrayMap(time -> toUnixTimestamp64Milli(time), ${kept("times")})`),
    alias("firsts", "arrayMap(nth -> toUInt8(nth = 1), arrayEnumerate(ids))"),
    alias("lasts", "arrayReverse(firsts)"),
    alias("people", kept("customers")),
    alias("inPeriod", "toUInt8(1)"),
    alias("selected", "chosen"),
    alias("remaining", "toUInt8(chosen AND notEmpty(ids))"),
  );
  return { aliases, rows, kept };
}

const FIRST_OF = (numbers: string) =>
  `arrayMap((number, before) -> toUInt8(number != before), ${numbers}, arrayPopBack(arrayPushFront(${numbers}, toUInt32(0))))`;
const LAST_OF = (numbers: string) =>
  `arrayMap((number, after) -> toUInt8(number != after), ${numbers}, arrayPopFront(arrayPushBack(${numbers}, toUInt32(0))))`;

/** Differences of a running number between the journeys' ends. */
const PER_JOURNEY = (running: string, zero: string) =>
  `arrayPopFront(arrayDifference(arrayPushFront(arrayFilter((sum, last) -> last, ${running}, wholeLasts), ${zero})))`;

/** Per journey of the row: does it start in the period? */
function periodMask(scope: ZonedScope, bag: ParameterBag): string[] {
  const started = periodCondition(scope, "start", bag);
  const starts = "arrayFilter((time, first) -> first, times, wholeFirsts)";
  return started.length > 0 ? [`arrayMap(start -> toUInt8(${started.join(" AND ")}), ${starts})`] : [];
}

/** Per journey of the row: do its counts and the customer's traits satisfy the filter? */
function journeyMask(filter: CompiledFilter): string[] {
  if (!filter.journey) return [];
  const names = filter.counts.map(({ name }) => name);
  if (names.length === 0) return [`arrayMap(size -> toUInt8(${filter.journey}), sizes)`];
  return [
    `arrayMap((${names.join(", ")}) -> toUInt8(${filter.journey}), ${names.map((name) => `${name}s`).join(", ")})`,
  ];
}

/**
 * Aliases where a row holds several journeys. Numbers per journey come from running sums read at the journeys' ends
 * and are spread over the events by repetition: indexing an array inside a lambda would copy it for every element.
 */
function severalJourneys(filter: CompiledFilter, scope: ZonedScope, bag: ParameterBag, column: string): Cut {
  const aliases = [alias("wholeFirsts", FIRST_OF(column)), alias("wholeLasts", LAST_OF(column))];
  const spread = (array: string) =>
    `arrayFlatten(arrayMap((element, size) -> arrayWithConstant(size, element), ${array}, sizes))`;
  aliases.push(alias("sizes", PER_JOURNEY("arrayEnumerate(wholeLasts)", "toUInt32(0)")));
  for (const { name, ids } of filter.counts) {
    const running = `arrayCumSum(arrayMap(id -> toUInt32(has(${ids}, id)), touchpoints))`;
    aliases.push(alias(`${name}s`, PER_JOURNEY(running, "toUInt64(0)")));
  }
  const inPeriod = periodMask(scope, bag);
  const onJourneys = [...inPeriod, ...journeyMask(filter)];
  if (onJourneys.length > 0) aliases.push(alias("chosen", andAll(onJourneys)));
  const onEvents = eventMask(filter, (name) => spread(`${name}s`));
  const masks = [...(onJourneys.length > 0 ? [spread("chosen")] : []), ...(onEvents ? [onEvents] : [])];
  if (masks.length > 0) aliases.push(alias("mask", andAll(masks)));
  const kept = (array: string) => (masks.length > 0 ? `arrayFilter((element, stays) -> stays, ${array}, mask)` : array);
  aliases.push(
    alias("ids", kept("touchpoints")),
    alias("at", `arrayMap(time -> toUnixTimestamp64Milli(time), ${kept("times")})`),
    alias("numbers", kept(column)),
    alias("firsts", masks.length > 0 ? FIRST_OF("numbers") : "wholeFirsts"),
    alias("lasts", masks.length > 0 ? LAST_OF("numbers") : "wholeLasts"),
    alias("inPeriod", inPeriod.length > 0 ? `arraySum(${inPeriod[0]})` : "length(sizes)"),
    alias("selected", onJourneys.length > 0 ? "arraySum(chosen)" : "length(sizes)"),
    alias("remaining", "arraySum(firsts)"),
  );
  return { aliases, rows: [], kept };
}

/**
 * The frame of a scope, without the events of hidden touchpoints; `seeHidden` (context.ts) keeps those.
 * @throws AppError not-found (journey), invalid (filter, or outside of no period)
 */
export function buildJourneyFrame(context: AnalysisContext, scope: JourneyScope): JourneyFrame {
  const definition = findJourneyDefinition(scope.journey ?? context.defaultJourney, context.objectTypes);
  const bag = new ParameterBag();
  const person = definition.ownerType === PERSON;
  const zoned = { ...scope, zone: context.zone };
  const filter = dropHidden(
    compileFilter(scope.where, context.touchpoints, bag, { person, zone: context.zone }),
    context,
    bag,
  );
  const column = { visit: "visits", "order-cycle": "cycles" }[definition.name];
  const { aliases, rows, kept } = column
    ? severalJourneys(filter, zoned, bag, column)
    : singleJourney(filter, zoned, bag);
  const within = [`ownerType = ${bag.bind(definition.ownerType, "String")}`, "notEmpty(touchpoints)", ...rows].join(
    " AND ",
  );
  return {
    journey: definition.name,
    person,
    single: column === undefined,
    aliases: aliases.join(",\n  "),
    kept,
    source: context.source,
    scope: within,
    rows: column || !filter.journey ? within : `${within} AND chosen`,
    bag,
  };
}
