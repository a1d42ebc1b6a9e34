/**
 * Proves that a full disk leaves the workspace openable and the import absent: an import onto a small disk that becomes full
 * while the workspace opens, files are prepared, records loaded, journeys prepared or counted; and the same for the folder
 * of temporary files and for a report. Every time: one clear sentence, exit code 1, earlier imports as they were, nothing left
 * that eats space, and once there is room the import comes in whole.
 * The disk is a file system in memory; where none may be mounted, the size of files is limited. `--sample`: two sizes.
 */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Findings } from "./durability/fail-with.ts";
import { type Inside, lookInside } from "./durability/look-inside.ts";
import { type Ended, runWaymark } from "./durability/run-waymark.ts";
import { openSmallDisk, type SmallDisk } from "./durability/small-disk.ts";
import { writeSources } from "./durability/sources.ts";

const sample = process.argv.includes("--sample");
const KIB = 1024;
const DISK_BYTES = 400 * KIB * KIB;
/** A part or two of a table, and what the logs grow by. */
const MAY_STAY = 2 * KIB * KIB;
const FIRST = 990;
const NO_SPACE = /no space left|disk .*is full/iu;
const STACK = /^\s+at |fault of Waymark/mu;
const started = performance.now();
const findings = new Findings();

/** Sizes that are too small to open, or just not; then ever larger ones. */
const OPENING = sample ? [0] : [0, 4, 8, 12, 16, 24, 32, 64];
const GROWTH = 1.15;

function isClear(where: string, { code, signal, err }: Ended): void {
  if (signal !== null || code !== 1) findings.fail(where, `ended with ${signal ?? code}: ${err}`);
  if (!NO_SPACE.test(err) || STACK.test(err)) findings.fail(where, `said: ${err}`);
}

function isWhole(where: string, inside: Inside, added: readonly number[]): void {
  const events = added.reduce((all, one) => all + one, 0);
  findings.equal(
    `${where}, events of imports`,
    inside.live.map((one) => one.added),
    added,
  );
  findings.equal(`${where}, events in journeys`, inside.journeys, { events, different: events });
  findings.equal(
    `${where}, stored events`,
    Object.values(inside.raw).reduce((all, one) => all + one, 0),
    events,
  );
  findings.equal(`${where}, unsettled`, inside.unsettled, []);
  findings.equal(`${where}, left over`, inside.leftovers, []);
}

const folder = mkdtempSync(join(tmpdir(), "waymark-full-"));
const sources = writeSources(join(folder, "sources"), sample ? 3_000 : 20_000);
const template = join(folder, "template");
const importLog = ["import", sources.path("log.csv"), "--mapping", sources.path("by-event.yaml")];
const complete = [FIRST, sources.good];

function copyTo(workspace: string): void {
  rmSync(workspace, { recursive: true, force: true });
  cpSync(template, workspace, { recursive: true, filter: (path) => !basename(path).startsWith("door.") });
}

/** @returns whether the import came in */
async function importInto(disk: SmallDisk, kib: number, again: boolean): Promise<boolean> {
  const workspace = join(disk.folder, "main");
  copyTo(workspace);
  const before = disk.free();
  disk.leaveFree(kib * KIB);
  const where = `${kib} KiB free`;
  const ended = await runWaymark(workspace, importLog);
  const done = ended.code === 0;
  if (!done) {
    isClear(where, ended);
    const asked = await runWaymark(workspace, ["imports", "--json"]);
    if (asked.code === 0) findings.equal(`${where}, asked while full`, JSON.parse(asked.out).imports.length, 1);
    else isClear(`${where}, asked while full`, asked);
  }
  disk.makeRoom();
  isWhole(where, await lookInside(workspace), done ? complete : [FIRST]);
  const eaten = before - disk.free();
  if (!done && eaten > MAY_STAY) findings.fail(where, `${eaten} bytes more are taken than before`);
  if (!done && again) {
    const { code, err } = await runWaymark(workspace, importLog);
    if (code !== 0) findings.fail(where, `with room it ended with ${code}: ${err}`);
    isWhole(`${where}, with room`, await lookInside(workspace), complete);
  }
  return done;
}

