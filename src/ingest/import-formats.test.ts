/** The same events in every format that is read, by the mapping each file proposes of itself: the same rows come in. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ImportWorkspace, openImportWorkspace } from "../../test/import-workspace.ts";
import { workbookBytes } from "../../test/workbook-bytes.ts";
import { zipBytes } from "../../test/zip-bytes.ts";
import { importPaths } from "./import-paths.ts";

let workspace: ImportWorkspace;
beforeAll(async () => {
  workspace = await openImportWorkspace();
});
afterAll(() => workspace.close());

const HEAD = ["customer", "event", "timestamp", "city", "remark"];
const EVENTS = [
  ["u1", "View", "2024-03-30 10:05:00", "Zürich", 'say "hi"'],
  ["u2", "View", "2024-03-30 23:59:59", "New York", ""],
  ["u1", "Order Placed", "2024-03-31 02:30:00", "Zürich", "two\nlines; and, more"],
  ["u1", "View", "2024-04-13 00:00:01", "Zürich", "5 €"],
];
const EXPECTED = EVENTS.map(([customerId, touchpoint, time, city, remark]) => ({
  customerId,
  touchpoint,
  time: `${time}.000`,
  city,
  remark,
}));

const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
const csv = (delimiter: string, end = "\n") =>
  [HEAD, ...EVENTS].map((row) => row.map(quoted).join(delimiter) + end).join("");
const records = EVENTS.map((row) => Object.fromEntries(HEAD.map((name, at) => [name, row[at]])));
const attribute = (key: string, value: string) =>
  `<string key="${key}" value="${value.replaceAll('"', "&quot;").replaceAll("\n", "&#10;")}"/>`;
const xes = `<?xml version="1.0"?><log>${EVENTS.map(
  ([who, what, at, city, remark], index) =>
    `<trace>${attribute("concept:name", `c${index}`)}<event>${attribute("concept:name", what as string)}${attribute("customer", who as string)}` +
    `<date key="time:timestamp" value="${at?.replace(" ", "T")}Z"/>${attribute("city", city as string)}${attribute("remark", remark as string)}</event></trace>`,
).join("")}</log>`;
const european = csv(";", "\r\n").replace(/(\d{4})-(\d{2})-(\d{2}) /gu, "$3.$2.$1 ");

/** Times as Excel keeps them: days since 1899-12-30, shown as dates. */
const workbook = workbookBytes({
  formats: ["yyyy\\-mm\\-dd hh:mm:ss"],
  sheets: {
    Events: [HEAD, ...EVENTS]
      .map((row, index) => {
        const cells = row.map((cell, at) => {
          if (index > 0 && at === 2) {
            const days = (Date.parse(`${cell.replace(" ", "T")}Z`) - Date.UTC(1899, 11, 30)) / 86_400_000;
            return `<c s="1"><v>${days}</v></c>`;
          }
          return `<c t="inlineStr"><is><t xml:space="preserve">${cell}</t></is></c>`;
        });
        return `<row>${cells.join("")}</row>`;
      })
      .join(""),
  },
});

test.each<[string, string | Buffer]>([
  ["comma.csv", csv(",")],
  ["mark.csv", `\ufeff${csv(",", "\r\n")}`],
  ["bars.psv.gz", gzipSync(csv("|"))],
  ["tabs named otherwise.csv", gzipSync(csv("\t"))],
  ["q[1]{*}?.csv", csv(";")],
  ["spreadsheet.csv", `sep=;\r\n${european}`],
  ["report.csv", `Events of spring\n\n${csv(",")}`],
  ["latin.csv", Buffer.from(csv(",").replace("€", "\u0080"), "latin1")],
  ["unicode.txt", Buffer.from(`\ufeff${csv("\t", "\r\n")}`, "utf16le")],
  ["lines.jsonl", records.map((record) => `${JSON.stringify(record)}\n`).join("")],
  ["lines.jsonl.gz", gzipSync(`\ufeff${records.map((record) => `${JSON.stringify(record)}\r\n`).join("")}`)],
  ["array.json", JSON.stringify(records, null, 2)],
  ["nested.json", JSON.stringify(records.map(({ event, ...properties }) => ({ event, properties })))],
  ["log.xes", xes],
  ["log.xes.gz", gzipSync(xes)],
  ["events.zip", zipBytes([{ path: "of May/events.csv", content: Buffer.from(`\ufeff${csv(";")}`, "utf16le") }])],
  [
    "amplitude.zip",
    zipBytes([{ path: "1.json.gz", content: gzipSync(records.map((one) => JSON.stringify(one)).join("\n")) }]),
  ],
  ["events.xlsx", workbook],
  ["workbook.zip", zipBytes([{ path: "events.xlsx", content: workbook }])],
])("%s", async (name, content) => {
  const folder = join(workspace.dir, "in");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), content);
  const report = await importPaths(workspace.deps, { paths: [join(folder, name)] });
  expect(report.events).toMatchObject({ read: EVENTS.length, rejected: 0, skipped: {} });
  const text = (key: string) => `properties['${key}'] || properties['properties.${key}'] AS ${key}`;
  const rows = await workspace.raw(
    report.id,
    `customerId, touchpoint, toString(time) AS time, ${text("city")}, ${text("remark")}`,
  );
  expect(rows).toEqual(EXPECTED);
});

