/**
 * Whether strangers are kept out: foreign hosts, foreign pages, wrong bodies, paths of this machine, files in expressions.
 * What those who are let in get is tested beside the routes.
 */
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Problem } from "../problem.ts";
import { openServedApp, PORT, type ServedApp } from "./served-app.case.ts";

let app: ServedApp;
beforeAll(async () => {
  app = await openServedApp();
});
afterAll(() => app.close());

const problemOf = async (response: Response) => {
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  return (await response.json()) as Problem;
};

describe("another host", () => {
  test.each(["evil.example", "evil.example:4477", "127.0.0.1", "127.0.0.1:4478", "localhost.evil.example:4477", ""])(
    "%j is refused",
    async (host) => {
      for (const path of ["/", "/api/v1/workspaces"]) {
        const response = await app.fetch(path, { headers: { host } });
        expect(response.status).toBe(403);
        expect(await problemOf(response)).toMatchObject({ code: "forbidden", details: { header: "Host" } });
      }
    },
  );

  test.each([`127.0.0.1:${PORT}`, `localhost:${PORT}`, `[::1]:${PORT}`, `LOCALHOST:${PORT}`])(
    "%s is ours",
    async (host) => {
      expect((await app.fetch("/api/v1/workspaces", { headers: { host } })).status).toBe(200);
    },
  );
});

describe("a page from elsewhere", () => {
  test.each([
    { origin: "https://evil.example" },
    { origin: "null" },
    { origin: "http://localhost:3000" },
    { origin: "https://127.0.0.1:4477" },
    { origin: `http://127.0.0.1:${PORT}`, "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
    { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" },
  ])("changes and asks nothing: %j", async (headers) => {
    for (const path of ["/api/v1/main/imports", "/api/v1/main/uploads", "/api/v1/main/rollbacks"])
      expect((await app.post(path, {}, headers as never)).status).toBe(403);
    const removed = await app.fetch(`/api/v1/jobs/${randomUUID()}`, { method: "DELETE", headers: headers as never });
    expect(removed.status).toBe(403);
  });

  test("fetches nothing of the API", async () => {
    for (const site of ["cross-site", "same-site"]) {
      const response = await app.fetch("/api/v1/workspaces", {
        headers: { "sec-fetch-site": site, "sec-fetch-mode": "no-cors" },
      });
      expect(response.status).toBe(403);
    }
  });

  test("may link to a page of ours", async () => {
    const opening = { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" };
    expect((await app.fetch("/api/v1/docs", { headers: opening })).status).toBe(200);
    const framing = { ...opening, "sec-fetch-dest": "iframe" };
    expect((await app.fetch("/api/v1/docs", { headers: framing })).status).toBe(403);
  });

  test("our own pages, and programs, may ask", async () => {
    const own = { origin: `http://localhost:${PORT}`, "sec-fetch-site": "same-origin" };
    expect((await app.post("/api/v1/main/imports", {}, own)).status).toBe(200);
    expect((await app.post("/api/v1/main/imports")).status).toBe(200);
  });
});

describe("a body", () => {
  test.each([
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/jsonp",
  ])("of type %s is refused", async (type) => {
    const response = await app.post("/api/v1/main/imports", {}, { "content-type": type });
    expect(response.status).toBe(415);
  });

  test("without a type is refused", async () => {
    expect((await app.fetch("/api/v1/main/imports", { method: "POST" })).status).toBe(415);
  });

  test("longer than 1 MiB is refused, also when it does not say so", async () => {
    expect((await app.post("/api/v1/main/map", { where: "x".repeat(2 ** 20) })).status).toBe(413);
    const endless = new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(65_536).fill(32)) });
    const init = { method: "POST", headers: { "content-type": "application/json" }, body: endless, duplex: "half" };
    expect((await app.fetch("/api/v1/main/map", init as never)).status).toBe(413);
  });

  test("that is no JSON is told", async () => {
    const response = await app.post("/api/v1/main/map", "{journey:");
    expect(response.status).toBe(400);
    expect((await problemOf(response)).detail).toBe("The body is not valid JSON.");
  });
});

