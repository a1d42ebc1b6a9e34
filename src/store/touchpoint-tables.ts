/**
 * The touchpoint catalogue in its two tables: touchpoints by id, and the names that events come in with.
 * What a change means is decided in touchpoint-catalogue.ts.
 */
import { sql } from "drizzle-orm";
import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";
import { touchpointAliases, touchpoints } from "./state-schema.ts";
import type { Catalogue, CatalogueChange, CatalogueEntry, TouchpointAlias } from "./touchpoint-catalogue.ts";

type Database = PgDatabase<PgQueryResultHKT, Record<string, never>>;

/** Both tables in one statement, so that a change is seen whole. */
export async function readCatalogue(db: Database): Promise<Catalogue> {
  const rows = await db
    .select()
    .from(touchpoints)
    .leftJoin(touchpointAliases, sql`${touchpointAliases.touchpoint} = ${touchpoints.id}`)
    .orderBy(touchpoints.id);
  const entries = new Map<number, CatalogueEntry>();
  const aliases: TouchpointAlias[] = [];
  for (const { touchpoint, touchpoint_alias: alias } of rows) {
    entries.set(touchpoint.id, touchpoint);
    if (alias) aliases.push(alias);
  }
  return { entries: [...entries.values()], aliases };
}

/** Whoever changes the catalogue holds this to the end of the transaction: no number is given twice. Readers go on. */
export async function lockCatalogue(db: Database): Promise<void> {
  await db.execute(sql`LOCK TABLE ${touchpoints} IN SHARE ROW EXCLUSIVE MODE`);
}

/** One JSON parameter a table: a parameter a value would meet the protocol's limit of 65,535. */
export async function writeCatalogue(db: Database, { entries, aliases }: CatalogueChange): Promise<void> {
  if (entries.length > 0)
    await db.execute(sql`
      INSERT INTO ${touchpoints} (id, name, stage, channel, role, owner, hidden, retired)
      SELECT id, name, stage, channel, role, owner, hidden, retired FROM json_to_recordset(${JSON.stringify(entries)}::json)
        AS changed (id integer, name text, stage text, channel text, role text, owner text, hidden boolean, retired boolean)
      ON CONFLICT (id) DO UPDATE SET name = excluded.name, stage = excluded.stage, channel = excluded.channel,
        role = excluded.role, owner = excluded.owner, hidden = excluded.hidden, retired = excluded.retired`);
  if (aliases.length > 0)
    await db.execute(sql`
      INSERT INTO ${touchpointAliases} (raw_name, touchpoint, home, prepared)
      SELECT "rawName", touchpoint, home, prepared FROM json_to_recordset(${JSON.stringify(aliases)}::json)
        AS changed ("rawName" text, touchpoint integer, home integer, prepared boolean)
      ON CONFLICT (md5(raw_name)) DO UPDATE SET touchpoint = excluded.touchpoint, home = excluded.home,
        prepared = excluded.prepared`);
}

/** The journeys of these names are prepared: touchpoints that no name leads to any more go out of the catalogue. */
export async function settleCatalogue(db: Database, rawNames: readonly string[]): Promise<void> {
  await db.execute(sql`
    UPDATE ${touchpointAliases} SET prepared = true
    WHERE raw_name IN (SELECT json_array_elements_text(${JSON.stringify(rawNames)}::json))`);
  await db.execute(sql`
    UPDATE ${touchpoints} SET retired = true
    WHERE NOT EXISTS (SELECT 1 FROM ${touchpointAliases} WHERE ${touchpointAliases.touchpoint} = ${touchpoints.id})`);
}
