/**
 * Proves that no input makes a reader crash, hang, lose or double a record: 100,000 made-up and damaged inputs.
 * `--sample` 500 of them; `--seed N` others; `--only READER`; `--resume` goes on where a run was ended. What broke is kept in .build/fuzz.
 */
import { type ChildProcess, fork } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { IMPORTS } from "./fuzz-imports.ts";
import { type FuzzReader, READERS } from "./fuzz-readers.ts";
import { type Finding, keepFinding, type Message, type Tally, type Task } from "./fuzz-worker.ts";

const WORKER = fileURLToPath(new URL("./fuzz-worker.js", import.meta.url));
const KEPT = resolve(".build", "fuzz");
const BATCH = 250;
/** Processes for the readers without a store, beside two with one: each waits for files most of the time. */
const LANES = 4;
/** Processor time of one input beyond which it hangs; and time by the clock, for one that waits for ever. */
const HANG = { cpuMs: 5_000, waitMs: 60_000, startMs: 300_000 } as const;
const LOOK_EVERY_MS = 1_000;
const MAX_RSS = 2 ** 30;
const ALL = 100_000;

interface Row {
  readonly reader: string;
  inputs: number;
  accepted: number;
  refused: number;
  rejected: number;
  rssBytes: number;
  /** After the first batch and after the last one, without what could be freed. */
  heap: [number, number];
  findings: Finding[];
  skipped?: string;
}

interface Settings {
  readonly seed: number;
  readonly share: number;
  readonly rows: Map<string, Row>;
}

/** Processor time that a process has used so far (proc_pid_stat(5), fields 14 and 15, hundredths of a second). */
function cpuMsOf(pid: number | undefined): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "latin1").split(") ")[1]?.split(" ") ?? [];
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return 0;
  }
}

type Result = Tally | Finding | { readonly skipped: string };

/** One process, in which one batch runs at a time. It is replaced when it dies or hangs. */
class Worker {
  readonly #folder: string;
  readonly #withStore: boolean;
  #child: ChildProcess | undefined;
  #errors = "";

  constructor(folder: string, withStore: boolean) {
    this.#folder = folder;
    this.#withStore = withStore;
  }

