/**
 * Proves that whatever is killed with kill -9 at any moment is absent or complete when the workspace opens again: imports of
 * CSV, ZIP, XLSX, an OCEL database, from standard input and over HTTP, a retry of rejects, a rollback and `--replace`.
 * No event is lost or doubled, nothing is left over, and doing it again brings exactly what was expected.
 * 60 kills of commands and servers, and 50 of an import in itself; `--only NAME` takes one; `--sample`: a ZIP, once (npm test
 * kills an import).
 */
import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { Findings } from "./durability/fail-with.ts";
import { type Change, listChanges, type Place } from "./durability/kill-import.ts";
import { type Inside, lookInside } from "./durability/look-inside.ts";
import { runWaymark } from "./durability/run-waymark.ts";
import { writeSources } from "./durability/sources.ts";
import { runLonger } from "./run-longer.ts";

const FIRST = 990;
const sample = process.argv.includes("--sample");
const rounds = sample ? 1 : 6;
const ONLY = process.argv.includes("--only") ? process.argv[process.argv.indexOf("--only") + 1] : undefined;
const started = performance.now();
const findings = new Findings();
const folder = mkdtempSync(join(tmpdir(), "waymark-kills-"));
const sources = writeSources(join(folder, "sources"), sample ? 3_000 : 20_000);

const sum = (values: readonly (number | undefined)[]) => values.reduce<number>((all, one) => all + (one ?? 0), 0);

/** A workspace as it was before, without sockets and temporary files. */
function copyPlace(template: string, name: string): Place {
  const own = join(folder, name);
  const workspace = join(own, "main");
  const temporary = join(own, "tmp");
  rmSync(own, { recursive: true, force: true });
  mkdirSync(temporary, { recursive: true });
  if (template !== "")
    cpSync(template, workspace, { recursive: true, filter: (path) => !basename(path).startsWith("door.") });
  return { folder: own, workspace, temporary, sources };
}

async function run(place: Place, args: readonly string[]): Promise<void> {
  const { code, err } = await runWaymark(place.workspace, args, { env: { TMPDIR: place.temporary } });
  if (code !== 0) throw new Error(`waymark ${args.join(" ")} ended with ${code}: ${err}`);
}

/** @returns whether the change is there */
function check(where: string, change: Change, inside: Inside): boolean {
  const added = inside.live.map((one) => one.added ?? -1);
  const there = JSON.stringify(added) === JSON.stringify(change.complete) || replaced(change, inside);
  const expected = there ? change.complete : change.absent;
  if (!replaced(change, inside)) findings.equal(`${where}, events of imports`, added, expected);
  const events = change.journeys?.[there ? 1 : 0] ?? sum(expected);
  findings.equal(`${where}, events in journeys`, inside.journeys, { events, different: events });
  if (!change.journeys) findings.equal(`${where}, stored events`, sum(Object.values(inside.raw)), events);
  findings.equal(`${where}, unsettled`, inside.unsettled, []);
  findings.equal(`${where}, left over`, inside.leftovers, []);
  return there;
}

/** The import replaced is out, the other one is live. */
function replaced(change: Change, inside: Inside): boolean {
  return change.journeys !== undefined && inside.live.length === 2 && inside.live[1]?.id !== 2;
}

async function killAtMoments(change: Change, template: string, at: number): Promise<void> {
  const before = copyPlace(template, "before");
  for (const args of change.before) await run(before, args);
  const measured = copyPlace(before.workspace, "now");
  const duration = (await change.start(measured, undefined)) ?? 1_000;
  check(`${change.name}, not killed`, change, await lookInside(measured.workspace, measured.temporary));
  let complete = 0;
  for (let round = 0; round < rounds; round++) {
    const place = copyPlace(before.workspace, "now");
    // Golden-ratio steps: as irregular as chance, and the same in every run. Before a third of it, Node only starts.
    const moment = duration * (0.3 + 0.75 * (((round + at) * 0.618_034 + 0.1) % 1));
    await change.start(place, moment);
    const where = `${change.name}, killed after ${moment.toFixed(0)} of ${duration.toFixed(0)} ms`;
    // What it kept outside of the workspace goes when the next one keeps something there.
    const there = check(where, change, await lookInside(place.workspace));
    if (there) complete++;
    else {
      await change.start(place, undefined);
      const again = check(`${where}, done again`, change, await lookInside(place.workspace, place.temporary));
      if (!again) findings.fail(where, "doing it again did not do it");
    }
  }
  process.stdout.write(`${change.name}: ${rounds} kills, ${complete} complete, ${rounds - complete} absent\n`);
}

const all = listChanges(sources, FIRST);
const wanted = sample ? "ZIP" : ONLY;
const changes = wanted === undefined ? all : all.filter(({ name }) => name === wanted);
if (changes.length === 0)
  throw new Error(`Nothing is called «${wanted}», but: ${all.map(({ name }) => name).join(", ")}.`);
try {
  const base = copyPlace("", "base");
  await run(base, ["import", sources.path("first.csv"), "--yes"]);
  for (const [at, change] of changes.entries()) await killAtMoments(change, base.workspace, at);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
if (wanted === undefined) runLonger(["src/ingest/recover-imports.test.ts"], "WAYMARK_KILL_ROUNDS", 50);
findings.end(`${changes.length * rounds} kills of ${changes.length} kinds of change`, started);
