/**
 * How long the effect of a randomised change takes on 10 M events: a KPI of each customer with CUPED, beside the bare aggregate
 * per customer over the same events in the same run. `--sample` only checks that both say the same.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EffectReport } from "../src/analysis/effect/effect-report.ts";
import { measureEffect } from "../src/analysis/effect/measure-effect.ts";
import { readContext } from "../src/api/answer.ts";
import { effectQuestionSchema } from "../src/domain/effect.ts";
import { LEADS, writeLog } from "./generate-log.ts";
import { describeCommit, describeMachine, type Line, tabulate, writeResults } from "./results-file.ts";
import { alternate, time } from "./stopwatch.ts";
import { WorkspaceRun } from "./workspace-run.ts";

const ROUNDS = 5;
const MOST_TIMES = 3;
const [SINCE, UNTIL, BEFORE] = ["2025-10-01", "2026-01-01", "2025-07-01"];
const TOUCHPOINT = `Touchpoint ${LEADS.to}`;

const QUESTION = effectQuestionSchema.parse({
  design: "randomised",
  metric: { kind: "sum", event: `touchpoint = "${TOUCHPOINT}"`, of: "value" },
  by: "customer.arm",
  since: SINCE,
  until: UNTIL,
});

const say = (text: string) => process.stderr.write(`${text}\n`);

async function ask(run: WorkspaceRun): Promise<EffectReport> {
  return measureEffect(await readContext(run.platform), QUESTION);
}

/** The log knows no traits: half of the customers are given one arm, half the other. */
async function assignArms(run: WorkspaceRun): Promise<void> {
  await run.platform.events.command(
    "ALTER TABLE journey_rows UPDATE traits = map('arm', if(cityHash64(owner, 'arm') % 2 = 0, 'A', 'B')) WHERE 1 SETTINGS mutations_sync = 2",
  );
}

interface BareArm {
  readonly arm: string;
  readonly n: number;
  readonly now: number;
  readonly before: number;
}

/** One pass over the events, one group a customer, two sums: no journey, no period of its own, no look. */
function groupBare(run: WorkspaceRun): Promise<BareArm[]> {
  return run.platform.events.query<BareArm>(
    `SELECT if(cityHash64(customer, 'arm') % 2 = 0, 'A', 'B') AS arm, toFloat64(count()) AS n,
  avg(y) AS now, avg(x) AS before, varSamp(y) AS spread, covarSamp(x, y) AS together
FROM (SELECT customer, sumIf(toFloat64(ifNull(value, 0)), touchpoint = {touchpoint:String} AND time >= {since:String} AND time < {until:String}) AS y,
    sumIf(toFloat64(ifNull(value, 0)), touchpoint = {touchpoint:String} AND time >= {before:String} AND time < {since:String}) AS x
  FROM raw GROUP BY customer)
GROUP BY arm ORDER BY arm`,
    { params: { touchpoint: TOUCHPOINT, since: SINCE, until: UNTIL, before: BEFORE } },
  );
}

/** @throws where the two do not speak of the same customers and the same sums */
async function compare(run: WorkspaceRun): Promise<EffectReport> {
  const report = await ask(run);
  const bare = await groupBare(run);
  for (const [at, { n, now }] of bare.entries()) {
    const group = report.groups[at];
    // CUPED moves the mean of an arm by what chance gave it before.
    if (group?.n !== n || Math.abs((group.mean ?? 0) - now) > 0.1 * now + 0.01)
      throw new Error(`arm ${at}: ${group?.n} customers and ${group?.mean}, by the bare aggregate ${n} and ${now}`);
  }
  if (report.verdict !== "inconclusive" && report.p < 1e-4) throw new Error(`chance alone, and ${report.verdict}`);
  return report;
}

async function open(rows: number, dir: string): Promise<WorkspaceRun> {
  const run = await WorkspaceRun.open();
  const path = join(dir, `events-${rows}.csv`);
  say(`${rows} events: writing the log and importing it`);
  await writeLog(run.platform.events, path, { rows, leads: true });
  await run.importFile(path);
  await assignArms(run);
  return run;
}

async function measure(rows: number, dir: string): Promise<Line[]> {
  const run = await open(rows, dir);
  try {
    const { n, method } = await compare(run);
    say(`${n} customers; ${method}`);
    const took = await alternate(ROUNDS, {
      effect: () => time(() => ask(run)),
      bare: () => time(() => groupBare(run)),
    });
    say(JSON.stringify(took));
    const times = took.effect / took.bare;
    return [
      {
        what: `${rows / 1e6} M events, ${n} customers: sum of a value with CUPED, 26 looks, checks, report`,
        measured: `${took.effect.toFixed(2)} s`,
        beside: `bare aggregate per customer ${took.bare.toFixed(2)} s: ${times.toFixed(1)} ×`,
        wanted: `≤ ${MOST_TIMES} ×`,
        holds: times <= MOST_TIMES,
      },
    ];
  } finally {
    await run.close();
  }
}

function report(lines: readonly Line[]): string {
  return `## Effects

\`npm run prove -- effects\`, ${new Date().toISOString().slice(0, 10)}, commit ${describeCommit()}, ${describeMachine()}.
Medians of ${ROUNDS} runs that alternate with their yardstick.

${tabulate(lines)}
`;
}

async function sample(dir: string): Promise<void> {
  const run = await open(50_000, dir);
  try {
    const { n, method, estimate, low, high } = await compare(run);
    say(`effects sample: ${n} customers, ${estimate.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)}), ${method}`);
  } finally {
    await run.close();
  }
}

async function main(args: readonly string[]): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), "waymark-bench-effects-"));
  try {
    if (args.includes("--sample")) return await sample(dir);
    const rows = Number(args.find((one) => /^\d+$/u.test(one)) ?? 10_000_000);
    const lines = await measure(rows, dir);
    const text = report(lines);
    if (rows === 10_000_000) await writeResults(text);
    process.stdout.write(text);
    if (lines.some(({ holds }) => !holds)) process.exitCode = 1;
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

await main(process.argv.slice(2));
