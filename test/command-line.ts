/**
 * Runs the command line on workspaces in a temporary folder: as processes of their own, or in this one for a tenth of the price.
 * It asserts nothing; what a command must answer is said by the tests.
 */
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSession, type Session } from "../src/api/session.ts";
import { runCommandLine } from "../src/cli/run-command-line.ts";
import { compileSources } from "./compiled-sources.ts";
import { seedStateFolder } from "./state-folder.ts";

export interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface CommandLine {
  /** Holds the workspaces and whatever a test puts beside them. */
  readonly folder: string;
  /** Runs one command; `workspace` is a name below the folder. */
  run(workspace: string, ...args: readonly string[]): Promise<Run>;
  /** Holds a workspace in this process, so that commands ask at its door; that also spares them opening it. */
  hold(workspace: string): Promise<Session>;
  close(): Promise<void>;
}

type RunIn = (workspace: string, args: readonly string[]) => Promise<Run>;

async function openCommands(run: RunIn): Promise<CommandLine> {
  const folder = await mkdtemp(join(tmpdir(), "waymark-cli-"));
  const seeded = new Map<string, Promise<void>>();
  const seed = (workspace: string) => {
    const seeding = seeded.get(workspace) ?? seedStateFolder(join(folder, workspace));
    seeded.set(workspace, seeding);
    return seeding;
  };
  return {
    folder,
    run: async (workspace, ...args) => {
      await seed(workspace);
      return run(join(folder, workspace), args);
    },
    hold: async (workspace) => {
      await seed(workspace);
      return openSession({ workspace: join(folder, workspace) });
    },
    close: async () => {
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export interface ProcessCommandLine extends CommandLine {
  /** As `run`, in this process. */
  runHere(workspace: string, ...args: readonly string[]): Promise<Run>;
}

/** Each command is a process of its own, as for people and scripts. */
export async function openCommandLine(): Promise<ProcessCommandLine> {
  const compiled = await compileSources();
  const main = join(compiled.folder, "cli", "main.js");
  const commands = await openCommands((workspace, args) => {
    const env = { ...process.env, WAYMARK_WORKSPACE: workspace, UV_THREADPOOL_SIZE: "16" };
    return new Promise((resolve) => {
      const child = execFile(process.execPath, [main, ...args], { env, maxBuffer: 2 ** 26 }, (error, out, err) => {
        resolve({ code: error ? Number(error.code ?? -1) : 0, out, err });
      });
      child.stdin?.end();
    });
  });
  const inTurn = takeTurns();
  return { ...commands, runHere: (workspace, ...args) => inTurn(join(commands.folder, workspace), args) };
}

/** Takes what is written to a stream of this process until `restore`. */
function capture(stream: NodeJS.WriteStream): { text: () => string; restore: () => void } {
  const { write } = stream;
  let text = "";
  stream.write = ((part: string | Uint8Array, ...rest: readonly unknown[]) => {
    text += typeof part === "string" ? part : Buffer.from(part).toString();
    const done = rest.at(-1);
    if (typeof done === "function") done();
    return true;
  }) as typeof write;
  return {
    text: () => text,
    restore: () => {
      stream.write = write;
    },
  };
}

async function runHere(workspace: string, args: readonly string[]): Promise<Run> {
  const [out, err] = [capture(process.stdout), capture(process.stderr)];
  const { exitCode, env } = process;
  const before = env.WAYMARK_WORKSPACE;
  env.WAYMARK_WORKSPACE = workspace;
  process.exitCode = undefined;
  try {
    await runCommandLine(args);
    return { code: Number(process.exitCode ?? 0), out: out.text(), err: err.text() };
  } finally {
    process.exitCode = exitCode;
    if (before === undefined) delete env.WAYMARK_WORKSPACE;
    else env.WAYMARK_WORKSPACE = before;
    out.restore();
    err.restore();
  }
}

/**
 * Each command runs in this process, one after the other: for what commands say. That a process says the same, and ends with
 * that code, is shown by cli.test.ts.
 */
export function openCommandsHere(): Promise<CommandLine> {
  return openCommands(takeTurns());
}

/** There is one stdout. */
function takeTurns(): RunIn {
  let last: Promise<unknown> = Promise.resolve();
  return (workspace, args) => {
    const run = last.then(() => runHere(workspace, args));
    last = run.catch(() => undefined);
    return run;
  };
}
