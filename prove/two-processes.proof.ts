/**
 * Proves that processes which meet on one workspace never harm it: two imports, an import and questions, two imports of the
 * same file, started at any distance, one of them killed in some rounds. Each ends well or with a clear refusal; the
 * events are exactly those of the imports that said so. A door whose socket cannot be reached, as from another
 * machine, is no way in: the engine's own lock refuses. 20 rounds; `--sample`: one.
 */
import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { Findings } from "./durability/fail-with.ts";
import { lookInside } from "./durability/look-inside.ts";
import { type Ended, runWaymark, startWaymark } from "./durability/run-waymark.ts";
import { writeSources } from "./durability/sources.ts";

const sample = process.argv.includes("--sample");
const ROUNDS = sample ? 1 : 20;
const FIRST = 990;
const started = performance.now();
const findings = new Findings();
const folder = mkdtempSync(join(tmpdir(), "waymark-two-"));
const sources = writeSources(join(folder, "sources"), sample ? 3_000 : 10_000);
const template = join(folder, "template");
const workspace = join(folder, "main");

const importOf = (file: string) => ["import", sources.path(file), "--yes"];
/** What the second one does beside the first one's import of log.csv, and the events that it brings. */
const SECONDS: readonly { readonly args: readonly string[]; readonly adds: number }[] = [
  { args: importOf("log.zip"), adds: sources.good },
  { args: ["imports", "--json"], adds: 0 },
  { args: importOf("log.csv"), adds: 0 },
  { args: ["map", "--json"], adds: 0 },
];

function copyTemplate(): void {
  rmSync(workspace, { recursive: true, force: true });
  cpSync(template, workspace, { recursive: true, filter: (path) => !basename(path).startsWith("door.") });
}

/** 0, or one sentence and no stack; with --json the problem as one line of JSON after it. */
function endsClearly(where: string, { code, signal, err }: Ended): boolean {
  if (code === 0) return true;
  const lines = err
    .trim()
    .split("\n")
    .filter((line) => !line.startsWith('{"type":"urn:waymark:problem:'));
  if (signal !== null || lines.length > 1 || !/^waymark: .+\.$/u.test(lines[0] ?? ""))
    findings.fail(where, `ended with ${signal ?? code}: ${err}`);
  return false;
}

async function meet(round: number, duration: number): Promise<string> {
  copyTemplate();
  const second = SECONDS[round % SECONDS.length] as (typeof SECONDS)[number];
  const offset = duration * ((round * 0.618_034 + 0.05) % 1);
  const killed = round % 3 === 2;
  const where = `round ${round + 1}, ${second.args[0]} after ${offset.toFixed(0)} ms${killed ? ", the first one killed" : ""}`;
  const one = startWaymark(workspace, importOf("log.csv"));
  await wait(offset);
  const other = startWaymark(workspace, second.args);
  if (killed) setTimeout(() => one.child.kill("SIGKILL"), duration * ((round * 0.414 + 0.2) % 1));
  const [first, next] = await Promise.all([one.ended, other.ended]);
  const firstIn = killed && first.signal !== null ? undefined : endsClearly(`${where}, first`, first);
  const nextIn = endsClearly(`${where}, second`, next);
  if (!killed && !nextIn) findings.fail(where, `nobody died, but the second was refused: ${next.err}`);
  const inside = await lookInside(workspace);
  const same = second.args === SECONDS[2]?.args;
  const brought = (nextIn ? second.adds : 0) + (firstIn === true || (same && nextIn) ? sources.good : 0);
  // What was killed may have come in whole; what the other one asked it to do may have, too.
  const possible = [brought];
  if (firstIn === undefined && !(same && nextIn)) possible.push(brought + sources.good);
  if (!nextIn && second.adds > 0) possible.push(...possible.map((events) => events + second.adds));
  const { events, different } = inside.journeys;
  if (events !== different || !possible.includes(events - FIRST))
    findings.fail(where, `${events} events, ${different} different; expected ${FIRST} + one of ${possible.join(", ")}`);
  findings.equal(`${where}, unsettled`, inside.unsettled, []);
  findings.equal(`${where}, left over`, inside.leftovers, []);
  return nextIn ? "done" : "refused";
}

/** The holder lives, but its socket is out of reach. */
async function comeFromElsewhere(): Promise<void> {
  copyTemplate();
  const holder = startWaymark(workspace, ["import", "-", "--yes"], { env: { TMPDIR: folder }, hold: true });
  while (!readdirSync(workspace).some((name) => name.endsWith(".sock"))) await wait(10);
  // It has opened the stores when another one is answered.
  await runWaymark(workspace, ["imports"]);
  for (const name of readdirSync(workspace)) if (name.endsWith(".sock")) rmSync(join(workspace, name));
  const refused = await runWaymark(workspace, ["imports"]);
  // The engine adds a line of its own.
  if (refused.code !== 1 || !/Is another process using this workspace\?/u.test(refused.err))
    findings.fail("from elsewhere", `ended with ${refused.signal ?? refused.code}: ${refused.err}`);
  holder.child.kill("SIGKILL");
  await holder.ended;
  const after = await runWaymark(workspace, ["imports"]);
  if (after.code !== 0) findings.fail("after the holder's death", after.err);
}

try {
  const made = await runWaymark(template, importOf("first.csv"));
  if (made.code !== 0) throw new Error(made.err);
  copyTemplate();
  const { ms } = await runWaymark(workspace, importOf("log.csv"));
  const outcomes: string[] = [];
  for (let round = 0; round < ROUNDS; round++) outcomes.push(await meet(round, ms));
  if (!sample) await comeFromElsewhere();
  const refused = outcomes.filter((outcome) => outcome === "refused").length;
  findings.end(`${ROUNDS} meetings, in ${refused} the second was refused when the first was killed`, started);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