/** Sizes up to the first that does. @returns how many there were, and that one */
async function sweep(disk: SmallDisk): Promise<{ tried: number; enough: number }> {
  let tried = 0;
  for (const kib of OPENING) await importInto(disk, kib, ++tried % 4 === 1);
  if (sample) return { tried, enough: 0 };
  for (let kib = 96; ; kib = Math.ceil(kib * GROWTH))
    if (await importInto(disk, kib, ++tried % 4 === 1)) return { tried, enough: kib };
}

/** The workspace has room; what is not there for long has none. */
async function fillTemporary(disk: SmallDisk): Promise<void> {
  const workspace = join(folder, "elsewhere");
  copyTo(workspace);
  for (const kib of [0, 16]) {
    disk.leaveFree(kib * KIB);
    const env = { TMPDIR: disk.folder };
    const piped = await runWaymark(workspace, ["import", "-", "--yes"], { env, input: sources.path("log.csv") });
    const where = `TMPDIR with ${kib} KiB`;
    if (piped.code === 0 || !NO_SPACE.test(piped.err) || STACK.test(piped.err))
      findings.fail(`${where}, standard input`, `${piped.code}: ${piped.err}`);
    disk.makeRoom();
    isWhole(where, await lookInside(workspace, disk.folder), [FIRST]);
  }
}

/** What is written for people goes to a full disk, out of a workspace that has room, or on one that has none. */
async function fillWhileTelling(disk: SmallDisk): Promise<void> {
  const workspace = join(disk.folder, "main");
  copyTo(workspace);
  const { code, err } = await runWaymark(workspace, importLog);
  if (code !== 0) throw new Error(err);
  disk.leaveFree(8 * KIB);
  const page = join(disk.folder, "report.html");
  for (const args of [
    ["report", "--out", page],
    ["imports", "rejects", "2", "--out", join(disk.folder, "rejects.csv")],
  ]) {
    const told = await runWaymark(workspace, args);
    if (told.signal !== null || STACK.test(told.err)) findings.fail(`full, ${args[0]}`, `${told.signal}: ${told.err}`);
    if (told.code !== 0 && !NO_SPACE.test(told.err)) findings.fail(`full, ${args[0]}`, told.err);
  }
  disk.makeRoom();
  isWhole("after telling", await lookInside(workspace), complete);
}

/** Without a small disk: no file may grow beyond a size. What was there before may be larger. */
async function limitFiles(): Promise<number> {
  const sizes = sample ? [64] : [1, 4, 16, 64, 256, 1_024, 4_096];
  const workspace = join(folder, "limited");
  for (const maxFileKib of sizes) {
    copyTo(workspace);
    const where = `files of ${maxFileKib} KiB`;
    const ended = await runWaymark(workspace, importLog, { maxFileKib });
    if (ended.code !== 0) isClear(where, ended);
    isWhole(where, await lookInside(workspace), ended.code === 0 ? complete : [FIRST]);
  }
  return sizes.length;
}

/** In a namespace of one's own everybody may mount, where the machine allows namespaces. */
function runInNamespace(): number | undefined {
  if (process.env.WAYMARK_IN_NAMESPACE !== undefined) return undefined;
  const namespace = ["--user", "--map-root-user", "--mount"];
  if (spawnSync("unshare", [...namespace, "true"]).status !== 0) return undefined;
  const words = [...namespace, process.execPath, fileURLToPath(import.meta.url), ...process.argv.slice(2)];
  const env = { ...process.env, WAYMARK_IN_NAMESPACE: "1" };
  return spawnSync("unshare", words, { stdio: "inherit", env }).status ?? 1;
}

const disk = openSmallDisk(DISK_BYTES);
const elsewhere = disk ? undefined : runInNamespace();
if (elsewhere !== undefined) process.exitCode = elsewhere;
else
  try {
    mkdirSync(template);
    const { code, err } = await runWaymark(template, ["import", sources.path("first.csv"), "--yes"]);
    if (code !== 0) throw new Error(err);
    if (disk) {
      const { tried, enough } = await sweep(disk);
      if (!sample) await fillTemporary(disk);
      if (!sample) await fillWhileTelling(disk);
      findings.end(`a small disk in memory, ${tried} sizes (${enough} KiB are enough)`, started);
    } else findings.end(`no mount allowed: ${await limitFiles()} limits of file size`, started);
  } finally {
    disk?.close();
  }
rmSync(folder, { recursive: true, force: true });
