/**
 * Whether callers see no difference between holding a workspace and asking its holder, also while the holder ends.
 * Contention for the door is tested beside it.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { seedStateFolder } from "../test/state-folder.ts";
import { readConfig } from "./config.ts";
import { enterWorkspace, type ServeWorkspace } from "./workspace.ts";

let parent: string;
beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), "waymark-workspace-"));
});
afterAll(() => rm(parent, { recursive: true }));

const serve: ServeWorkspace = async (platform, operation, input, { signal, progress }) => {
  switch (operation) {
    case "begin":
      progress("beginning");
      return platform.state.beginImport({ recipe: "generic", mapping: input, mappingHash: "", files: [] });
    case "list":
      return (await platform.state.listImports()).length;
    default:
      await new Promise((resolve) => signal.addEventListener("abort", resolve));
      throw new Error("stopped");
  }
};

const options = (name: string) => ({
  workspace: join(parent, name),
  config: readConfig({}),
  clock: () => new Date(Date.UTC(2026, 0, 1)),
});

test("the second to enter asks the first; when that one leaves, it takes over with everything there", async () => {
  await seedStateFolder(options("shared").workspace);
  const first = await enterWorkspace(options("shared"), serve);
  const second = await enterWorkspace(options("shared"), serve);
  expect([first.held, second.held]).toEqual([true, false]);
  const heard: unknown[] = [];
  const onProgress = (value: unknown) => heard.push(value);
  expect(await first.run("begin", 1, { onProgress })).toBe(1);
  expect(await second.run("begin", 2, { onProgress })).toBe(2);
  expect(heard).toEqual(["beginning", "beginning"]);

  const leaving = first.close();
  // Several at once meet the holder that is ending; they enter anew together.
  expect(await Promise.all([second.run("list", null), second.run("list", null)])).toEqual([2, 2]);
  await leaving;
  expect(second.held).toBe(true);
  await second.close();
});

test("leaving waits for what others asked for, or stops it", async () => {
  await seedStateFolder(options("waiting").workspace);
  const first = await enterWorkspace(options("waiting"), serve);
  const second = await enterWorkspace(options("waiting"), serve);
  const asked = second.run("wait", null);
  await wait(50);
  const leaving = first.close();
  expect(await Promise.race([leaving.then(() => "left"), wait(100, "waiting")])).toBe("waiting");
  await first.close({ abort: true });
  await leaving;
  await expect(asked).rejects.toThrow(/stopped/u);
  await second.close();
});

test("a workspace that cannot be opened gives its door back", async () => {
  const wrong = { WAYMARK_POSTGRES_URL: "postgres://waymark@127.0.0.1:1/waymark" };
  const broken = { ...options("broken"), config: readConfig(wrong) };
  for (let attempt = 0; attempt < 2; attempt++)
    await expect(enterWorkspace(broken, serve)).rejects.toMatchObject({ code: "unavailable" });
});
