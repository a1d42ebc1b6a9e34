/**
 * Whether the state store's migrations lead to the tables that the code expects, from every earlier version,
 * and whether a failing, changed or unknown file is refused without half of it staying.
 */
import { copyFile, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { getTableConfig } from "drizzle-orm/pg-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { seedStateFolder } from "../../test/state-folder.ts";
import { type MigrationConnection, runStateMigrations, STATE_MIGRATIONS } from "./state-migrations.ts";
import {
  annotations,
  effectComments,
  effectMeasures,
  effects,
  findingComments,
  findingMeasures,
  findings,
  goals,
  imports,
  initiativeRecords,
  initiatives,
  kpiTargets,
  results,
  settings,
  touchpointAliases,
  touchpoints,
  workspace,
} from "./state-schema.ts";

let parent: string;
let client: PGlite;
let schemas = 0;
const connection: MigrationConnection = {
  run: async (sql) => void (await client.exec(sql)),
  rows: async <Row>(sql: string, values: readonly (string | number)[] = []) =>
    (await client.query<Row>(sql, [...values])).rows,
};

const FILES = (await readdir(STATE_MIGRATIONS)).sort();

beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), "waymark-state-migrations-"));
  await seedStateFolder(parent);
  client = await PGlite.create({ dataDir: join(parent, "state", "postgres") });
});
afterAll(async () => {
  await client.close();
  await rm(parent, { recursive: true });
});
beforeEach(async () => {
  // Each test in a schema of its own: making a whole engine for each would take seconds.
  await client.exec(`CREATE SCHEMA s${++schemas}; SET search_path = s${schemas}`);
});

const makeFolder = () => mkdtemp(join(parent, "m-"));
const write = (dir: string, name: string, sql: string) => writeFile(join(dir, name), sql);
const tables = async () => {
  const sql = "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = current_schema()";
  return (await connection.rows<{ name: string }>(sql)).map(({ name }) => name).sort();
};

interface Column {
  readonly table: string;
  readonly column: string;
  readonly type: string;
  readonly required: boolean;
}
const columns = () =>
  connection.rows<Column>(
    `SELECT c.relname AS table, a.attname AS column, format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull AS required
     FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid AND c.relkind = 'r'
     WHERE c.relnamespace = current_schema()::regnamespace AND a.attnum > 0 AND NOT a.attisdropped
     ORDER BY 1, 2`,
  );

describe("the project's own migrations", () => {
  test.each(FILES.map((_, index) => index))(
    "after the first %d, the rest leads to the present tables",
    async (done) => {
      const earlier = await makeFolder();
      for (const name of FILES.slice(0, done)) await copyFile(join(STATE_MIGRATIONS, name), join(earlier, name));
      expect(await runStateMigrations(connection, earlier)).toBe(done);
      expect(await runStateMigrations(connection)).toBe(FILES.length - done);
      expect(await runStateMigrations(connection)).toBe(0);
      const present = (await columns()).filter(({ table }) => table !== "migration");
      const people = [annotations, kpiTargets, findings, findingMeasures, findingComments];
      const registered = [effects, effectMeasures, effectComments];
      const delivery = [goals, initiatives, initiativeRecords];
      const own = [workspace, imports, touchpoints, touchpointAliases, settings, results];
      const all = [...own, ...people, ...registered, ...delivery];
      const expected = all.flatMap((table) => {
        const { name, columns: all } = getTableConfig(table);
        // Postgres writes the precision of a time before the zone, Drizzle does as well, but with another blank.
        const type = (text: string) => text.replace("timestamp (3)", "timestamp(3)");
        return all.map((each) => ({
          table: name,
          column: each.name,
          type: type(each.getSQLType()),
          required: each.notNull || each.primary,
        }));
      });
      const key = ({ table, column }: Column) => `${table}.${column}`;
      const sorted = (list: Column[]) => list.sort((a, b) => (key(a) < key(b) ? -1 : 1));
      expect(sorted(present)).toEqual(sorted(expected));
    },
  );
});

