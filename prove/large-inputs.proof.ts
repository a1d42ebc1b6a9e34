/**
 * Proves that very long and very wide files come in with bounded memory: each is written, imported by the compiled command
 * line in a process of its own, and removed again. What is refused may take 1 GiB of resident memory at the peak, the workspace's
 * stores included; what is imported the engine's limit on top, which its merges and sorts use up whatever the file is.
 * A workspace that is there already is imported into: making a new one takes as much as that by itself.
 * `--sample` takes a few, of a hundredth of their size; `--only NAME` takes one, `--only malformed` those that are refused.
 */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { cp, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { engineMemory } from "../src/platform.ts";
import { OCEL_KINDS, XES_KINDS } from "../test/malformed-logs.ts";
import { PARQUET_KINDS } from "../test/malformed-parquet.ts";
import { WORKBOOK_KINDS } from "../test/malformed-workbooks.ts";
import {
  MIB,
  writeArchive,
  writeCsv,
  writeLines,
  writeOcelJson,
  writeOcelSqlite,
  writeParquet,
  writeWide,
  writeWorkbook,
  writeXes,
} from "./large-files.ts";

const PROGRAM = 1024 * MIB;
const MAIN = fileURLToPath(new URL("../src/cli/main.js", import.meta.url));
const option = process.argv.indexOf("--only");
const ONLY = option < 0 ? undefined : process.argv[option + 1];
const SAMPLE = process.argv.includes("--sample");
/** What is unpacked on the way in. */
const SAMPLED: ReadonlySet<string> = new Set(["zip-ndjson", "xlsx"]);
const SHARE = SAMPLE ? 0.01 : Number(process.env.WAYMARK_LARGE_SHARE ?? 1);

interface LargeInput {
  readonly name: string;
  readonly file: string;
  readonly write: (path: string) => Promise<void>;
  /** It is told that this is too much, instead of being imported. */
  readonly refused?: RegExp;
}

/** Kinds of malformed files that would fill the memory if they could; the small ones are in malformed-formats.test.ts. */
const HEAVY = new Set([
  "XES: nested 100,000 deep",
  "XES: an attribute of 50 MB",
  "XES: a trace's attribute repeated by every event",
  "OCEL: an event of 10 MB",
  "Parquet: a footer of a million empty things",
  "XLSX: one long text in every cell",
  "XLSX: a bomb",
]);
const MALFORMED: readonly LargeInput[] = [...XES_KINDS, ...OCEL_KINDS, ...PARQUET_KINDS, ...WORKBOOK_KINDS]
  .filter(({ kind }) => HEAVY.has(kind))
  .map(({ kind, file, content, refused }) => ({
    name: kind,
    file,
    write: (path) => writeFile(path, content()),
    // The command line puts its own name before it.
    refused: new RegExp((refused?.source ?? "").replace(/^\^/u, ""), "u"),
  }));

const INPUTS: readonly LargeInput[] = [
  ...MALFORMED,
  { name: "csv", file: "long.csv", write: (path) => writeCsv(path, SHARE * 1_000 * MIB) },
  { name: "ndjson", file: "long.ndjson", write: (path) => writeLines(path, SHARE * 1_000 * MIB) },
  { name: "zip-ndjson", file: "events.zip", write: (path) => writeArchive(path, SHARE * 500 * MIB, "ndjson") },
  { name: "zip-csv", file: "events.zip", write: (path) => writeArchive(path, SHARE * 500 * MIB, "csv") },
  { name: "xlsx", file: "events.xlsx", write: (path) => writeWorkbook(path, SHARE * 300_000) },
  { name: "wide", file: "wide.csv", write: (path) => writeWide(path, 2_000, SHARE * 500 * MIB) },
  {
    name: "too-wide",
    file: "wide.csv",
    write: (path) => writeWide(path, 10_000, SHARE * 200 * MIB),
    refused: /10,?000 columns|more than 2,?000 columns|at most 2,?000/u,
  },
  { name: "xes", file: "log.xes", write: (path) => writeXes(path, SHARE * 300 * MIB) },
  { name: "ocel-json", file: "log.json", write: (path) => writeOcelJson(path, SHARE * 300 * MIB) },
  { name: "ocel-sqlite", file: "log.sqlite", write: (path) => writeOcelSqlite(path, SHARE * 100 * MIB) },
  { name: "parquet", file: "events.parquet", write: (path) => writeParquet(path, SHARE * 300 * MIB) },
];

interface Measured {
  readonly code: number;
  readonly said: string;
  readonly peak: number;
  readonly seconds: number;
}

/** Highest resident memory of a process so far, bytes; 0 once it has ended. Linux only. */
function readPeak(pid: number): number {
  try {
    return Number(/VmHWM:\s+(\d+) kB/u.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}

function runCommand(workspace: string, ...words: readonly string[]): Promise<Measured> {
  return new Promise((resolve) => {
    const started = performance.now();
    const env = { ...process.env, WAYMARK_WORKSPACE: workspace, UV_THREADPOOL_SIZE: "16" };
    const child = spawn(process.execPath, [MAIN, ...words], { env, stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    let peak = 0;
    const keep = (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-4_000);
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    // The mark never falls, so only what grows in the last moment can be missed.
    const watch = setInterval(() => {
      peak = Math.max(peak, readPeak(child.pid as number));
    }, 25);
    child.on("close", (code) => {
      clearInterval(watch);
      resolve({ code: code ?? -1, said, peak, seconds: (performance.now() - started) / 1000 });
    });
  });
}

/** @param empty a workspace with nothing in it */
async function measure({ name, file, write, refused }: LargeInput, empty: string): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), "waymark-large-"));
  try {
    const path = join(folder, file);
    await write(path);
    const { size } = await stat(path);
    const workspace = join(folder, "workspace");
    await cp(empty, workspace, { recursive: true, filter: (path) => !path.endsWith(".sock") });
    const { code, said, peak, seconds } = await runCommand(workspace, "import", path, "--yes");
    const asSaid = refused ? code !== 0 && refused.test(said) : code === 0;
    const holds = asSaid && peak <= (refused ? PROGRAM : PROGRAM + engineMemory());
    const outcome = refused ? "refused" : "imported";
    process.stdout.write(
      `${holds ? "met   " : "MISSED"} ${name.padEnd(48)} ${(size / MIB).toFixed(0).padStart(6)} MiB  ${(asSaid ? outcome : `ended with ${code}`).padEnd(10)} peak ${(peak / MIB).toFixed(0).padStart(5)} MiB  ${seconds.toFixed(1).padStart(6)} s\n`,
    );
    if (!asSaid) process.stdout.write(`${said}\n`);
    return holds;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function isWanted({ name, refused }: LargeInput): boolean {
  if (SAMPLE) return SAMPLED.has(name);
  return ONLY === undefined || ONLY === name || (ONLY === "malformed" && refused !== undefined);
}

const empty = await mkdtemp(join(tmpdir(), "waymark-large-"));
let missed = 0;
try {
  const made = await runCommand(empty, "imports");
  process.stdout.write(`making a workspace: peak ${(made.peak / MIB).toFixed(0)} MiB\n`);
  for (const input of INPUTS) if (isWanted(input) && !(await measure(input, empty))) missed++;
} finally {
  await rm(empty, { recursive: true, force: true });
}
process.stdout.write(missed === 0 ? "Every mark is met.\n" : `${missed} marks are missed.\n`);
process.exitCode = missed === 0 ? 0 : 1;
