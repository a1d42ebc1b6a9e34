/**
 * Runs the compiled command line as people do: a process of its own on a workspace, which may be killed on the way.
 * It asserts nothing.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { createReadStream } from "node:fs";
import { fileURLToPath } from "node:url";

export const MAIN = fileURLToPath(new URL("../../src/cli/main.js", import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
  readonly ms: number;
}

export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

export interface Surroundings {
  readonly env?: Readonly<Record<string, string>>;
  /** A file to pipe into it. */
  readonly input?: string;
  /** Leaves its standard input open, so that it waits. */
  readonly hold?: boolean;
  /** Files may not grow beyond so many KiB; the writer is told so, as it is of a full disk. */
  readonly maxFileKib?: number;
}

export function startWaymark(workspace: string, args: readonly string[], around: Surroundings = {}): Running {
  const { env = {}, input, hold = false, maxFileKib } = around;
  const words = [process.execPath, MAIN, ...args];
  const limited =
    maxFileKib === undefined ? words : ["/bin/bash", "-c", `ulimit -f ${maxFileKib}; exec "$@"`, "-", ...words];
  const [program, ...rest] = limited as [string, ...string[]];
  const started = performance.now();
  const child = spawn(program, rest, {
    env: { ...process.env, WAYMARK_WORKSPACE: workspace, UV_THREADPOOL_SIZE: "16", ...env },
    stdio: ["pipe", "pipe", "pipe"],
  });
  // A reader that was killed is no fault of the writer.
  child.stdin.on("error", () => undefined);
  if (input === undefined && !hold) child.stdin.end();
  else if (input !== undefined) createReadStream(input).pipe(child.stdin);
  const text = { out: "", err: "" };
  child.stdout.setEncoding("utf8").on("data", (chunk) => (text.out += chunk));
  child.stderr.setEncoding("utf8").on("data", (chunk) => (text.err += chunk));
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => resolve({ code, signal, ...text, ms: performance.now() - started }));
  });
  return { child, ended };
}

export function runWaymark(workspace: string, args: readonly string[], around: Surroundings = {}): Promise<Ended> {
  return startWaymark(workspace, args, around).ended;
}