test("a ZIP of a folder of tables is joined by a recipe as the folder is", async () => {
  const tables = {
    "olist_orders_dataset.csv": `order_id,customer_id,order_status,order_purchase_timestamp,order_approved_at,order_delivered_carrier_date,order_delivered_customer_date,order_estimated_delivery_date
o1,k1,delivered,2018-01-01 10:00:00,2018-01-01 11:00:00,2018-01-02 10:00:00,2018-01-09 10:00:00,2018-01-08 00:00:00
o2,k2,canceled,2018-02-01 10:00:00,,,,2018-02-20 00:00:00
`,
    "olist_customers_dataset.csv": `customer_id,customer_unique_id,customer_city,customer_state
k1,person,ulm,SP
k2,person,ulm,SP
`,
    "olist_order_payments_dataset.csv": `order_id,payment_installments,payment_value
o1,1,20.50
o1,2,4.50
o2,1,7
`,
  };
  const folder = join(workspace.dir, "shop");
  mkdirSync(folder);
  const files = Object.entries(tables).map(([name, content]) => ({ path: `olist/${name}`, content }));
  for (const [name, content] of Object.entries(tables)) writeFileSync(join(folder, name), content);
  const archive = join(workspace.dir, "olist.zip");
  writeFileSync(archive, zipBytes(files));
  const zipped = await importPaths(workspace.deps, { paths: [archive] });
  expect(zipped).toMatchObject({ mapping: { recipe: "olist" }, customers: 1, events: { added: 6, rejected: 0 } });
  expect(
    await workspace.raw(zipped.id, "touchpoint, toString(value) AS value, properties['daysLate'] AS late"),
  ).toEqual(
    expect.arrayContaining([
      { touchpoint: "Order Placed", value: "25", late: "" },
      { touchpoint: "Order Delivered", value: null, late: "1" },
    ]),
  );
  const again = await importPaths(workspace.deps, { paths: [folder] });
  expect(again.events).toMatchObject({ added: 0, duplicate: 6 });

  // Under other names the files are told by their columns, and one that is missing is asked for.
  const renamed = Object.values(tables).map((content, at) => ({ path: join(workspace.dir, `t${at}.csv`), content }));
  for (const { path, content } of renamed) writeFileSync(path, content);
  const bring = (...places: readonly number[]) =>
    importPaths(workspace.deps, { paths: places.map((at) => renamed[at]?.path as string), dryRun: true });
  expect((await bring(0, 2, 1)).events).toMatchObject({ added: 0, duplicate: 6 });
  const asked =
    /Olist's orders\. The recipe olist needs also its customers .*customer_id, customer_unique_id.*all files together/u;
  expect((await bring(0)).mapping.notes.join(" ")).toMatch(asked);
  await expect(bring(0, 2)).rejects.toThrow(asked);
  await expect(importPaths(workspace.deps, { paths: [renamed[2]?.path as string], recipe: "olist" })).rejects.toThrow(
    /needs files for its tables orders \(with the columns .*\) and customers \(.*\), but none was given/u,
  );
});

test("a blank line between JSON lines is skipped, whatever it ends in", async () => {
  const path = join(workspace.dir, "blank.jsonl");
  writeFileSync(path, records.map((record) => `${JSON.stringify(record)}\r\n`).join("\r\n \t\n"));
  const { events } = await importPaths(workspace.deps, { paths: [path], dryRun: true });
  expect(events).toMatchObject({ read: 10, rejected: 0, skipped: { "blank line": 6 } });
});
