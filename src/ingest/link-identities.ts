/**
 * Who was behind an anonymous id: links from events that name both, and the mapping they add up to, in two tables.
 * It moves no event; preparation reads the mapping (resolve-owners). Why it is so: docs/adr/0009.
 */
import type { EventStore, QueryParams, QuerySettings } from "../store/event-store.ts";
import { dropLinks } from "./import-tables.ts";

/** Both ids on one event. An alias of oneself says nothing; ids that mean nobody came in empty. */
const IS_LINK = "customerId != '' AND anonymousId != '' AND anonymousId != customerId";

const LINKING_SETTINGS: QuerySettings = {
  max_bytes_before_external_group_by: 500_000_000,
  max_bytes_before_external_sort: 500_000_000,
  max_threads: 2,
};

/** Reads the import's own events and notes which customers they name beside which anonymous ids. Can be repeated. */
export async function collectLinks(store: EventStore, id: number): Promise<void> {
  await dropLinks(store, id);
  await store.command(
    `INSERT INTO identity_links (import, anonymous, anonymousId, customer, customerId, first)
SELECT import, cityHash64(anonymousId), anonymousId, customer, customerId, min(time) FROM raw
WHERE import = {id:UInt32} AND ${IS_LINK} GROUP BY import, customer, customerId, anonymousId`,
    { params: { id }, settings: LINKING_SETTINGS },
  );
}

export async function hasLinks(store: EventStore, imports: readonly number[]): Promise<boolean> {
  const [row] = await store.query<{ links: number }>(
    "SELECT toFloat64(count()) AS links FROM identity_links WHERE import IN {imports:Array(UInt32)}",
    { params: { imports } },
  );
  return (row?.links ?? 0) > 0;
}

export interface IdentityScope {
  /** SQL that chooses rows of `identity_links` by `anonymous`; true for all of them. */
  readonly chosen: string;
  /** With `live` and `seen` (live ones and the one that comes or goes), `version`, and what `chosen` needs. */
  readonly params: QueryParams;
}

const SEEN = "import IN {seen:Array(UInt32)}";
const LIVE = "import IN {live:Array(UInt32)}";
const COLUMNS = "(anonymous, anonymousId, since, customers, customerIds, blocked, version, deleted)";

/**
 * Two known users never merge on their own: an anonymous id that is a customer's own id leads to nobody else. So no
 * link leads on to another, and a loop of aliases (a → b → a) leads nowhere.
 */
const blockedAmong = (ids: string): string =>
  `anonymous IN (SELECT customer FROM raw WHERE ${LIVE} AND customerId != '' AND customer IN (${ids}))`;

/** Most anonymous ids know one customer: theirs is all of it, whenever it was. */
function singleStatement(chosen: string): string {
  const ids = `SELECT anonymous FROM identity_links WHERE ${SEEN} AND ${chosen}`;
  return `INSERT INTO identity_rows ${COLUMNS}
SELECT anonymous, any(anonymousId), if(gone, [], [minIf(first, ${LIVE})]), if(gone, [], [anyIf(customer, ${LIVE})]),
  if(gone, [], [anyIf(customerId, ${LIVE})]), ${blockedAmong(ids)}, {version:UInt64}, countIf(${LIVE}) = 0 AS gone
FROM identity_links WHERE ${SEEN} AND ${chosen}
GROUP BY anonymous HAVING uniqExactIf(customer, ${LIVE}) < 2`;
}

const sharedAmong = (chosen: string): string =>
  `SELECT anonymous FROM identity_links WHERE ${LIVE} AND ${chosen} GROUP BY anonymous HAVING uniqExact(customer) > 1`;

/**
 * Who identified after whom on a shared device: read from the events, which are found by their customers.
 * The order of imports plays no part, so they may come in any.
 */
function sharedStatement(chosen: string): string {
  const shared = sharedAmong(chosen);
  const turns = `SELECT cityHash64(anonymousId) AS anonymous, anonymousId, time, customer, customerId, ordinal,
      lagInFrame(customerId) OVER (PARTITION BY anonymousId ORDER BY time, ordinal, customerId
        ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS former
    FROM raw WHERE ${LIVE} AND ${IS_LINK} AND cityHash64(anonymousId) IN (${shared})
      AND customer IN (SELECT customer FROM identity_links WHERE ${LIVE} AND anonymous IN (${shared}))`;
  return `INSERT INTO identity_rows ${COLUMNS}
WITH arraySort(turn -> (turn.1, turn.2, turn.4), groupArray((time, ordinal, customer, customerId))) AS turns,
  arrayPushBack(arrayPopFront(turns.1), toDateTime64('2299-12-31 00:00:00', 3, 'UTC')) AS nexts,
  arrayFilter((turn, next, nth) -> nth = 1 OR turn.1 != next, turns, nexts, arrayEnumerate(turns)) AS kept
SELECT anonymous, any(anonymousId), kept.1, kept.3, kept.4, ${blockedAmong(shared)}, {version:UInt64}, 0
FROM (${turns}) WHERE former != customerId GROUP BY anonymous`;
}

/**
 * Writes the mapping of the chosen anonymous ids anew from the links and events of live imports. Rules: the first known
 * user owns what was before; another one owns what comes from their identify on, until another identifies.
 * Time and memory are linear in the links; a shared device costs the events that identify on it.
 */
export async function resolveIdentities(store: EventStore, { chosen, params }: IdentityScope): Promise<void> {
  const options = { params, settings: LINKING_SETTINGS };
  await store.command(singleStatement(chosen), options);
  const [row] = await store.query<{ shared: number }>(
    `SELECT toFloat64(count()) AS shared FROM (${sharedAmong(chosen)})`,
    options,
  );
  if ((row?.shared ?? 0) > 0) await store.command(sharedStatement(chosen), options);
}