describe("the record of an initiative", () => {
  beforeAll(async () => {
    await client.exec("CREATE SCHEMA records; SET search_path = records");
    await runStateMigrations(connection);
    await client.exec(`BEGIN; INSERT INTO initiative VALUES (1, 1, '{}', now());
      INSERT INTO initiative_record VALUES (1, 1, now(), 'Ada', NULL, 'create', 'initiative', '[]'); COMMIT`);
  });
  beforeEach(() => client.exec("SET search_path = records"));
  const rows = async () => (await connection.rows("SELECT author FROM initiative_record")).length;

  test.each([
    ["UPDATE", "UPDATE initiative_record SET author = 'Eve'"],
    ["UPDATE", "UPDATE initiative_record SET reason = 'so' WHERE initiative = 7"],
    [
      "UPDATE",
      `INSERT INTO initiative_record SELECT * FROM initiative_record
                ON CONFLICT (initiative, version) DO UPDATE SET author = 'Eve'`,
    ],
    ["DELETE", "DELETE FROM initiative_record"],
    ["TRUNCATE", "TRUNCATE initiative_record, initiative"],
    ["TRUNCATE", "TRUNCATE initiative CASCADE"],
  ])("is never changed: %s is refused (%s)", async (verb, statement) => {
    const told = `Records of initiatives are written once: ${verb} is refused.`;
    await expect(client.exec(statement)).rejects.toMatchObject({ code: "23001", message: told });
    expect(await rows()).toBe(1);
  });

  test("belongs to its document: neither goes, and none changes without the other", async () => {
    const alone = ["DELETE FROM initiative", "UPDATE initiative SET version = 2", "UPDATE initiative SET id = 2"];
    for (const statement of [...alone, "INSERT INTO initiative VALUES (2, 1, '{}', now())"])
      await expect(client.exec(statement)).rejects.toMatchObject({ code: "23503" });
    expect(await connection.rows("SELECT id, version FROM initiative")).toEqual([{ id: 1, version: 1 }]);
  });
});

describe("the runner", () => {
  test("takes a file as the engine reads it: quoted bodies, comments and texts with semicolons", async () => {
    const dir = await makeFolder();
    await write(
      dir,
      "0001-bodies.sql",
      `CREATE TABLE t (a text); -- one; two
       /* three; /* nested; */ */
       CREATE FUNCTION f() RETURNS text LANGUAGE plpgsql AS $body$ BEGIN RETURN 'x;y'; END; $body$;
       DO $do$ BEGIN INSERT INTO t VALUES ('it''s; ' || f()), ($q$a;$$b$q$), (E'\\'; '); END $do$;`,
    );
    await runStateMigrations(connection, dir);
    expect(await connection.rows("SELECT a FROM t")).toEqual([{ a: "it's; x;y" }, { a: "a;$$b" }, { a: "'; " }]);
  });

  test("keeps nothing of a file that fails, keeps the ones before, and goes on when it is mended", async () => {
    const dir = await makeFolder();
    await write(dir, "0001-good.sql", "CREATE TABLE good ();");
    await write(dir, "0002-bad.sql", "CREATE TABLE half (); SELECT 1 / 0;");
    await expect(runStateMigrations(connection, dir)).rejects.toThrow(/0002-bad\.sql failed: division by zero/u);
    expect(await tables()).toEqual(["good", "migration"]);
    await write(dir, "0002-bad.sql", "CREATE TABLE half ();");
    expect(await runStateMigrations(connection, dir)).toBe(1);
    expect(await tables()).toEqual(["good", "half", "migration"]);
  });

  test("refuses a changed and an unknown file, and runs nothing then", async () => {
    const dir = await makeFolder();
    await write(dir, "0001-a.sql", "CREATE TABLE a ();");
    await runStateMigrations(connection, dir);
    await write(dir, "0002-b.sql", "CREATE TABLE b ();");
    await write(dir, "0001-a.sql", "CREATE TABLE a (x int);");
    await expect(runStateMigrations(connection, dir)).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("0001-a.sql has changed"),
    });
    await expect(runStateMigrations(connection, await makeFolder())).rejects.toMatchObject({ code: "conflict" });
    expect(await tables()).toEqual(["a", "migration"]);
  });

  test("gives its lock back, also after a failure", async () => {
    const dir = await makeFolder();
    await write(dir, "0001-bad.sql", "nonsense");
    await expect(runStateMigrations(connection, dir)).rejects.toThrow(/syntax error/u);
    const held = "SELECT count(*)::int AS held FROM pg_locks WHERE locktype = 'advisory'";
    expect(await connection.rows(held)).toEqual([{ held: 0 }]);
  });
});
