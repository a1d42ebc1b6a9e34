/**
 * What a person is told when a disk takes no more: whose disk, how much is free there, and what to do.
 * Engines say it in many ways, or fail without saying why; then what is free decides.
 */
import { statfs } from "node:fs/promises";
import { tmpdir } from "node:os";
import { AppError } from "./domain/app-error.ts";

/** Node's words for a full disk, a used-up quota and a limit of file size. */
const FULL_CODES: ReadonlySet<unknown> = new Set(["ENOSPC", "EDQUOT", "EFBIG"]);
const FULL_TEXT = /No space left on device|Disk quota exceeded|File too large|NOT_ENOUGH_SPACE/iu;
/** A disk with less than this fails an engine in ways that do not name it. */
const NEARLY_NOTHING = 256 * 1024;

/** Whether an error says itself that a disk is full. */
export function isFull(error: unknown): boolean {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++)
    if (FULL_CODES.has((at as NodeJS.ErrnoException).code) || FULL_TEXT.test(at.message)) return true;
  return false;
}

async function freeBytes(folder: string): Promise<number> {
  const stats = await statfs(folder).catch(() => undefined);
  return stats === undefined ? Number.POSITIVE_INFINITY : stats.bavail * stats.bsize;
}

/**
 * @param folder of the workspace; beside it only the folder for temporary files is written to
 * @returns AppError unavailable when a full disk is the reason, else `error` itself
 */
export async function explainFullDisk(error: unknown, folder: string): Promise<unknown> {
  const full = isFull(error);
  if (!full && error instanceof AppError) return error;
  const [own, temporary] = await Promise.all([freeBytes(folder), freeBytes(tmpdir())]);
  if (!full && Math.min(own, temporary) >= NEARLY_NOTHING) return error;
  const elsewhere = temporary < NEARLY_NOTHING && own >= NEARLY_NOTHING;
  // Over the network no folder but the workspace's is named.
  const place = elsewhere ? "for temporary files (TMPDIR)" : `of the workspace ${folder}`;
  const free = elsewhere ? temporary : own;
  return new AppError(
    "unavailable",
    `There is no space left for this on the disk ${place}: ${Math.floor(free / 1024).toLocaleString("en-US")} KiB are free. Free some, and do it again.`,
    { freeBytes: free },
    { cause: error },
  );
}
