/**
 * Folders of this process in the machine's temporary folder. What a killed process left of one kind goes when the next
 * folder of that kind is made: it may be large.
 */
import { chmod, mkdtemp, readdir, rm } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { isAlive } from "./is-alive.ts";

/** For its owner alone; the caller removes it. @param kind a word of our own, part of the folder's name */
export async function makeTemporaryFolder(kind: string): Promise<string> {
  // With the machine, for containers share folders and not processes; the process follows.
  const own = `waymark-${kind}-${hostname()}-`;
  await removeAbandoned(own);
  const folder = await mkdtemp(join(tmpdir(), `${own}${process.pid}-`));
  await chmod(folder, 0o700);
  return folder;
}

async function removeAbandoned(own: string): Promise<void> {
  for (const name of await readdir(tmpdir()).catch(() => [])) {
    const owner = name.startsWith(own) ? Number.parseInt(name.slice(own.length), 10) : Number.NaN;
    if (owner > 0 && !isAlive(owner)) await rm(join(tmpdir(), name), { recursive: true, force: true }).catch(() => {});
  }
}
