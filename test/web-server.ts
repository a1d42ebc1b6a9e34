/**
 * Runs `waymark serve` as a process of its own, on workspaces in a temporary folder, for tests of the server and the pages.
 * It asserts nothing; what the server must answer is said by the tests.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type SpawnedServer, spawnServer } from "../scripts/spawn-server.mjs";
import { compileSources } from "./compiled-sources.ts";
import { seedStateFolder } from "./state-folder.ts";

export interface WebServerOptions {
  /** Holds the workspaces `main` and `demo`; default: a temporary folder that `stop` removes. */
  readonly folder?: string;
  /** Whether the pages are built too (some seconds when their sources changed); default false. */
  readonly web?: boolean;
  /** What is run; default: serve. */
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

export interface WebServer extends SpawnedServer {
  /** Folders `main` and `demo` are in it. */
  readonly folder: string;
  /** The compiled command line: `node <main> …` with WAYMARK_WORKSPACE asks the same workspaces. */
  readonly main: string;
  /** Ends the server by SIGTERM and removes what was made. @returns the exit code */
  stop(): Promise<number | null>;
}

async function makeWorkspaces(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "waymark-web-"));
  for (const workspace of ["main", "demo"]) await seedStateFolder(join(folder, workspace));
  return folder;
}

/** Starts the server on a free port; resolves when it has told its address. */
export async function startWebServer(options: WebServerOptions = {}): Promise<WebServer> {
  const compiled = await compileSources({ web: options.web ?? false });
  const folder = options.folder ?? (await makeWorkspaces());
  const main = join(compiled.folder, "cli", "main.js");
  const remove = async () => {
    if (options.folder === undefined) await rm(folder, { recursive: true, force: true });
  };
  const { args, env } = options;
  try {
    const server = await spawnServer({ main, folder, ...(args ? { args } : {}), ...(env ? { env } : {}) });
    const stop = async () => {
      const code = await server.stop();
      await remove();
      return code;
    };
    return { ...server, folder, main, stop };
  } catch (error) {
    await remove();
    throw error;
  }
}
