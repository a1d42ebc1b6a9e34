import { afterAll, beforeAll, expect, test } from "vitest";
import { openTemporaryWorkspace, type TemporaryWorkspace } from "../../test/temporary-workspace.ts";
import type { Platform } from "../platform.ts";
import { answer } from "./answer.ts";

let workspace: TemporaryWorkspace;
let platform: Platform;
/** Somebody waits for every answer. */
const { signal } = new AbortController();

beforeAll(async () => {
  workspace = await openTemporaryWorkspace(() => new Date(0));
  platform = workspace.platform;
});
afterAll(() => workspace.close());

test("an answer is computed once for each question and data version, and the second look is immediate", async () => {
  let computed = 0;
  const count = async () => ({ computed: ++computed });
  const first = await answer(platform, "count", { where: "value > 1" }, count, signal);
  expect(first).toEqual({
    computed: 1,
    zone: "UTC",
    filter: { from: null, to: null, outside: false, where: "value > 1" },
    dataVersion: 0,
  });
  const started = performance.now();
  expect(await answer(platform, "count", { where: "value > 1" }, count, signal)).toEqual(first);
  expect(performance.now() - started).toBeLessThan(50);
  expect(await answer(platform, "count", { where: "value > 2" }, count, signal)).toMatchObject({ computed: 2 });
  expect(await answer(platform, "other", { where: "value > 1" }, count, signal)).toMatchObject({ computed: 3 });

  const id = await platform.state.beginImport({ recipe: "generic", mapping: {}, mappingHash: "", files: [] });
  await platform.state.commitImport(id);
  expect(await answer(platform, "count", { where: "value > 1" }, count, signal)).toMatchObject({ computed: 4 });
});

test("an answer that fails is not kept", async () => {
  const fail = async () => Promise.reject(new Error("no"));
  await expect(answer(platform, "fails", {}, fail, signal)).rejects.toThrow("no");
  expect(await answer(platform, "fails", {}, async () => ({ fine: true }), signal)).toMatchObject({ fine: true });
});
