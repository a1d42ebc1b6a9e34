/**
 * Runs `waymark serve` as a process of its own, on workspaces in a temporary folder, for tests of the server and the pages.
 * It asserts nothing; what the server must answer is said by the tests.
 */
import { mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { ensureWeb } from "../scripts/prepare.mjs";
import { type SpawnedServer, spawnServer } from "../scripts/spawn-server.mjs";
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

export interface WebServer extends SpawnedServer {
  /** Folders `main` and `demo` are in it. */
  readonly folder: string;
  /** The compiled command line: `node <main> …` with WAYMARK_WORKSPACE asks the same workspaces. */
  readonly main: string;
  /** Ends the server by SIGTERM and removes what was made. @returns the exit code */
  stop(): Promise<number | null>;
}

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

async function addWeb(compiled: CompiledSources): Promise<void> {
  const web = await ensureWeb();
  if (web) await symlink(web, join(compiled.folder, "web"));
}
