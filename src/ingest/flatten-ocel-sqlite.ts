/**
 * An OCEL 2.0 database (https://www.ocel-standard.org) as JSON records, an event each, in a temp file.
 * Changes of objects over time, and relations between objects, are left out.
 */
import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { AppError } from "../domain/app-error.ts";
import { mayHold, ObjectTypes, tooMany, writeOcelRecord } from "./ocel-records.ts";
import type { Preparation } from "./preparation.ts";
import { SqliteFile, type SqliteTable, type SqliteValue } from "./read-sqlite.ts";

const NEEDED = ["event", "object", "event_object", "event_map_type"] as const;
type Row = Readonly<Record<string, string>>;

const text = (value: SqliteValue | undefined) => (value === null || value === undefined ? "" : String(value));

async function* readRows(database: SqliteFile, table: SqliteTable): AsyncGenerator<Row> {
  for await (const values of database.rows(table))
    yield Object.fromEntries(table.columns.map((column, at) => [column, text(values[at])]));
}

function findTable(database: SqliteFile, name: string): SqliteTable {
  const table = database.find(name);
  if (table) return table;
  const names = database.tables
    .map((one) => one.name)
    .slice(0, 20)
    .join(", ");
  throw new AppError(
    "invalid",
    `${database.name} is an SQLite database, but no OCEL 2.0 log: it has no table ${name}. Its tables: ${names || "none"}. Export the one you need as CSV.`,
    { file: database.name },
  );
}

/**
 * @returns the object types of the log
 * @throws AppError invalid when the file is damaged or no OCEL log
 */
export async function flattenOcelSqlite(path: string, target: string, task: Preparation): Promise<readonly string[]> {
  const database = await SqliteFile.open(path, task.found.name);
  try {
    for (const name of NEEDED) findTable(database, name);
    const types = new ObjectTypes(database.name);
    for await (const row of readRows(database, findTable(database, "object")))
      types.set(row.ocel_id ?? "", row.ocel_type ?? "");
    await pipeline(Readable.from(readEvents(database, types, task)), createWriteStream(target, { flags: "wx" }));
    return types.names();
  } finally {
    await database.close();
  }
}

async function readRelations(database: SqliteFile): Promise<Map<string, string[]>> {
  const relations = new Map<string, string[]>();
  let count = 0;
  for await (const { ocel_event_id: event = "", ocel_object_id: object = "" } of readRows(
    database,
    findTable(database, "event_object"),
  )) {
    const objects = relations.get(event);
    if (objects) objects.push(object);
    else relations.set(event, [object]);
    if (!mayHold(++count)) throw tooMany(database.name);
  }
  return relations;
}

async function* readEvents(database: SqliteFile, types: ObjectTypes, task: Preparation): AsyncGenerator<string> {
  const relations = await readRelations(database);
  let done = 0;
  for await (const { ocel_type: type = "", ocel_type_map: map = "" } of readRows(
    database,
    findTable(database, "event_map_type"),
  )) {
    for await (const row of readRows(database, findTable(database, `event_${map}`))) {
      if (++done % 1_000 === 0) {
        task.signal?.throwIfAborted();
        task.onProgress?.(database.name, done);
      }
      const { ocel_id: id = "", ocel_time: time = "", ...attributes } = row;
      yield writeOcelRecord({ id, type, time, attributes, objects: relations.get(id) ?? [] }, types);
    }
  }
}
