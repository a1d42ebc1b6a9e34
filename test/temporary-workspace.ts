/**
 * A workspace in a temporary folder with real embedded stores, opened in this process; empty or with one real export.
 * It asserts nothing; what is imported into it is the test's matter.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
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

export async function openTemporaryWorkspace(clock = () => new Date()): Promise<TemporaryWorkspace> {
  const folder = await mkdtemp(join(tmpdir(), "waymark-workspace-"));
  await seedStateFolder(folder);
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

/**
 * For the tests of one `describe`: a workspace with one real export in it.
 * @param path below the folder of real exports
 * @param recipe as proposed when left out
 */
export function importRealData(path: string, recipe?: string) {
  let workspace: TemporaryWorkspace | undefined;
  let context: AnalysisContext | undefined;
  beforeAll(async () => {
    workspace = await openTemporaryWorkspace();
    const { platform, folder } = workspace;
    const paths = [join(REAL_DATA, path)];
    await importPaths({ ...platform, workspaceDir: folder }, { paths, ...(recipe ? { recipe } : {}) });
    context = await readContext(platform);
  });
  afterAll(() => workspace?.close());
  return {
    context: () => context as AnalysisContext,
    platform: () => workspace?.platform as Platform,
  };
}
