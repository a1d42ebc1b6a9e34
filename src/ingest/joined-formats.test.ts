/** Tables of one import that are joined, each in another form: gzipped CSV, JSON, CSV in a ZIP archive, sheets of a workbook. */
import { mkdtemp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ImportWorkspace, openImportWorkspace } from "../../test/import-workspace.ts";
import { workbookBytes } from "../../test/workbook-bytes.ts";
import { zipBytes } from "../../test/zip-bytes.ts";
import { importPaths } from "./import-paths.ts";
import { retryRejects } from "./retry-rejects.ts";

const MAPPING = `recipe: joined
files:
  orders:
    has: [order_id, customer_id, created_at]
    join:
      - { from: customers, on: { customer_id: id } }
      - { from: items, on: { order_id: order_id }, take: { total: sum(price) } }
  items: { has: [order_id, sku, price] }
  customers: { has: [id, email] }
events:
  - { touchpoint: Order Placed, from: orders, time: created_at, customer: customers.email, value: items.total }
`;

let workspace: ImportWorkspace;
beforeAll(async () => {
  workspace = await openImportWorkspace();
});
afterAll(() => workspace.close());

test("are joined whatever their formats are; one that is missing is named", async () => {
  const folder = await mkdtemp(join(workspace.dir, "joined-"));
  const files: Readonly<Record<string, string | Buffer>> = {
    "orders.csv.gz": gzipSync(
      "order_id,customer_id,created_at\no1,1,2024-01-01T10:00:00Z\no2,2,2024-01-02T10:00:00Z\n",
    ),
    "items.json":
      '{"items":[{"order_id":"o1","sku":"s","price":5},{"order_id":"o1","sku":"t","price":2.5},{"order_id":"o2","sku":"s","price":5}]}',
    "people.zip": zipBytes([{ path: "customers.csv", content: "id,email\n1,a@x.org\n2,b@x.org\n" }]),
    "joined.yaml": MAPPING,
  };
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  const mappingFile = join(folder, "joined.yaml");
  const paths = ["orders.csv.gz", "items.json", "people.zip"].map((name) => join(folder, name));
  const report = await importPaths(workspace.deps, { paths, mappingFile });
  expect(report.events).toMatchObject({ added: 2, rejected: 0 });
  expect(await workspace.raw(report.id, "customerId AS who, toFloat64(value) AS value")).toEqual([
    { who: "a@x.org", value: 7.5 },
    { who: "b@x.org", value: 5 },
  ]);
  await expect(importPaths(workspace.deps, { paths: paths.slice(0, 2), mappingFile })).rejects.toThrow("customers");
});

/** Rows of texts as the XML of a sheet. */
const sheet = (text: string) =>
  text
    .split("\n")
    .map((line) => line.split(",").map((cell) => `<c t="inlineStr"><is><t>${cell}</t></is></c>`))
    .map((cells) => `<row>${cells.join("")}</row>`)
    .join("");

const SHEETS = `recipe: sheets
files:
  orders:
    match: shop*.xlsx
    join: { from: items, on: order_id, take: { total: sum(price) } }
  items: { match: shop*.xlsx, sheet: Items }
  returns: { match: shop*.xlsx, sheet: Returns, optional: true }
events:
  - { touchpoint: Order Placed, from: orders, time: created_at, customer: email, value: items.total, key: order_id }
  - { touchpoint: Returned, from: returns, time: created_at, customer: email }
`;

test("sheets of one workbook are tables of their own; their rejects are read again, and a missing sheet is named", async () => {
  const orders = (first: string) => `order_id,email,created_at\no1,a@x.org,${first}\no2,b@x.org,2024-01-02T10:00:00Z`;
  const sheets = {
    Items: sheet("order_id,sku,price\no1,s,5\no1,t,2.5\no2,s,5"),
    Orders: sheet(orders("2024-01-01T10:00:00Z")),
  };
  const report = await workspace.run(SHEETS, { "shop-1.xlsx": workbookBytes({ sheets }) });
  expect(report.events).toMatchObject({ read: 5, added: 2, rejected: 0 });
  expect(report.files.map(({ name, records }) => [name, records])).toEqual([
    ["shop-1.xlsx, sheet Orders", 2],
    ["shop-1.xlsx, sheet Items", 3],
  ]);
  expect(report.warnings).toEqual(["There is no file for the table returns: its values stay empty."]);
  expect(await workspace.raw(report.id, "customerId AS who, toFloat64(value) AS value")).toEqual([
    { who: "a@x.org", value: 7.5 },
    { who: "b@x.org", value: 5 },
  ]);
  const needed = SHEETS.replace("sheet: Items", "sheet: Lines");
  await expect(workspace.run(needed, { "shop-1.xlsx": workbookBytes({ sheets }) })).rejects.toThrow(
    "shop-1.xlsx has no sheet «Lines». Its sheets: «Items», «Orders».",
  );

  const returns = { ...sheets, Returns: sheet(orders("soon")) };
  const plain = SHEETS.replace(/\n.*join:.*/u, "").replace("value: items.total, ", "");
  const rejecting = await workspace.run(plain, { "shop-2.xlsx": workbookBytes({ sheets: returns }) });
  expect(rejecting.events).toMatchObject({ added: 1, duplicate: 2, rejected: 1 });
  const rows = [{ record: 0, cells: { created_at: "2024-01-05" } }];
  const retried = await retryRejects(workspace.deps, { id: rejecting.id, rows });
  expect(retried).toMatchObject({ mended: 1, open: 0 });
  expect(await workspace.raw(retried.id, "touchpoint, customerId AS who")).toEqual([
    { touchpoint: "Returned", who: "a@x.org" },
  ]);
});
