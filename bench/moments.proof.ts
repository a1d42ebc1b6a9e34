/**
 * How long moments of truth take on 1 M and 10 M touches: every touchpoint, one outcome, placebo included, each beside the
 * bare GROUP BY (bucket, cell, touchpoint) over as many rows in the same run. `--sample` only checks that it answers.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { analyzeMoments } from "../src/analysis/moments.ts";
import type { MomentsReport } from "../src/analysis/moments-schema.ts";
import { readContext } from "../src/api/answer.ts";
import { LEADS, TOUCHPOINTS, writeLog } from "./generate-log.ts";
import { measurePeak, readPeakMemory } from "./peak-memory.ts";
import { describeCommit, describeMachine, type Line, tabulate, writeResults } from "./results-file.ts";
import { alternate, time } from "./stopwatch.ts";
import { WorkspaceRun } from "./workspace-run.ts";

const ROUNDS = 3;
/** As many cells as 20 score bins, 8 step, 5 activity and 3 start buckets give at the most. */
const CELLS = 2_400;
const QUESTION = { journey: "life", outcome: `touchpoint = "Touchpoint ${LEADS.to}"`, contrast: "presence" } as const;

interface Measured {
  readonly rows: number;
  readonly moments: number;
  readonly bare: number;
  readonly peakBytes: number;
}

const say = (text: string) => process.stderr.write(`${text}\n`);

async function ask(run: WorkspaceRun): Promise<MomentsReport> {
  return analyzeMoments(await readContext(run.platform), QUESTION);
}

/** The rows that the bare question counts: no journey, no history, nothing but what is to be grouped. */
async function layOut(run: WorkspaceRun, rows: number): Promise<void> {
  const { events } = run.platform;
  await events.command("DROP TABLE IF EXISTS bare_touches");
  await events.command(
    "CREATE TABLE bare_touches (bucket UInt8, cell UInt32, touchpoint UInt16, hit UInt8) ENGINE = MergeTree ORDER BY tuple()",
  );
  await events.command(
    `INSERT INTO bare_touches SELECT cityHash64(intDiv(number, 20)) % 100, cityHash64(number, 'cell') % ${CELLS},
${TOUCHPOINTS} * pow((cityHash64(number, 'what') % 1000000) / 1000000, 2), cityHash64(number, 'hit') % 10 = 0 FROM numbers(${rows})`,
  );
}

function groupBare(run: WorkspaceRun): Promise<unknown> {
  return run.platform.events.query(
    `SELECT toFloat64(count()) AS groups, toFloat64(sum(hits)) AS hits
FROM (SELECT bucket, cell, touchpoint, count() AS touches, sum(hit) AS hits FROM bare_touches GROUP BY bucket, cell, touchpoint)`,
  );
}

async function peakRun(path: string): Promise<void> {
  const run = await WorkspaceRun.open();
  await run.importFile(path);
  await ask(run);
  await run.close();
  process.stdout.write(String(await readPeakMemory()));
}

async function measure(rows: number, dir: string): Promise<Measured> {
  const run = await WorkspaceRun.open();
  try {
    const path = join(dir, `events-${rows}.csv`);
    say(`${rows} events: writing the log and importing it`);
    await writeLog(run.platform.events, path, { rows, leads: true });
    await run.importFile(path);
    await layOut(run, rows);
    say("moments beside the bare question");
    const { tested, n } = await ask(run);
    say(`${n} touches with their window in the data, ${tested} candidates tested`);
    const took = await alternate(ROUNDS, {
      moments: () => time(() => ask(run)),
      bare: () => time(() => groupBare(run)),
    });
    say(JSON.stringify(took));
    return { rows, ...took, peakBytes: await measurePeak(import.meta.url, path) };
  } finally {
    await run.close();
  }
}

function judge(small: Measured, large: Measured): Line[] {
  const size = ({ rows }: Measured) => `${rows / 1e6} M touches`;
  const speed = [small, large].map((one) => ({
    what: `${size(one)}: all touchpoints, one outcome, placebo included`,
    measured: `${one.moments.toFixed(1)} s`,
    beside: `bare GROUP BY ${one.bare.toFixed(2)} s: ${(one.moments / one.bare).toFixed(1)} ×`,
    wanted: one === large ? "about 25 s" : "—",
    holds: one !== large || one.moments <= 27.5,
  }));
  const growth = large.moments / small.moments;
  return [
    ...speed,
    { what: "1 M to 10 M", measured: `${growth.toFixed(1)} ×`, wanted: "≤ 12 ×", holds: growth <= 12 },
    ...[small, large].map((one) => ({
      what: `${size(one)}: peak memory of a process that imports and asks`,
      measured: `${(one.peakBytes / 2 ** 30).toFixed(2)} GiB`,
      wanted: "≤ 4 GiB",
      holds: one.peakBytes <= 4 * 2 ** 30,
    })),
  ];
}

function report(lines: readonly Line[]): string {
  return `## Moments of truth

\`npm run prove -- moments\`, ${new Date().toISOString().slice(0, 10)}, commit ${describeCommit()}, ${describeMachine()}.
Medians of ${ROUNDS} runs that alternate with their yardstick.

${tabulate(lines)}
`;
}

async function sample(dir: string): Promise<void> {
  const run = await WorkspaceRun.open();
  try {
    const path = join(dir, "sample.csv");
    await writeLog(run.platform.events, path, { rows: 50_000, leads: true });
    await run.importFile(path);
    const { n, tested, claims } = await ask(run);
    // The log is chance alone: nothing in it leads to anything.
    if (n === 0 || tested === 0 || claims.length > 1)
      throw new Error(`n ${n}, tested ${tested}, claims ${claims.length}`);
    say(`moments sample: ${n} touches, ${tested} candidates tested, ${claims.length} claimed`);
  } finally {
    await run.close();
  }
}

async function main(args: readonly string[]): Promise<void> {
  if (args[0] === "--peak") return peakRun(args[1] as string);
  const dir = await mkdtemp(join(tmpdir(), "waymark-bench-moments-"));
  try {
    if (args.includes("--sample")) return await sample(dir);
    const lines = judge(await measure(1_000_000, dir), await measure(10_000_000, dir));
    const text = report(lines);
    await writeResults(text);
    process.stdout.write(text);
    if (lines.some(({ holds }) => !holds)) process.exitCode = 1;
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

await main(process.argv.slice(2));
