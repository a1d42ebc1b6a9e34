/**
 * Spreads the runs of a proof over two processes, keeps what is done, and goes on from there with `--resume`.
 * What a run is and how it is judged is the proof's.
 */
import { type ChildProcess, fork } from "node:child_process";
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dirname } from "node:path";
import { openScratchEvents, type Platform } from "../src/platform.ts";

/** What names a run; of a scored one too. */
export interface NamedRun {
  readonly scenario: string;
  readonly seed: number;
  readonly customers: number;
}

const keyOf = ({ scenario, seed, customers }: NamedRun) => `${scenario} ${seed} ${customers}`;

function readDone<Scored extends NamedRun>(file: string): Map<string, Scored> {
  if (!process.argv.includes("--resume")) rmSync(file, { force: true });
  if (!existsSync(file)) return new Map();
  const lines = readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "");
  return new Map(lines.map((line) => JSON.parse(line) as Scored).map((run) => [keyOf(run), run]));
}

/** One worker does one run after the other, in an engine of its own: chDB opens one data folder a process. */
export async function workOnRuns<Run extends NamedRun>(
  score: (events: Platform["events"], run: Run) => Promise<NamedRun>,
): Promise<void> {
  const scratch = await openScratchEvents(() => new Date());
  process.on("message", async (run: Run | "end") => {
    if (run === "end") {
      await scratch.close();
      process.exit(0);
    }
    process.send?.(await score(scratch.events, run));
  });
  process.send?.("ready");
}

function lead<Run, Scored>(worker: ChildProcess, waiting: Run[], onRun: (run: Scored) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.on("message", (message: Scored | "ready") => {
      if (message !== "ready") onRun(message as Scored);
      worker.send((waiting.shift() ?? "end") as object | "end");
    });
    worker.on("exit", (code) => (code === 0 ? resolve() : reject(new Error(`a worker ended with ${code}`))));
  });
}

/**
 * The scored runs in the order of those wanted. The proof itself is started again with `--worker` for each process.
 * @param file keeps what is done, a line each; null: nothing is kept
 */
export async function spreadRuns<Run extends NamedRun, Scored extends NamedRun>(
  wanted: readonly Run[],
  file: string | null,
): Promise<Scored[]> {
  const done = file === null ? new Map<string, Scored>() : readDone<Scored>(file);
  const waiting = wanted.filter((run) => !done.has(keyOf(run)));
  if (file !== null) mkdirSync(dirname(file), { recursive: true });
  const onRun = (run: Scored) => {
    done.set(keyOf(run), run);
    if (file !== null) appendFileSync(file, `${JSON.stringify(run)}\n`);
    process.stderr.write(`\r${done.size} of ${wanted.length} runs `);
  };
  const script = process.argv[1] ?? "";
  const workers = Array.from({ length: Math.min(2, availableParallelism(), waiting.length) }, () =>
    fork(script, ["--worker"]),
  );
  await Promise.all(workers.map((worker) => lead<Run, Scored>(worker, waiting, onRun)));
  process.stderr.write("\n");
  return wanted.flatMap((run) => done.get(keyOf(run)) ?? []);
}
