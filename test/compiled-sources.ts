/**
 * Compiled sources for the tests that start processes of their own: Node 20 cannot run TypeScript.
 * The build of `./waymark` is left alone, so that a test never meets or makes a stale one.
 */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

export interface CompiledSources {
  /** Holds what `dist` holds; packages and migrations are found from it as from `dist`. */
  readonly folder: string;
  readonly remove: () => Promise<void>;
}

/** Compiles `src` into a folder of its own; takes about a second. The caller removes it. */
export async function compileSources(): Promise<CompiledSources> {
  const parent = await mkdtemp(join(tmpdir(), "waymark-compiled-"));
  for (const name of ["node_modules", "migrations", "recipes", "package.json"])
    await symlink(join(ROOT, name), join(parent, name));
  const folder = join(parent, "dist");
  const compiler = join(ROOT, "node_modules", "typescript", "bin", "tsc");
  const options = ["-p", "tsconfig.build.json", "--outDir", folder, "--incremental", "false", "--sourceMap", "false"];
  await new Promise<void>((resolve, reject) => {
    execFile(process.execPath, [compiler, ...options, "--tsBuildInfoFile", "null"], { cwd: ROOT }, (error, stdout) => {
      // Type errors are told by the type check; what matters here is that the sources were written.
      if (existsSync(join(folder, "domain"))) resolve();
      else reject(new Error(`The sources did not compile: ${stdout}`, { cause: error }));
    });
  });
  return { folder, remove: () => rm(parent, { recursive: true, force: true }) };
}
