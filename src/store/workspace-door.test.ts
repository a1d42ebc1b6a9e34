/**
 * Whether a workspace has exactly one holder, whoever dies when, and whether the holder can be asked by the others.
 */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { createConnection } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type CompiledSources, compileSources } from "../../test/compiled-sources.ts";
import { AppError } from "../domain/app-error.ts";
import type { DoorClient } from "./door-client.ts";
import type { Serve } from "./door-server.ts";
import { askDoor, type HeldDoor, openDoor } from "./workspace-door.ts";

let parent: string;
let sources: CompiledSources;
beforeAll(async () => {
  sources = await compileSources();
  parent = await mkdtemp(join(tmpdir(), "waymark-door-"));
});
afterAll(async () => {
  await rm(parent, { recursive: true });
});

const nobody: Serve = () => Promise.reject(new Error("nobody should ask"));

async function hold(dir: string, serve: Serve = nobody, onFault?: (error: unknown) => void): Promise<HeldDoor> {
  const door = await openDoor(dir, serve, onFault ? { onFault } : {});
  if (!door.held) throw new Error("the door is held by somebody else");
  return door;
}

async function ask(dir: string): Promise<DoorClient> {
  const door = await openDoor(dir, nobody);
  if (door.held) throw new Error("nobody held the door");
  return door.client;
}

interface Report {
  readonly held: boolean;
  readonly holder: number;
}

async function startContenders(dir: string, count: number): Promise<ChildProcess[]> {
  const script = new URL("../../test/hold-the-door.mjs", import.meta.url);
  const children = Array.from({ length: count }, () => fork(script, [sources.folder, dir]));
  await Promise.all(children.map((child) => once(child, "message")));
  return children;
}

const nextReport = async (child: ChildProcess) => (await once(child, "message"))[0] as Report;

describe("contention", () => {
  test("of twelve processes at one stale door exactly one wins, each time the holder is killed", async () => {
    const dir = join(parent, "race");
    // One who died long ago: the first round, too, is about a stale socket.
    await mkdir(dir);
    await writeFile(join(dir, "door.7.sock"), "");
    let alive = await startContenders(dir, 12);
    let reports = alive.map(nextReport);
    for (const child of alive) child.send("go");
    for (let round = 0; round < 9; round++) {
      const settled = await Promise.all(reports);
      const holders = settled.filter(({ held }) => held);
      expect(holders).toHaveLength(1);
      const holder = holders[0]?.holder as number;
      expect(settled.every((report) => report.holder === holder)).toBe(true);
      const dying = alive.find(({ pid }) => pid === holder) as ChildProcess;
      alive = alive.filter((child) => child !== dying);
      reports = alive.map(nextReport);
      dying.kill("SIGKILL");
    }
    await Promise.all(reports);
    expect((await readdir(dir)).filter((name) => name.startsWith("door."))).toHaveLength(1);
    for (const child of alive) child.kill("SIGKILL");
  });

  test("a holder that ends in order is waited for, and the next one takes over", async () => {
    const dir = join(parent, "in-order");
    const [child] = (await startContenders(dir, 1)) as [ChildProcess];
    const report = nextReport(child);
    child.send("go");
    expect(await report).toMatchObject({ held: true });
    const client = await ask(dir);
    await client.request("end", null);
    await wait(50);
    await expect(client.request("who", null)).rejects.toMatchObject({ code: "unavailable", details: { retry: true } });
    expect(child.exitCode).toBeNull();
    const door = await hold(dir);
    client.close();
    await door.close();
    if (child.exitCode === null) await once(child, "exit");
    expect(child.exitCode).toBe(0);
  });

  test("a holder that is ending and does not end is not waited for without limit", async () => {
    const dir = join(parent, "never-ends");
    const door = await hold(dir);
    await door.drain();
    await expect(openDoor(dir, nobody, { patienceMs: 100 })).rejects.toMatchObject({
      code: "unavailable",
      message: expect.stringContaining("it is ending"),
    });
    await door.close();
  });
});

