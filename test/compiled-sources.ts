/**
 * Compiled sources for the tests that start processes of their own: Node 20 cannot run TypeScript.
 * They are compiled once a run; the build of `./waymark` is left alone, so that a test never meets or makes a stale one.
 */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, rename, symlink } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { withBuilderLock } from "../scripts/builder-lock.mjs";
import { ensureWeb } from "../scripts/prepare.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

export interface CompiledSources {
  /** Holds what `dist` holds; packages and migrations are found from it as from `dist`. */
  readonly folder: string;
}

/**
 * Compiles `src` into the run's folder, unless another test has done so.
 * @param options web: whether the pages are built beside it
 */
export async function compileSources({ web = false } = {}): Promise<CompiledSources> {
  const parent = process.env.WAYMARK_TEST_BUILD;
  if (parent === undefined) throw new Error("Compiled sources stand in the folder that test/shared-build.ts makes.");
  const plain = join(parent, "dist");
  const withPages = join(parent, "dist-with-pages");
  await withBuilderLock(join(parent, "lock"), async () => {
    if (!existsSync(plain)) await compile(parent, plain);
    if (web && !existsSync(withPages)) await addPages(plain, withPages);
  });
  return { folder: web ? withPages : plain };
}

/** A copy: some tests want to see what a server without pages says. */
async function addPages(plain: string, folder: string): Promise<void> {
  const unfinished = `${folder}.tmp`;
  await cp(plain, unfinished, { recursive: true });
  const pages = await ensureWeb();
  if (pages) await symlink(pages, join(unfinished, "web"));
  await rename(unfinished, folder);
}

async function compile(parent: string, folder: string): Promise<void> {
  for (const name of ["node_modules", "migrations", "recipes", "package.json"])
    await symlink(join(ROOT, name), join(parent, name));
  const unfinished = `${folder}.tmp`;
  const compiler = join(ROOT, "node_modules", "typescript", "bin", "tsc");
  // Types are another check's matter.
  const options = ["-p", "tsconfig.build.json", "--outDir", unfinished, "--incremental", "false", "--noCheck"];
  await new Promise<void>((resolve, reject) => {
    const words = [compiler, ...options, "--sourceMap", "false", "--tsBuildInfoFile", "null"];
    execFile(process.execPath, words, { cwd: ROOT }, (error, stdout) => {
      if (existsSync(join(unfinished, "domain"))) resolve();
      else reject(new Error(`The sources did not compile: ${stdout}`, { cause: error }));
    });
  });
  await rename(unfinished, folder);
}
