/**
 * A clock for tests of what takes months: processes that are started with its environment live on the day it shows.
 * What moves their Dates is moved-clock.mjs; the product knows nothing of it, and timers run as ever.
 */
import { mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface MovedClock {
  /** For the processes that shall live by it. */
  readonly env: Readonly<Record<string, string>>;
  /** It goes on from there. @param instant ISO 8601 */
  moveTo(instant: string): Promise<void>;
  remove(): Promise<void>;
}

export async function openMovedClock(instant: string): Promise<MovedClock> {
  const folder = await mkdtemp(join(tmpdir(), "waymark-clock-"));
  const file = join(folder, "moved-by");
  const moveTo = async (to: string): Promise<void> => {
    // Whole at any time: every process may read it at any moment.
    await writeFile(`${file}.new`, String(Date.parse(to) - Date.now()));
    await rename(`${file}.new`, file);
  };
  await moveTo(instant);
  const preload = new URL("moved-clock.mjs", import.meta.url);
  return {
    env: { NODE_OPTIONS: `--import ${preload.href}`, WAYMARK_TEST_CLOCK: file },
    moveTo,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
