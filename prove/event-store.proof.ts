/**
 * Proves that the embedded event store takes 1 GB from a stream, and gives 5 M rows to one, in bounded memory.
 * Each runs in a process of its own; `--sample` inserts 50 MB instead. Speeds are printed, not judged.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const MIB = 2 ** 20;
const SOURCES = fileURLToPath(new URL("../src/", import.meta.url));

interface Report {
  readonly rows: number;
  readonly sent?: number;
  readonly bytes?: number;
  readonly seconds?: number;
  readonly grownBytes: number;
  readonly heapBytes: number;
}

function use(dir: string, ...task: readonly string[]): Report {
  const args = [join("test", "use-event-store.mjs"), SOURCES, dir, ...task];
  const report = JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" })) as Report;
  process.stdout.write(`${task.join(" ")}: ${JSON.stringify(report)}\n`);
  return report;
}

const dir = mkdtempSync(join(tmpdir(), "waymark-prove-event-store-"));
try {
  const inserted = use(dir, "insert", process.argv.includes("--sample") ? "50" : "1000");
  const streamed = use(dir, "stream", "5");
  const failures = [
    ...(inserted.rows === inserted.sent ? [] : ["rows were lost or doubled by the insert"]),
    ...(inserted.heapBytes < 200 * MIB ? [] : ["the insert took 200 MB of JavaScript memory or more"]),
    ...(streamed.rows === 5_000_000 ? [] : ["the stream did not give 5 M rows"]),
    ...(streamed.grownBytes < 200 * MIB ? [] : ["the stream took 200 MB of memory or more"]),
  ];
  for (const failure of failures) process.stdout.write(`FAILED: ${failure}\n`);
  process.exitCode = failures.length === 0 ? 0 : 1;
} finally {
  rmSync(dir, { recursive: true, force: true });
}