describe("the folder", () => {
  test("is made for its owner alone, and so is the socket", async () => {
    const dir = join(parent, "new", "workspace");
    const door = await hold(dir);
    expect((await stat(dir)).mode & 0o777).toBe(0o700);
    expect((await stat(join(dir, "door.1.sock"))).mode & 0o777).toBe(0o600);
    await door.close();
  });

  test("may have a path longer than a socket's path may be", async () => {
    const dir = join(parent, "long".repeat(30), "ä".repeat(60));
    const door = await hold(dir, async () => "hello");
    const client = await ask(dir);
    expect(await client.request("greet", null)).toBe("hello");
    client.close();
    await door.close();
    const again = await hold(dir);
    await again.close();
    expect(await readdir(dir)).toEqual(["door.2.sock"]);
  });

  test("that cannot be made is told by name", async () => {
    const file = join(parent, "a-file");
    await writeFile(file, "");
    await expect(openDoor(file, nobody)).rejects.toMatchObject({
      code: "invalid",
      message: expect.stringContaining(file),
    });
  });
});

describe("requests", () => {
  const faults: unknown[] = [];
  let door: HeldDoor;
  let client: DoorClient;
  let dir: string;
  let aborted: string[];

  const serve: Serve = async (operation, input, { signal, progress }) => {
    switch (operation) {
      case "echo":
        return input;
      case "nothing":
        return undefined;
      case "count":
        for (let step = 1; step <= 3; step++) progress({ step });
        return "done";
      case "large":
        return "ä\u{1F600}\n".repeat(Number(input));
      case "slow":
        await wait(Number(input));
        return input;
      case "wait":
        await new Promise((resolve) => signal.addEventListener("abort", resolve));
        aborted.push(String(input));
        throw signal.reason;
      case "refuse":
        throw new AppError("conflict", "not like this", { import: 3, big: input === "big" ? 1n : 1 });
      default:
        throw new TypeError("a bug");
    }
  };

  beforeAll(async () => {
    aborted = [];
    dir = join(parent, "requests");
    door = await hold(dir, serve, (error) => faults.push(error));
    client = await ask(dir);
    expect(client.holder).toBe(process.pid);
  });
  afterAll(async () => {
    client.close();
    await door.close();
  });

  test("answers come back as JSON, also nothing", async () => {
    const input = { text: "line\nbreak ä", list: [1, null, { deep: true }] };
    expect(await client.request("echo", input)).toEqual(input);
    expect(await client.request("nothing", undefined)).toBeNull();
  });

  test("progress comes before the answer, in order", async () => {
    const seen: unknown[] = [];
    expect(await client.request("count", null, { onProgress: (value) => seen.push(value) })).toBe("done");
    expect(seen).toEqual([{ step: 1 }, { step: 2 }, { step: 3 }]);
  });

  test("an answer of 20 MB arrives whole", async () => {
    const answer = (await client.request("large", 3_000_000)) as string;
    expect(answer === "ä\u{1F600}\n".repeat(3_000_000)).toBe(true);
  });

  test("several requests run at once, on one connection and on many", async () => {
    const other = await ask(dir);
    const order: unknown[] = [];
    const note = (answer: unknown) => order.push(answer);
    await Promise.all([
      client.request("slow", 200).then(note),
      client.request("slow", 100).then(note),
      other.request("slow", 10).then(note),
    ]);
    expect(order).toEqual([10, 100, 200]);
    other.close();
  });

  test("an AppError comes back with its code and details; details that are no JSON do not hide it", async () => {
    const refusal = { name: "AppError", code: "conflict", message: "not like this" };
    await expect(client.request("refuse", null)).rejects.toMatchObject({ ...refusal, details: { import: 3 } });
    await expect(client.request("refuse", "big")).rejects.toMatchObject(refusal);
  });

  test("a fault is told as one, and the holder's log hears of it", async () => {
    const error = await client.request("unknown", null).catch((caught: unknown) => caught);
    expect(error).not.toBeInstanceOf(AppError);
    expect((error as Error).message).toContain("a bug");
    expect(faults).toEqual([new TypeError("a bug")]);
  });

  test("a cancelled request is aborted at the holder", async () => {
    const abort = new AbortController();
    const answer = client.request("wait", "cancelled", { signal: abort.signal });
    await wait(20);
    abort.abort();
    await expect(answer).rejects.toMatchObject({ name: "AbortError" });
    await expect.poll(() => aborted).toContain("cancelled");
    expect(await client.request("echo", 1)).toBe(1);
  });

  test("what an asker left behind is aborted", async () => {
    const leaving = await ask(dir);
    const answer = leaving.request("wait", "left");
    await wait(20);
    leaving.close();
    await expect(answer).rejects.toMatchObject({
      code: "unavailable",
      message: expect.stringContaining("run the command again"),
    });
    await expect.poll(() => aborted).toContain("left");
  });

  test("a request that is too large is refused before it is sent", async () => {
    await expect(async () => client.request("echo", "x".repeat(2 ** 20))).rejects.toMatchObject({ code: "invalid" });
    expect(await client.request("echo", "x".repeat(2 ** 20 - 200))).toHaveLength(2 ** 20 - 200);
  });

  test.each([
    ["too long a line", "x".repeat(2 ** 20 + 1), /at most 1048576 characters/u],
    ["no JSON", "hello\n", /not a request/u],
    ["no request", '{"id":"one"}\n', /not a request/u],
    [
      "a number used twice",
      '{"id":1,"operation":"slow","input":1}\n{"id":1,"operation":"slow","input":1}\n',
      /used twice/u,
    ],
  ])("the holder refuses %s and lives on", async (_, text, message) => {
    const [name] = (await readdir(dir)).filter((each) => existsSync(join(dir, each)) && each.endsWith(".sock"));
    const socket = createConnection(join(dir, name as string));
    socket.setEncoding("utf8");
    let heard = "";
    socket.on("data", (chunk) => {
      heard += chunk;
    });
    socket.write(text);
    await once(socket, "close");
    expect(heard).toMatch(message);
    expect(await client.request("echo", 2)).toBe(2);
  });
});

