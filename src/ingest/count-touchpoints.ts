/**
 * How many events each name brought: in the whole workspace, an event of several imports once, or in one import.
 * Names are those the events came in with; which touchpoint they count for is the catalogue's to say.
 */
import type { EventStore } from "../store/event-store.ts";
import type { ImportRecord } from "../store/state-store.ts";

interface NameCount {
  readonly name: string;
  readonly events: number;
}

/** Over all live imports, by raw name. Linear in the events; only imports of one recipe can have brought the same one. */
export async function countRawNames(
  store: EventStore,
  imports: readonly ImportRecord[],
): Promise<ReadonlyMap<string, number>> {
  const live = imports.filter(({ status }) => status === "live");
  const shared = new Set(live.map(({ recipe }) => recipe).filter((recipe, at, all) => all.indexOf(recipe) < at));
  const alone = live.filter(({ recipe }) => !shared.has(recipe)).map(({ id }) => id);
  const several = live.filter(({ recipe }) => shared.has(recipe)).map(({ id }) => id);
  const counts = new Map<string, number>();
  for (const { name, events } of [...(await countPlain(store, alone)), ...(await countOnce(store, several))])
    counts.set(name, (counts.get(name) ?? 0) + events);
  return counts;
}

async function countPlain(store: EventStore, imports: readonly number[]): Promise<readonly NameCount[]> {
  if (imports.length === 0) return [];
  return store.query<NameCount>(
    `SELECT touchpoint AS name, toFloat64(count()) AS events FROM raw WHERE import IN {imports:Array(UInt32)}
     GROUP BY touchpoint`,
    { params: { imports } },
  );
}

/** The k-th equal record of one import is the k-th of another; its name is that of the first import that brought it. */
async function countOnce(store: EventStore, imports: readonly number[]): Promise<readonly NameCount[]> {
  if (imports.length === 0) return [];
  return store.query<NameCount>(
    `SELECT name, toFloat64(sum(most)) AS events FROM (
       SELECT argMin(called, import) AS name, max(n) AS most FROM (
         SELECT rowHash, import, any(touchpoint) AS called, count() AS n FROM raw
         WHERE import IN {imports:Array(UInt32)} GROUP BY rowHash, import)
       GROUP BY rowHash)
     GROUP BY name`,
    { params: { imports }, settings: { max_bytes_before_external_group_by: 500_000_000 } },
  );
}

/** The commonest names of one import, the commonest first. */
export function listCommonest(store: EventStore, importId: number, limit: number): Promise<readonly NameCount[]> {
  return store.query<NameCount>(
    `SELECT touchpoint AS name, toFloat64(count()) AS events FROM raw WHERE import = {id:UInt32}
     GROUP BY touchpoint ORDER BY events DESC, min(ordinal), name LIMIT {limit:UInt32}`,
    { params: { id: importId, limit } },
  );
}
