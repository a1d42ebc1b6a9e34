/**
 * A first look over first buyers: which behaviours came in their first days, at what first order, and what came before it.
 * It compares nothing; what it finds becomes candidates (signal-candidates.ts) and levels of the history (signal-history.ts).
 */
import type { AnalysisContext } from "../context.ts";
import { bindRoles } from "../kpi-frame.ts";
import { readTraits, type Trait } from "../moment-survey.ts";
import { FIELD_STEMS, isDelivery } from "./signal-fields.ts";
import { askLife, type SignalLife } from "./signal-life.ts";

/** A property of events of a touchpoint, and how many customers had one. */
export interface FieldCount {
  /** 1: on the first day, from its first event on; 0: after the first order. */
  readonly onFirstDay: number;
  readonly touch: number;
  readonly property: string;
  readonly buyers: number;
}

export interface SignalSurvey {
  /** First buyers who are compared, how many of them bought again, and how many bought again too early for that. */
  readonly buyers: number;
  readonly again: number;
  readonly boughtBefore: number;
  /** Customers by touchpoint id: after the first order, and before it. */
  readonly after: ReadonlyMap<number, number>;
  readonly before: ReadonlyMap<number, number>;
  /** Of the first order, by customers; "" is not among them. */
  readonly channels: readonly string[];
  readonly products: readonly string[];
  readonly fields: readonly FieldCount[];
  /** Four bounds between fifths of the first order's value. */
  readonly fifths: readonly number[];
  /** First and last first purchase day, since 1970. */
  readonly firstDays: readonly [number, number];
  readonly traits: readonly Trait[];
}

const MOST_CHANNELS = 12;
const MOST_PRODUCTS = 20;

interface CountRow {
  readonly buyers: number;
  readonly again: number;
  readonly early: number;
  readonly later: readonly [readonly number[], readonly number[]];
  readonly earlier: readonly [readonly number[], readonly number[]];
  readonly places: readonly [readonly string[], readonly number[]];
  readonly fifths: readonly (number | null)[];
  readonly since: number;
  readonly until: number;
}

/** The value of the first order as it was placed: what came back later is not known yet. */
export function orderValue({ frame, atOrder }: SignalLife): string {
  return `toFloat64(ifNull(${atOrder(frame.kept("`values`"))}, 0))`;
}

export function orderChannel({ frame, atOrder }: SignalLife): string {
  return `toString(${atOrder(frame.kept("channels"))})`;
}

/** Ids of the products that the orders of the first day are of. */
export function firstProducts(context: AnalysisContext, { frame, firstDay }: SignalLife): string {
  const columns = ["ids", frame.kept("objectTypes"), frame.kept("objectIds")].map(firstDay);
  return `arrayDistinct(arrayFlatten(arrayMap((id, kinds, names) ->
    arrayFilter((name, kind) -> kind = 'product' AND has(${bindRoles(context, frame, "order")}, id), names, kinds), ${columns.join(", ")})))`;
}

async function countLives(context: AnalysisContext, life: SignalLife): Promise<CountRow | undefined> {
  const count = (ids: string) => `sumMapIf(${ids}, arrayMap(id -> toUInt64(1), ${ids}), row.1)`;
  const ids = ["after", "before"].map((cut) => `arrayDistinct(${life[cut as "after" | "before"]("ids")})`);
  const tuple = [life.isOpen, life.again, ...ids, orderChannel(life), orderValue(life), "dayOne"];
  const [row] = await askLife<CountRow>(context, life, {
    who: "everybody",
    tuples: `[(${tuple.join(", ")})]`,
    select: [
      ...["countIf(row.1) AS buyers", "countIf(row.1 AND row.2) AS again", "countIf(NOT row.1) AS early"],
      ...[`${count("row.3")} AS later`, `${count("row.4")} AS earlier`],
      "sumMapIf([row.5], [toUInt64(1)], row.1) AS places",
      "quantilesExactInclusiveIf(0.2, 0.4, 0.6, 0.8)(row.6, row.1 AND row.6 > 0) AS fifths",
      ...["minIf(row.7, row.1) AS since", "maxIf(row.7, row.1) AS until"],
    ],
  });
  return row;
}

async function listProducts(context: AnalysisContext, life: SignalLife): Promise<string[]> {
  if (!context.objectTypes.includes("product")) return [];
  const rows = await askLife<{ product: string }>(context, life, {
    who: "still to buy again",
    tuples: firstProducts(context, life),
    select: ["row AS product", "count() AS buyers"],
    tail: `GROUP BY product ORDER BY buyers DESC, product LIMIT ${MOST_PRODUCTS}`,
  });
  return rows.map(({ product }) => product);
}

function countFields(context: AnalysisContext, life: SignalLife): Promise<FieldCount[]> {
  const { frame, after, firstDay } = life;
  const stems = frame.bag.bind([...FIELD_STEMS], "Array(String)");
  const deliveries = frame.bag.bind(
    context.touchpoints.filter(isDelivery).map(({ id }) => id),
    "Array(UInt16)",
  );
  const properties = frame.kept("properties");
  const named = (onFirstDay: number, cut: (array: string) => string) =>
    `arrayFlatten(arrayMap((id, property) -> arrayMap(name -> (toUInt8(${onFirstDay}), id, toString(name)),
    arrayFilter((name, text) -> text != '' AND ${onFirstDay === 1 ? "1" : `has(${deliveries}, id)`} AND multiSearchAnyCaseInsensitive(toString(name), ${stems}),
      mapKeys(property), mapValues(property))), ${cut("ids")}, ${cut(properties)}))`;
  return askLife<FieldCount>(context, life, {
    who: "still to buy again",
    tuples: `arrayDistinct(arrayConcat(${named(0, after)}, ${named(1, firstDay)}))`,
    select: ["row.1 AS onFirstDay", "row.2 AS touch", "row.3 AS property", "count() AS buyers"],
    tail: "GROUP BY onFirstDay, touch, property ORDER BY buyers DESC, touch, property",
  });
}

function toMap([keys, counts]: CountRow["later"] = [[], []]): Map<number, number> {
  return new Map(keys.map((key, index) => [key, counts[index] ?? 0]));
}

/** The commonest first; names in their order where equally many have them. */
function listChannels([names, counts]: CountRow["places"]): string[] {
  const sorted = names.map((name, index) => ({ name, count: counts[index] ?? 0 })).filter(({ name }) => name !== "");
  sorted.sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
  return sorted.slice(0, MOST_CHANNELS).map(({ name }) => name);
}

/** Everything that is counted before the comparison; null where nobody can be compared. */
export async function surveySignals(context: AnalysisContext, life: SignalLife): Promise<SignalSurvey> {
  const row = await countLives(context, life);
  const { buyers = 0, again = 0, early: boughtBefore = 0 } = row ?? {};
  const found = row !== undefined && buyers > 0;
  return {
    ...{ buyers, again, boughtBefore, after: toMap(row?.later), before: toMap(row?.earlier) },
    channels: listChannels(row?.places ?? [[], []]),
    products: found ? await listProducts(context, life) : [],
    fields: found ? await countFields(context, life) : [],
    fifths: (row?.fifths ?? []).flatMap((bound) => (bound === null || Number.isNaN(bound) ? [] : [bound])),
    firstDays: found ? [row.since, row.until] : [0, 0],
    traits: found ? await readTraits(context, life.frame) : [],
  };
}
