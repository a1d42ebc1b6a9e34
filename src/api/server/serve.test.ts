/**
 * Whether `waymark serve` lives well as a process: it tells its address, keeps no engine itself, leaves nothing behind,
 * and commands work beside it. What it answers is tested in process, beside the routes.
 */
import { execFile } from "node:child_process";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { childrenOf, untilGone } from "../../../test/child-processes.ts";
import { startWebServer, type WebServer } from "../../../test/web-server.ts";
import { isAlive } from "../../is-alive.ts";
import type { Answer } from "../operations.ts";
import { openSession } from "../session.ts";
import type { Job } from "./jobs.ts";

const CSV = "timestamp,customer,event\n2024-01-01T10:00:00Z,ann,visit\n2024-01-01T11:00:00Z,ann,buy\n";

function command(server: WebServer, ...args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const env = { ...process.env, WAYMARK_WORKSPACE: join(server.folder, "main") };
  return new Promise((resolve) => {
    execFile(process.execPath, [server.main, ...args], { env }, (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out, err }),
    ).stdin?.end();
  });
}

describe("a server", () => {
  let server: WebServer;
  beforeAll(async () => {
    server = await startWebServer();
  });
  afterAll(() => server.stop());

  test("tells its address in the last line of stdout, and nothing else there", () => {
    expect(server.out()).toBe(`${server.url}\n`);
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/u);
  });

  test("starts a keeper for a workspace when it is first asked for, and loads no engine itself", async () => {
    expect(await childrenOf(server.pid)).toEqual([]);
    expect(await server.ask<Answer<"imports">>("imports")).toEqual({ imports: [] });
    const [keeper = 0, ...others] = await childrenOf(server.pid);
    expect(others).toEqual([]);
    const loaded = (pid: number) => readFile(`/proc/${pid}/maps`, "utf8");
    expect(await loaded(keeper)).toContain("chdb");
    expect(await loaded(server.pid)).not.toContain("chdb");
  });

  test("commands work beside it, and it sees what they did", async () => {
    const path = join(server.folder, "events.csv");
    await writeFile(path, CSV);
    const run = await command(server, "import", path, "--yes", "--json");
    expect(run).toMatchObject({ code: 0, err: "" });
    expect((await server.ask<Answer<"map">>("map", { journey: "life" })).journeys).toBe(1);
    expect(await command(server, "map", "--journey", "life", "--json")).toMatchObject({ code: 0 });
  });

  test("files come in as jobs, through sockets too", async () => {
    const form = new FormData();
    form.append("files", new Blob([CSV.replaceAll("ann", "bob")]), "more.csv");
    const received = await fetch(`${server.url}api/v1/main/uploads`, { method: "POST", body: form });
    const { upload } = (await received.json()) as { upload: string };
    let job = await server.ask<Job>("imports", { upload });
    while (job.status === "running") {
      await wait(50);
      job = (await (await fetch(`${server.url}api/v1/jobs/${job.job}`)).json()) as Job;
    }
    expect(job).toMatchObject({ status: "done", result: { imports: [{ events: { added: 2 } }] } });
  });

  test("a keeper that dies is followed by another one", async () => {
    const [keeper = 0] = await childrenOf(server.pid);
    process.kill(keeper, "SIGKILL");
    await untilGone(keeper);
    expect((await server.ask<Answer<"map">>("map", { journey: "life" })).journeys).toBe(2);
    const [next = 0] = await childrenOf(server.pid);
    expect(next).not.toBe(keeper);
    expect(server.err()).toContain("a keeper ended");
  });

  test("many questions at once get their answers", async () => {
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, index) => server.ask<Answer<"variants">>("variants", { top: index + 1 })),
    );
    expect(answers.map(({ journeys }) => journeys)).toEqual(Array(12).fill(2));
  });

  test("told to end, it ends at once, and its keepers with it", async () => {
    const keepers = await childrenOf(server.pid);
    expect(keepers).toHaveLength(1);
    expect(await server.stop()).toBe(143);
    expect(keepers.filter(isAlive)).toEqual([]);
  });
});

test("a workspace that somebody else holds is asked there, and kept after; killed, a server leaves no keeper", async () => {
  const server = await startWebServer();
  try {
    const folder = join(server.folder, "main");
    const holder = await openSession({ workspace: folder });
    expect(await server.ask("imports")).toEqual({ imports: [] });
    expect(await childrenOf(server.pid)).toEqual([]);
    const [, answer] = await Promise.all([holder.close(), server.ask("imports")]);
    expect(answer).toEqual({ imports: [] });
    expect(await server.ask("imports")).toEqual({ imports: [] });
    const [keeper = 0] = await childrenOf(server.pid);
    process.kill(server.pid, "SIGKILL");
    expect(await untilGone(keeper)).toBe(true);
    expect(await command(server, "imports", "--json")).toMatchObject({ code: 0, out: '{"imports":[]}\n' });
  } finally {
    await server.stop();
  }
});

test("a workspace that cannot be opened says why, and does not end the server", async () => {
  const server = await startWebServer({ env: { WAYMARK_POSTGRES_URL: "postgres://waymark@127.0.0.1:1/waymark" } });
  try {
    for (let attempt = 0; attempt < 2; attempt++)
      await expect(server.ask("imports")).rejects.toThrow(/^503 .*Postgres/iu);
    expect((await fetch(`${server.url}api/v1/workspaces`)).status).toBe(200);
  } finally {
    await server.stop();
  }
});

test("a port that is taken is told, with exit code 2", async () => {
  const taken = createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  const { port } = taken.address() as AddressInfo;
  const starting = startWebServer({ env: { WAYMARK_PORT: String(port) } });
  await expect(starting).rejects.toThrow(new RegExp(`ended with 2[\\s\\S]*Port ${port} is taken`, "u"));
  taken.close();
});
