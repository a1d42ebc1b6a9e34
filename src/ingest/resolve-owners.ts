/**
 * Raw events under the owner that the identity mapping gives them: the only place where an event changes its owner.
 * It finds whom that concerns and hands preparation (prepare-journeys) the rows; without a link it is never asked.
 */
import type { EventStore, QueryParams, StatementOptions } from "../store/event-store.ts";
import { resolveIdentities } from "./link-identities.ts";

const IN_SCOPE = "import IN {seen:Array(UInt32)}";

/** What preparation reads of an event, beside who it belongs to. */
const COLUMNS = [
  ...["import", "ordinal", "rule", "rowHash", "anonymousId", "time", "touchpoint", "channel"],
  ...["value", "currency", "score", "scale", "objectTypes", "objectIds", "properties", "traits"],
].join(", ");

/** SQL of what is read to prepare rows anew. */
export interface RowsToPrepare {
  /** For persons, one statement each. */
  readonly persons: readonly string[];
  readonly objects: { readonly rows: string; readonly filter: string };
  /** Condition on raw: events of the objects to rebuild. */
  readonly touched: string;
}

/** `touched` is a condition on raw; undefined: everybody. */
export interface TouchedEvents {
  readonly touched: string | undefined;
  /** Whether one import comes or goes, with it its links; it is `{of}`. */
  readonly of: boolean;
}

/** Sets of ids are written down, not repeated as subqueries: planning those would cost more than reading. */
type Part = "first" | "owners" | "giving" | "concerned" | "people";
const listed = (part: Part): string => `(SELECT id FROM concerned_ids WHERE part = '${part}')`;

const linksWhere = (column: "anonymous" | "customer", condition: string): string =>
  `SELECT ${column} FROM identity_links WHERE ${IN_SCOPE} AND ${condition}`;

async function listIds(store: EventStore, part: Part, ids: string, options: StatementOptions): Promise<void> {
  await store.command(`INSERT INTO concerned_ids (part, id) SELECT DISTINCT '${part}', * FROM (${ids})`, options);
}

/** Those touched themselves and, by a link, the others of them: both sides of it are rebuilt. */
async function listOwners(
  store: EventStore,
  touched: string,
  { of }: TouchedEvents,
  options: StatementOptions,
): Promise<void> {
  const brought = of ? " UNION ALL SELECT anonymous FROM identity_links WHERE import = {of:UInt32}" : "";
  await listIds(store, "first", `SELECT customer FROM raw WHERE ${touched}${brought}`, options);
  const linked = linksWhere("customer", `anonymous IN ${listed("first")}`);
  await listIds(store, "owners", `SELECT id FROM ${listed("first")} UNION ALL ${linked}`, options);
}

/**
 * Anonymous ids that have events of their own and know a customer, whatever the mapping says at the moment; and with
 * these customers everybody who may lose or gain an event. All others are who their raw events say.
 */
async function listConcerned(store: EventStore, some: boolean, options: StatementOptions): Promise<boolean> {
  const near = some ? `(anonymous IN ${listed("owners")} OR customer IN ${listed("owners")})` : "1";
  const giving = `SELECT customer FROM raw WHERE ${IN_SCOPE} AND customerId = '' AND customer IN (${linksWhere("anonymous", near)})`;
  await listIds(store, "giving", giving, options);
  const gaining = linksWhere("customer", `anonymous IN ${listed("giving")}`);
  await listIds(store, "concerned", `SELECT id FROM ${listed("giving")} UNION ALL ${gaining}`, options);
  const [row] = await store.query<{ any: number }>(
    "SELECT toUInt8(count() > 0) AS any FROM concerned_ids WHERE part = 'giving'",
  );
  return row?.any === 1;
}

/** The mapping as ranges of time, for the join: the first one reaches back to the beginning. */
const rangesOf = (
  moving: Part,
): string => `SELECT anonymous, if(nth = 1, toDateTime64('1900-01-01 00:00:00', 3, 'UTC'), start) AS begin, owner, ownerId
    FROM identities ARRAY JOIN since AS start, customers AS owner, customerIds AS ownerId, arrayEnumerate(since) AS nth
    WHERE blocked = 0 AND anonymous IN ${listed(moving)}`;

/**
 * Events with `customer` and `customerId` as the mapping has them; `kept` is a condition on raw for those that stay,
 * `moving` holds the anonymous ids that may give theirs away.
 * Both sides of the join are in the order of their tables, (customer, time): it streams, whatever there is.
 */
