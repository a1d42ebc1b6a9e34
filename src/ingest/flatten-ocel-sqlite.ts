/**
 * An OCEL 2.0 database (https://www.ocel-standard.org) as JSON records, an event each, in a temp file.
 * Changes of objects over time, and relations between objects, are left out.
 */
import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { AppError } from "../domain/app-error.ts";
import { describeOcel, mayHold, ObjectTypes, tooMany, writeOcelRecord } from "./ocel-records.ts";
import type { Preparation } from "./preparation.ts";
import { SqliteFile, type SqliteTable, type SqliteValue } from "./read-sqlite.ts";

/** With the columns that are asked of them. */
const NEEDED = {
  event: ["ocel_id", "ocel_type"],
  object: ["ocel_id", "ocel_type"],
  event_object: ["ocel_event_id", "ocel_object_id"],
  event_map_type: ["ocel_type", "ocel_type_map"],
} as const;
/** Of the table that holds the events of one type. */
const OF_TYPE = ["ocel_id", "ocel_time"];
type Row = Readonly<Record<string, string>>;

const text = (value: SqliteValue | undefined) => (value === null || value === undefined ? "" : String(value));

async function* readRows(database: SqliteFile, table: SqliteTable): AsyncGenerator<Row> {
  for await (const values of database.rows(table))
    yield Object.fromEntries(table.columns.map((column, at) => [column, text(values[at])]));
}

function findTable(
  database: SqliteFile,
  name: string,
  needed: readonly string[] = NEEDED[name as keyof typeof NEEDED],
): SqliteTable {
  const table = database.find(name);
  const lacking = table && needed.find((column) => !table.columns.includes(column));
  if (lacking !== undefined)
    throw new AppError("invalid", `${database.name} is no OCEL 2.0 log: its table ${name} has no column ${lacking}.`, {
      file: database.name,
    });
  if (table) return table;
  if (database.views.some((view) => view.toLowerCase() === name.toLowerCase()))
    throw new AppError(
      "invalid",
      `${database.name}: ${name} is a view there, and only tables are read. Copy it into a table of that name, or export the log as OCEL JSON.`,
      { file: database.name },
    );
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
 * @returns what people should know of the log
 * @throws AppError invalid when the file is damaged or no OCEL log
 */
export async function flattenOcelSqlite(path: string, target: string, task: Preparation): Promise<readonly string[]> {
  const database = await SqliteFile.open(path, task.found.name);
  try {
    for (const name of Object.keys(NEEDED)) findTable(database, name);
    const types = new ObjectTypes(database.name);
    for await (const row of readRows(database, findTable(database, "object")))
      types.set(row.ocel_id ?? "", row.ocel_type ?? "");
    const faults: string[] = [];
    const records = readEvents(database, types, task, faults);
    await pipeline(Readable.from(records), createWriteStream(target, { flags: "wx" }));
    return describeOcel(database.name, types, faults);
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

async function* readEvents(
  database: SqliteFile,
  types: ObjectTypes,
  task: Preparation,
  faults: string[],
): AsyncGenerator<string> {
  const relations = await readRelations(database);
  let done = 0;
  for await (const { ocel_type: type = "", ocel_type_map: map = "" } of readRows(
    database,
    findTable(database, "event_map_type"),
  )) {
    for await (const row of readRows(database, findTable(database, `event_${map}`, OF_TYPE))) {
      if (++done % 1_000 === 0) {
        task.signal?.throwIfAborted();
        task.onProgress?.(database.name, done);
      }
      const { ocel_id: id = "", ocel_time: time = "", ...attributes } = row;
      yield writeOcelRecord({ id, type, time, attributes, objects: relations.get(id) ?? [] }, types);
    }
  }
  if (done >= (await countRows(database, findTable(database, "event")))) return;
  let timeless = 0;
  for await (const event of findTimeless(database)) {
    if (++timeless === 1) faults.push(TIMELESS);
    yield writeOcelRecord({ ...event, time: "", attributes: {}, objects: relations.get(event.id) ?? [] }, types);
  }
}

async function countRows(database: SqliteFile, table: SqliteTable): Promise<number> {
  let rows = 0;
  for await (const _ of database.rows(table)) rows++;
  return rows;
}

const TIMELESS =
  "Some events of the table event are missing in the table of their type: they have no time, and are rejected.";

/** Events that no table of a type holds: a file that lost a table, or rows of one, is not to lose them silently. */
async function* findTimeless(database: SqliteFile): AsyncGenerator<{ readonly id: string; readonly type: string }> {
  const missing = new Map<string, string>();
  for await (const { ocel_id: id = "", ocel_type: type = "" } of readRows(database, findTable(database, "event"))) {
    missing.set(id, type);
    if (!mayHold(missing.size)) throw tooMany(database.name);
  }
  for await (const { ocel_type_map: map = "" } of readRows(database, findTable(database, "event_map_type")))
    for await (const { ocel_id: id = "" } of readRows(database, findTable(database, `event_${map}`, OF_TYPE)))
      missing.delete(id);
  for (const [id, type] of missing) yield { id, type };
}