test("a holder that dies at work is noticed at once", async () => {
  const dir = join(parent, "dies");
  const [child] = (await startContenders(dir, 1)) as [ChildProcess];
  const report = nextReport(child);
  child.send("go");
  await report;
  const client = await ask(dir);
  const answer = client.request("forever", null);
  await wait(20);
  child.kill("SIGKILL");
  await expect(answer).rejects.toMatchObject({
    code: "unavailable",
    message: "The process that held the workspace ended before it answered; run the command again.",
    details: { retry: false },
  });
  const door = await hold(dir);
  await door.close();
});

test("draining waits for what runs, closing lets the last answer out", async () => {
  const dir = join(parent, "drain");
  const door = await hold(dir, async (_, input) => {
    await wait(Number(input));
    return input;
  });
  const client = await ask(dir);
  const answer = client.request("slow", 150);
  await wait(20);
  await door.close();
  expect(await answer).toBe(150);
  client.close();
});

describe("asking without wanting to hold", () => {
  test("nobody: no folder, no door, a dead holder's door; and nothing is made", async () => {
    const dir = join(parent, "asked");
    expect(await askDoor(dir)).toBeUndefined();
    expect(existsSync(dir)).toBe(false);
    await mkdir(dir);
    expect(await askDoor(dir)).toBeUndefined();
    const [holder] = await startContenders(dir, 1);
    holder?.kill("SIGKILL");
    await once(holder as ChildProcess, "exit");
    expect(await askDoor(dir)).toBeUndefined();
  });

  test("somebody answers; one who is ending is waited for", async () => {
    const dir = join(parent, "answering");
    const door = await hold(dir, async (operation) => operation.toUpperCase());
    const client = await askDoor(dir);
    expect(await client?.request("hello", null)).toBe("HELLO");
    await door.drain();
    const late = askDoor(dir);
    expect(await Promise.race([late.then(() => "in"), wait(100, "waiting")])).toBe("waiting");
    await door.close();
    expect(await late).toBeUndefined();
    client?.close();
  });
});
