/**
 * Whether `waymark demo` reports first and then opens the app with the demo, as its last line says.
 * The workspace holds a few events under the demo's recipe: filling it with the whole shop is tested in ingest/demo.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { seedStateFolder } from "../../test/state-folder.ts";
import { startWebServer } from "../../test/web-server.ts";
import type { Job } from "../api/server/jobs.ts";
import { openSession } from "../api/session.ts";

const COLUMNS =
  "timestamp,customer,anonymous,event,channel,value,currency,score,scale,order,session,ticket,trait:country,trait:region,trait:group,trait:desk,trait:acquisition,trait:signupMonth";
const lineOf = (touchpoint: string, minute: number) =>
  `2024-03-01T10:0${minute}:00+01:00,c1,,${touchpoint},web,,,,,,s1,,DE,east,a,x,ad,2024-03`;
const LINES = ["Product Viewed", "Product Added", "Checkout Started", "Order Completed"].map(lineOf);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "waymark-demo-"));
  const workspace = join(folder, "demo");
  await seedStateFolder(workspace);
  const path = join(folder, "demo-events.csv");
  await writeFile(path, `${[COLUMNS, ...LINES].join("\n")}\n`);
  const session = await openSession({ workspace });
  const call = { signal: new AbortController().signal, onProgress: () => undefined };
  await session.run("import", { paths: [path], recipe: "demo" }, call);
  await session.close();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test("the report, then the address; the app opens with the demo and can fill it", async () => {
  const server = await startWebServer({ folder, args: ["demo"] });
  try {
    const lines = server.out().trimEnd().split("\n");
    expect(lines[0]).toMatch(/^The demo shop, a simulated year \(filled before, left as it is\)/u);
    expect(lines.at(-1)).toBe(server.url);
    const { workspaces } = (await (await fetch(`${server.url}api/v1/workspaces`)).json()) as { workspaces: unknown[] };
    expect(workspaces).toMatchObject([
      { name: "main", demo: false, first: false },
      { name: "demo", demo: true, first: true },
    ]);
    let job = await server.ask<Job>("demo", {}, "demo");
    while (job.status === "running") {
      await wait(25);
      job = (await (await fetch(`${server.url}api/v1/jobs/${job.job}`)).json()) as Job;
    }
    expect(job).toMatchObject({ kind: "demo", status: "done", result: { added: false } });
    expect(JSON.stringify(job)).not.toContain(tmpdir());
  } finally {
    expect(await server.stop()).toBe(143);
  }
});
