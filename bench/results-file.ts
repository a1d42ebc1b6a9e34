/**
 * bench/RESULTS.md: the benchmark's part, and after it the one of the pages; a run writes its own and keeps the other.
 * What is measured, and what must hold, is said by the proofs.
 */
import { execFileSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { cpus, totalmem } from "node:os";

const PATH = "bench/RESULTS.md";
/** With this line the part of the pages begins. */
const PAGES = "## Pages\n";

export interface Line {
  readonly what: string;
  readonly measured: string;
  /** What was measured beside it in the same run; absent where the measured text says it. */
  readonly beside?: string;
  readonly wanted: string;
  readonly holds: boolean;
}

export function describeMachine(): string {
  const memory = (totalmem() / 2 ** 30).toFixed(0);
  return `${cpus().length} × ${cpus()[0]?.model ?? "?"}, ${memory} GiB, Node ${process.versions.node}`;
}

/** The commit that was measured; a tree that differs from it says so. */
export function describeCommit(): string {
  const git = (...args: string[]) => execFileSync("git", args, { encoding: "utf8" }).trim();
  return `${git("rev-parse", "--short", "HEAD")}${git("status", "--porcelain") === "" ? "" : " with changes"}`;
}

/** As a table of Markdown; with a column for what was measured beside it when any line has that. */
export function tabulate(lines: readonly Line[]): string {
  const paired = lines.some(({ beside }) => beside !== undefined);
  const titles = ["what", "measured", ...(paired ? ["beside it, in the same run"] : []), "wanted", "holds"];
  const rows = lines.map(({ what, measured, beside, wanted, holds }) => [
    what,
    measured,
    ...(paired ? [beside ?? "—"] : []),
    wanted,
    holds ? "yes" : "**no**",
  ]);
  return [titles, titles.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

/** @param text begins with the heading of its part: "# Benchmark" or "## Pages" */
export async function writeResults(text: string): Promise<void> {
  const present = await readFile(PATH, "utf8").catch(() => "");
  const at = present.indexOf(PAGES);
  const bench = at < 0 ? present : present.slice(0, at);
  const pages = at < 0 ? "" : present.slice(at);
  const parts = text.startsWith(PAGES) ? [bench, text] : [text, pages];
  await writeFile(
    PATH,
    `${parts
      .map((part) => part.trim())
      .filter((part) => part !== "")
      .join("\n\n")}\n`,
  );
}
