/**
 * Runs `waymark serve` as a process of its own, on workspaces in a temporary folder, for tests of the server and the pages.
 * It asserts nothing; what the server must answer is said by the tests.
 */
import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { afterAll } from "vitest";
import { ensureWeb } from "../scripts/prepare.mjs";
import { type CompiledSources, compileSources } from "./compiled-sources.ts";

export interface WebServerOptions {
  /** Holds the workspaces `main` and `demo`; default: a temporary folder that `stop` removes. */
  readonly folder?: string;
  /** Whether the pages are built too (some seconds when their sources changed); default false. */
  readonly web?: boolean;
  /** What is run; default: serve. */
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

export interface WebServer {
  /** Ends with a slash. */
  readonly url: string;
  readonly pid: number;
  /** Folders `main` and `demo` are in it. */
  readonly folder: string;
  /** The compiled command line: `node <main> …` with WAYMARK_WORKSPACE asks the same workspaces. */
  readonly main: string;
  /** All of stdout and stderr so far. */
  readonly out: () => string;
  readonly err: () => string;
  /** Asks the API of the workspace; throws with the problem's sentence when the answer is one. */
  ask<Answer = unknown>(operation: string, input?: unknown, workspace?: "main" | "demo"): Promise<Answer>;
  /** Ends the server by SIGTERM and removes what was made. @returns the exit code */
  stop(): Promise<number | null>;
}

type Child = ChildProcessByStdio<null, Readable, Readable>;

const START_MS = 120_000;

/** One build for all servers that a test file starts; it goes when the file's tests have ended. */
const builds = new Map<boolean, Promise<CompiledSources>>();

afterAll(async () => {
  for (const built of builds.values()) await (await built).remove();
  builds.clear();
});

function buildOnce(web: boolean): Promise<CompiledSources> {
  const built = builds.get(web) ?? build(web);
  builds.set(web, built);
  return built;
}

async function build(web: boolean): Promise<CompiledSources> {
  const compiled = await compileSources();
  if (web) await addWeb(compiled);
  return compiled;
}

/** Starts the server on a free port; resolves when it has told its address. */
export async function startWebServer(options: WebServerOptions = {}): Promise<WebServer> {
  const compiled = await buildOnce(options.web ?? false);
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), "waymark-web-")));
  const main = join(compiled.folder, "cli", "main.js");
  const env = {
    ...process.env,
    WAYMARK_WORKSPACE: join(folder, "main"),
    WAYMARK_DEMO_WORKSPACE: join(folder, "demo"),
    WAYMARK_PORT: "0",
    UV_THREADPOOL_SIZE: "16",
    ...options.env,
  };
  const child = spawn(process.execPath, [main, ...(options.args ?? ["serve"])], {
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const text = { out: "", err: "" };
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    text.out += chunk;
  });
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    text.err += chunk;
  });
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill("SIGTERM");
      await once(child, "exit");
    }
    if (options.folder === undefined) await rm(folder, { recursive: true, force: true });
    return child.exitCode;
  };
  try {
    const url = await waitForAddress(child, () => text);
    const ask = <Answer>(operation: string, input: unknown = {}, workspace = "main") =>
      askServer<Answer>(`${url}api/v1/${workspace}/${operation}`, input);
    return { url, pid: child.pid ?? 0, folder, main, out: () => text.out, err: () => text.err, ask, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function addWeb(compiled: CompiledSources): Promise<void> {
  const web = await ensureWeb();
  if (web) await symlink(web, join(compiled.folder, "web"));
}

function waitForAddress(child: Child, text: () => { readonly out: string; readonly err: string }): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`The server ${why}.\n${text().out}\n${text().err}`));
    const timer = setTimeout(() => fail("told no address"), START_MS);
    child.once("exit", (code, signal) => fail(`ended with ${signal ?? code}`));
    child.stdout.on("data", () => {
      const last = text().out.endsWith("\n") ? text().out.trimEnd().split("\n").at(-1) : undefined;
      if (!last?.startsWith("http://")) return;
      clearTimeout(timer);
      resolve(last);
    });
  });
}

async function askServer<Answer>(address: string, input: unknown): Promise<Answer> {
  const headers = { "content-type": "application/json" };
  const response = await fetch(address, { method: "POST", headers, body: JSON.stringify(input) });
  const answer = (await response.json()) as Answer & { readonly detail?: string };
  if (!response.ok) throw new Error(`${response.status} ${answer.detail}`);
  return answer;
}
