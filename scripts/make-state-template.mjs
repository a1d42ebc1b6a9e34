/**
 * Makes the empty, migrated state store that a new workspace starts from: `node make-state-template.mjs BUILD FOLDER`.
 * BUILD holds the compiled sources; FOLDER is complete or absent.
 */
import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [, , build = "", folder = ""] = process.argv;
const draft = `${folder}.tmp`;
await rm(draft, { recursive: true, force: true });
const { openEmbeddedStateStore } = await import(pathToFileURL(join(build, "store", "open-state-store.js")).href);
const store = await openEmbeddedStateStore(draft, { clock: () => new Date(0) });
await store.close();
await rename(join(draft, "postgres"), folder);
await rm(draft, { recursive: true, force: true });
