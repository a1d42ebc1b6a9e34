/**
 * The temporary tables of one import in the event store, and how everything an import left there is removed.
 * Their names carry the import's number, so that what a crash left behind can be found and dropped.
 */
import type { EventStore } from "../store/event-store.ts";

export interface ImportTables {
  /** Rows on their way into `raw`; stores nothing itself. */
  readonly land: string;
  /** ordinal and code of every record that is no event. */
  readonly refused: string;
  /** Records of the n-th file table, as text. */
  readonly stage: (tableNumber: number) => string;
}

const PREFIX = "import_tmp_";

function checkId(id: number): number {
  if (!Number.isSafeInteger(id) || id < 0) throw new Error(`not an import's number: ${id}`);
  return id;
}

export function nameImportTables(id: number): ImportTables {
  const start = `${PREFIX}${checkId(id)}_`;
  return {
    land: `${start}land`,
    refused: `${start}refused`,
    stage: (tableNumber) => `${start}stage_${checkId(tableNumber)}`,
  };
}

/** One landing table; two views pass its good rows on to `raw` and note the others. */
export async function createImportTables(store: EventStore, id: number): Promise<ImportTables> {
  const tables = nameImportTables(id);
  await store.command(
    `CREATE TABLE ${tables.refused} (ordinal UInt64, code UInt16) ENGINE = MergeTree ORDER BY (code, ordinal)`,
  );
  await store.command(`CREATE TABLE ${tables.land} AS raw ENGINE = Null`);
  await store.command(`ALTER TABLE ${tables.land} ADD COLUMN code UInt16`);
  await store.command(
    `CREATE MATERIALIZED VIEW ${tables.land}_good TO raw AS SELECT * EXCEPT code FROM ${tables.land} WHERE code = 0`,
  );
  await store.command(
    `CREATE MATERIALIZED VIEW ${tables.land}_bad TO ${tables.refused} AS SELECT ordinal, code FROM ${tables.land} WHERE code != 0`,
  );
  return tables;
}

export async function createStage(store: EventStore, name: string, columns: readonly string[]): Promise<void> {
  const list = ["ord UInt64", "h UInt64", "bad UInt8", ...columns.map((column) => `${column} String`)];
  await store.command(`CREATE TABLE ${name} (${list.join(", ")}) ENGINE = MergeTree ORDER BY ord`);
}

/** Drops the temporary tables of one import, or of all imports; views first, for they read the others. */
export async function dropImportTables(store: EventStore, id?: number): Promise<void> {
  const start = id === undefined ? PREFIX : `${PREFIX}${checkId(id)}_`;
  const found = await store.query<{ name: string; view: number }>(
    `SELECT name, engine = 'MaterializedView' AS view FROM system.tables
     WHERE database = currentDatabase() AND startsWith(name, {start:String}) ORDER BY view DESC, name`,
    { params: { start } },
  );
  for (const { name } of found) if (/^\w+$/u.test(name)) await store.command(`DROP TABLE IF EXISTS ${name} SYNC`);
}

/**
 * Holds back the merging of parts while an import is loaded and prepared: on few cores it takes half of them.
 * Embedded only, where no other process writes; an end of the process ends it too.
 */
export async function holdMerges(store: EventStore, hold: boolean): Promise<void> {
  if (store.kind !== "embedded") return;
  for (const table of ["raw", "journey_rows", "identity_rows"])
    await store.command(`SYSTEM ${hold ? "STOP" : "START"} MERGES ${table}`);
}

/** Removes every event an import brought, and what these say of identities; the space is free at once. */
export async function dropEvents(store: EventStore, id: number): Promise<void> {
  await store.command(`ALTER TABLE raw DROP PARTITION ${checkId(id)}`);
  await dropLinks(store, id);
}

/** Removes what an import's events say of identities. */
export async function dropLinks(store: EventStore, id: number): Promise<void> {
  await store.command(`ALTER TABLE identity_links DROP PARTITION ${checkId(id)}`);
}

/** Numbers of the imports that have rows in `raw`. */
export async function listPartitions(store: EventStore): Promise<readonly number[]> {
  const rows = await store.query<{ import: number }>("SELECT DISTINCT import FROM raw ORDER BY import");
  return rows.map((row) => row.import);
}
