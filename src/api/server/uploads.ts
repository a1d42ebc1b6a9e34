/**
 * Uploads that wait for their import: a private folder each in the workspace's temporary folder, removed after use.
 * How bytes get into it is in receive-upload.ts; what an import does with it, in import-routes.ts.
 */
import { chmod, mkdir, readdir, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isFull } from "../../full-disk.ts";
import { ownerOfUpload } from "../../ingest/tidy-temporary.ts";
import { isAlive } from "../../is-alive.ts";
import { HttpError } from "./http-error.ts";
import { type ReceivedFile, receiveUpload, type UploadLimits } from "./receive-upload.ts";

export interface Upload {
  readonly upload: string;
  readonly files: readonly ReceivedFile[];
}

/** An upload for whoever works with it. */
export interface UploadFolder {
  /** Absolute path of the files' folder. */
  readonly files: string;
  readonly names: readonly string[];
  /** Writes a mapping beside the files. @returns its absolute path */
  writeMapping(mapping: unknown): Promise<string>;
}

export interface UploadsOptions extends UploadLimits {
  /** For the age of folders; that of uploads in memory is by the stopwatch, which nobody sets. */
  readonly clock: () => Date;
  /** In ms, of this process; it never goes back. */
  readonly stopwatch: () => number;
  readonly newId: () => string;
}

const KEPT_MS = 24 * 3_600_000;
const NO_ROOM = "There is no space left for this upload on the disk of the workspace. Free some, and send it again.";

interface Entry extends Upload {
  readonly workspace: string;
  readonly folder: string;
  readonly receivedAt: number;
  users: number;
}

export class Uploads {
  readonly #options: UploadsOptions;
  readonly #entries = new Map<string, Entry>();
  /** Those of this process, also while they come in. */
  readonly #folders = new Set<string>();

  constructor(options: UploadsOptions) {
    this.#options = options;
  }

  /** @param workspace absolute path of its folder @throws as receiveUpload does */
  async receive(workspace: string, request: Request): Promise<Upload> {
    const upload = this.#options.newId();
    const folder = join(workspace, "temp", `upload-${process.pid}-${upload}`);
    const files = join(folder, "files");
    this.#folders.add(folder);
    await mkdir(files, { recursive: true, mode: 0o700 });
    await chmod(folder, 0o700);
    try {
      const received = await receiveUpload(request, files, this.#options);
      const receivedAt = this.#options.stopwatch();
      this.#entries.set(upload, { upload, files: received, workspace, folder, receivedAt, users: 0 });
      return { upload, files: received };
    } catch (error) {
      await this.#drop(folder);
      throw isFull(error) ? new HttpError(507, NO_ROOM) : error;
    }
  }

  /**
   * Holds an upload while `work` uses it.
   * @param work tells with `used` whether the upload is not needed any more
   * @throws HttpError 404
   */
  async use<Result>(
    workspace: string,
    id: string,
    work: (folder: UploadFolder) => Promise<{ readonly result: Result; readonly used: boolean }>,
  ): Promise<Result> {
    const entry = this.find(workspace, id);
    entry.users++;
    try {
      const { result, used } = await work(openFolder(entry, this.#options.newId));
      if (used) this.#entries.delete(id);
      return result;
    } finally {
      entry.users--;
      if (!this.#entries.has(id) && entry.users === 0) await this.#drop(entry.folder);
    }
  }

  /** @throws HttpError 404 */
  find(workspace: string, id: string): Entry {
    const entry = this.#entries.get(id);
    if (entry?.workspace === workspace) return entry;
    throw new HttpError(404, "There is no such upload in this workspace; uploads are kept for a day.", { upload: id });
  }

  /** @throws HttpError 404, 409 while an import uses it */
  async remove(workspace: string, id: string): Promise<void> {
    const entry = this.find(workspace, id);
    if (entry.users > 0) throw new HttpError(409, "An import uses this upload at the moment.", { upload: id });
    this.#entries.delete(id);
    await this.#drop(entry.folder);
  }

  /** Removes what waits for longer than a day, and what dead processes left in these workspaces. */
  async tidy(workspaces: readonly string[]): Promise<void> {
    const { clock, stopwatch } = this.#options;
    const oldest = clock().getTime() - KEPT_MS;
    for (const entry of [...this.#entries.values()])
      if (stopwatch() - entry.receivedAt > KEPT_MS && entry.users === 0)
        await this.remove(entry.workspace, entry.upload);
    for (const workspace of workspaces) {
      const temporary = join(workspace, "temp");
      for (const name of await readdir(temporary).catch(() => [])) {
        const folder = join(temporary, name);
        if (!this.#folders.has(folder) && (await isAbandoned(folder, name, oldest))) await this.#drop(folder);
      }
    }
  }

  /** Nobody can ask for an upload after its server has ended. */
  async close(): Promise<void> {
    const entries = [...this.#entries.values()];
    this.#entries.clear();
    await Promise.allSettled(entries.map(({ folder }) => this.#drop(folder)));
  }

  async #drop(folder: string): Promise<void> {
    await rm(folder, { recursive: true, force: true });
    this.#folders.delete(folder);
  }
}

function openFolder({ folder, files }: Entry, newId: () => string): UploadFolder {
  return {
    files: join(folder, "files"),
    names: files.map(({ name }) => name),
    writeMapping: async (mapping) => {
      // JSON is YAML too.
      const path = join(folder, `mapping-${newId()}.yaml`);
      await writeFile(path, JSON.stringify(mapping), { mode: 0o600, flag: "wx" });
      return path;
    },
  };
}

/** An upload carries the process that received it. This one may have the number of one that died: what is not in its books is nobody's. */
async function isAbandoned(folder: string, name: string, oldest: number): Promise<boolean> {
  const owner = ownerOfUpload(name);
  if (owner === undefined) return false;
  if (owner === process.pid || !isAlive(owner)) return true;
  const age = await stat(folder).catch(() => undefined);
  return age !== undefined && age.mtimeMs < oldest;
}