function resolvedEvents(kept: string, moving: Part): string {
  const resolved = `SELECT anonymous FROM identities WHERE blocked = 0 AND anonymous IN ${listed(moving)}`;
  return `(SELECT ${COLUMNS}, customer, customerId FROM raw
    WHERE ${IN_SCOPE} AND ${kept} AND NOT (customerId = '' AND customer IN (${resolved}))
    UNION ALL
    SELECT ${COLUMNS}, link.owner AS customer, link.ownerId AS customerId
    FROM (SELECT ${COLUMNS}, customer AS device FROM raw
      WHERE ${IN_SCOPE} AND customerId = '' AND customer IN ${listed(moving)}) AS event
    ASOF JOIN (${rangesOf(moving)}) AS link ON event.device = link.anonymous AND event.time >= link.begin)`;
}

/** Anonymous ids that have no event left, where a row still shows some. */
const EMPTIED = `INSERT INTO journey_rows (ownerType, owner, ownerId, version, deleted)
  SELECT 'customer', anonymous, anonymousId, {version:UInt64}, 1 FROM identities
  WHERE blocked = 0 AND anonymous IN ${listed("giving")}
    AND anonymous IN (SELECT owner FROM journey_rows WHERE ownerType = 'customer')`;

function personRows(some: boolean, concerned: boolean): string[] {
  const scope = some ? `customer IN ${listed("owners")}` : "1";
  const others = concerned ? ` AND customer NOT IN ${listed("concerned")}` : "";
  return [
    `raw WHERE ${IN_SCOPE} AND customer != 0 AND ${scope}${others}`,
    ...(concerned
      ? [`${resolvedEvents(`${scope} AND customer IN ${listed("concerned")}`, "giving")} AS event WHERE ${scope}`]
      : []),
  ];
}

/**
 * Raw is ordered by customer: the customers of an object, those in the events that chose it and those its former row
 * knows, lead to its events without a scan; some of these came in under an anonymous id.
 */
async function objectRows(
  store: EventStore,
  touched: string | undefined,
  options: StatementOptions,
): Promise<Pick<RowsToPrepare, "objects" | "touched">> {
  if (touched === undefined)
    return { objects: { rows: resolvedEvents("1", "giving"), filter: "1" }, touched: IN_SCOPE };
  const moved = `${IN_SCOPE} AND customerId = '' AND customer IN ${listed("first")} AND customer IN ${listed("giving")}`;
  const events = `(${touched} OR (${moved}))`;
  const people = customersOf(events);
  const anonymous = linksWhere("anonymous", `customer IN (${people})`);
  await listIds(store, "people", `SELECT * FROM (${people}) UNION ALL ${anonymous}`, options);
  return {
    objects: {
      rows: resolvedEvents(`customer IN ${listed("people")}`, "people"),
      filter: `object IN (${objectsOf(events)})`,
    },
    touched: events,
  };
}

export const objectsOf = (touched: string): string =>
  `SELECT DISTINCT arrayJoin(arrayZip(objectTypes, objectIds)) AS object FROM raw WHERE ${touched}`;

/** Who took part in the objects of these events, in them and in the objects' former rows. */
export const customersOf = (touched: string): string => `SELECT customer FROM raw WHERE ${touched}
    UNION DISTINCT
    SELECT arrayJoin(customers) FROM journey_rows
    WHERE (ownerType, owner) IN (SELECT object.1, cityHash64(object.2) FROM (${objectsOf(touched)}))`;

/**
 * Brings the mapping up to date where an import comes or goes, and says what is to be read.
 * `options` binds `seen`, `live`, `version` and what `touched` needs.
 */
export async function resolveOwners(
  store: EventStore,
  events: TouchedEvents & { readonly remap: boolean },
  options: StatementOptions & { readonly params: QueryParams },
): Promise<RowsToPrepare> {
  const { touched, remap } = events;
  const some = touched !== undefined;
  await store.command("TRUNCATE TABLE concerned_ids");
  if (some) await listOwners(store, touched, events, options);
  if (remap)
    await resolveIdentities(store, { chosen: some ? `anonymous IN ${listed("first")}` : "1", params: options.params });
  const concerned = await listConcerned(store, some, options);
  if (concerned) await store.command(EMPTIED, options);
  return { persons: personRows(some, concerned), ...(await objectRows(store, touched, options)) };
}
