/**
 * Whether a question that nobody waits for any more leaves the engine, and the next one finds it free.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openEmbeddedEventStore } from "../store/embedded-event-store.ts";
import { stopWith } from "./stop-with.ts";

test("a read ends with the signal; the store stays open for others", async () => {
  const dir = await mkdtemp(join(tmpdir(), "waymark-stop-"));
  const events = await openEmbeddedEventStore({ dir: join(dir, "events") });
  try {
    const asker = new AbortController();
    const asked = stopWith(events, asker.signal);
    expect(await asked.query("SELECT 1 AS one")).toEqual([{ one: 1 }]);
    // Forty seconds, were it left alone.
    const endless = asked.query("SELECT sum(sleepEachRow(1)) AS slept FROM numbers(40)", {
      settings: { max_block_size: 1 },
    });
    setTimeout(() => asker.abort(new Error("gone")), 300);
    await expect(endless).rejects.toThrow("gone");
    await expect(asked.query("SELECT 1 AS one")).rejects.toThrow("gone");
    const start = performance.now();
    expect(await events.query("SELECT 2 AS two")).toEqual([{ two: 2 }]);
    await events.close();
    expect(performance.now() - start).toBeLessThan(20_000);
  } finally {
    await events.close();
    await rm(dir, { recursive: true, force: true });
  }
});
