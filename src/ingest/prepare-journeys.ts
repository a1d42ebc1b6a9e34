/**
 * Preparation: raw events become journey rows, one row an owner, its events as parallel arrays in journey order.
 * It sorts, drops what another live import already brought, and marks the cuts; it answers no question itself.
 */
import { PERSON, VISIT_GAP_MS } from "../domain/journey-definition.ts";
import type { Touchpoint } from "../domain/touchpoint.ts";
import type { EventStore, QueryParams } from "../store/event-store.ts";

export interface PreparationPlan {
  /** Imports whose events count from now on. */
  readonly liveImports: readonly number[];
  readonly touchpoints: readonly Touchpoint[];
  /** Higher than that of any earlier preparation: the newest row of an owner wins. */
  readonly version: number;
  /** The owners to rebuild: those an import touched (its raw rows must still be there), or everybody. */
  readonly owners: { readonly of: number } | "all";
  readonly signal?: AbortSignal;
}

/** Spill before the workspace's memory limit is reached; sorting and grouping then run on disk. */
const PREPARATION_SETTINGS = {
  optimize_aggregation_in_order: 1,
  max_bytes_before_external_group_by: 700_000_000,
  max_bytes_before_external_sort: 700_000_000,
  // Each intermediate array is a column of the block: small blocks keep them small.
  max_block_size: 8192,
  aggregation_in_order_max_block_bytes: 8_000_000,
  max_insert_threads: 1,
  max_threads: 2,
} as const;

/** One owner's events as tuples: the sort key first, then what a journey row keeps. */
const EVENT = `(time, import, ordinal, rule, rowHash,
    transform(touchpoint, {names:Array(String)}, {ids:Array(UInt16)}, toUInt16(0)),
    channel, value, currency, score, scale,
    if(has(objectTypes, 'order'), cityHash64(objectIds[indexOf(objectTypes, 'order')]), 0),
    customer, properties, objectTypes, objectIds)`;

/**
 * Ties in time keep source order. The k-th equal record of one import is the same event as the k-th of another,
 * so an event stands once however many live imports brought it, and twins inside one file stay twins.
 * Within a single import every occurrence is its own event: nothing can have been brought before.
 */
const SORTED = `arraySort(event -> (event.1, event.2, event.3, event.4), groupArrayIf(${EVENT}, import IN {live:Array(UInt32)}))`;
const FROM_ONE_IMPORT = `${SORTED} AS events, arrayEnumerateUniq(events.5) AS kept`;
const FROM_SEVERAL_IMPORTS = `${SORTED} AS sorted,
    arrayEnumerateUniq(sorted.2, sorted.5) AS occurrences,
    arrayEnumerateUniq(sorted.5, occurrences) AS sightings,
    arrayFilter((event, sighting) -> sighting = 1, sorted, sightings) AS events,
    arrayFilter((occurrence, sighting) -> sighting = 1, occurrences, sightings) AS kept`;
const TRAITS = `
    arrayFlatten(groupArrayIf(arrayMap((k, v) -> (time, import, ordinal, k, v), mapKeys(traits), mapValues(traits)),
      import IN {live:Array(UInt32)} AND notEmpty(traits))) AS told,
    arrayReverseSort(trait -> (trait.1, trait.2, trait.3), told) AS latest,
    arrayFilter((trait, nth) -> nth = 1, latest, arrayEnumerateUniq(latest.4)) AS facts`;

const VISITS = `arrayCumSum(arrayMap((gap, nth) -> toUInt32(nth = 1 OR gap > ${VISIT_GAP_MS}),
    arrayDifference(arrayMap(time -> toUnixTimestamp64Milli(time), events.1)), arrayEnumerate(events.1)))`;

/** An order closes its cycle: the events after it, and only those, stand in the next one. */
const CYCLES = `arrayMap((closed, id) -> toUInt32(1 + closed - has({orders:Array(UInt16)}, id)),
    arrayCumSum(arrayMap(id -> toUInt32(has({orders:Array(UInt16)}, id)), events.6)), events.6)`;

const TARGET = `journey_rows (ownerType, owner, ownerId, touchpoints, times, visits, cycles, customers, channels, \`values\`,
  currencies, scores, scales, orders, objectTypes, objectIds, eventIds, imports, properties, traits, known, version, deleted)`;

