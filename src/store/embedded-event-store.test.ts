/**
 * Runs the event store's contract on the embedded engine, and watches processes of their own that open it.
 * Those measure memory honestly, and may be ended without ending the tests.
 */
import { execFile } from "node:child_process";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CompiledSources, compileSources } from "../../test/compiled-sources.ts";
import { openEmbeddedEventStore } from "./embedded-event-store.ts";
import { describeEventStore } from "./event-store.case.ts";

describeEventStore("embedded", async () => {
  const dir = await mkdtemp(join(tmpdir(), "waymark embedded 'ü' "));
  const store = await openEmbeddedEventStore({ dir });
  return {
    store,
    async close() {
      await store.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
});

const CHILD = fileURLToPath(new URL("../../test/use-event-store.mjs", import.meta.url));
const MIB = 2 ** 20;

it("is one a process: a second directory is refused with the reason", async () => {
  const root = await mkdtemp(join(tmpdir(), "waymark-two-"));
  const store = await openEmbeddedEventStore({ dir: join(root, "deep", "one") });
  const second = openEmbeddedEventStore({ dir: join(root, "two") });
  await expect(second).rejects.toMatchObject({
    code: "unavailable",
    message: expect.stringContaining("close that first"),
  });
  await store.close();
  await rm(root, { recursive: true, force: true });
});

describe("a process with the embedded store", () => {
  let sources: CompiledSources;
  let dir: string;

  beforeAll(async () => {
    sources = await compileSources();
    dir = await mkdtemp(join(tmpdir(), "waymark-embedded-child-"));
  });
  afterAll(async () => {
    await rm(dir, { recursive: true, force: true });
  });

  /** What the child printed; fails when it ended in any other way than by itself. */
  async function use(task: string, ...more: string[]): Promise<Record<string, number>> {
    const args = [CHILD, sources.folder, join(dir, task), task, ...more];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    return JSON.parse(stdout) as Record<string, number>;
  }

  // Their text is 110 MB: kept, it would be above the bound, which no stream reaches. 5 M: `npm run prove -- event-store`.
  it("streams 2 M rows in under 160 MB", async () => {
    const report = await use("stream", "2");
    expect(report.rows).toBe(2_000_000);
    expect(report.grownBytes).toBeLessThan(160 * MIB);
  });

  it("inserts 30 MB from a stream in bounded memory", async () => {
    const report = await use("insert", "30");
    expect(report.rows).toBe(report.sent);
    expect(report.heapBytes).toBeLessThan(200 * MIB);
  });

  it.each(["close-insert", "close-stream"])(
    "closes in the middle of an insert and exits by itself: %s",
    async (task) => {
      expect(await use(task)).toEqual({ unavailable: 3 });
    },
  );

  it("lives on when a file is cut while it is read", async () => {
    expect((await use("cut-file")).rows).toBeLessThan(2e6);
  });

  it("has a second process told that the workspace is in use", async () => {
    expect(await use("share")).toMatchObject({ refused: 1 });
  });

  it("without the package is told what to do", async () => {
    const bare = join(dir, "bare");
    await cp(sources.folder, bare, { recursive: true });
    const child = promisify(execFile)(process.execPath, [CHILD, bare, join(dir, "none"), "stream", "2"]);
    await expect(child).rejects.toMatchObject({
      stderr: expect.stringMatching(/npm install chdb.*WAYMARK_CLICKHOUSE_URL/u),
    });
  });
});
