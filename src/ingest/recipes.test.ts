import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ImportWorkspace, openImportWorkspace } from "../../test/import-workspace.ts";
import { REAL_DATA, readsLongData, whyLongSkipped } from "../../test/real-data.ts";
import type { ImportReport } from "./import-events.ts";
import { importPaths } from "./import-paths.ts";
import { hashMapping, listRecipes, loadRecipe, readMappingFile } from "./recipes.ts";

let workspace: ImportWorkspace;
beforeAll(async () => {
  workspace = await openImportWorkspace();
});
afterAll(() => workspace.close());

describe("recipes", () => {
  it("are right mappings under their own names", async () => {
    const names = await listRecipes();
    expect(names).toEqual(
      expect.arrayContaining(["cdnow", "generic", "ocel", "olist", "online-retail", "segment", "xes"]),
    );
    for (const name of names) expect((await loadRecipe(name)).recipe).toBe(name);
    expect(names).toEqual([...names].sort());
    await expect(loadRecipe("../package")).rejects.toThrow(
      `There is no recipe «../package». Recipes: ${names.join(", ")}.`,
    );
  });

  it("hash alike whatever the order of their fields", async () => {
    const cdnow = await loadRecipe("cdnow");
    const turned = Object.fromEntries(Object.entries(cdnow).reverse()) as typeof cdnow;
    expect(hashMapping(turned)).toBe(hashMapping(cdnow));
    expect(hashMapping({ ...cdnow, currency: "EUR" })).not.toBe(hashMapping(cdnow));
  });
});

describe("a mapping file", () => {
  const read = async (text: string) => {
    const path = join(workspace.dir, "own.yaml");
    await writeFile(path, text);
    return readMappingFile(path);
  };

  it("is read as YAML, and every error names file, rule and field", async () => {
    const rule = "{ touchpoint: Buy, time: at, customer: who }";
    expect(await read(`recipe: own\nevents: [${rule}]\n`)).toMatchObject({ recipe: "own" });
    await expect(read(`recipe: own\nevents: [${rule}, { touchpoint: Buy }]\n`)).rejects.toThrow(
      /own\.yaml.*event rule 2, field time: is missing/u,
    );
    await expect(read(`recipe: own\nevents: [${rule}]\nzone: Mars/Base\n`)).rejects.toThrow(
      /field zone: is not an IANA time zone/u,
    );
    await expect(read(`recipe: own\nevents: [{ touchpoint: Buy, time: at, whom: x }]\n`)).rejects.toThrow(
      /event rule 1.*whom/u,
    );
    await expect(read("recipe: [own\n")).rejects.toThrow(/own\.yaml is not right YAML.*line/su);
    await expect(readMappingFile("/nowhere/m.yaml")).rejects.toThrow("There is no mapping file /nowhere/m.yaml.");
  });
});

describe("the generic recipe", () => {
  it("finds the columns under their usual names", async () => {
    const report = await workspace.run(
      "recipe: generic\nfiles: { events: { aliases: { customer: [user_id], event: [event_name] } } }\nevents:\n  - { touchpoint: { column: event }, time: timestamp, customer: customer }\n",
      { "g.csv": "User ID,Event Name,timestamp\na,View,2024-01-01\n" },
    );
    expect(await workspace.raw(report.id, "customerId, touchpoint")).toEqual([{ customerId: "a", touchpoint: "View" }]);
  });
});

describe.skipIf(!readsLongData)(`on real data${whyLongSkipped}`, () => {
  const bring = (recipe: string, path: string): Promise<ImportReport> =>
    importPaths(workspace.deps, { paths: [join(REAL_DATA, path)], recipe });
  const perTouchpoint = (id: number) =>
    workspace.events.query(
      `SELECT touchpoint, count() AS events, uniqExact(customer) AS customers, round(toFloat64(sum(value)), 2) AS value
       FROM raw WHERE import = {id:UInt32} GROUP BY touchpoint ORDER BY events DESC, touchpoint`,
      { params: { id } },
    );

  it("cdnow: every purchase stays, twins too", async () => {
    const report = await bring("cdnow", "cdnow/CDNOW_master.txt");
    expect(report).toMatchObject({
      events: { read: 69_659, added: 69_659, rejected: 0, skipped: {} },
      customers: 23_570,
    });
    expect(await perTouchpoint(report.id)).toEqual([
      { touchpoint: "Purchase", events: 69_659, customers: 23_570, value: 2_500_315.63 },
    ]);
    const [twins] = await workspace.events.query(
      "SELECT sum(n - 1) AS twins FROM (SELECT count() AS n FROM raw WHERE import = {id:UInt32} GROUP BY rowHash)",
      { params: { id: report.id } },
    );
    expect(twins).toEqual({ twins: 255 });
    const sample = await bring("cdnow", "cdnow/CDNOW_sample.txt");
    expect(sample).toMatchObject({ events: { read: 6919, added: 6919 }, customers: 2357 });
  });

  it("online-retail: an event an invoice, skips with reasons, cancellations", async () => {
    const report = await bring("online-retail", "online_retail/online_retail_to_2011-08.csv.gz");
    expect(report.events).toEqual({
      read: 320_705,
      added: 13_840,
      duplicate: 0,
      rejected: 0,
      skipped: { "no customer": 88_652, "price not above 0": 21 },
    });
    expect(await perTouchpoint(report.id)).toEqual([
      { touchpoint: "Order Placed", events: 11_413, customers: 3317, value: 5_239_240.56 },
      { touchpoint: "Order Cancelled", events: 2427, customers: 1192, value: 320_132.83 },
    ]);
    expect(
      await workspace.events.query(
        "SELECT toFloat64(uniqExact(id)) AS products, toFloat64(count()) AS named FROM raw ARRAY JOIN objectIds AS id, objectTypes AS type WHERE type = 'product'",
      ),
    ).toEqual([{ products: 3388, named: 221_075 }]);
    const [repeat] = await workspace.events.query(
      `SELECT count() AS repeat FROM (SELECT customer FROM raw WHERE import = {id:UInt32} AND touchpoint = 'Order Placed'
       GROUP BY customer HAVING count() >= 2)`,
      { params: { id: report.id } },
    );
    expect(repeat).toEqual({ repeat: 1941 });
    // The year before, as Parquet with other column names; the nine days both hold are known already.
    const before = await bring("online-retail", "online_retail/online_retail_II_2009-2010.parquet");
    expect(before.events).toMatchObject({ read: 525_461, rejected: 0 });
    expect(before.events.duplicate).toBeGreaterThan(0);
    expect(before.events.added + before.events.duplicate).toBe(23_585);
  });

  it("xes: the same log as XES and as CSV gives the same events", async () => {
    const xes = await bring("xes", "helpdesk/helpdesk.xes.gz");
    expect(xes.events).toMatchObject({ read: 21_348, added: 21_348 });
    const csv = await bring("xes", "helpdesk/helpdesk.csv.gz");
    expect(csv.events).toMatchObject({ read: 21_348, added: 0, duplicate: 21_348 });
    expect(await workspace.state.getSetting("objectTypes")).toContain("case");
  });
});
