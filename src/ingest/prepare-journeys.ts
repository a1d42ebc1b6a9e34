/**
 * Preparation: raw events become journey rows, one row an owner, its events as parallel arrays in journey order.
 * It sorts, drops what another live import already brought, and marks the cuts; whose an event is, is in resolve-owners.
 */
import { PERSON, VISIT_GAP_MS } from "../domain/journey-definition.ts";
import type { Touchpoint } from "../domain/touchpoint.ts";
import type { EventStore, QueryParams, QuerySettings } from "../store/event-store.ts";
import { hasLinks } from "./link-identities.ts";
import { customersOf, objectsOf, type RowsToPrepare, resolveOwners } from "./resolve-owners.ts";

export interface PreparationPlan {
  /** Imports whose events count from now on. */
  readonly liveImports: readonly number[];
  readonly touchpoints: readonly Touchpoint[];
  /** Higher than that of any earlier preparation: the newest row of an owner wins. */
  readonly version: number;
  /**
   * The owners to rebuild: those an import touched (its raw rows must still be there), those with events that came in
   * under one of these names, or everybody.
   */
  readonly owners: { readonly of: number } | { readonly having: readonly string[] } | "all";
  readonly signal?: AbortSignal;
}

/** Spill before the workspace's memory limit is reached; sorting and grouping then run on disk. */
const PREPARATION_SETTINGS = {
  optimize_aggregation_in_order: 1,
  max_bytes_before_external_group_by: 700_000_000,
  max_bytes_before_external_sort: 700_000_000,
  aggregation_in_order_max_block_bytes: 4_000_000,
  max_insert_threads: 1,
  max_threads: 2,
  // Both sides of the join with identities are in order: it streams.
  join_algorithm: "full_sorting_merge",
} as const;

/** Properties in a block read: each intermediate array is a column of the block, and small blocks keep them small. */
const BLOCK_PROPERTIES = 500_000;
/** Rows held by all blocks that are read side by side: 11.7 M events in 90 parts take 0.9 GB so, 2.2 GB in the longest blocks. */
const ROWS_SIDE_BY_SIDE = 46_000;
/** Beyond this the least that is read of each part is so much that gathering in any order, on disk where needed, takes less. */
const WIDEST_IN_ORDER = 500;
const LONGEST_BLOCK = 8192;
const SHORTEST_BLOCK = 64;
/** Journeys are sorted and written together in blocks so large, several times over in memory. */
const INSERT_BYTES = 64_000_000;
const WIDE_INSERT_BYTES = 32_000_000;

/**
 * Events in order are read from every part at once, a block each; a load leaves a part for each 131,072 of them. Events of
 * thousands of properties are read, gathered and written few at a time, in time and memory like others.
 */
function boundBlocks(propertiesAnEvent: number, parts: number): QuerySettings {
  const short = Math.floor(BLOCK_PROPERTIES / Math.max(1, propertiesAnEvent));
  const rows = Math.min(LONGEST_BLOCK, short, Math.floor(ROWS_SIDE_BY_SIDE / Math.max(1, parts)));
  return {
    max_block_size: Math.max(SHORTEST_BLOCK, rows),
    ...(propertiesAnEvent > WIDEST_IN_ORDER ? { optimize_aggregation_in_order: 0 } : {}),
    ...(short < LONGEST_BLOCK
      ? { min_insert_block_size_rows: 1000, min_insert_block_size_bytes: WIDE_INSERT_BYTES }
      : { min_insert_block_size_bytes: INSERT_BYTES }),
  };
}

/** In how many parts the events of these imports stand; on a server whose table is elsewhere, in none that is known. */
async function countParts(store: EventStore, imports: readonly number[]): Promise<number> {
  const [row] = await store.query<{ parts: number }>(
    `SELECT toFloat64(count()) AS parts FROM system.parts
     WHERE active AND database = currentDatabase() AND table = 'raw' AND partition IN {imports:Array(String)}`,
    { params: { imports: imports.map(String) } },
  );
  return row?.parts ?? 0;
}

/** What the rows to prepare hold at all: every column that is gathered costs time with each event. */
interface Contents {
  readonly person: boolean;
  /** Whether any event has objects. */
  readonly objects: boolean;
  /** Whether any record says something of its customer. */
  readonly traits: boolean;
  /** Whether several imports are live, so that an event may have been brought twice. */
  readonly several: boolean;
}

/** The fields of one event, gathered as a tuple; the sort key first. */
function eventFields({ person, objects, several }: Contents): readonly (readonly [name: string, sql: string])[] {
  return [
    ["time", "time"],
    ["ordinal", "ordinal"],
    ["rule", "rule"],
    ["rowHash", "rowHash"],
    ["touchpoint", "transform(touchpoint, {names:Array(String)}, {ids:Array(UInt16)}, toUInt16(0))"],
    ["channel", "channel"],
    ["value", "value"],
    ["currency", "currency"],
    ["score", "score"],
    ["scale", "scale"],
    ["properties", "properties"],
    ...(several ? [["import", "import"] as const] : []),
    ...(person ? [] : [["customer", "customer"] as const]),
    ...(objects
      ? ([
          ["order", "if(has(objectTypes, 'order'), cityHash64(objectIds[indexOf(objectTypes, 'order')]), 0)"],
          ["objectTypes", "objectTypes"],
          ["objectIds", "objectIds"],
        ] as const)
      : []),
  ];
}