function selectRows(person: boolean): string {
  return `events.6, events.1,
    ${person ? VISITS : "[]"}, ${person ? CYCLES : "[]"}, ${person ? "[]" : "events.13"},
    events.7, events.8, events.9, events.10, events.11, events.12, events.15, events.16,
    arrayMap((hash, occurrence) -> cityHash64(hash, occurrence), events.5, kept),
    events.2, events.14,
    mapFromArrays(facts.4, facts.5)`;
}

function personStatement(arrays: string, filter: string): string {
  return `INSERT INTO ${TARGET}
  WITH ${arrays}
  SELECT '${PERSON}', customer, any(if(customerId = '', anonymousId, customerId)),
    ${selectRows(true)}, toUInt8(max(customerId != '')), {version:UInt64}, toUInt8(empty(events))
  FROM raw
  WHERE customer != 0 AND ${filter}
  GROUP BY customer`;
}

function objectStatement(arrays: string, filter: string): string {
  return `INSERT INTO ${TARGET}
  WITH ${arrays}
  SELECT object.1 AS ownerType, cityHash64(object.2) AS owner, object.2 AS ownerId,
    ${selectRows(false)}, toUInt8(1), {version:UInt64}, toUInt8(empty(events))
  FROM raw
  ARRAY JOIN arrayDistinct(arrayZip(objectTypes, objectIds)) AS object
  WHERE ${filter}
  GROUP BY object`;
}

const IN_SCOPE = "import IN {seen:Array(UInt32)}";
const OF_PERSONS = `${IN_SCOPE} AND customer IN (SELECT customer FROM raw WHERE import = {of:UInt32})`;

/**
 * Raw is ordered by customer: the customers of an object, those new with the import and those its former row knows,
 * lead to its events without a scan.
 */
const OBJECTS_OF =
  "SELECT DISTINCT arrayJoin(arrayZip(objectTypes, objectIds)) AS object FROM raw WHERE import = {of:UInt32}";
const OF_OBJECTS = `${IN_SCOPE} AND object IN (${OBJECTS_OF}) AND customer IN (
    SELECT customer FROM raw WHERE import = {of:UInt32}
    UNION DISTINCT
    SELECT arrayJoin(customers) FROM journey_rows
    WHERE (ownerType, owner) IN (SELECT object.1, cityHash64(object.2) FROM (${OBJECTS_OF})))`;

/**
 * Rebuilds the journey rows of the plan's owners; each is replaced at once by a newer version of itself.
 * An owner left without a live event is marked deleted.
 * @throws AppError unavailable when a limit of the engine is reached; the former rows then still stand
 */
export async function prepareJourneys(store: EventStore, plan: PreparationPlan): Promise<void> {
  const seen = plan.owners === "all" ? plan.liveImports : [...plan.liveImports, plan.owners.of];
  if (seen.length === 0) return;
  const params: QueryParams = {
    names: plan.touchpoints.map((touchpoint) => touchpoint.name),
    ids: plan.touchpoints.map((touchpoint) => touchpoint.id),
    orders: plan.touchpoints.filter((touchpoint) => touchpoint.role === "order").map((touchpoint) => touchpoint.id),
    live: plan.liveImports,
    seen,
    version: plan.version,
  };
  const of = plan.owners === "all" ? undefined : plan.owners.of;
  // The first import touches everybody there is: looking its owners up would only cost time.
  const everybody = of === undefined || seen.every((id) => id === of);
  const options = {
    params: everybody ? params : { ...params, of },
    settings: PREPARATION_SETTINGS,
    ...(plan.signal ? { signal: plan.signal } : {}),
  };
  const arrays = `${plan.liveImports.length === 1 ? FROM_ONE_IMPORT : FROM_SEVERAL_IMPORTS},${TRAITS}`;
  await store.command(personStatement(arrays, everybody ? IN_SCOPE : OF_PERSONS), options);
  const [objects] = await store.query<{ any: number }>(
    `SELECT count() > 0 AS any FROM (SELECT 1 FROM raw WHERE ${everybody ? IN_SCOPE : "import = {of:UInt32}"} AND notEmpty(objectTypes) LIMIT 1)`,
    { params: options.params },
  );
  if (objects?.any) await store.command(objectStatement(arrays, everybody ? IN_SCOPE : OF_OBJECTS), options);
}
