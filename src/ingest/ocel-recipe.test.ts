/**
 * The recipe ocel through the proposal: a log of our own counted by hand, and real ones.
 */
import { writeFile } from "node:fs/promises";
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

const relate = (...ids: readonly string[]) => ids.map((objectId) => ({ objectId, qualifier: "of" }));
const event = (id: string, type: string, time: string, ...ids: readonly string[]) => ({
  ...{ id, type, time, relationships: relate(...ids) },
  attributes: [{ name: "desk", value: "north" }],
});

/** Two customers, three orders, four items; one event of two customers. */
const ORDERS = {
  objectTypes: ["customer", "order", "item"].map((name) => ({ name, attributes: [] })),
  eventTypes: ["place order", "pick item", "ask"].map((name) => ({
    name,
    attributes: [{ name: "desk", type: "string" }],
  })),
  objects: [
    ...["c1", "c2"].map((id) => ({ id, type: "customer" })),
    ...["o1", "o2", "o3"].map((id) => ({ id, type: "order" })),
    ...["i1", "i2", "i3", "i4"].map((id) => ({ id, type: "item" })),
  ],
  events: [
    event("e1", "place order", "2024-03-01T10:00:00Z", "c1", "o1", "i1", "i2"),
    event("e2", "pick item", "2024-03-01T12:00:00Z", "o1", "i1"),
    event("e3", "place order", "2024-03-02T10:00:00Z", "c2", "o2", "i3"),
    event("e4", "ask", "2024-03-03T10:00:00Z", "c1", "c2"),
    event("e5", "place order", "2024-03-04T10:00:00Z", "c1", "o3", "i4"),
  ],
};

test("a log of orders, counted by hand: each event once, with all its objects and the one customer it names", async () => {
  const path = join(workspace.dir, "log.json");
  await writeFile(path, JSON.stringify(ORDERS));
  const report = await importPaths(workspace.deps, { paths: [path] });
  expect(report.mapping).toMatchObject({ by: "recipe", recipe: "ocel" });
  expect(report).toMatchObject({ events: { read: 5, added: 5, rejected: 0 }, customers: 2 });
  const rows = await workspace.raw<{ touchpoint: string; customerId: string; objects: string; desk: string }>(
    report.id,
    "touchpoint, customerId, arrayStringConcat(arrayMap((type, id) -> concat(type, ':', id), objectTypes, objectIds), ' ') AS objects, properties['desk'] AS desk",
  );
  expect(rows.map(({ touchpoint, customerId, objects }) => `${touchpoint}; ${customerId}; ${objects}`)).toEqual([
    "place order; c1; customer:c1 order:o1 item:i1 item:i2",
    "pick item; ; order:o1 item:i1",
    "place order; c2; customer:c2 order:o2 item:i3",
    "ask; ; customer:c1 customer:c2",
    "place order; c1; customer:c1 order:o3 item:i4",
  ]);
  expect(rows.every(({ desk }) => desk === "north")).toBe(true);
});

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
