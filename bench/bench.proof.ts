/**
 * The benchmark: import, preparation, map, refresh, repetition and memory, on 1 M and 10 M generated events,
 * each beside its yardstick in the same run. `--sample` runs a small log and only checks that both sides agree.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import duckdb from "@duckdb/node-api";
import { DuckDbMap } from "./duckdb-map.ts";
import { TOUCHPOINTS, writeLog } from "./generate-log.ts";
import { measurePeak, readPeakMemory } from "./peak-memory.ts";
import { describeMachine, type Line, tabulate, writeResults } from "./results-file.ts";
import { alternate, median, time } from "./stopwatch.ts";
import { WorkspaceRun } from "./workspace-run.ts";

const ROUNDS = 3;
const CHANGED_CUSTOMERS = 1000;
const FILTER = 'channel = "web"';
const DUCK_FILTER = "channel = 'web'";

interface Measured {
  readonly rows: number;
  readonly bareLoad: number;
  readonly importLive: number;
  readonly prepare: number;
  readonly map: number;
  readonly mapFiltered: number;
  readonly duckMap: number;
  readonly duckMapFiltered: number;
  readonly refresh: number;
  readonly mapAfterRefresh: number;
  readonly repeated: number;
  readonly peakBytes: number;
}

const say = (text: string) => process.stderr.write(`${text}\n`);

/** The engine's bare load into a typed table of the same order: what no importer can beat. */
async function loadBare(run: WorkspaceRun, path: string): Promise<number> {
  const { events } = run.platform;
  await events.command("DROP TABLE IF EXISTS bare");
  await events.command(
    `CREATE TABLE bare (customer String, event LowCardinality(String), timestamp DateTime64(3, 'UTC'), channel LowCardinality(String),
value Nullable(Decimal(18, 4)), plan LowCardinality(String)) ENGINE = MergeTree ORDER BY (cityHash64(customer), timestamp)`,
  );
  const seconds = await time(() =>
    events.command(
      `INSERT INTO bare SELECT * FROM file({path:String}, 'CSVWithNames',
'customer String, event String, timestamp DateTime64(3, \\'UTC\\'), channel String, value Nullable(Decimal(18, 4)), plan String')`,
      { params: { path }, settings: { date_time_input_format: "best_effort" } },
    ),
  );
  await events.command("DROP TABLE bare");
  return seconds;
}

/** Into a workspace without events, as it is again afterwards: the engine opens one folder a process. */
async function importFresh(run: WorkspaceRun, path: string): Promise<number> {
  const { id, live } = await run.importFile(path);
  await run.rollback(id);
  return live;
}

async function peakRun(path: string): Promise<void> {
  const run = await WorkspaceRun.open();
  await run.importFile(path);
  await run.map();
  await run.map(FILTER);
  await run.close();
  process.stdout.write(String(await readPeakMemory()));
}

async function measure(rows: number, dir: string): Promise<Measured> {
  const run = await WorkspaceRun.open();
  try {
    const path = join(dir, `events-${rows}.csv`);
    const changes = join(dir, `changes-${rows}.csv`);
    say(`${rows} events: writing the log`);
    await writeLog(run.platform.events, path, { rows });
    await writeLog(run.platform.events, changes, {
      rows: 3 * CHANGED_CUSTOMERS,
      changed: CHANGED_CUSTOMERS,
      among: rows,
      salt: rows,
    });
    say("import beside the bare load");
    const load = await alternate(ROUNDS, { bare: () => loadBare(run, path), live: () => importFresh(run, path) });
    say("preparation");
    await run.importFile(path);
    const prepare = median([await run.prepareAll(), await run.prepareAll(), await run.prepareAll()]);
    const map = await measureMap(run, path, rows);
    say("refresh and repetition");
    const refresh = await measureRefresh(run, changes);
    say("peak memory");
    const peakBytes = await measurePeak(import.meta.url, path);
    return { rows, bareLoad: load.bare, importLive: load.live, prepare, ...map, ...refresh, peakBytes };
  } finally {
    await run.close();
  }
}

async function measureMap(run: WorkspaceRun, path: string, rows: number) {
  say("map beside DuckDB");
  const duck = await DuckDbMap.open(path);
  try {
    await agree(run, duck);
    const plain = await alternate(ROUNDS, {
      ours: () => time(() => run.map()),
      duck: () => time(() => duck.map("true")),
    });
    const filtered = await alternate(ROUNDS, {
      ours: () => time(() => run.map(FILTER)),
      duck: () => time(() => duck.map(DUCK_FILTER)),
    });
    say(`${rows} events: ${JSON.stringify({ plain, filtered })}`);
    return { map: plain.ours, duckMap: plain.duck, mapFiltered: filtered.ours, duckMapFiltered: filtered.duck };
  } finally {
    duck.close();
  }
}

async function measureRefresh(run: WorkspaceRun, changes: string) {
  const { id } = await run.importFile(changes);
  const refresh = median([await run.refresh(id), await run.refresh(id), await run.refresh(id)]);
  const mapAfterRefresh = median([
    await time(() => run.map()),
    await time(() => run.map()),
    await time(() => run.map()),
  ]);
  await run.ask();
  const repeated = median([await time(() => run.ask()), await time(() => run.ask()), await time(() => run.ask())]);
  return { refresh, mapAfterRefresh, repeated };
}

