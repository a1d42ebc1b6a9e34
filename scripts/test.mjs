/**
 * `npm test`: installs what is missing, then runs every correctness test. Arguments go to Vitest.
 * Proofs that take long (benchmarks, fifty kills) are not here: `npm run prove`.
 */
import { spawnSync } from "node:child_process";
import { accessSync, constants, readFileSync, statfsSync } from "node:fs";
import { join } from "node:path";
import { ensureInstalled, ROOT } from "./prepare.mjs";

const MEMORY_DISK = "/dev/shm";
/** What the tests have on disk at the same time is far less. */
const ROOM_BYTES = 4e9;

/** Where tests put their stores: in memory where the system has a disk there, else where everybody does. */
function chooseTempDir() {
  try {
    accessSync(MEMORY_DISK, constants.W_OK);
    const { bavail, bsize } = statfsSync(MEMORY_DISK);
    // Some tests run programs from there.
    const options = readFileSync("/proc/mounts", "utf8").match(/ \/dev\/shm \S+ (\S+)/u)?.[1] ?? "noexec";
    if (bavail * bsize >= ROOM_BYTES && !options.split(",").includes("noexec")) return { TMPDIR: MEMORY_DISK };
  } catch {
    // No such disk here.
  }
  return {};
}

await ensureInstalled();
const vitest = join(ROOT, "node_modules", "vitest", "vitest.mjs");
const result = spawnSync(process.execPath, [vitest, "run", ...process.argv.slice(2)], {
  cwd: ROOT,
  stdio: "inherit",
  env: { ...chooseTempDir(), ...process.env, UV_THREADPOOL_SIZE: process.env.UV_THREADPOOL_SIZE ?? "16" },
});
process.exitCode = result.status ?? 1;
