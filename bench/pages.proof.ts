/**
 * The pages in a real Chromium: the first map, a crowded graph that is dragged, a filter on a million events, the weight of
 * the first page; each beside a reference of the same run. `--write` puts the table into bench/RESULTS.md;
 * `--sample` measures the first map and the weight alone, once, with limits for a busy machine.
 */
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { CROWDED, crowdedLog } from "./crowded-log.ts";
import { writeLog } from "./generate-log.ts";
import {
  countGraph,
  type Frames,
  type Moments,
  timeFilter,
  timeFirstMap,
  watchIdle,
  watchPan,
  weighScripts,
} from "./page-moments.ts";
import { linkPages, PageRun } from "./page-run.ts";
import { describeCommit, describeMachine, type Line, tabulate, writeResults } from "./results-file.ts";
import { median, time } from "./stopwatch.ts";
import { WorkspaceRun } from "./workspace-run.ts";

const ROUNDS = 5;
const MAP_SECONDS = 2;
/** What a sample allows on a machine that does other things too. */
const SAMPLE_FACTOR = 4;
const SCRIPT_BYTES = 250_000;
const FRAME_MS = 100;
const DRAG_MS = 2_000;
const FILTER_ROWS = 1_000_000;
const FILTER_SECONDS = 1;

const say = (text: string) => process.stderr.write(`${text}\n`);
const seconds = (value: number) => `${value.toFixed(2)} s`;
const milliseconds = (value: number) => `${value.toFixed(0)} ms`;
const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(0)} kB`;
const times = (value: number, reference: number) => `${(value / reference).toFixed(1)} ×`;

/** One side of a comparison: the page, and the same question asked of the API alone. */
interface Pair {
  readonly page: number;
  readonly bare: number;
}

async function pairs(rounds: number, measure: (round: number) => Promise<Pair>): Promise<Pair> {
  const all: Pair[] = [];
  for (let round = 0; round < rounds; round++) all.push(await measure(round));
  say(JSON.stringify(all));
  return { page: median(all.map(({ page }) => page)), bare: median(all.map(({ bare }) => bare)) };
}

/** A filter that keeps everybody and was not asked before. */
const keepsAll = (word: string) => `customer.country != "${word}"`;

/** Takes every stored answer of the demo out of use, as an import would. @throws Error when the data count as the same */
async function changeData(run: PageRun, word: string): Promise<void> {
  const version = async () => (await run.server.ask<{ dataVersion: number }>("extent", {}, "demo")).dataVersion;
  const before = await version();
  const { touchpoints } = await run.server.ask<{ touchpoints: { name: string }[] }>("touchpoints", {}, "demo");
  await run.server.ask("set-touchpoint", { name: touchpoints[0]?.name, owner: word }, "demo");
  if ((await version()) === before) throw new Error("The data version did not change with the catalogue.");
}

function measureFirstMaps(run: PageRun, rounds: number) {
  const ask = (input: object) => time(() => run.server.ask("map", { by: "touchpoint", ...input }, "demo"));
  const open = (search = "") => run.visit(`demo/collect${search}`, timeFirstMap);
  return {
    changed: () =>
      pairs(rounds, async (round) => {
        await changeData(run, `bare ${round}`);
        const bare = await ask({});
        await changeData(run, `page ${round}`);
        return { bare, page: await open() };
      }),
    filtered: () =>
      pairs(rounds, async (round) => ({
        bare: await ask({ where: keepsAll(`bare ${round}`) }),
        page: await open(`?where=${encodeURIComponent(keepsAll(`page ${round}`))}`),
      })),
    repeated: async () => {
      await ask({});
      return pairs(rounds, async () => ({ bare: await ask({}), page: await open() }));
    },
  };
}

async function judgeFirstMap(run: PageRun, rounds: number, factor: number): Promise<Line[]> {
  const limit = MAP_SECONDS * factor;
  const kinds = measureFirstMaps(run, rounds);
  const lines: Line[] = [];
  for (const [words, measure] of [
    ["nothing asked since the data changed", kinds.changed],
    ["under a filter not asked before", kinds.filtered],
    ["asked before", kinds.repeated],
  ] as const) {
    say(`the first map, ${words}`);
    const { page, bare } = await measure();
    lines.push({
      what: `Demo: from the click on "Measured journey" to the map, ${words}`,
      measured: seconds(page),
      beside: `the API's bare answer ${seconds(bare)}: ${times(page, bare)}`,
      wanted: `≤ ${limit} s`,
      holds: page <= limit,
    });
  }
  return lines;
}

async function judgeWeight(run: PageRun, built: string): Promise<Line> {
  say("the scripts of the first page");
  const first = await run.visit("demo/settings", (page) => weighScripts(page, `${run.server.url}demo/overview`));
  const names = (await readdir(built, { recursive: true })).filter((name) => name.endsWith(".js"));
  const sizes = await Promise.all(names.map(async (name) => gzipSync(await readFile(join(built, name))).length));
  const all = sizes.reduce((sum, size) => sum + size, 0);
  return {
    what: "First page (the demo's overview): JavaScript, gzip",
    measured: kilobytes(first),
    beside: `all pages together ${kilobytes(all)}`,
    wanted: `≤ ${kilobytes(SCRIPT_BYTES)}`,
    holds: first <= SCRIPT_BYTES,
  };
}

