/**
 * One folder for what the tests of a run compile, made before the first of them and removed after the last.
 * Whoever needs compiled sources first compiles them (compiled-sources.ts); a run without such tests compiles nothing.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Called by Vitest, as is what it returns. */
export async function setup(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "waymark-compiled-"));
  process.env.WAYMARK_TEST_BUILD = folder;
  return () => rm(folder, { recursive: true, force: true });
}
