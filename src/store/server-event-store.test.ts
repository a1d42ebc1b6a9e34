/**
 * Runs the event store's contract on the server adapter: the official client against our loopback harness.
 * No ClickHouse server can be installed here; what only a real one can show is told in the documentation.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ClickHouseHarness, startClickHouseHarness } from "../../test/clickhouse-harness.ts";
import { describeEventStore } from "./event-store.case.ts";
import type { EventStore } from "./event-store.ts";
import { openServerEventStore } from "./server-event-store.ts";

let dir: string;
let harness: ClickHouseHarness;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "waymark-server-"));
  harness = await startClickHouseHarness({ dir: join(dir, "engine") });
});
afterAll(async () => {
  await harness.close();
  await rm(dir, { recursive: true, force: true });
});

describeEventStore("on a server", async () => {
  const store = await openServerEventStore({ url: harness.url });
  return { store, close: () => store.close() };
});

describe("the server adapter", () => {
  it("refuses a malformed URL without repeating its password", async () => {
    const failure = openServerEventStore({ url: "no url with secret" });
    await expect(failure).rejects.toMatchObject({ code: "invalid", message: expect.not.stringContaining("secret") });
  });

  it("says when nobody answers or the password is wrong", async () => {
    const nobody = openServerEventStore({ url: "http://127.0.0.1:1/default" });
    await expect(nobody).rejects.toMatchObject({ code: "unavailable" });
    const wrong = openServerEventStore({ url: harness.url.replace("m%40rk", "wrong") });
    await expect(wrong).rejects.toMatchObject({ code: "unavailable", details: { clickhouseCode: 516 } });
  });

  it("tells a damaged packed file from a fault of the engine", async () => {
    const store: EventStore = await openServerEventStore({ url: harness.url });
    await store.command("CREATE TABLE packed (a String) ENGINE = MergeTree ORDER BY a");
    const path = join(dir, "cut.csv.gz");
    await writeFile(path, gzipSync("1\n2\n3\n").subarray(0, 15));
    const load = { into: "packed", select: (source: string) => `SELECT a FROM ${source}`, path } as const;
    await expect(store.loadFile({ ...load, format: "CSV", structure: "a String" })).rejects.toMatchObject({
      code: "invalid",
    });
    await store.close();
    await expect(store.query("SELECT 1")).rejects.toMatchObject({ code: "unavailable" });
  });
});