/** The position of a field in the tuple, as ClickHouse writes it: `.3`. */
function fieldOf(contents: Contents): (name: string) => string {
  const names = eventFields(contents).map(([name]) => name);
  return (name) => `.${names.indexOf(name) + 1}`;
}

/**
 * Ties in time keep source order. The k-th equal record of one import is the same event as the k-th of another,
 * so an event stands once however many live imports brought it, and twins inside one file stay twins.
 * Within a single import every occurrence is its own event: nothing can have been brought before.
 */
function eventAliases(contents: Contents): string {
  const at = fieldOf(contents);
  const tuple = eventFields(contents).map(([, sql]) => sql);
  const key = ["time", ...(contents.several ? ["import"] : []), "ordinal", "rule"].map((name) => `event${at(name)}`);
  const gathered = `groupArrayIf((${tuple.join(", ")}), import IN {live:Array(UInt32)})`;
  const sorted = `arraySort(event -> (${key.join(", ")}), ${gathered})`;
  if (!contents.several) return `${sorted} AS events, arrayEnumerateUniq(events${at("rowHash")}) AS kept`;
  return `${sorted} AS sorted,
    arrayEnumerateUniq(sorted${at("import")}, sorted${at("rowHash")}) AS occurrences,
    arrayEnumerateUniq(sorted${at("rowHash")}, occurrences) AS sightings,
    arrayFilter((event, sighting) -> sighting = 1, sorted, sightings) AS events,
    arrayFilter((occurrence, sighting) -> sighting = 1, occurrences, sightings) AS kept`;
}

/** The latest word on each trait. */
const TRAITS = `arrayFlatten(groupArrayIf(arrayMap((k, v) -> (time, import, ordinal, k, v), mapKeys(traits), mapValues(traits)),
      import IN {live:Array(UInt32)} AND notEmpty(traits))) AS told,
    arrayReverseSort(trait -> (trait.1, trait.2, trait.3), told) AS latest,
    arrayFilter((trait, nth) -> nth = 1, latest, arrayEnumerateUniq(latest.4)) AS facts`;

const VISITS = `arrayCumSum(arrayMap((gap, nth) -> toUInt32(nth = 1 OR gap > ${VISIT_GAP_MS}),
    arrayDifference(arrayMap(time -> toUnixTimestamp64Milli(time), at)), arrayEnumerate(at)))`;

/** An order closes its cycle: the events after it, and only those, stand in the next one. */
const CYCLES = `arrayMap((closed, id) -> toUInt32(1 + closed - has({orders:Array(UInt16)}, id)),
    arrayCumSum(arrayMap(id -> toUInt32(has({orders:Array(UInt16)}, id)), ids)), ids)`;

/** Columns of `journey_rows` that come from the events, and how. */
function eventColumns(contents: Contents): readonly (readonly [column: string, sql: string])[] {
  const { person, objects, several } = contents;
  const at = fieldOf(contents);
  const field = (name: string) => `events${at(name)}`;
  return [
    ["touchpoints", "ids"],
    ["times", "at"],
    ...(person
      ? ([
          ["visits", VISITS],
          ["cycles", CYCLES],
        ] as const)
      : ([["customers", field("customer")]] as const)),
    ["channels", field("channel")],
    ["`values`", field("value")],
    ["currencies", field("currency")],
    ["scores", field("score")],
    ["scales", field("scale")],
    ["orders", objects ? field("order") : "arrayMap(id -> toUInt64(0), ids)"],
    ["objectTypes", objects ? field("objectTypes") : "arrayMap(id -> emptyArrayString(), ids)"],
    ["objectIds", objects ? field("objectIds") : "arrayMap(id -> emptyArrayString(), ids)"],
    ["eventIds", `arrayMap((hash, occurrence) -> cityHash64(hash, occurrence), ${field("rowHash")}, kept)`],
    ["imports", several ? field("import") : "arrayMap(id -> {live:Array(UInt32)}[1], ids)"],
    ["properties", field("properties")],
    ["traits", contents.traits ? "mapFromArrays(facts.4, facts.5)" : "CAST(map(), 'Map(String, String)')"],
  ];
}

/** INSERT of one kind of owner. `owner` gives ownerType, owner, ownerId and known; `from` the rows and their grouping. */
function rowsStatement(contents: Contents, owner: readonly [string, string, string, string], from: string): string {
  const at = fieldOf(contents);
  const columns = eventColumns(contents);
  const [ownerType, hash, id, known] = owner;
  return `INSERT INTO journey_rows (ownerType, owner, ownerId, known, version, deleted, ${columns.map(([name]) => name).join(", ")})
  WITH ${eventAliases(contents)},
    events${at("touchpoint")} AS ids, events${at("time")} AS at${contents.traits ? `,\n    ${TRAITS}` : ""}
  SELECT ${ownerType}, ${hash}, ${id}, ${known}, {version:UInt64}, toUInt8(empty(events)),
    ${columns.map(([, sql]) => sql).join(",\n    ")}
  ${from}`;
}

