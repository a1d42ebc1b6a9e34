/**
 * A workspace in a temporary folder with real embedded stores, opened in this process; empty or with one real export.
 * It asserts nothing; what is imported into it is the test's matter.
 */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { cp, mkdtemp, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { withBuilderLock } from "../scripts/builder-lock.mjs";
import type { AnalysisContext } from "../src/analysis/context.ts";
import { readContext } from "../src/api/answer.ts";
import { readConfig } from "../src/config.ts";
import { importPaths } from "../src/ingest/import-paths.ts";
import { openPlatform, type Platform } from "../src/platform.ts";
import { REAL_DATA } from "./real-data.ts";
import { seedStateFolder } from "./state-folder.ts";

export interface TemporaryWorkspace {
  readonly folder: string;
  readonly platform: Platform;
  close(): Promise<void>;
}

/** @param filled a closed workspace to begin with a copy of */
export async function openTemporaryWorkspace(clock = () => new Date(), filled?: string): Promise<TemporaryWorkspace> {
  const folder = await mkdtemp(join(tmpdir(), "waymark-workspace-"));
  if (filled === undefined) await seedStateFolder(folder);
  else await cp(filled, folder, { recursive: true });
  const platform = await openPlatform({ workspace: folder, config: readConfig({}), clock });
  return {
    folder,
    platform,
    close: async () => {
      await platform.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A closed workspace with one import, made by the first test of a run that needs it; the others copy it. */
async function fillOnce(paths: readonly string[], how: { recipe?: string; mappingFile?: string }): Promise<string> {
  const parent = process.env.WAYMARK_TEST_BUILD;
  if (parent === undefined) throw new Error("Imports stand in the folder that test/shared-build.ts makes.");
  const name = createHash("sha256")
    .update(JSON.stringify([paths, how]))
    .digest("hex")
    .slice(0, 16);
  const filled = join(parent, `import-${name}`);
  await withBuilderLock(join(parent, `import-${name}.lock`), async () => {
    if (existsSync(filled)) return;
    const { platform, folder } = await openTemporaryWorkspace();
    await importPaths({ ...platform, workspaceDir: folder }, { paths, ...how });
    await platform.close();
    await rename(folder, filled);
  });
  return filled;
}

/**
 * For the tests of one `describe`: a workspace with one real export in it.
 * @param path below the folder of real exports
 * @param how a recipe or a file with a mapping; as proposed when left out
 */
export function importRealData(path: string, how: { recipe?: string; mappingFile?: string } = {}) {
  let workspace: TemporaryWorkspace | undefined;
  let context: AnalysisContext | undefined;
  beforeAll(async () => {
    workspace = await openTemporaryWorkspace(undefined, await fillOnce([join(REAL_DATA, path)], how));
    context = await readContext(workspace.platform);
  });
  afterAll(() => workspace?.close());
  return {
    context: () => context as AnalysisContext,
    platform: () => workspace?.platform as Platform,
  };
}
