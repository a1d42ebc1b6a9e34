/** The same events in every format that is read, by the mapping each file proposes of itself: the same rows come in. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ImportWorkspace, openImportWorkspace } from "../../test/import-workspace.ts";
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