  /** @returns the tally; the input that it died of or hangs on; or why there is nothing to do */
  async run(task: Task): Promise<Result> {
    const running = this.#child;
    const child = running ?? this.#start();
    this.#child = child;
    return new Promise((settle) => {
      let at = task.from;
      let begun = { at: -2, cpuMs: 0, time: 0 };
      const finish = (result: Result) => {
        clearInterval(watch);
        child.removeAllListeners("message").removeAllListeners("exit");
        settle(result);
      };
      const fail = (kind: Finding["kind"], message: string) => {
        this.stop();
        const finding = { input: at, kind, message };
        keepFinding(finding, task, this.#folder, KEPT);
        finish(finding);
      };
      const watch = setInterval(() => {
        const now = { at, cpuMs: cpuMsOf(child.pid), time: performance.now() };
        if (begun.at !== at) begun = now;
        else if (now.cpuMs - begun.cpuMs > HANG.cpuMs && at >= 0)
          fail("hang", `more than ${HANG.cpuMs} ms of processor time`);
        else if (now.time - begun.time > (at < 0 ? HANG.startMs : HANG.waitMs))
          fail("hang", `no answer in ${Math.round(now.time - begun.time)} ms`);
      }, LOOK_EVERY_MS);
      child.on("exit", (code, signal) =>
        fail("crash", `the process ended (${signal ?? code}): ${this.#errors.slice(-1_500)}`),
      );
      child.on("message", (message: Message) => {
        if ("done" in message) finish(message.done);
        else if ("skipped" in message) finish(message);
        else if ("ready" in message) child.send(task);
        else at = message.at;
      });
      if (running) child.send(task);
      else at = -1;
    });
  }

  #start(): ChildProcess {
    rmSync(this.#folder, { recursive: true, force: true });
    const temporary = join(this.#folder, "tmp");
    mkdirSync(temporary, { recursive: true });
    this.#errors = "";
    const child = fork(WORKER, [this.#folder, this.#withStore ? "store" : "no store"], {
      execArgv: ["--expose-gc", "--enable-source-maps"],
      env: { ...process.env, TMPDIR: temporary },
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    child.stderr?.on("data", (bytes: Buffer) => {
      this.#errors = (this.#errors + bytes.toString("utf8")).slice(-4_000);
    });
    return child;
  }

  stop(): void {
    this.#child?.removeAllListeners("exit");
    this.#child?.kill("SIGKILL");
    this.#child = undefined;
  }
}

function emptyRow(reader: string): Row {
  return { reader, inputs: 0, accepted: 0, refused: 0, rejected: 0, rssBytes: 0, heap: [0, 0], findings: [] };
}

function add(row: Row, tally: Tally): void {
  for (const key of ["inputs", "accepted", "refused", "rejected"] as const) row[key] += tally[key];
  row.rssBytes = Math.max(row.rssBytes, tally.rssBytes);
  row.heap = [row.heap[0] || tally.heapBytes, tally.heapBytes];
  row.findings.push(...tally.findings);
}

/** All inputs of one reader. A process that died or hung is replaced; what it had not told yet is read again. */
async function runReader(reader: FuzzReader, { seed, share, rows }: Settings, worker: Worker): Promise<void> {
  const row = rows.get(reader.name) ?? emptyRow(reader.name);
  rows.set(reader.name, row);
  const last = Math.max(1, Math.round(reader.inputs * share));
  while (row.inputs < last && row.skipped === undefined) {
    const task: Task = {
      reader: reader.name,
      seed,
      from: row.inputs,
      to: Math.min(last, row.inputs + BATCH),
      kept: KEPT,
    };
    const result = await worker.run(task);
    if ("skipped" in result) row.skipped = result.skipped;
    else if ("kind" in result) {
      // What came before it in the batch is read again, up to it; then it is left behind.
      if (result.input > task.from) add(row, await runBefore(worker, task, result.input));
      row.inputs++;
      row.findings.push(result);
    } else add(row, result);
    writeFileSync(join(KEPT, `progress-${seed}-${share}.json`), JSON.stringify([...rows.values()]));
    process.stderr.write(`${reader.name}: ${row.inputs} of ${last}, ${row.findings.length} found\n`);
  }
}

async function runBefore(worker: Worker, task: Task, to: number): Promise<Tally> {
  const result = await worker.run({ ...task, to });
  if ("inputs" in result) return result;
  const findings = "kind" in result ? [result] : [];
  return { inputs: to - task.from, accepted: 0, refused: 0, rejected: 0, rssBytes: 0, heapBytes: 0, findings };
}

function describe(row: Row): string {
  const { reader, inputs, accepted, refused, rejected, findings, heap, rssBytes, skipped } = row;
  if (skipped !== undefined) return `${reader}: skipped, ${skipped}\n`;
  const count = (kind: Finding["kind"]) => findings.filter((one) => one.kind === kind).length;
  const mib = (bytes: number) => Math.round(bytes / 2 ** 20);
  return (
    `${reader}: ${inputs} inputs, ${accepted} accepted, ${refused} refused, ${rejected} rows rejected, ` +
    `${count("crash")} crashes, ${count("hang")} hangs, ${count("broken")} invariants broken, ${count("leak")} leaks; ` +
    `RSS ${mib(rssBytes)} MiB, heap ${mib(heap[0])} → ${mib(heap[1])} MiB\n`
  );
}

const isBad = ({ findings, rssBytes }: Row) => findings.length > 0 || rssBytes > MAX_RSS;

/** One after another in one process; readers with a store run beside those without. */
async function runList(
  list: readonly FuzzReader[],
  only: string | undefined,
  settings: Settings,
  folder: string,
): Promise<void> {
  const withStore = list.some((reader) => IMPORTS.includes(reader));
  const worker = new Worker(folder, withStore);
  try {
    for (const reader of list)
      if (only === undefined || only === reader.name) await runReader(reader, settings, worker);
  } finally {
    worker.stop();
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      sample: { type: "boolean" },
      seed: { type: "string" },
      only: { type: "string" },
      share: { type: "string" },
      resume: { type: "boolean" },
    },
  });
  const seed = Number(values.seed ?? 20_261_123);
  const share = Number(values.share ?? (values.sample ? 0.005 : 1));
  mkdirSync(KEPT, { recursive: true });
  const progress = join(KEPT, `progress-${seed}-${share}.json`);
  const before = values.resume && existsSync(progress) ? (JSON.parse(readFileSync(progress, "utf8")) as Row[]) : [];
  const settings = { seed, share, rows: new Map(before.map((row) => [row.reader, row])) };
  const started = performance.now();
  const folder = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "waymark-fuzz-"));
  try {
    const lanes = Array.from({ length: LANES }, (_, lane) => READERS.filter((_, at) => at % LANES === lane));
    const [imports, ...others] = IMPORTS;
    const lists = [[imports as FuzzReader], others, ...lanes];
    await Promise.all(lists.map((list, at) => runList(list, values.only, settings, join(folder, String(at)))));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const rows = [...settings.rows.values()];
  for (const row of rows) process.stdout.write(describe(row));
  for (const { reader, findings } of rows)
    for (const { input, kind, message } of findings.slice(0, 20))
      process.stdout.write(`FOUND ${reader} ${input}, ${kind}: ${message}\n`);
  const total = rows.reduce((all, { inputs }) => all + inputs, 0);
  const bad = rows.filter(isBad).length;
  const seconds = Math.round((performance.now() - started) / 1000);
  process.stdout.write(
    `${total} of ${ALL} inputs, seed ${seed}: ${bad === 0 ? "passed" : `FAILED in ${bad} readers`}, ${seconds} s\n`,
  );
  process.exitCode = bad === 0 ? 0 : 1;
}

await main();
