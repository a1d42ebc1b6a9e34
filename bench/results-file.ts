/**
 * bench/RESULTS.md: one part a proof; a run writes its own and keeps the others.
 * What is measured, and what must hold, is said by the proofs.
 */
import { execFileSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { cpus, totalmem } from "node:os";

const PATH = "bench/RESULTS.md";
/** Each proof's part, in the order of the file. */
const HEADINGS = [
  "# Benchmark",
  "## Moments of truth",
  "## Pain points",
  "## Re-purchase",
  "## Effects",
  "## Pages",
  "## Board",
] as const;

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

/**
 * Writes one part and keeps the others.
 * @param text begins with the heading of its part, one of HEADINGS
 */
export async function writeResults(text: string): Promise<void> {
  const parts = splitParts(await readFile(PATH, "utf8").catch(() => ""));
  const [own] = splitParts(text).keys();
  if (own === undefined) throw new Error(`A part of ${PATH} begins with ${HEADINGS.join(", ")}.`);
  parts.set(own, text.trim());
  const present = HEADINGS.flatMap((heading) => parts.get(heading) ?? []);
  await writeFile(PATH, `${present.join("\n\n")}\n`);
}

function splitParts(text: string): Map<string, string> {
  const starts = HEADINGS.flatMap((heading) => {
    const at = text.indexOf(`${heading}\n`);
    return at < 0 ? [] : [{ heading, at }];
  }).toSorted((one, other) => one.at - other.at);
  return new Map(starts.map(({ heading, at }, index) => [heading, text.slice(at, starts[index + 1]?.at).trim()]));
}
