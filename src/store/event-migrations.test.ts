/**
 * Shows that every earlier version of the event schema comes up to date, and that a tampered history is refused.
 * One embedded store serves all cases; each drops what it made.
 */
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openEmbeddedEventStore } from "./embedded-event-store.ts";
import { migrateEventStore } from "./event-migrations.ts";
import type { EventStore } from "./event-store.ts";

const SHIPPED = new URL("../../migrations/clickhouse/", import.meta.url);
const AT = new Date("2026-01-02T03:04:05.678Z");

let root: string;
let dir: string;
let store: EventStore;

/** What the engine says of our tables: the same schema gives the same text. */
async function schema(): Promise<unknown> {
  return store.query(
    "SELECT name, create_table_query FROM system.tables WHERE database = currentDatabase() ORDER BY name",
  );
}

async function dropAll(): Promise<void> {
  const tables = await store.query<{ name: string }>(
    "SELECT name FROM system.tables WHERE database = currentDatabase() ORDER BY engine = 'View' DESC",
  );
  for (const { name } of tables) await store.command(`DROP TABLE \`${name}\` SYNC`);
}

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "waymark-migrations-"));
  store = await openEmbeddedEventStore({ dir: join(root, "engine") });
});
afterAll(async () => {
  await store.close();
  await rm(root, { recursive: true, force: true });
});
beforeEach(async () => {
  dir = join(root, "files");
  await mkdir(dir);
});
afterEach(async () => {
  await dropAll();
  await rm(dir, { recursive: true, force: true });
});

describe("the shipped migrations", () => {
  it("lead from every earlier version to the same schema", async () => {
    await migrateEventStore(store, SHIPPED, AT);
    const fresh = await schema();
    expect(fresh).toContainEqual(expect.objectContaining({ name: "raw" }));
    const files = (await readdir(SHIPPED)).filter((name) => name.endsWith(".sql")).sort();
    for (let version = 0; version < files.length; version++) {
      await dropAll();
      const earlier = join(dir, String(version));
      await mkdir(earlier);
      for (const file of files.slice(0, version)) await cp(new URL(file, SHIPPED), join(earlier, file));
      await migrateEventStore(store, earlier, AT);
      await migrateEventStore(store, SHIPPED, AT);
      expect(await schema()).toEqual(fresh);
    }
  });
});

describe("a folder of migrations", () => {
  const first = "CREATE TABLE one (a UInt8 COMMENT 'not; the end') ENGINE = MergeTree ORDER BY a; -- done; really\n";
  const second =
    "/* two; parts */ CREATE TABLE two (b String DEFAULT 'x;\\'y') ENGINE = MergeTree ORDER BY b;\nALTER TABLE one ADD COLUMN c UInt8;";

  async function write(name: string, sql: string): Promise<void> {
    await writeFile(join(dir, name), sql);
  }

  async function history(): Promise<unknown> {
    return store.query(
      "SELECT number, name, statements, finished, toString(appliedAt) AS at FROM migrations FINAL ORDER BY number",
    );
  }

  it("runs once, and only what is new the next time", async () => {
    await write("0001-first.sql", first);
    await migrateEventStore(store, dir, AT);
    await write("0002-second.sql", second);
    await migrateEventStore(store, dir, new Date("2026-02-01T00:00:00Z"));
    await migrateEventStore(store, dir, new Date("2026-03-01T00:00:00Z"));
    expect(await history()).toEqual([
      { number: 1, name: "0001-first.sql", statements: 1, finished: 1, at: "2026-01-02 03:04:05.678" },
      { number: 2, name: "0002-second.sql", statements: 2, finished: 1, at: "2026-02-01 00:00:00.000" },
    ]);
  });

  it("goes on after the statement at which a migration failed", async () => {
    await write("0001-first.sql", first);
    await write("0002-second.sql", second);
    await store.command("CREATE TABLE one (a UInt8, c UInt8) ENGINE = MergeTree ORDER BY a");
    await expect(migrateEventStore(store, dir, AT)).rejects.toMatchObject({ clickhouseCode: 57 });
    await store.command("DROP TABLE one SYNC");
    await migrateEventStore(store, dir, AT);
    expect(await history()).toMatchObject([{ finished: 1 }, { finished: 1 }]);
  });

  it("accepts the table of a statement that was run but not written down", async () => {
    await write("0001-first.sql", first);
    await migrateEventStore(store, dir, AT);
    await store.command("ALTER TABLE migrations DELETE WHERE finished = 1", { settings: { mutations_sync: 2 } });
    expect(await history()).toMatchObject([{ number: 1, statements: 0, finished: 0 }]);
    await migrateEventStore(store, dir, AT);
    expect(await history()).toMatchObject([{ number: 1, finished: 1 }]);
  });

  it("is refused when an applied file has changed", async () => {
    await write("0001-first.sql", first);
    await migrateEventStore(store, dir, AT);
    await write("0001-first.sql", `${first} `);
    await expect(migrateEventStore(store, dir, AT)).rejects.toMatchObject({ code: "conflict" });
  });

  it("is refused when a number is missing", async () => {
    await write("0002-second.sql", second);
    await expect(migrateEventStore(store, dir, AT)).rejects.toMatchObject({ code: "invalid" });
  });
});
