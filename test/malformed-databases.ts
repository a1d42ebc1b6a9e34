/** Malformed SQLite databases, good and bad OCEL 2.0 logs. What becomes of them is asserted in malformed-formats.test.ts. */
import type { MalformedKind } from "./malformed-kind.ts";
import { type StoredTable, sqliteBytes } from "./sqlite-bytes.ts";
import { zipBytes } from "./zip-bytes.ts";

const EVENTS = ["e1", "e2", "e3"];
const time = (at: number) => `2024-01-0${at + 1} 10:00:00`;

/** A log of three events and one customer; page 2 holds the table event, page 3 object, and so on in this order. */
const TABLES: readonly StoredTable[] = [
  { name: "event", columns: "ocel_id TEXT PRIMARY KEY, ocel_type TEXT", rows: EVENTS.map((id) => [id, "pay"]) },
  { name: "object", columns: "ocel_id TEXT PRIMARY KEY, ocel_type TEXT", rows: [["c1", "customer"]] },
  { name: "event_map_type", columns: "ocel_type TEXT, ocel_type_map TEXT", rows: [["pay", "pay"]] },
  {
    name: "event_object",
    columns: "ocel_event_id TEXT, ocel_object_id TEXT, ocel_qualifier TEXT",
    rows: EVENTS.map((id) => [id, "c1", ""]),
  },
  {
    name: "event_pay",
    columns: "ocel_id TEXT, ocel_time TIMESTAMP, note TEXT",
    rows: EVENTS.map((id, at) => [id, time(at), "x".repeat(10)]),
  },
];
const PAGE = 4_096;
/** Where event_pay's only page begins. */
const PAY = 5 * PAGE;

const replace = (name: string, change: Partial<StoredTable>) =>
  TABLES.map((table) => (table.name === name ? { ...table, ...change } : table));
const without = (name: string) => TABLES.filter((table) => table.name !== name);

/** The good log with some bytes written over. */
function damage(...writes: readonly (readonly [at: number, bytes: readonly number[]])[]): Buffer {
  const bytes = sqliteBytes(TABLES);
  for (const [at, values] of writes) Buffer.from(values).copy(bytes, at);
  return bytes;
}

const long = replace("event_pay", { rows: EVENTS.map((id, at) => [id, time(at), "y".repeat(20_000)]) });
/** The chain of the first long record begins behind all roots. */
function chainLoop(): Buffer {
  const bytes = sqliteBytes(long);
  const first = TABLES.length + 1;
  bytes.writeUInt32BE(first + 1, first * PAGE);
  return bytes;
}

const database = (kind: string, content: () => Buffer, told: Partial<MalformedKind>): MalformedKind => ({
  kind: `SQLite: ${kind}`,
  file: "log.sqlite",
  content,
  ...told,
});
const DAMAGED = /^log\.sqlite is a damaged SQLite database\. Fetch or export it again/u;

