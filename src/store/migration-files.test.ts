/**
 * Whether both stores' migration rules refuse what would build on sand: holes, changed, missing and unknown files.
 * Running migrations is tested beside each runner.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { pendingMigrations, readMigrations } from "./migration-files.ts";

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "waymark-migrations-"));
});
afterEach(() => rm(dir, { recursive: true }));

const write = (name: string, sql: string) => writeFile(join(dir, name), sql);

describe("readMigrations", () => {
  test("reads the files in order, with the same hash for other line ends", async () => {
    await write("0002-b.sql", "SELECT 2;\r\n");
    await write("0001-a.sql", "SELECT 1;\n");
    await write("README.md", "not a migration");
    const files = await readMigrations(dir);
    expect(files.map(({ number, name, sql }) => ({ number, name, sql }))).toEqual([
      { number: 1, name: "0001-a.sql", sql: "SELECT 1;\n" },
      { number: 2, name: "0002-b.sql", sql: "SELECT 2;\n" },
    ]);
    await write("0002-b.sql", "SELECT 2;\n");
    expect((await readMigrations(dir))[1]?.hash).toBe(files[1]?.hash);
  });

  test.each([
    [["0001-a.sql", "0003-c.sql"], /has the number 3; 2 was expected/u],
    [["0001-a.sql", "0001-b.sql"], /has the number 1; 2 was expected/u],
    [["0002-a.sql"], /has the number 2; 1 was expected/u],
    [["1-a.sql"], /must be named NNNN-name\.sql/u],
  ])("refuses %j", async (names, message) => {
    for (const name of names) await write(name, "SELECT 1");
    await expect(readMigrations(dir)).rejects.toThrow(message);
  });
});

describe("pendingMigrations", () => {
  const file = (number: number, hash = `hash ${number}`) => ({ number, name: `000${number}-x.sql`, sql: "", hash });

  test("gives what was not run yet", () => {
    expect(pendingMigrations([file(1), file(2)], [])).toEqual([file(1), file(2)]);
    expect(pendingMigrations([file(1), file(2), file(3)], [file(2), file(1)])).toEqual([file(3)]);
    expect(pendingMigrations([file(1)], [file(1)])).toEqual([]);
  });

  test.each([
    ["a changed file", [file(1)], [file(1, "other")], /0001-x\.sql has changed/u],
    ["a newer store", [file(1)], [file(1), file(2)], /0002-x\.sql, which this version of Waymark does not know/u],
    ["a hole in the past", [file(1), file(2)], [file(2)], /not migration 1/u],
  ])("refuses %s", (_, files, applied, message) => {
    expect(() => pendingMigrations(files, applied)).toThrow(message);
  });
});
