/**
 * Whether a workspace opens whole, closes in order and comes back, with its files for its owner alone.
 * What the stores do is tested beside them; who may open a workspace, at the door.
 */
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { seedStateFolder } from "../test/state-folder.ts";
import { readConfig } from "./config.ts";
import { engineMemory, openPlatform } from "./platform.ts";

let parent: string;
beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), "waymark-platform-"));
});
afterAll(() => rm(parent, { recursive: true }));

const GIB = 2 ** 30;
const clock = () => new Date(Date.UTC(2026, 0, 1));

test("an embedded workspace opens, keeps what it was told, and opens again", async () => {
  const workspace = join(parent, "a", "b");
  const open = () => openPlatform({ workspace, config: readConfig({}), clock });
  const first = await open();
  expect(first).toMatchObject({ workspace, events: { kind: "embedded" }, state: { kind: "pglite" } });
  expect((await stat(workspace)).mode & 0o777).toBe(0o700);
  expect(await first.events.query("SELECT count() AS n FROM journeys")).toEqual([{ n: 0 }]);
  const id = await first.state.beginImport({ recipe: "generic", mapping: {}, mappingHash: "", files: [] });
  await first.state.commitImport(id);
  first.log.info("seen");

  expect(first.ending.aborted).toBe(false);
  const closing = first.close();
  expect(first.ending.aborted).toBe(true);
  await Promise.all([closing, first.close()]);
  await expect(first.state.dataVersion()).rejects.toMatchObject({ code: "unavailable" });
  expect(await readFile(join(workspace, "waymark.log"), "utf8")).toMatch(/"msg":"seen"/u);

  const second = await open();
  expect((await second.state.getImport(id)).startedAt).toEqual(clock());
  await second.close();
});

test("when the state store cannot open, the event store is given back", async () => {
  const workspace = join(parent, "half");
  const config = readConfig({ WAYMARK_POSTGRES_URL: "postgres://waymark:hunter2@127.0.0.1:1/waymark" });
  await expect(openPlatform({ workspace, config, clock })).rejects.toMatchObject({
    code: "unavailable",
    message: expect.stringMatching(/^No connection to the Postgres server 127\.0\.0\.1:1\/waymark: .*ECONNREFUSED/u),
  });
  await seedStateFolder(workspace);
  const platform = await openPlatform({ workspace, config: readConfig({}), clock });
  await platform.close();
});

test.each([
  [16 * GIB, 0, 2.5 * GIB],
  [4 * GIB, 0, 2 * GIB],
  [16 * GIB, 2 * GIB, GIB],
  // What the system says when nothing is limited.
  [4 * GIB, 2 ** 64, 2 * GIB],
])("of %d bytes, %d allowed, the engine takes %d", (total, constrained, engine) => {
  expect(engineMemory(total, constrained)).toBe(engine);
});
