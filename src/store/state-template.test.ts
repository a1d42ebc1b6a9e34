/**
 * A new state store begins as a copy of the build's, also where an earlier first opening was killed half-way.
 */
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { seedStateFolder } from "../../test/state-folder.ts";
import { openEmbeddedStateStore } from "./open-state-store.ts";

const clock = () => new Date(0);
let folder: string;
let template: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "waymark-template-"));
  await seedStateFolder(folder);
  const store = await openEmbeddedStateStore(join(folder, "state"), { clock });
  await store.setSetting("from", "the template");
  await store.close();
  template = join(folder, "state", "postgres");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it("begins as a copy of the template, and is its own from then on", async () => {
  const dir = join(folder, "new");
  const store = await openEmbeddedStateStore(dir, { clock, template });
  expect(await store.getSetting("from")).toBe("the template");
  await store.setSetting("from", "itself");
  await store.close();
  expect(await readdir(dir)).toEqual(["postgres"]);
  const again = await openEmbeddedStateStore(dir, { clock, template });
  expect(await again.getSetting("from")).toBe("itself");
  await again.close();
});

it("is copied anew where the first copy was interrupted", async () => {
  const dir = join(folder, "interrupted");
  await mkdir(join(dir, "postgres"), { recursive: true });
  await writeFile(join(dir, "postgres", "PG_VERSION"), "1");
  await writeFile(join(dir, "creating"), "");
  const store = await openEmbeddedStateStore(dir, { clock, template });
  expect(await store.getSetting("from")).toBe("the template");
  await store.close();
});
