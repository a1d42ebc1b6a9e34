/**
 * Runs the command line as processes of their own, on workspaces in a temporary folder.
 * It asserts nothing; what a command must answer is said by the tests.
 */
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSession, type Session } from "../src/api/session.ts";
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

export async function openCommandLine(): Promise<CommandLine> {
  const compiled = await compileSources();
  const folder = await mkdtemp(join(tmpdir(), "waymark-cli-"));
  const main = join(compiled.folder, "cli", "main.js");
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
      const env = { ...process.env, WAYMARK_WORKSPACE: join(folder, workspace), UV_THREADPOOL_SIZE: "16" };
      return new Promise((resolve) => {
        const child = execFile(process.execPath, [main, ...args], { env, maxBuffer: 2 ** 26 }, (error, out, err) => {
          resolve({ code: error ? Number(error.code ?? -1) : 0, out, err });
        });
        child.stdin?.end();
      });
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
