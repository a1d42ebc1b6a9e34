/**
 * Whether archives, workbooks and databases come in by the network as they do from disk, and malformed ones are told of by
 * the names their owner gave them. What else can be wrong with them is tested in ingest/malformed-formats.test.ts.
 */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DATABASE_KINDS } from "../../../test/malformed-databases.ts";
import type { MalformedKind } from "../../../test/malformed-kind.ts";
import { XES_KINDS } from "../../../test/malformed-logs.ts";
import { PARQUET_KINDS } from "../../../test/malformed-parquet.ts";
import { WORKBOOK_KINDS } from "../../../test/malformed-workbooks.ts";
import { zipBytes } from "../../../test/zip-bytes.ts";
import type { Answer } from "../operations.ts";
import { openServedApp, type ServedApp } from "./served-app.case.ts";
import type { Upload } from "./uploads.ts";

let app: ServedApp;
beforeAll(async () => {
  app = await openServedApp();
});
afterAll(() => app.close());

async function send(files: Readonly<Record<string, string | Uint8Array>>, more: object = {}) {
  const response = await app.upload(files);
  expect(response.status).toBe(201);
  const { upload } = (await response.json()) as Upload;
  return { upload, job: await app.finish(await app.post("/api/v1/main/imports", { upload, ...more })) };
}
const leftOvers = () => readdir(join(app.folder, "temp"));

const EVERY = [...WORKBOOK_KINDS, ...DATABASE_KINDS, ...PARQUET_KINDS, ...XES_KINDS];
function kindOf(wanted: string): MalformedKind {
  const kind = EVERY.find(({ kind: name }) => name === wanted);
  if (!kind) throw new Error(`There is no kind «${wanted}».`);
  return kind;
}
const bytesOf = (kind: string) => Buffer.from(kindOf(kind).content());

const CSV = "customer,event,timestamp\nc1,visit,2024-01-01 10:00:00\nc2,pay,2024-01-02 10:00:00\n";
test.each<[string, Buffer, number]>([
  ["export.zip", zipBytes([{ path: "of May/events.csv", content: CSV }]), 2],
  ["events.xlsx", bytesOf("XLSX: merged cells"), 2],
  ["log.sqlite", bytesOf("SQLite: records that go on in other pages"), 3],
  ["events.parquet", bytesOf("Parquet: nothing wrong"), 2],
  ["database.zip", zipBytes([{ path: "log.sqlite", content: bytesOf("SQLite: nothing wrong") }]), 3],
])("%s comes in, and its upload goes", async (name, content, added) => {
  const { job } = await send({ [name]: content });
  expect(job).toMatchObject({ status: "done" });
  const [report] = (job.result as Answer<"import">).imports;
  expect(report?.events).toMatchObject({ read: added, rejected: 0 });
  expect((report?.events.added ?? 0) + (report?.events.duplicate ?? 0)).toBe(added);
  expect(await leftOvers()).toEqual([]);
});

test.each<[string]>([
  ["XLSX: shared texts that are missing"],
  ["XLSX: behind a password"],
  ["XLSX: a bomb"],
  ["SQLite: no OCEL log"],
  ["SQLite: changes in a log beside it"],
  ["SQLite: packed with a log of changes"],
  ["SQLite: a chain of pages that leads to itself"],
  ["Parquet: a page far beyond the file"],
  ["XES: a billion laughs"],
])("%s: refused, nothing is imported, and the upload waits for another try", async (wanted) => {
  const { file, content, beside = {}, refused = /none/u } = kindOf(wanted);
  const before = ((await (await app.post("/api/v1/main/imports")).json()) as Answer<"imports">).imports;
  const { upload, job } = await send({ [file]: Buffer.from(content()), ...beside });
  expect(job).toMatchObject({ status: "failed", problem: { status: 400 } });
  expect(job.problem?.detail).toMatch(refused);
  expect(JSON.stringify(job)).not.toContain(app.folder);
  const after = ((await (await app.post("/api/v1/main/imports")).json()) as Answer<"imports">).imports;
  expect(after).toEqual(before);
  expect(await leftOvers()).toHaveLength(1);
  expect((await app.fetch(`/api/v1/main/uploads/${upload}`, { method: "DELETE" })).status).toBe(204);
  expect(await leftOvers()).toEqual([]);
  expect(app.logged).toEqual([]);
});
