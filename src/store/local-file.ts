/**
 * A local file on its way into an engine: readable, named so that the name means this file alone, unpacked when asked.
 * What is in the file is the engine's business.
 */
import { createReadStream } from "node:fs";
import { access, constants, rm, symlink } from "node:fs/promises";
import { extname, join, resolve } from "node:path";
import { pipeline, type Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { AppError } from "../domain/app-error.ts";
import { makeTemporaryFolder } from "../temporary-folder.ts";

/** Paths of these characters mean themselves to ClickHouse's `file()`; in all others it may see globs or archives. */
const PLAIN_PATH = /^[\w./-]+$/u;

/** @throws AppError invalid when there is no such file or it may not be read */
async function assertReadable(path: string): Promise<void> {
  try {
    await access(path, constants.R_OK);
  } catch (cause) {
    const message = `The file ${path} cannot be read. Check its name and permissions.`;
    throw new AppError("invalid", message, { path }, { cause });
  }
}

/**
 * A path that names exactly this file to `file()`, and what removes it again.
 * @throws AppError invalid when the file cannot be read
 */
export async function literalPath(path: string): Promise<{ path: string; forget: () => Promise<void> }> {
  const absolute = resolve(path);
  await assertReadable(absolute);
  if (PLAIN_PATH.test(absolute)) return { path: absolute, forget: async () => {} };
  const dir = await makeTemporaryFolder("load");
  const extension = extname(absolute);
  // The engine unpacks by the extension, so the link keeps it.
  const link = join(dir, `source${PLAIN_PATH.test(extension) ? extension : ""}`);
  await symlink(absolute, link);
  return { path: link, forget: () => rm(dir, { recursive: true, force: true }) };
}

/**
 * The file's bytes, unpacked when its name ends in .gz.
 * The stream fails with zlib's error (code Z_…) when a packed file is damaged.
 * @throws AppError invalid when the file cannot be read
 */
export async function openFileBytes(path: string): Promise<Readable> {
  await assertReadable(path);
  const file = createReadStream(path);
  // The error reaches the reader through the last stream, so the callback has nothing to add.
  return path.endsWith(".gz") ? pipeline(file, createGunzip(), () => {}) : file;
}
