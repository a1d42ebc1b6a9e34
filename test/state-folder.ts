/**
 * Fresh embedded state stores at the price of a copy: making one from nothing costs seconds of both cores.
 * For tests that need a store, not for those of how it is made.
 */
import { createHash } from "node:crypto";
import { cpSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readMigrations } from "../src/store/migration-files.ts";
import { openEmbeddedStateStore } from "../src/store/open-state-store.ts";
import { STATE_MIGRATIONS } from "../src/store/state-migrations.ts";

const CACHE = fileURLToPath(new URL("../node_modules/.cache/waymark-state", import.meta.url));
const PGLITE = new URL("../node_modules/@electric-sql/pglite/package.json", import.meta.url);

/** Puts an empty, migrated state store into a new workspace, so that opening it takes a moment. */
export async function seedStateFolder(workspace: string): Promise<void> {
  const template = await findTemplate();
  await mkdir(workspace, { recursive: true, mode: 0o700 });
  // A thousand files: one by one in this thread takes a quarter of the processor time that promises take.
  cpSync(template, join(workspace, "state"), { recursive: true });
}

/** Made once a machine for each version of the engine and of the migrations. */
async function findTemplate(): Promise<string> {
  const hash = createHash("sha256").update(await readFile(PGLITE));
  for (const file of await readMigrations(STATE_MIGRATIONS)) hash.update(file.hash);
  await mkdir(CACHE, { recursive: true });
  const template = join(CACHE, hash.digest("hex").slice(0, 16));
  const draft = await mkdtemp(join(CACHE, "draft-"));
  try {
    if (await isThere(template)) return template;
    const store = await openEmbeddedStateStore(draft, { clock: () => new Date(0) });
    await store.close();
    // Another test process may have been faster: its copy is as good.
    await rename(draft, template).catch(() => undefined);
    return template;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

function isThere(path: string): Promise<boolean> {
  return readFile(join(path, "postgres", "PG_VERSION")).then(
    () => true,
    () => false,
  );
}
