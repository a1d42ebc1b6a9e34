/**
 * Shows where settings land in each kind of statement, and that the guard knows every way out of the engine.
 * Whether reads are refused in practice is part of the contract suite.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openEmbeddedEventStore } from "./embedded-event-store.ts";
import { bindLiterals } from "./event-params.ts";
import {
  assertReadOnly,
  commandStatement,
  parseInsertTarget,
  readStatement,
  settingsClause,
} from "./event-statement.ts";
import type { EventStore } from "./event-store.ts";

describe("settings", () => {
  it("stand in front of VALUES, behind SELECT, and apart from a table's own", () => {
    const options = { settings: { a: 1, b: "it's" }, timeoutMs: 1500 };
    const clause = "SETTINGS max_execution_time = 1.5, a = 1, b = 'it\\'s'";
    expect(commandStatement("INSERT INTO t VALUES ('SELECT');", {}, options)).toBe(
      `INSERT INTO t ${" "}${clause} VALUES ('SELECT')`,
    );
    expect(commandStatement("INSERT INTO t /* VALUES */ SELECT 1 -- end", {}, options)).toBe(
      `INSERT INTO t /* VALUES */ SELECT 1 -- end\n${clause}`,
    );
    expect(commandStatement("DROP TABLE t", {}, options)).toBe(`DROP TABLE t\nFORMAT Null ${clause}`);
    expect(commandStatement("CREATE TABLE t (a Int8) ENGINE = Memory ; ", {})).toBe(
      "CREATE TABLE t (a Int8) ENGINE = Memory",
    );
  });

  it("limit every read, and no caller can make it writable", () => {
    const text = readStatement("SELECT 1", { maxMemoryBytes: 99 }, { settings: { readonly: 0 } });
    expect(text).toMatch(/max_execution_time = 300, max_memory_usage = 99, .*readonly = 2$/u);
  });

  it("need a sound name and a finite number", () => {
    expect(() => settingsClause({ "a = 1, b": 1 })).toThrow("not a setting's name");
    expect(() => settingsClause({ a: Number.NaN })).toThrow("not a finite number");
  });
});

describe("the read guard", () => {
  let dir: string;
  let store: EventStore;

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), "waymark-guard-"));
    store = await openEmbeddedEventStore({ dir });
  });
  afterAll(async () => {
    await store.close();
    await rm(dir, { recursive: true, force: true });
  });

  it("lets no table function of the engine pass but those that stay inside", async () => {
    const rows = await store.query<{ name: string }>("SELECT name FROM system.table_functions ORDER BY name");
    const allowed = rows.map(({ name }) => name).filter((name) => passes(`SELECT * FROM ${name}('x')`));
    const inside = [
      "SQLStandardValues",
      "format",
      "generateRandom",
      "generateSeries",
      "generate_series",
      "null",
      "numbers",
    ];
    const more = ["numbers_mt", "primes", "values", "view", "viewExplain", "viewIfPermitted", "zeros", "zeros_mt"];
    expect(allowed).toEqual([...inside, ...more]);
  });

  it("refuses table functions behind a comma or IN as well", async () => {
    const rows = await store.query<{ name: string }>("SELECT name FROM system.table_functions ORDER BY name");
    const outside = rows.map(({ name }) => name).filter((name) => !passes(`SELECT * FROM ${name}('x')`));
    const slipped = outside.filter((name) => passes(`SELECT 1 FROM numbers(1), ${name}('x') WHERE 1 IN ${name}('x')`));
    expect(slipped).toEqual([]);
  });
});

function passes(sql: string): boolean {
  try {
    assertReadOnly(sql);
    return true;
  } catch {
    return false;
  }
}

describe("an insert's target", () => {
  it("is a table, perhaps with columns", () => {
    expect(parseInsertTarget("t")).toEqual({ table: "t", columns: undefined });
    expect(parseInsertTarget("db.t (a, `b`)")).toEqual({ table: "db.t", columns: ["a", "b"] });
    expect(() => parseInsertTarget("t; DROP TABLE t")).toThrow("not an insert target");
    expect(() => parseInsertTarget("t (a b)")).toThrow("not an insert target");
  });
});

describe("literals", () => {
  it("replace placeholders only, not strings, comments or maps", () => {
    const sql =
      "SELECT {a:String}, '{a:String}', `{a:String}`, {'a': 1} /* {a:String} */, { t : DateTime64(3, 'UTC') }";
    expect(bindLiterals(sql, { a: "x'", t: "2024-01-01" })).toBe(
      "SELECT 'x\\'', '{a:String}', `{a:String}`, {'a': 1} /* {a:String} */, _CAST('2024-01-01', 'DateTime64(3, \\'UTC\\')')",
    );
  });

  it("are missed when the caller forgot them", () => {
    expect(() => bindLiterals("SELECT {a:String}", { b: 1 })).toThrow("parameter {a} has no value");
  });
});
