/**
 * One builder at a time in one clone: a lock file that its holder keeps warm and that a dead holder loses.
 * It knows nothing of what is being built.
 */
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const HEARTBEAT_MS = 1_000;
/** A holder that has not touched its lock for so long is gone, or its machine slept: the lock is free. */
const STALE_MS = 20_000;
const POLL_MS = 100;
const TELL_AFTER_MS = 1_500;

function take(path) {
  try {
    writeFileSync(path, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
    return false;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

/** Frees a lock whose holder is dead or silent. Renaming first lets exactly one of several waiters win. */
function dropWhenStale(path) {
  let holder;
  let age;
  try {
    holder = readFileSync(path, "utf8");
    age = Date.now() - statSync(path).mtimeMs;
  } catch {
    return;
  }
  // An empty file is a holder between creating and writing it.
  const dead = holder !== "" && !isAlive(Number(holder));
  if (!dead && age < STALE_MS) return;
  const aside = `${path}.${process.pid}.stale`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  rmSync(aside, { force: true });
}

/**
 * Waits for the lock at `path`, does `work` and frees the lock, also when the work fails.
 * @param {string} path
 * @param {() => Promise<void>} work
 */
export async function withBuilderLock(path, work) {
  mkdirSync(dirname(path), { recursive: true });
  const start = Date.now();
  let told = false;
  while (!take(path)) {
    dropWhenStale(path);
    if (!told && Date.now() - start > TELL_AFTER_MS) {
      told = true;
      process.stderr.write("waymark: another process is installing or building here; waiting for it …\n");
    }
    await sleep(POLL_MS);
  }
  const heartbeat = setInterval(() => {
    try {
      utimesSync(path, new Date(), new Date());
    } catch {
      // Somebody took the lock over while this machine slept; both builds end in an atomic swap.
    }
  }, HEARTBEAT_MS);
  try {
    await work();
  } finally {
    clearInterval(heartbeat);
    rmSync(path, { force: true });
  }
}
