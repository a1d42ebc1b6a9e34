/**
 * A workspace in a temporary folder with real embedded stores, opened in this process; and where the real exports are.
 * It asserts nothing; what is imported into it is the test's matter.
 */
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll } from "vitest";
import type { AnalysisContext } from "../src/analysis/context.ts";
import { readContext } from "../src/api/answer.ts";
import { readConfig } from "../src/config.ts";
import { importPaths } from "../src/ingest/import-paths.ts";
import { openPlatform, type Platform } from "../src/platform.ts";
import { seedStateFolder } from "./state-folder.ts";

/** The folder of real exports: WAYMARK_DATA, by default ../shared/data. */
export const REAL_DATA = resolve(process.env.WAYMARK_DATA ?? "../shared/data");
export const hasRealData = existsSync(REAL_DATA);
/** Added to the name of what is skipped, so that the reader sees why. */
export const whySkipped = hasRealData ? "" : ` (skipped: ${REAL_DATA} is missing; set WAYMARK_DATA)`;

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
