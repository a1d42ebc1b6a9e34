/**
 * Whether a person can bring data in by the network alone: upload, look, import, rejects, rollback; and what is refused.
 * What an import makes of its files is tested in ingest/.
 */
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Answer } from "../operations.ts";
import type { Problem } from "../problem.ts";
import type { Job } from "./jobs.ts";
import { openServedApp, type ServedApp } from "./served-app.case.ts";
import type { Upload } from "./uploads.ts";

let app: ServedApp;
let now = Date.UTC(2026, 0, 1);
beforeAll(async () => {
  app = await openServedApp({ maxBytes: 100_000, maxFiles: 3, maxPauseMs: 300, clock: () => new Date(now) });
});
afterAll(() => app.close());

const CSV = `timestamp,customer,event
2024-01-01T10:00:00Z,ann,visit
2024-01-01T11:00:00Z,ann,buy
not a time,bob,visit
2024-01-02T10:00:00Z,bob,visit
`;
const MAPPING = {
  recipe: "mine",
  events: [{ touchpoint: { column: "event" }, time: "timestamp", customer: "customer", channel: "web" }],
};

const uploaded = async (response: Response) => {
  expect(response.status).toBe(201);
  return (await response.json()) as Upload;
};
const begin = async (body: object) => {
  const response = await app.post("/api/v1/main/imports", body);
  expect(response.status).toBe(202);
  return app.finish(response);
};
const leftOvers = async () =>
  (await readdir(join(app.folder, "temp")).catch(() => [])).filter((name) => name.startsWith("upload-"));
/** Each test begins with none. */
beforeEach(async () => {
  await app.uploads.close();
  expect(await leftOvers()).toEqual([]);
});
const reportOf = (job: Job) => (job.result as Answer<"import">).imports[0];

/** The corrected table goes up, and the record comes in; the import's list says so. */
async function mend(id: number, table: string) {
  const groups = (await (await app.post("/api/v1/main/rejects", { id })).json()) as Answer<"rejects">;
  expect(groups).toMatchObject({ open: 1, why: null, groups: [{ field: "time", columns: ["timestamp"], records: 1 }] });
  const fixed = table.replace("not a time", "2024-01-01T12:00:00Z");
  const { upload } = await uploaded(await app.upload({ "rejects.csv": fixed }));
  const response = await app.post("/api/v1/main/retries", { id, upload });
  expect(response.status).toBe(202);
  const job = await app.finish(response);
  expect(job).toMatchObject({ kind: "retry", status: "done", result: { import: id, mended: 1, open: 0 } });
  expect(await leftOvers()).toEqual([]);
  expect((await app.fetch(`/api/v1/main/imports/${id}/rejects.csv`)).status).toBe(404);
  const { imports } = (await (await app.post("/api/v1/main/imports")).json()) as Answer<"imports">;
  expect(imports).toMatchObject([{ id, mended: 1, mends: null }, { mends: id }]);
  expect((await app.post("/api/v1/main/retries", { id, file: "/etc/passwd" })).status).toBe(400);
}

