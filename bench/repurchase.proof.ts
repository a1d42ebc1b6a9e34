/**
 * What a forecast of re-purchase takes: the fits on 23,570, a million and ten million simulated buyers at daily resolution,
 * and the whole answer (fits, back-tests, outlook) with its memory. `--sample` only checks that it answers.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { analyzeRepurchase } from "../src/analysis/repurchase.ts";
import { type RepurchaseReport, repurchaseQuerySchema } from "../src/analysis/repurchase-schema.ts";
import { readContext } from "../src/api/answer.ts";
import { measurePeak, readPeakMemory } from "./peak-memory.ts";
import { describeCommit, describeMachine, type Line, tabulate, writeResults } from "./results-file.ts";
import { FIRST_ORDER, fillBuyers } from "./simulated-buyers.ts";
import { time } from "./stopwatch.ts";
import { WorkspaceRun } from "./workspace-run.ts";

const CDNOW = 23_570;
const MILLION = 1_000_000;
const MOST_MEMORY = 4 * 2 ** 30;
const MOST_GROWTH = 11;
/** Seconds a fit may take, by customers. */
const WANTED: readonly { readonly customers: number; readonly bg: number; readonly pareto: number }[] = [
  { customers: CDNOW, bg: 0.15, pareto: 0.6 },
  { customers: MILLION, bg: 5, pareto: 15 },
];

interface Measured {
  readonly customers: number;
  readonly seconds: number;
  readonly report: RepurchaseReport;
}

const say = (text: string) => process.stderr.write(`${text}\n`);

async function openBuyers(customers: number): Promise<WorkspaceRun> {
  const run = await WorkspaceRun.open();
  const dir = await mkdtemp(join(tmpdir(), "waymark-bench-order-"));
  try {
    const path = join(dir, "order.csv");
    await writeFile(path, FIRST_ORDER);
    await run.importFile(path);
    await fillBuyers(run, customers);
    return run;
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

async function askForecast(run: WorkspaceRun): Promise<RepurchaseReport> {
  const query = repurchaseQuerySchema.parse({ holdoutDays: 273, horizonDays: 91 });
  return analyzeRepurchase(await readContext(run.platform), query);
}

async function measure(customers: number): Promise<Measured> {
  say(`${customers} customers: drawing them`);
  const run = await openBuyers(customers);
  try {
    let report: RepurchaseReport | undefined;
    const seconds = await time(async () => {
      report = await askForecast(run);
    });
    if (report === undefined) throw new Error("no answer");
    say(describe({ customers, seconds, report }));
    return { customers, seconds, report };
  } finally {
    await run.close();
  }
}

async function peakRun(customers: number): Promise<void> {
  const run = await openBuyers(customers);
  await askForecast(run);
  await run.close();
  process.stdout.write(String(await readPeakMemory()));
}

function describe({ customers, seconds, report }: Measured): string {
  const fits = report.models.map(({ id, seconds: took, passes }) => `${id} ${took.toFixed(2)} s in ${passes} passes`);
  return `${customers} customers, ${report.customers} by the end of the calibration in ${report.patterns} patterns: ${fits.join(", ")}; the whole answer ${seconds.toFixed(1)} s`;
}

function fitOf({ report }: Measured, id: "bg-nbd" | "pareto-nbd") {
  const model = report.models.find((one) => one.id === id);
  if (model === undefined) throw new Error(`${id} was not fitted`);
  return model;
}

function judgeFits(measured: Measured): Line[] {
  const limits = WANTED.find(({ customers }) => customers === measured.customers);
  if (limits === undefined) return [];
  const line = (name: string, id: "bg-nbd" | "pareto-nbd", limit: number): Line => {
    const { seconds, passes } = fitOf(measured, id);
    return {
      what: `${name}, ${measured.customers.toLocaleString("en-US")} customers (${measured.report.patterns.toLocaleString("en-US")} patterns)`,
      measured: `${seconds.toFixed(2)} s, ${passes} passes`,
      wanted: `about ${limit} s, ≤ 30 passes`,
      holds: seconds <= limit && passes <= 30,
    };
  };
  return [line("BG/NBD", "bg-nbd", limits.bg), line("Pareto/NBD", "pareto-nbd", limits.pareto)];
}

function judgeGrowth(million: Measured, ten: Measured, peakBytes: number): Line[] {
  const growth = (what: string, small: number, large: number): Line => ({
    what: `${what}, 1 M to 10 M customers`,
    measured: `${small.toFixed(1)} s to ${large.toFixed(1)} s: ${(large / small).toFixed(1)} ×`,
    wanted: `≤ ${MOST_GROWTH} ×`,
    holds: large <= MOST_GROWTH * small,
  });
  const fits = (["bg-nbd", "pareto-nbd"] as const).map((id) =>
    growth(`Fit of ${id}`, fitOf(million, id).seconds, fitOf(ten, id).seconds),
  );
  return [
    ...fits,
    growth("The whole answer: five models, three hold-outs, baselines, outlook", million.seconds, ten.seconds),
    {
      what: "Peak memory of a process that asks for 10 M customers, the drawing of them included",
      measured: `${(peakBytes / 2 ** 30).toFixed(2)} GiB`,
      wanted: "≤ 4 GiB",
      holds: peakBytes <= MOST_MEMORY,
    },
  ];
}

function report(lines: readonly Line[], measured: readonly Measured[]): string {
  return `## Re-purchase

\`npm run prove -- repurchase\`, ${new Date().toISOString().slice(0, 10)}, commit ${describeCommit()}, ${describeMachine()}.
Simulated buyers (Pareto/NBD) with first orders on random days of three years, hold-out 39 weeks, horizon 13 weeks. Seconds of a fit are those of the search with its starts; errors and forecasts are in the whole answer.

${tabulate(lines)}

${measured.map((one) => `- ${describe(one)}`).join("\n")}
`;
}

async function sample(): Promise<void> {
  const measured = await measure(20_000);
  if (measured.report.chosen === null || measured.report.models.some(({ passes }) => passes > 30))
    throw new Error(describe(measured));
}

async function main(args: readonly string[]): Promise<void> {
  if (args[0] === "--peak") return peakRun(Number(args[1]));
  if (args.includes("--sample")) return sample();
  const sizes = [CDNOW, MILLION, 10 * MILLION];
  const measured: Measured[] = [];
  for (const customers of sizes) measured.push(await measure(customers));
  const peakBytes = await measurePeak(import.meta.url, String(10 * MILLION));
  const [, million, ten] = measured as [Measured, Measured, Measured];
  const lines = [...measured.flatMap(judgeFits), ...judgeGrowth(million, ten, peakBytes)];
  const text = report(lines, measured);
  await writeResults(text);
  process.stdout.write(text);
  if (lines.some(({ holds }) => !holds)) process.exitCode = 1;
}

await main(process.argv.slice(2));
