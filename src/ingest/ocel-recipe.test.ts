import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ImportWorkspace, openImportWorkspace } from "../../test/import-workspace.ts";
import { hasRealData, REAL_DATA, whySkipped } from "../../test/real-data.ts";
import { importPaths } from "./import-paths.ts";

let workspace: ImportWorkspace;
beforeAll(async () => {
  workspace = await openImportWorkspace();
});
afterAll(() => workspace.close());

describe.skipIf(!hasRealData)(`the recipe ocel, by the proposal${whySkipped}`, () => {
  const objects = (id: number) =>
    workspace.events.query(
      `SELECT type, toString(count()) AS relations, toString(uniqExact(object)) AS objects FROM raw
       ARRAY JOIN objectTypes AS type, objectIds AS object WHERE import = {id:UInt32} GROUP BY type ORDER BY type`,
      { params: { id } },
    );

  test("an OCEL 2.0 database: every event with its objects by type, as sqlite3 counts them", async () => {
    const report = await importPaths(workspace.deps, { paths: [join(REAL_DATA, "ocel/running-example.sqlite")] });
    expect(report.mapping).toMatchObject({ by: "recipe", recipe: "ocel" });
    expect(report).toMatchObject({ events: { read: 18_211, added: 18_211, rejected: 0 }, customers: 3 });
    expect(await objects(report.id)).toEqual([
      { type: "customers", relations: "4000", objects: "3" },
      { type: "employees", relations: "13616", objects: "18" },
      { type: "items", relations: "10686", objects: "7670" },
      { type: "orders", relations: "6484", objects: "2000" },
      { type: "packages", relations: "1041", objects: "320" },
    ]);
  });

  test("an OCEL 1 log", async () => {
    const report = await importPaths(workspace.deps, { paths: [join(REAL_DATA, "ocel/order_process.jsonocel")] });
    expect(report).toMatchObject({ events: { read: 2_391, added: 2_391, rejected: 0 } });
    expect((await objects(report.id)).map((row) => (row as { type: string }).type)).toEqual([
      "delivery",
      "item",
      "order",
    ]);
  });
});
