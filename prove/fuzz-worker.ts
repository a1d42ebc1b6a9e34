/**
 * A process that gives inputs to one reader, one after another, and tells its parent which one it has begun:
 * if it dies or hangs, that one is to blame. Its own memory, open files and left-over files are counted too.
 */
import { cpSync, existsSync, mkdirSync, readdirSync, readlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Corpus, readCorpus } from "./fuzz-corpus.ts";
import { IMPORTS, openImports } from "./fuzz-imports.ts";
import { Broken } from "./fuzz-judge.ts";
import { clearPlace, type FuzzReader, type Outcome, READERS } from "./fuzz-readers.ts";

export interface Task {
  readonly reader: string;
  readonly seed: number;
  readonly from: number;
  readonly to: number;
  /** Where inputs that broke something are kept. */
  readonly kept: string;
}

export interface Finding {
  readonly input: number;
  readonly kind: "crash" | "hang" | "broken" | "leak";
  readonly message: string;
}

export interface Tally {
  readonly inputs: number;
  readonly accepted: number;
  readonly refused: number;
  readonly rejected: number;
  readonly findings: readonly Finding[];
  readonly rssBytes: number;
  readonly heapBytes: number;
}

export type Message =
  | { readonly ready: true }
  | { readonly at: number }
  | { readonly done: Tally }
  | { readonly skipped: string };

/** One number for each input of each reader. */
export function seedOf(seed: number, reader: string, input: number): number {
  let mixed = seed ^ 0x9e3779b9;
  for (const letter of reader) mixed = Math.imul(mixed ^ letter.charCodeAt(0), 0x01000193);
  return (Math.imul(mixed ^ input, 0x85ebca6b) ^ (input * 0x27d4eb2f)) | 0;
}

export function findReader(name: string): FuzzReader {
  const reader = [...READERS, ...IMPORTS].find((one) => one.name === name);
  if (!reader) throw new Error(`there is no reader «${name}»`);
  return reader;
}

/** Keeps the files that the reader was given, so that they can be looked at and read again. */
export function keepFinding(
  finding: Finding,
  { reader, seed }: Pick<Task, "reader" | "seed">,
  folder: string,
  kept: string,
): void {
  const target = join(kept, `${reader.replaceAll(" ", "-")}-${seed}-${finding.input}`);
  mkdirSync(target, { recursive: true });
  writeFileSync(join(target, "finding.json"), JSON.stringify(finding, null, 2));
  const place = join(folder, "place");
  if (existsSync(place)) cpSync(place, target, { recursive: true });
}

/** After the first batch: an engine keeps some of its own. */
let filesAtFirst: number | undefined;
/** Without those in which the engine looks up what its threads used: three for each thread of its pool. */
function openFiles(): number {
  const targets = readdirSync("/proc/self/fd").map((name) => {
    try {
      return readlinkSync(join("/proc/self/fd", name));
    } catch {
      return "/proc/gone";
    }
  });
  return targets.filter((target) => !target.startsWith("/proc/")).length;
}

function tell(message: Message): void {
  process.send?.(message);
}

async function readOne(
  reader: FuzzReader,
  corpus: Corpus,
  task: Task,
  input: number,
  place: string,
): Promise<Outcome | Finding> {
  try {
    return await reader.read(reader.make(seedOf(task.seed, task.reader, input), corpus), place);
  } catch (error) {
    const broken = error instanceof Broken;
    const inner = error instanceof Error ? error.cause : undefined;
    const stack = [error, inner].map((one) => (one instanceof Error ? one.stack : "")).join("\n");
    return {
      input,
      kind: broken ? "broken" : "crash",
      message: broken && !inner ? error.message : `${String(error)}\n${stack}`.slice(0, 2_500),
    };
  }
}

async function run(task: Task, corpus: Corpus, folder: string): Promise<Tally> {
  const reader = findReader(task.reader);
  const tally = { inputs: 0, accepted: 0, refused: 0, rejected: 0 };
  const findings: Finding[] = [];
  const place = join(folder, "place");
  for (let input = task.from; input < task.to; input++) {
    tell({ at: input });
    clearPlace(place);
    const outcome = await readOne(reader, corpus, task, input, place);
    tally.inputs++;
    if ("kind" in outcome) {
      findings.push(outcome);
      keepFinding(outcome, task, folder, task.kept);
    } else {
      tally[outcome.accepted ? "accepted" : "refused"]++;
      tally.rejected += outcome.rejected ?? 0;
    }
  }
  clearPlace(place);
  global.gc?.();
  await new Promise((resolve) => setTimeout(resolve, 20));
  const files = openFiles();
  filesAtFirst ??= files;
  if (files > filesAtFirst + 20)
    findings.push({ input: task.from, kind: "leak", message: `${files - filesAtFirst} more files are open` });
  const left = readdirSync(process.env.TMPDIR as string);
  if (left.length > 0)
    findings.push({
      input: task.from,
      kind: "leak",
      message: `left in the temporary folder: ${left.slice(0, 3).join(", ")}`,
    });
  const { rss, heapUsed, external } = process.memoryUsage();
  return { ...tally, findings, rssBytes: rss, heapBytes: heapUsed + external };
}

/** Arguments: a folder of its own; «store» when readers need one. */
async function main([folder, store]: readonly string[]): Promise<void> {
  if (folder === undefined) throw new Error("a folder is needed");
  const corpus = readCorpus();
  if (store === "store") await openImports(folder);
  process.on("message", (task: Task) => {
    const skipped = findReader(task.reader).lacks?.(corpus);
    if (skipped !== undefined) tell({ skipped });
    else void run(task, corpus, folder).then((done) => tell({ done }));
  });
  tell({ ready: true });
}

if (process.send) await main(process.argv.slice(2));