test("upload, look, correct, import, rejects, rollback", async () => {
  const { upload, files } = await uploaded(await app.upload({ "shop/events.csv": CSV, "shop/README.txt": "notes" }));
  expect(files).toEqual([
    { name: "shop/README.txt", bytes: 5 },
    { name: "shop/events.csv", bytes: CSV.length },
  ]);
  const [folder = ""] = await leftOvers();
  expect((await stat(join(app.folder, "temp", folder))).mode & 0o777).toBe(0o700);
  expect((await stat(join(app.folder, "temp", folder, "files", "shop"))).mode & 0o777).toBe(0o700);
  expect((await stat(join(app.folder, "temp", folder, "files", "shop", "events.csv"))).mode & 0o777).toBe(0o600);

  const look = await begin({ upload, dryRun: true });
  expect(look).toMatchObject({ workspace: "main", kind: "import", status: "done" });
  expect(reportOf(look)?.preview.length).toBeGreaterThan(0);
  expect(await leftOvers()).toHaveLength(1);

  const wrong = await app.post("/api/v1/main/imports", { upload, mapping: { recipe: "Mine", events: [] } });
  expect(wrong.status).toBe(400);
  expect(((await wrong.json()) as Problem).detail).toContain("mapping.recipe");

  const done = await begin({ upload, mapping: MAPPING });
  const report = reportOf(done);
  expect(report).toMatchObject({ recipe: "mine", customers: 2, mapping: { by: "said" } });
  expect(report?.events).toMatchObject({ read: 4, added: 3, rejected: 1 });
  expect(report?.rejectsFile).toBe(`/api/v1/main/imports/${report?.id}/rejects.csv`);
  expect(JSON.stringify(done)).not.toContain(app.folder);
  expect(await leftOvers()).toEqual([]);

  const rejects = await app.fetch(report?.rejectsFile ?? "");
  expect(rejects.headers.get("content-disposition")).toBe(`attachment; filename="rejects-of-import-${report?.id}.csv"`);
  expect(rejects.headers.get("content-type")).toBe("text/csv; charset=utf-8");
  const table = await rejects.text();
  expect(table).toBe(
    "file,line,field,reason,timestamp,customer,event,rest\nevents.csv,4,time,the time cannot be read,not a time,bob,visit,\n",
  );
  await mend(report?.id ?? 0, table);

  const list = (await (await app.post("/api/v1/main/imports")).json()) as Answer<"imports">;
  expect(list.imports.map(({ status }) => status)).toEqual(["live", "live"]);
  const back = await app.finish(await app.post("/api/v1/main/rollbacks", { id: report?.id }));
  expect(back).toMatchObject({ kind: "rollback", status: "done", result: { id: report?.id, status: "removed" } });
  const again = await app.finish(await app.post("/api/v1/main/rollbacks", { id: 99 }));
  expect(again).toMatchObject({ status: "failed", problem: { code: "not-found" } });
});

test("a mistake in the files is told by the names their owner gave them", async () => {
  const { upload } = await uploaded(await app.upload({ "empty.csv": "" }));
  const job = await begin({ upload, dryRun: true });
  expect(job).toMatchObject({ status: "failed", problem: { status: 400 } });
  expect(job.problem?.detail).toContain("empty.csv");
  expect(JSON.stringify(job)).not.toMatch(/upload-|\/tmp/u);
});

test("only the rejects that an import wrote are given out", async () => {
  for (const id of ["99", "0", "..%2F..%2Fwaymark", "1%00", "1.csv%2F..%2F..%2Fwaymark.log"])
    expect((await app.fetch(`/api/v1/main/imports/${id}/rejects.csv`)).status).toBe(404);
});