/** Both sides count the same, column by column, with and without the filter. @throws Error naming the first difference */
async function agree(run: WorkspaceRun, duck: DuckDbMap): Promise<void> {
  for (const [where, duckWhere] of [
    [undefined, "true"],
    [FILTER, DUCK_FILTER],
  ] as const) {
    const ours = await run.map(where);
    const theirs = await duck.map(duckWhere);
    const node = (one: (typeof theirs.nodes)[number]) => [one.events, one.customers, one.starts, one.ends];
    const edge = (one: (typeof theirs.edges)[number]) => [
      one.transitions,
      one.customers,
      one.medianSeconds,
      one.p90Seconds,
    ];
    compare(
      new Map(ours.nodes.map((one) => [one.touchpoint, node(one)])),
      new Map(theirs.nodes.map((one) => [one.touchpoint, node(one)])),
    );
    compare(
      new Map(ours.edges.map((one) => [`${one.from}→${one.to}`, edge(one)])),
      new Map(theirs.edges.map((one) => [`${one.from}→${one.to}`, edge(one)])),
    );
  }
}

/** Counts must be equal; seconds may differ by what their last binary digit does. */
function compare(ours: ReadonlyMap<string, number[]>, theirs: ReadonlyMap<string, number[]>): void {
  if (ours.size !== theirs.size) throw new Error(`${ours.size} entries here, ${theirs.size} in DuckDB`);
  for (const [key, wanted] of theirs) {
    const got = ours.get(key) ?? [];
    if (wanted.some((value, index) => !(Math.abs(value - (got[index] ?? Number.NaN)) < 1e-6)))
      throw new Error(`«${key}»: ${got.join("/")} here, ${wanted.join("/")} in DuckDB`);
  }
}

const ratio = (value: number) => value.toFixed(2);
const seconds = (value: number) => `${value.toFixed(value < 0.1 ? 4 : 2)} s`;

function judge(small: Measured, large: Measured): Line[] {
  const lines: Line[] = [];
  const line = (what: string, measured: string, wanted: string, holds: boolean) =>
    lines.push({ what, measured, wanted, holds });
  for (const one of [small, large]) {
    const size = `${one.rows / 1e6} M`;
    const speed = one.bareLoad / one.importLive;
    line(
      `${size}: import to the live flag, of the bare load's speed`,
      `${ratio(speed)} (${seconds(one.importLive)} / ${seconds(one.bareLoad)})`,
      "≥ 0.60",
      speed >= 0.6,
    );
    const each = one.prepare / (one.rows / 1e6);
    line(`${size}: preparation, a million events`, seconds(each), "≤ 1.2 s", each <= 1.2);
  }
  const faster = (ours: number, theirs: number) =>
    `${ratio(ours / theirs)} of DuckDB's time (${seconds(ours)} / ${seconds(theirs)})`;
  line("10 M: map, all columns", faster(large.map, large.duckMap), "< 1", large.map < large.duckMap);
  line(
    "10 M: map under an event filter",
    faster(large.mapFiltered, large.duckMapFiltered),
    "< 1",
    large.mapFiltered < large.duckMapFiltered,
  );
  line(
    "10 M: refresh of 1,000 changed customers, of the cold map",
    `${ratio(large.refresh / large.map)} (${seconds(large.refresh)})`,
    "≤ 0.10",
    large.refresh <= 0.1 * large.map,
  );
  line(
    "10 M: map after that refresh, of the cold map",
    `${ratio(large.mapAfterRefresh / large.map)} (${seconds(large.mapAfterRefresh)})`,
    "—",
    true,
  );
  line("10 M: a repeated question", seconds(large.repeated), "≤ 0.05 s", large.repeated <= 0.05);
  line(
    "10 M: peak memory of import and maps",
    `${(large.peakBytes / 2 ** 30).toFixed(2)} GiB`,
    "≤ 3 GiB",
    large.peakBytes <= 3 * 2 ** 30,
  );
  for (const [what, of] of [
    ["import to the live flag", (one: Measured) => one.importLive],
    ["preparation", (one: Measured) => one.prepare],
    ["map", (one: Measured) => one.map],
  ] as const) {
    const growth = of(large) / of(small);
    line(`1 M to 10 M: ${what}`, `${ratio(growth)} ×`, "≤ 11 ×", growth <= 11);
  }
  return lines;
}

function report(lines: readonly Line[]): string {
  return `# Benchmark

Command: \`npm run prove -- bench\`. Machine: ${describeMachine()}. Engines: chDB 3.4, DuckDB ${duckdb.version()}, 2 threads each.
Log: one generic CSV (customer, event, timestamp with ms, channel, value, plan), ${TOUCHPOINTS} touchpoints, 20 events a customer on average,
skewed. Medians of ${ROUNDS}; the two sides of a ratio ran in turn in the same process. Before timing, both maps are compared
column by column, with and without the filter \`${FILTER}\`: they are equal.

${tabulate(lines)}
`;
}

async function sample(dir: string): Promise<void> {
  const run = await WorkspaceRun.open();
  try {
    const path = join(dir, "sample.csv");
    await writeLog(run.platform.events, path, { rows: 100_000 });
    await run.importFile(path);
    const duck = await DuckDbMap.open(path);
    await agree(run, duck);
    duck.close();
    say("bench sample: the map of 100,000 events equals DuckDB's, with and without a filter");
  } finally {
    await run.close();
  }
}

async function main(args: readonly string[]): Promise<void> {
  if (args[0] === "--peak") return peakRun(args[1] as string);
  const dir = await mkdtemp(join(tmpdir(), "waymark-bench-logs-"));
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
