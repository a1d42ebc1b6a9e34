/**
 * Which processes a process started, and whether they have ended. For tests and proofs of what a server leaves behind.
 * Linux only, as the engines' tests are.
 */
import { readFile } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import { isAlive } from "../src/is-alive.ts";

const LOOK_EVERY_MS = 25;
const MAX_LOOKS = 400;

/** Ids of those that it started itself and that still run; none of a process that has ended. */
export async function childrenOf(pid: number): Promise<number[]> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, "utf8").catch(() => "");
  return text.trim().split(" ").filter(Boolean).map(Number);
}

/** @returns whether it has ended, after at most ten seconds */
export async function untilGone(pid: number): Promise<boolean> {
  for (let looks = 0; looks < MAX_LOOKS && isAlive(pid); looks++) await wait(LOOK_EVERY_MS);
  return !isAlive(pid);
}
