/**
 * What the app answers to those who are let in: every operation of the table, faults without their inside, pages, headers.
 * Who is let in is tested in guard-request.test.ts; imports, in import-over-network.test.ts.
 */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { AppError } from "../../domain/app-error.ts";
import { findOperation, listOperations } from "../operations.ts";
import type { Problem } from "../problem.ts";
import { openServedApp, type ServedApp } from "./served-app.case.ts";
import { readWebFiles } from "./web-files.ts";

const PAGE = `<!doctype html><meta property="csp-nonce" nonce="__CSP_NONCE__"><script src="/assets/app-1a2b.js" nonce="__CSP_NONCE__"></script>`;
const SCRIPT = `console.log(${JSON.stringify("waymark ".repeat(500))});`;

let app: ServedApp;
let web: string;
beforeAll(async () => {
  web = await mkdtemp(join(tmpdir(), "waymark-pages-"));
  await mkdir(join(web, "assets"));
  await writeFile(join(web, "index.html"), PAGE);
  await writeFile(join(web, "assets", "app-1a2b.js"), SCRIPT);
  await writeFile(join(web, "waymark.svg"), "<svg/>");
  app = await openServedApp({ files: await readWebFiles(web) });
});
afterAll(async () => {
  await app.close();
  await rm(web, { recursive: true, force: true });
});

describe("operations", () => {
  test.each(listOperations().map((name) => [name, findOperation(name)?.local]))(
    "%s is there as in the table",
    async (name, local) => {
      const response = await app.post(`/api/v1/main/${name}`, { "no such field": 1 });
      const problem = (await response.json()) as Problem;
      if (local) expect([name, problem.status]).toEqual([name, 403]);
      else expect(problem).toMatchObject({ status: 400, details: { fields: [{ field: "no such field" }] } });
    },
  );

  test("an answer is the operation's", async () => {
    const response = await app.post("/api/v1/demo/touchpoints");
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(await response.json()).toMatchObject({ touchpoints: [] });
  });

  test("wrong input is told field by field", async () => {
    const response = await app.post("/api/v1/main/rollback", { id: "one" });
    expect(await response.json()).toMatchObject({ code: "invalid", details: { fields: [{ field: "id" }] } });
  });

  test("the demo fills its own workspace only", async () => {
    expect((await app.post("/api/v1/main/demo")).status).toBe(403);
  });

  test("when the asker goes away, the operation is told", async () => {
    const asker = new AbortController();
    const headers = { "content-type": "application/json" };
    const told = new Promise<unknown>((resolve) => {
      app.answerNext((_, __, asked) => {
        const { signal } = asked ?? {};
        return new Promise((_, reject) => {
          signal?.addEventListener("abort", () => {
            resolve(signal.reason);
            reject(signal.reason);
          });
          setImmediate(() => asker.abort(new Error("gone")));
        });
      });
    });
    const logged = app.logged.length;
    const left = app.fetch("/api/v1/main/map", { method: "POST", headers, body: "{}", signal: asker.signal });
    expect(await told).toEqual(new Error("gone"));
    await left;
    expect(app.logged).toHaveLength(logged);
  });
});

describe("failures", () => {
  test("a bug is told by its number; what happened is in the log", async () => {
    const bug = new Error(`secret of ${app.folder}`);
    app.answerNext(() => Promise.reject(bug));
    const response = await app.post("/api/v1/main/map");
    expect(response.status).toBe(500);
    const text = await response.text();
    expect(text).not.toMatch(/secret|stack|\.ts:/u);
    const { details } = JSON.parse(text) as Problem;
    expect(app.logged.at(-1)).toEqual({ error: bug, id: details.id });
  });

  test("what is not there now may be asked again; folders keep their names to themselves", async () => {
    const path = join(app.folder, "events");
    const inUse = new AppError("unavailable", `The folder ${path} is in use.`, { path });
    app.answerNext(() => Promise.reject(inUse));
    const response = await app.post("/api/v1/main/map");
    expect([response.status, response.headers.get("retry-after")]).toEqual([503, "1"]);
    expect(await response.text()).not.toContain(app.folder);
  });
});

describe("pages", () => {
  const html = { accept: "text/html,application/xhtml+xml,*/*;q=0.8" };

  test.each(["/", "/demo/map", "/index.html", "/main/collect/touchpoints"])("%s is the app", async (path) => {
    const first = await app.fetch(path, { headers: html });
    const second = await app.fetch(path, { headers: html });
    expect([first.status, first.headers.get("cache-control")]).toEqual([200, "no-store"]);
    const nonceOf = (text: string) => [...text.matchAll(/nonce="([^"]+)"/gu)].map(([, nonce]) => nonce);
    const nonces = nonceOf(await first.text());
    expect(new Set(nonces).size).toBe(1);
    expect(nonceOf(await second.text())).not.toEqual(nonces);
    const policy = first.headers.get("content-security-policy");
    expect(policy).toContain(`style-src 'self' 'nonce-${nonces[0]}'`);
    for (const rule of ["default-src 'none'", "script-src 'self'", "base-uri 'none'", "frame-ancestors 'none'"])
      expect(policy).toContain(rule);
    expect(policy).not.toMatch(/https?:|\*|unsafe-eval|script-src[^;]*unsafe/u);
  });

  test.each([
    ["br", brotliDecompressSync],
    ["gzip", gunzipSync],
  ] as const)("files arrive as %s, to be kept for ever", async (encoding, decompress) => {
    const response = await app.fetch("/assets/app-1a2b.js", { headers: { "accept-encoding": encoding } });
    expect(response.headers.get("content-encoding")).toBe(encoding);
    expect(response.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect(response.headers.get("content-type")).toBe("text/javascript; charset=utf-8");
    const body = Buffer.from(await response.arrayBuffer());
    expect(body.length).toBeLessThan(SCRIPT.length / 10);
    expect(decompress(body).toString()).toBe(SCRIPT);
  });

  test("a file without a hash in its name is asked for each time; one that is not there is not found", async () => {
    expect((await app.fetch("/waymark.svg")).headers.get("cache-control")).toBe("no-cache");
    expect((await app.fetch("/assets/old-9z9z.js")).status).toBe(404);
    expect((await app.fetch("/picture.png", { headers: { accept: "image/png" } })).status).toBe(404);
    for (const path of ["/../package.json", "/assets/..%2f..%2fpackage.json", "/assets/../../package.json"])
      expect(await (await app.fetch(path)).text()).not.toContain('"dependencies"');
  });
});

test.each(["/", "/waymark.svg", "/api/v1/workspaces", "/api/v1/docs", "/api/none"])(
  "%s carries the safe headers",
  async (path) => {
    const { headers } = await app.fetch(path);
    expect(Object.fromEntries(headers)).toMatchObject({
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
      "x-frame-options": "DENY",
      "content-security-policy": expect.stringContaining("default-src 'none'"),
    });
    expect(headers.get("access-control-allow-origin")).toBeNull();
  },
);
