/**
 * Whether a process that is told to end closes in order first, and how it then exits.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { beforeAll, describe, expect, test } from "vitest";
import { type CompiledSources, compileSources } from "../test/compiled-sources.ts";
import { closeOnSignals } from "./close-on-signals.ts";

describe("told to end", () => {
  let sources: CompiledSources;
  beforeAll(async () => {
    sources = await compileSources();
  });

  const start = async (closing: number) => {
    const child = fork(new URL("../test/close-on-signals.mjs", import.meta.url), [sources.folder, String(closing)]);
    const said: unknown[] = [];
    child.on("message", (message) => said.push(message));
    await once(child, "message");
    return { child, said };
  };

  test.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("%s closes in order, then exits with %d", async (signal, code) => {
    const { child, said } = await start(50);
    child.kill(signal);
    expect(await once(child, "exit")).toEqual([code, null]);
    expect(said).toEqual(["ready", "closing", "closed"]);
  });

  test("listens until it is told to stop", () => {
    const listening = () => [process.listenerCount("SIGINT"), process.listenerCount("SIGTERM")];
    const before = listening();
    const stop = closeOnSignals({ close: async () => undefined });
    expect(listening()).toEqual(before.map((count) => count + 1));
    stop();
    expect(listening()).toEqual(before);
  });

  test("a second signal ends at once", async () => {
    const { child, said } = await start(60_000);
    child.kill("SIGTERM");
    await once(child, "message");
    child.kill("SIGINT");
    expect(await once(child, "exit")).toEqual([null, "SIGKILL"]);
    expect(said).toEqual(["ready", "closing"]);
  });
});
