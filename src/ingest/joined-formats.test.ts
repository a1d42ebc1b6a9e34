/** Tables of one import that are joined, each in a file of another form: gzipped CSV, JSON, and CSV in a ZIP archive. */
import { mkdtemp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ImportWorkspace, openImportWorkspace } from "../../test/import-workspace.ts";
import { zipBytes } from "../../test/zip-bytes.ts";
import { importPaths } from "./import-paths.ts";

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