export const DATABASE_KINDS: readonly MalformedKind[] = [
  database("nothing wrong", () => sqliteBytes(TABLES), { events: [3, 0] }),
  database("no OCEL log", () => sqliteBytes([{ name: "users", columns: "id, name", rows: [[1, "ann"]] }]), {
    refused: /no OCEL 2\.0 log: it has no table event\. Its tables: users\. Export the one you need as CSV/u,
  }),
  database("no table at all", () => sqliteBytes([]), { refused: /Its tables: none/u }),
  database("nothing but a header", () => sqliteBytes(TABLES).subarray(0, 100), {
    refused: /cut short: it has 0 of its 6 pages/u,
  }),
  database("cut short", () => sqliteBytes(TABLES).subarray(0, PAY + 100), {
    refused: /^log\.sqlite is cut short: it has 5 of its 6 pages/u,
  }),
  database(
    "cut short by an old program",
    () => {
      const bytes = damage([24, [0, 0, 0, 7]]);
      return bytes.subarray(0, PAY);
    },
    { refused: DAMAGED },
  ),
  database("a page size of 1,000", () => damage([16, [0x03, 0xe8]]), { refused: DAMAGED }),
  database("a page size of 0", () => damage([16, [0, 0]]), { refused: DAMAGED }),
  database("a page size that lies", () => damage([16, [0, 1]]), { refused: /damaged|cut short/u }),
  database("more pages counted than there are", () => damage([28, [0xff, 0xff, 0xff, 0xff]]), {
    refused: /has 6 of its 4294967295 pages/u,
  }),
  database(
    "reserved bytes that leave no page",
    () => {
      return damage([16, [2, 0]], [20, [0xff]], [28, [0, 0, 0, 1]]);
    },
    { refused: DAMAGED },
  ),
  database("a page that leads to itself", () => damage([PAY, [5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 6]]), {
    refused: DAMAGED,
  }),
  database("a page that leads to none", () => damage([PAY, [5, 0, 0, 0, 0, 0, 0, 0, 0xff, 0, 0, 0]]), {
    refused: DAMAGED,
  }),
  database("cells outside of their page", () => damage([PAY + 8, [0xff, 0xff]]), { refused: DAMAGED }),
  database("65,535 cells on a page", () => damage([PAY + 3, [0xff, 0xff]]), { refused: DAMAGED }),
  database(
    "a record longer than the file",
    () => {
      const bytes = damage();
      const cell = bytes.readUInt16BE(PAY + 8);
      Buffer.from([0xff, 0xff, 0xff, 0x7f]).copy(bytes, PAY + cell);
      return bytes;
    },
    { refused: DAMAGED },
  ),
  database("a page of no known kind", () => damage([PAY, [99]]), { refused: DAMAGED }),
  database("records that go on in other pages", () => sqliteBytes(long), { events: [3, 0] }),
  database("a chain of pages that leads to itself", chainLoop, { refused: DAMAGED }),
  database(
    "many pages below one",
    () => {
      const rows = Array.from({ length: 400 }, (_, at) => [`e${at}`, time(at % 9), "z".repeat(50)]);
      const relations = rows.map(([id]) => [id as string, "c1", ""]);
      const events = rows.map(([id]) => [id as string, "pay"]);
      const tables = replace("event_pay", { rows }).map((table) =>
        table.name === "event"
          ? { ...table, rows: events }
          : table.name === "event_object"
            ? { ...table, rows: relations }
            : table,
      );
      return sqliteBytes(tables);
    },
    { events: [400, 0] },
  ),
  database("a table made WITHOUT ROWID", () => sqliteBytes(replace("event", { withoutRowid: true })), {
    refused: /the table event is made WITHOUT ROWID, which is not read\. Copy it into an ordinary table/u,
  }),
  database(
    "a view instead of a table",
    () => sqliteBytes(replace("event_object", { view: true, columns: "SELECT 1" })),
    {
      refused: /event_object is a view there, and only tables are read/u,
    },
  ),
  database("changes in a log beside it", () => sqliteBytes(TABLES), {
    beside: { "log.sqlite-wal": Buffer.alloc(32, 1) },
    refused: /^log\.sqlite is in use: its last changes are still in log\.sqlite-wal\. Close the program/u,
  }),
  database("left in the middle of a change", () => sqliteBytes(TABLES), {
    beside: { "log.sqlite-journal": Buffer.from("d9d505f920a163d700000001", "hex") },
    refused: /^log\.sqlite was left in the middle of a change/u,
  }),
  database("a journal that is done with", () => sqliteBytes(TABLES), {
    beside: { "log.sqlite-journal": Buffer.alloc(512) },
    events: [3, 0],
  }),
  {
    kind: "SQLite: packed with a log of changes",
    file: "log.zip",
    content: () =>
      zipBytes([
        { path: "log.sqlite", content: sqliteBytes(TABLES) },
        { path: "log.sqlite-wal", content: Buffer.alloc(32, 1) },
      ]),
    refused: /^log\.zip holds a database that was in use: its last changes are still in log\.sqlite-wal/u,
  },
  database(
    "encrypted",
    () => Buffer.from(Array.from({ length: 8_192 }, (_, at) => (at * 167 + (at >> 3) * 31) & 0xff)),
    {
      refused: /^log\.sqlite is no SQLite database, or an encrypted one/u,
    },
  ),
  database("a broken list of free pages", () => damage([32, [0, 0, 0xff, 0xff, 0, 0, 0, 9]]), { events: [3, 0] }),
  database(
    "a schema that never closes",
    () => sqliteBytes(replace("event_object", { columns: `${"(".repeat(3_000)} "` })),
    {
      refused: /^log\.sqlite is no OCEL 2\.0 log: its table event_object has no column ocel_event_id/u,
    },
  ),
  database(
    "computed columns and comments",
    () => {
      const columns = `ocel_id TEXT, -- the id, as
 twice TEXT AS (ocel_id || ','), ocel_time TIMESTAMP, note TEXT CHECK (note IN ('a,b', ((1)), "x")) /* , */`;
      return sqliteBytes(replace("event_pay", { columns }));
    },
    { events: [3, 0] },
  ),
  database("no table of a type", () => sqliteBytes(without("event_pay")), {
    refused: /no OCEL 2\.0 log: it has no table event_pay/u,
  }),
  database("a type that is not listed", () => sqliteBytes(replace("event_map_type", { rows: [] })), {
    events: [0, 3],
    told: /missing in the table of their type/u,
  }),
  database(
    "events lost from the table of their type",
    () => sqliteBytes(replace("event_pay", { rows: [["e1", time(0), "x"]] })),
    {
      events: [1, 2],
      told: /missing in the table of their type/u,
    },
  ),
  database(
    "an event without a time",
    () => sqliteBytes(replace("event_pay", { rows: EVENTS.map((id, at) => [id, at === 1 ? null : time(at), ""]) })),
    {
      events: [2, 1],
      told: /the time is empty/u,
    },
  ),
  database("events without objects", () => sqliteBytes(replace("event_object", { rows: [["e1", "c1", ""]] })), {
    events: [1, 2],
    told: /neither a customer nor an object/u,
  }),
  database(
    "no event",
    () => sqliteBytes(TABLES.map((table) => (table.name === "object" ? table : { ...table, rows: [] }))),
    {
      refused: /OCEL log without any event/u,
    },
  ),
];