function personStatement(contents: Contents, rows: string): string {
  const id = "any(if(customerId = '', anonymousId, customerId))";
  return rowsStatement(
    contents,
    [`'${PERSON}'`, "customer", id, "toUInt8(max(customerId != ''))"],
    `FROM ${rows} GROUP BY customer`,
  );
}

function objectStatement(contents: Contents, { rows, filter }: RowsToPrepare["objects"]): string {
  return rowsStatement(
    contents,
    ["object.1", "cityHash64(object.2)", "object.2", "toUInt8(1)"],
    `FROM ${rows} ARRAY JOIN arrayDistinct(arrayZip(objectTypes, objectIds)) AS object WHERE ${filter} GROUP BY object`,
  );
}

const IN_SCOPE = "import IN {seen:Array(UInt32)}";

/** Raw events by which some owners are chosen. */
const TOUCHED = {
  of: "import = {of:UInt32}",
  having: `${IN_SCOPE} AND touchpoint IN {having:Array(String)}`,
} as const;

const ofPersons = (touched: string | undefined): string =>
  `raw WHERE customer != 0 AND ${IN_SCOPE}${touched ? ` AND customer IN (SELECT customer FROM raw WHERE ${touched})` : ""}`;

function bindPlan(plan: PreparationPlan, seen: readonly number[]): QueryParams {
  const named = plan.touchpoints.flatMap(({ id, rawNames }) => rawNames.map((name) => ({ id, name })));
  return {
    names: named.map(({ name }) => name),
    ids: named.map(({ id }) => id),
    orders: plan.touchpoints.filter((touchpoint) => touchpoint.role === "order").map((touchpoint) => touchpoint.id),
    live: plan.liveImports,
    seen,
    version: plan.version,
  };
}

/** Which raw events choose the owners; undefined: everybody is prepared. */
function chooseTouched({ owners }: PreparationPlan, seen: readonly number[]) {
  if (owners === "all") return undefined;
  if ("having" in owners) return { sql: TOUCHED.having, params: { having: owners.having } };
  // The first import touches everybody there is: looking its owners up would only cost time.
  if (seen.every((id) => id === owners.of)) return undefined;
  return { sql: TOUCHED.of, params: { of: owners.of } };
}

/** Without links everybody is who the raw events say. */
function rowsAsTheyCame(touched: string | undefined): RowsToPrepare {
  const filter = touched ? `object IN (${objectsOf(touched)}) AND customer IN (${customersOf(touched)})` : "1";
  return {
    persons: [ofPersons(touched)],
    objects: { rows: "raw", filter: `${IN_SCOPE} AND ${filter}` },
    touched: touched ?? IN_SCOPE,
  };
}

/**
 * Rebuilds the journey rows of the plan's owners; each is replaced at once by a newer version of itself.
 * An owner left without a live event is marked deleted. The links of the plan's imports must be there (link-identities).
 * @throws AppError unavailable when a limit of the engine is reached; the former rows then still stand
 */
export async function prepareJourneys(store: EventStore, plan: PreparationPlan): Promise<void> {
  const { owners, liveImports, signal } = plan;
  const seen = owners !== "all" && "of" in owners ? [...new Set([...liveImports, owners.of])] : liveImports;
  if (seen.length === 0) return;
  const chosen = chooseTouched(plan, seen);
  const params: QueryParams = { ...bindPlan(plan, seen), ...chosen?.params };
  const options = {
    params,
    settings: PREPARATION_SETTINGS,
    ...(signal ? { signal } : {}),
  };
  const rows = (await hasLinks(store, seen))
    ? await resolveOwners(store, { touched: chosen?.sql, of: "of" in params, remap: !("having" in params) }, options)
    : rowsAsTheyCame(chosen?.sql);
  // Where everybody is prepared it pays to know what no event has; a few owners are gathered with everything.
  const [held] = await store.query<Record<"objects" | "traits" | "properties", number>>(
    `SELECT countIf(notEmpty(objectTypes)) AS objects, countIf(notEmpty(raw.traits)) AS traits,
  ifNotFinite(avg(length(raw.properties)), 0) AS properties
FROM raw WHERE ${rows.touched}`,
    { params },
  );
  const withObjects = (held?.objects ?? 0) > 0;
  const some = chosen !== undefined;
  const contents = {
    person: true,
    objects: withObjects || some,
    traits: (held?.traits ?? 0) > 0 || some,
    several: liveImports.length > 1,
  };
  const bounded = {
    ...options,
    settings: { ...options.settings, ...boundBlocks(held?.properties ?? 0, await countParts(store, seen)) },
  };
  for (const persons of rows.persons) await store.command(personStatement(contents, persons), bounded);
  if (withObjects)
    await store.command(
      objectStatement({ ...contents, person: false, objects: true, traits: true }, rows.objects),
      bounded,
    );
}
