/**
 * The state store over PGlite: the contract, and what only a folder can go through: kill -9, a first opening cut short.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type CompiledSources, compileSources } from "../../test/compiled-sources.ts";
import { seedStateFolder } from "../../test/state-folder.ts";
import { openEmbeddedStateStore } from "./open-state-store.ts";
import { describeStateStore, START } from "./state-store.case.ts";

let parent: string;
let sources: CompiledSources;
beforeAll(async () => {
  sources = await compileSources();
  parent = await mkdtemp(join(tmpdir(), "waymark-state-"));
});
afterAll(async () => {
  await rm(parent, { recursive: true });
});

const clock = () => {
  let seconds = 0;
  return () => new Date(START + 1000 * seconds++);
};

/** The limit is told by touchpoint-catalogue.ts; `npm run prove -- state-store` fills the store up to it. */
const touchpoints = process.env.WAYMARK_PROPERTY_RUNS === undefined ? "many" : "all";

describe("contract", () =>
  describeStateStore(
    () => {
      const open = () => openEmbeddedStateStore(join(parent, "contract"), { clock: clock() });
      return { open, reopen: open, dispose: async () => undefined };
    },
    { touchpoints },
  ));

test("a first opening that was cut short starts again", async () => {
  const dir = join(parent, "cut-short");
  await mkdir(join(dir, "postgres", "base"), { recursive: true });
  await writeFile(join(dir, "postgres", "PG_VERSION"), "");
  await writeFile(join(dir, "creating"), "");
  const store = await openEmbeddedStateStore(dir, { clock: clock() });
  expect(await store.dataVersion()).toBe(0);
  await store.close();
});

test("every commit that was acknowledged before kill -9 is there", { timeout: 60_000 }, async () => {
  const workspace = join(parent, "killed");
  await seedStateFolder(workspace);
  const dir = join(workspace, "state");
  const acknowledged = new Set<number>();
  for (const enough of [10, 37]) {
    const child = fork(new URL("../../test/commit-in-a-loop.mjs", import.meta.url), [sources.folder, dir]);
    await new Promise<void>((resolve) => {
      child.on("message", (id) => {
        acknowledged.add(id as number);
        if (acknowledged.size === enough) resolve();
      });
    });
    child.kill("SIGKILL");
    await once(child, "exit");
  }
  expect(acknowledged.size).toBeGreaterThanOrEqual(37);
  const store = await openEmbeddedStateStore(dir, { clock: clock() });
  const live = (await store.listImports()).filter(({ status }) => status === "live").map(({ id }) => id);
  expect(live).toEqual(expect.arrayContaining([...acknowledged]));
  // What is there besides was committed in the moment its process died: at most one a process.
  expect(live.length - acknowledged.size).toBeLessThanOrEqual(2);
  await store.close();
});