describe("paths of this machine", () => {
  test.each([{ paths: ["/etc/passwd"] }, { path: "/etc/passwd" }, { mappingFile: "/etc/passwd", upload: "x" }])(
    "%j is refused by name",
    async (body) => {
      const response = await app.post("/api/v1/main/imports", body);
      expect(response.status).toBe(400);
      const [field] = Object.keys(body);
      expect(await problemOf(response)).toMatchObject({ code: "invalid", details: { fields: [{ field }] } });
    },
  );

  test.each(["import", "demo"])("%s, an operation of this machine's user, is refused", async (operation) => {
    const response = await app.post(`/api/v1/main/${operation}`, { paths: ["/etc/passwd"] });
    expect(response.status).toBe(403);
  });

  test.each([
    ["map", { journey: "/etc/passwd" }],
    ["map", { source: "file('/etc/passwd')" }],
    ["imports", { file: "/etc/passwd" }],
    ["journeys", { customer: "a", path: "/etc/passwd" }],
  ])("%s %j is refused", async (operation, body) => {
    expect((await app.post(`/api/v1/main/${operation}`, body)).status).toBe(400);
  });

  test("a recipe is a name, never a file", async () => {
    const { upload } = (await (await app.upload({ "a.csv": "a,b\n1,2\n" })).json()) as { upload: string };
    for (const recipe of ["/etc/passwd", "../../package"]) {
      const job = await app.finish(await app.post("/api/v1/main/imports", { upload, recipe }));
      expect(job).toMatchObject({ status: "failed", problem: { status: 404, code: "not-found" } });
    }
  });

  test("answers name no folder of this machine", async () => {
    const { workspaces } = (await (await app.fetch("/api/v1/workspaces")).json()) as {
      workspaces: { folder: string }[];
    };
    for (const { folder } of workspaces) expect(folder).toMatch(/^waymark-served-\w+\/main$/u);
  });
});

describe("an expression", () => {
  test.each([
    "file('/etc/passwd') = 'x'",
    "url('http://127.0.0.1:1/') = 'x'",
    'channel = file("/etc/passwd")',
    "channel in (SELECT * FROM file('/etc/passwd'))",
    "1 = 1 SETTINGS readonly = 0",
  ])("%s is refused", async (where) => {
    const response = await app.post("/api/v1/main/map", { where });
    expect(response.status).toBe(400);
    expect((await problemOf(response)).code).toBe("invalid");
  });

  test("of a mapping reads no file either", async () => {
    const { upload } = (await (await app.upload({ "a.csv": "who,when\nann,2024-01-01\n" })).json()) as {
      upload: string;
    };
    const mapping = {
      recipe: "evil",
      events: [{ touchpoint: "x", time: "when", customer: "who", value: { expression: "file('/etc/passwd')" } }],
    };
    const job = await app.finish(await app.post("/api/v1/main/imports", { upload, mapping }));
    expect(job).toMatchObject({ status: "failed", problem: { status: 400, code: "invalid" } });
    expect(JSON.stringify(job)).not.toContain(app.folder);
  });
});

test("without a build of the pages it says what to do", async () => {
  const response = await app.fetch("/");
  expect([response.status, await response.text()]).toEqual([503, expect.stringContaining("npm run build")]);
});

test("nothing is where nothing is", async () => {
  for (const path of ["/api", "/api/v1", "/api/v2/workspaces", "/api/v1/jobs/../workspaces/x", "/assets/none.js"])
    expect((await app.fetch(path)).status).toBe(404);
  expect((await app.post("/api/v1/main/no-such-operation")).status).toBe(404);
  expect((await app.post("/api/v1/other/map")).status).toBe(404);
  expect((await app.post("/api/v1/main/constructor")).status).toBe(404);
  expect((await app.fetch("/anything", { method: "PUT" })).status).toBe(405);
});
