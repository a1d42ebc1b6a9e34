/**
 * Removes what dead processes left in a workspace's folders: half-written sources, uploads, rejects of imports that never
 * came to count. What stands in the stores is brought into order by recover-imports.
 */
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { isAlive } from "../is-alive.ts";

/** An upload carries the process that received it: while that one lives, it may still be imported. */
const UPLOAD = /^upload-(\d+)-/u;
const REJECTS = /^import-(\d+)\.(?:csv|json\.gz)$/u;

/** The process of an upload's folder; undefined for any other name. */
export function ownerOfUpload(name: string): number | undefined {
  const owner = UPLOAD.exec(name)?.[1];
  return owner === undefined ? undefined : Number(owner);
}

function isAbandoned(name: string): boolean {
  const owner = ownerOfUpload(name);
  return owner === undefined || !isAlive(owner);
}

async function removeFrom(folder: string, isLeft: (name: string) => boolean): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter(isLeft)) await rm(join(folder, name), { recursive: true, force: true });
}

/**
 * To be called while nothing else works in the workspace.
 * @param kept numbers of the imports that count
 */
export async function tidyTemporary(workspaceDir: string, kept: ReadonlySet<number>): Promise<void> {
  await removeFrom(join(workspaceDir, "temp"), isAbandoned);
  await removeFrom(join(workspaceDir, "rejects"), (name) => !kept.has(Number(REJECTS.exec(name)?.[1])));
}
