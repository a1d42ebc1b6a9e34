/**
 * How long pain points take on 10 M touches beside the moments of truth of the same question, in the same run: frictions of
 * every kind, incidents and placebos included. `--sample` only checks that it answers.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { analyzeMoments } from "../src/analysis/moments.ts";
import { analyzePainPoints } from "../src/analysis/pain-points.ts";
import type { PainPointsReport } from "../src/analysis/pain-points-schema.ts";
import { readContext } from "../src/api/answer.ts";
import type { Stage } from "../src/domain/touchpoint.ts";
import { LEADS, writeLog } from "./generate-log.ts";
import { measurePeak, readPeakMemory } from "./peak-memory.ts";
import { describeCommit, describeMachine, type Line, tabulate, writeResults } from "./results-file.ts";
import { alternate, time } from "./stopwatch.ts";
import { WorkspaceRun } from "./workspace-run.ts";

const ROUNDS = 3;
const MOST = 1.5;
const QUESTION = { journey: "life", outcome: `touchpoint = "Touchpoint ${LEADS.to}"` } as const;
/** Where waits and rework are looked for: a tenth of all touches are setup, a fifth support. */
const STAGES: Readonly<Record<string, Stage>> = {
  "Payment Failed": "purchase",
  "Ticket Opened": "support",
  "Ticket Answered": "support",
  "Parcel Due": "setup",
  "Touchpoint 3": "support",
  "Touchpoint 5": "setup",
  "Touchpoint 9": "purchase",
};

interface Measured {
  readonly rows: number;
  readonly moments: number;
  readonly pain: number;
  readonly tested: number;
  readonly peakBytes: number;
}

const say = (text: string) => process.stderr.write(`${text}\n`);

async function openLog(path: string, rows: number | null): Promise<WorkspaceRun> {
  const run = await WorkspaceRun.open();
  const { events, state } = run.platform;
  if (rows !== null) await writeLog(events, path, { rows, leads: true, troubles: true });
  await run.importFile(path);
  for (const [name, stage] of Object.entries(STAGES))
    await state.editTouchpoint({ kind: "set", name, change: { stage } });
  return run;
}

async function askMoments(run: WorkspaceRun): Promise<unknown> {
  return analyzeMoments(await readContext(run.platform), QUESTION);
}

async function askPainPoints(run: WorkspaceRun): Promise<PainPointsReport> {
  return analyzePainPoints(await readContext(run.platform), QUESTION);
}

async function peakRun(path: string): Promise<void> {
  const run = await openLog(path, null);
  await askPainPoints(run);
  await run.close();
  process.stdout.write(String(await readPeakMemory()));
}

function describe({ n, tested, painPoints, rejected }: PainPointsReport): string {
  const kinds = [...new Set([...painPoints, ...rejected].map(({ kind }) => kind))].sort();
  return `${n} touches with their window in the data, ${tested} frictions tested, ${painPoints.length} claimed; kinds: ${kinds.join(", ")}`;
}

async function measure(rows: number, dir: string): Promise<Measured> {
  const path = join(dir, `events-${rows}.csv`);
  say(`${rows} events: writing the log and importing it`);
  const run = await openLog(path, rows);
  try {
    const report = await askPainPoints(run);
    say(describe(report));
    const took = await alternate(ROUNDS, {
      moments: () => time(() => askMoments(run)),
      pain: () => time(() => askPainPoints(run)),
    });
    say(JSON.stringify(took));
    return { rows, ...took, tested: report.tested, peakBytes: await measurePeak(import.meta.url, path) };
  } finally {
    await run.close();
  }
}

function judge({ rows, moments, pain, tested, peakBytes }: Measured): Line[] {
  const size = `${rows / 1e6} M touches`;
  return [
    {
      what: `${size}: all frictions (${tested} tested), one outcome, incidents and placebo included`,
      measured: `${pain.toFixed(1)} s`,
      beside: `moments of truth, both contrasts, ${moments.toFixed(1)} s: ${(pain / moments).toFixed(2)} ×`,
      wanted: `≤ ${MOST} ×`,
      holds: pain <= MOST * moments,
    },
    {
      what: `${size}: peak memory of a process that imports and asks`,
      measured: `${(peakBytes / 2 ** 30).toFixed(2)} GiB`,
      wanted: "≤ 4 GiB",
      holds: peakBytes <= 4 * 2 ** 30,
    },
  ];
}

function report(lines: readonly Line[]): string {
  return `## Pain points

\`npm run prove -- pain-points\`, ${new Date().toISOString().slice(0, 10)}, commit ${describeCommit()}, ${describeMachine()}.
Medians of ${ROUNDS} runs that alternate with the moments of truth.

${tabulate(lines)}
`;
}

async function sample(dir: string): Promise<void> {
  const run = await openLog(join(dir, "sample.csv"), 50_000);
  try {
    const found = await askPainPoints(run);
    // The log is chance alone: nothing in it costs an outcome, and no week is worse than others.
    if (found.n === 0 || found.tested < 5 || found.painPoints.length > 1) throw new Error(describe(found));
    say(`pain points sample: ${describe(found)}`);
  } finally {
    await run.close();
  }
}

async function main(args: readonly string[]): Promise<void> {
  if (args[0] === "--peak") return peakRun(args[1] as string);
  const dir = await mkdtemp(join(tmpdir(), "waymark-bench-pain-"));
  try {
    if (args.includes("--sample")) return await sample(dir);
    const lines = judge(await measure(10_000_000, dir));
    const text = report(lines);
    await writeResults(text);
    process.stdout.write(text);
    if (lines.some(({ holds }) => !holds)) process.exitCode = 1;
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

await main(process.argv.slice(2));