describe("an upload is refused", () => {
  const refused = async (response: Response, status: number, words: RegExp) => {
    const problem = (await response.json()) as Problem;
    expect([response.status, problem.detail]).toEqual([status, expect.stringMatching(words)]);
    expect(await leftOvers()).toEqual([]);
  };

  /** FormData would mend some of these names. */
  const named = (name: string, content = "x") =>
    app.fetch("/api/v1/main/uploads", {
      method: "POST",
      headers: { "content-type": "multipart/form-data; boundary=b" },
      body: `--b\r\nContent-Disposition: form-data; name="files"; filename="${name}"\r\nContent-Type: text/csv\r\n\r\n${content}\r\n--b--\r\n`,
    });

  test.each([
    "/etc/cron.d/x",
    "../x.csv",
    "a/../../x.csv",
    "a//x.csv",
    "./x.csv",
    "C:/x.csv",
    "c:x.csv",
    "a\u0001b.csv",
    "a\u202eb.csv",
    "a\\\\..\\\\x.csv",
    "x".repeat(201),
    "ü".repeat(130),
  ])("with the name %j", async (name) => {
    await refused(await named(name), 400, /file name|without a name/u);
  });

  test("with one name twice, or a file where a folder should be", async () => {
    const form = new FormData();
    for (const name of ["a.csv", "a.csv"]) form.append("files", new Blob(["x"]), name);
    await refused(await app.fetch("/api/v1/main/uploads", { method: "POST", body: form }), 400, /twice/u);
    await refused(await app.upload({ a: "x", "a/b.csv": "y" }), 400, /twice/u);
  });

  test("with too many files, or too many bytes, whether announced or not", async () => {
    await refused(await app.upload({ a: "1", b: "2", c: "3", d: "4" }), 400, /At most 3 files/u);
    await refused(await app.upload({ a: "x".repeat(60_000), b: "x".repeat(60_000) }), 413, /at most 100000 bytes/u);
    const headers = { "content-type": "multipart/form-data; boundary=b", "content-length": "2000000" };
    const announced = await app.fetch("/api/v1/main/uploads", { method: "POST", headers, body: "--b--\r\n" });
    await refused(announced, 413, /at most 100000 bytes/u);
  });

  test("when it is no multipart body, or an empty one", async () => {
    await refused(await app.post("/api/v1/main/uploads", {}), 415, /multipart/u);
    const init = { method: "POST", headers: { "content-type": "multipart/form-data; x" }, body: "x" };
    await refused(await app.fetch("/api/v1/main/uploads", init), 400, /boundary/u);
    const none = { ...init, headers: { "content-type": "multipart/form-data; boundary=b" }, body: "--b--\r\n" };
    await refused(await app.fetch("/api/v1/main/uploads", none), 400, /no file/u);
  });

  const HEAD = '--b\r\nContent-Disposition: form-data; name="f"; filename="a.csv"\r\n\r\n';
  const stream = (rest: (controller: ReadableStreamDefaultController) => void) =>
    app.fetch("/api/v1/main/uploads", {
      method: "POST",
      headers: { "content-type": "multipart/form-data; boundary=b" },
      duplex: "half",
      body: new ReadableStream({
        start: (controller) => {
          controller.enqueue(Buffer.from(`${HEAD}some bytes`));
          rest(controller);
        },
      }),
    } as never);

  test("when it ends in the middle, or its sender goes away", async () => {
    await refused(await stream((controller) => controller.close()), 400, /before it was complete/u);
    await refused(await stream((controller) => controller.error(new Error("gone"))), 400, /before it was complete/u);
  });

  test("when it stands still", async () => {
    await refused(await stream(() => undefined), 408, /stood still/u);
  });
});

test("uploads go away when nobody wants them: on demand, and after a day", async () => {
  const first = await uploaded(await app.upload({ "a.csv": CSV }));
  const url = `/api/v1/main/uploads/${first.upload}`;
  expect((await app.fetch(url, { method: "DELETE" })).status).toBe(204);
  expect((await app.fetch(url, { method: "DELETE" })).status).toBe(404);
  expect((await app.post("/api/v1/main/imports", { upload: first.upload })).status).toBe(404);
  await uploaded(await app.upload({ "a.csv": CSV }));
  now += 23 * 3_600_000;
  await app.uploads.tidy([app.folder]);
  expect(await leftOvers()).toHaveLength(1);
  now += 2 * 3_600_000;
  await app.uploads.tidy([app.folder]);
  expect(await leftOvers()).toEqual([]);
});

test("a job that is cancelled says so, and leaves nothing", async () => {
  const { upload } = await uploaded(await app.upload({ "a.csv": CSV }));
  const response = await app.post("/api/v1/main/imports", { upload, mapping: MAPPING });
  const { job } = (await response.clone().json()) as Job;
  expect((await app.fetch(`/api/v1/jobs/${job}`, { method: "DELETE" })).status).toBe(200);
  expect(await app.finish(response)).toMatchObject({ status: "cancelled" });
  await wait(20);
  const list = (await (await app.post("/api/v1/main/imports")).json()) as Answer<"imports">;
  expect(list.imports).toEqual([]);
});