async function watchCrowd(run: PageRun): Promise<{ idle: Frames[]; pan: Frames[]; nodes: number; edges: number }> {
  return run.visit("main/map/graph?detail=100", async (page) => {
    await page.locator("[data-edge]").first().waitFor();
    const { nodes, edges } = await countGraph(page);
    if (nodes < CROWDED.touchpoints || edges < CROWDED.steps)
      throw new Error(`The graph shows ${nodes} nodes and ${edges} arrows; it should show all of the crowded log.`);
    const idle: Frames[] = [];
    const pan: Frames[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      idle.push(await watchIdle(page, DRAG_MS));
      pan.push(await watchPan(page, DRAG_MS));
    }
    return { idle, pan, nodes, edges };
  });
}

async function judgePan(dir: string): Promise<Line> {
  say("a crowded graph, dragged");
  const path = join(dir, "crowded.csv");
  await writeFile(path, crowdedLog());
  const run = await PageRun.open([["import", path, "--yes"]]);
  try {
    const { idle, pan, nodes, edges } = await watchCrowd(run);
    const framesOf = (all: readonly Frames[]) => all.flatMap(({ frames }) => frames);
    const worst = Math.max(...framesOf(pan));
    const tasks = pan.flatMap(({ longTasks }) => longTasks);
    const usual = median(framesOf(pan));
    const still = median(framesOf(idle));
    say(JSON.stringify({ nodes, edges, frames: pan.map(({ frames }) => frames.length), tasks }));
    return {
      what: `Graph of ${nodes} nodes and ${edges} arrows, dragged ${ROUNDS} × ${DRAG_MS / 1000} s: the longest frame`,
      measured: `${milliseconds(worst)}; median ${milliseconds(usual)}; ${tasks.length} tasks over 50 ms`,
      beside: `page at rest: median ${milliseconds(still)}, longest ${milliseconds(Math.max(...framesOf(idle)))}: median ${times(usual, still)}`,
      wanted: `≤ ${FRAME_MS} ms`,
      holds: worst <= FRAME_MS,
    };
  } finally {
    await run.close();
  }
}

async function writeMillion(path: string): Promise<void> {
  const writer = await WorkspaceRun.open();
  try {
    await writeLog(writer.platform.events, path, { rows: FILTER_ROWS });
  } finally {
    await writer.close();
  }
}

/** Drops events, so every journey is cut anew; `word` makes it one that was not asked. */
const webOnly = (word: string) => `channel = "web" and prop.plan != "${word}"`;

async function judgeFilter(dir: string): Promise<Line[]> {
  say("a filter on a million events");
  const path = join(dir, "million.csv");
  await writeMillion(path);
  const run = await PageRun.open([["import", path, "--yes"]]);
  try {
    await run.server.ask("map", { by: "touchpoint" });
    const moments: Moments[] = [];
    const { page, bare } = await pairs(ROUNDS, async (round) => {
      const where = webOnly(`bare ${round}`);
      const alone = await time(() => run.server.ask("map", { by: "touchpoint", where }));
      const moment = await run.visit("main/map/graph", async (opened) => {
        await opened.locator(".react-flow__node-journey").first().waitFor();
        return timeFilter(opened, webOnly(`page ${round}`));
      });
      moments.push(moment);
      return { bare: alone, page: moment.shown };
    });
    return [describeFilter(moments, page, bare)];
  } finally {
    await run.close();
  }
}

/** Each run counts: one that takes longer than a second must have said in time that it works on it. */
function describeFilter(moments: readonly Moments[], page: number, bare: number): Line {
  const holds = ({ shown, told }: Moments) => shown <= FILTER_SECONDS || (told ?? Infinity) <= FILTER_SECONDS;
  const told = moments.filter((moment) => moment.told !== null);
  const first = told.length > 0 ? `, first after ${seconds(median(told.map((moment) => moment.told ?? 0)))}` : "";
  return {
    what: `${FILTER_ROWS / 1e6} M events: from Apply to the map under a filter not asked before`,
    measured: `${seconds(page)}; said "Working on it" in ${told.length} of ${moments.length} runs${first}`,
    beside: `the API's bare answer ${seconds(bare)}: ${times(page, bare)}`,
    wanted: `≤ ${FILTER_SECONDS} s, or progress by then`,
    holds: moments.every(holds),
  };
}

async function judgeDemo(built: string, rounds: number, factor: number): Promise<Line[]> {
  say("filling the demo");
  const run = await PageRun.open([["demo", "--no-serve"]]);
  try {
    return [await judgeWeight(run, built), ...(await judgeFirstMap(run, rounds, factor))];
  } finally {
    await run.close();
  }
}

function report(lines: readonly Line[]): string {
  return `## Pages

Command: \`npm run prove -- pages --write\`. Machine: ${describeMachine()}, Chromium without a graphics card. Commit: ${describeCommit()}.
Medians of ${ROUNDS}; a page and what stands beside it ran in turn. Seconds are counted by the page's own clock, from the click; the
browser has nothing stored. The longest frame is the longest of all runs.

${tabulate(lines)}
`;
}

async function measureAll(built: string, dir: string): Promise<Line[]> {
  const demo = await judgeDemo(built, ROUNDS, 1);
  return [...demo, await judgePan(dir), ...(await judgeFilter(dir))];
}

async function main(args: readonly string[]): Promise<void> {
  const sample = args.includes("--sample");
  const dir = await mkdtemp(join(tmpdir(), "waymark-pages-logs-"));
  try {
    const built = await linkPages();
    const lines = sample ? await judgeDemo(built, 1, SAMPLE_FACTOR) : await measureAll(built, dir);
    process.stdout.write(sample ? `${tabulate(lines)}\n` : report(lines));
    if (args.includes("--write") && !sample) await writeResults(report(lines));
    if (lines.some(({ holds }) => !holds)) process.exitCode = 1;
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

await main(process.argv.slice(2));
