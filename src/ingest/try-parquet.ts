/**
 * Lets a process of its own read a Parquet file from end to end before the workspace's engine does: the engine's reader is
 * native code that some damaged files keep busy for ever, or crash. Such a file takes that process along, and nothing else.
 */
import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { rm, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { setTimeout as wait } from "node:timers/promises";
import { AppError } from "../domain/app-error.ts";
import { EventEngineError } from "../store/event-errors.ts";
import { quoteText, settingsClause } from "../store/event-statement.ts";
import { literalPath } from "../store/local-file.ts";
import { explainParquetError, PARQUET_SETTINGS, parquetStructure, quoteIdentifier } from "./read-parquet.ts";

/** As much as the workspace's engine may have: whatever it could read passes. */
const MEMORY_BYTES = 2.5 * 2 ** 30;
const OUT_OF_MEMORY = 241;
/** For a machine with much else to do: 255 MB take 1.1 s on an idle one. */
const DEADLINE_MS = 30_000;
const DEADLINE_MS_PER_MB = 1_000;
/** Files that passed and have not changed are not tried again; the oldest are forgotten. */
const MAX_PASSED = 1_000;

/**
 * A statement a line, an answer a line. It reads its stdin while the engine works in another thread, and ends when that
 * ends: with whoever started it, however that went.
 */
const READER = `
const [, chdb, folder, memory] = process.argv;
const { Session } = require(chdb);
const session = new Session(folder, { connectionArgs: ["--max_server_memory_usage=" + memory] });
const say = (answer) => process.stdout.write(JSON.stringify(answer) + "\\n");
require("node:readline")
  .createInterface({ input: process.stdin })
  .on("line", (line) => session.queryAsync(JSON.parse(line)).then(
    () => say({}),
    ({ message, clickhouseCode = 0 }) => say({ message, clickhouseCode }),
  ))
  .on("close", () => process.kill(process.pid, "SIGKILL"));
say({});
`;

type ReaderProcess = ChildProcessByStdio<Writable, Readable, null>;

interface Answer {
  readonly message?: string;
  readonly clickhouseCode?: number;
}

/** Where the engine is; undefined in an installation that asks a server and has none. */
function findEngine(): string | undefined {
  try {
    return createRequire(import.meta.url).resolve("chdb");
  } catch {
    return undefined;
  }
}

const passed = new Set<string>();

/** Changes whenever the file is written to or another one takes its place. */
async function identify(path: string, columns: readonly string[]): Promise<string> {
  const { dev, ino, size, ctimeNs } = await stat(path, { bigint: true });
  return [dev, ino, size, ctimeNs, ...columns].join("\0");
}

interface ParquetTry {
  readonly path: string;
  readonly name: string;
  readonly columns: readonly string[];
  readonly signal?: AbortSignal | undefined;
  /** Default: half a minute, and a second for each MB. */
  readonly deadlineMs?: number;
}

/** One process for as many files as come, started for the first of them. */
export class ParquetTrial {
  /** The process keeps its data there; it is removed with it. */
  readonly #folder: string;
  /** Whether nothing passes untried; an engine that is a server may stand where ours does not run. */
  readonly #required: boolean;
  #reader: ReaderProcess | undefined;
  #lines: AsyncIterator<string> | undefined;

  constructor(folder: string, { required }: { readonly required: boolean }) {
    this.#folder = folder;
    this.#required = required;
  }

  /**
   * @throws AppError invalid when the file cannot be read to its end, in time; unavailable when no process can be started;
   *   the signal's reason
   */
  async read({ path, name, columns, signal, deadlineMs }: ParquetTry): Promise<void> {
    const engine = findEngine();
    if (engine === undefined) return;
    signal?.throwIfAborted();
    const id = await identify(path, columns);
    if (passed.has(id)) return;
    const { size } = await stat(path);
    const limit = deadlineMs ?? DEADLINE_MS + (size / 1e6) * DEADLINE_MS_PER_MB;
    const literal = await literalPath(path);
    try {
      if (!(await this.#start(engine))) {
        if (!this.#required) return;
        throw new AppError(
          "unavailable",
          "No process could be started that tries Parquet files before they are imported. Look for free memory and disk space, and try again.",
        );
      }
      const answer = await this.#ask(selectAll(literal.path, columns), limit, signal);
      if (answer !== "read") throw refuse(name, answer, limit);
    } finally {
      await literal.forget();
    }
    passed.add(id);
    if (passed.size > MAX_PASSED) passed.delete(passed.values().next().value as string);
  }

  async close(): Promise<void> {
    const reader = this.#reader;
    if (!reader) return;
    this.#reader = undefined;
    if (reader.exitCode === null && reader.signalCode === null) {
      const ended = once(reader, "exit");
      reader.kill("SIGKILL");
      await ended;
    }
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** Whether there is a process that reads. */
  async #start(engine: string): Promise<boolean> {
    if (this.#reader) return true;
    const reader = spawn(process.execPath, ["--eval", READER, engine, this.#folder, String(MEMORY_BYTES)], {
      stdio: ["pipe", "pipe", "ignore"],
      // Nothing of ours: no addresses, no passwords.
      env: {},
    });
    reader.stdin.on("error", () => undefined);
    this.#reader = reader;
    this.#lines = createInterface({ input: reader.stdout })[Symbol.asyncIterator]();
    return Promise.race([
      this.#lines.next().then(({ done }) => done !== true),
      once(reader, "error").then(() => false),
    ]);
  }

  async #ask(statement: string, limit: number, signal: AbortSignal | undefined): Promise<Outcome> {
    const done = new AbortController();
    const late = wait(limit, "late" as const, {
      signal: signal ? AbortSignal.any([signal, done.signal]) : done.signal,
    });
    this.#reader?.stdin.write(`${JSON.stringify(statement)}\n`);
    try {
      const line = await Promise.race([(this.#lines as AsyncIterator<string>).next(), late]);
      if (line === "late") return "late";
      if (line.done === true) return "died";
      const answer = JSON.parse(line.value) as Answer;
      return answer.message === undefined ? "read" : answer;
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    } finally {
      done.abort();
      late.catch(() => undefined);
    }
  }
}

type Outcome = "read" | "late" | "died" | Answer;

/** As the import reads it; the rows go nowhere. */
function selectAll(path: string, columns: readonly string[]): string {
  const source = [path, "Parquet", parquetStructure(columns)].map(quoteText).join(", ");
  const settings = settingsClause({ ...PARQUET_SETTINGS, max_memory_usage: MEMORY_BYTES });
  return `SELECT ${columns.map(quoteIdentifier).join(", ")} FROM file(${source}) FORMAT Null ${settings}`;
}

function refuse(name: string, outcome: Exclude<Outcome, "read">, limit: number): unknown {
  const say = (why: string) => new AppError("invalid", `${name} ${why}`, { file: name });
  const what = "it is damaged. Fetch it or write it anew, or export it as CSV.";
  if (outcome === "late")
    return say(`could not be read to its end within ${Math.ceil(limit / 1000)} s; most likely ${what}`);
  if (outcome === "died") return say(`cannot be read as Parquet, the reader broke off; most likely ${what}`);
  const { message = "", clickhouseCode = 0 } = outcome;
  if (clickhouseCode === OUT_OF_MEMORY)
    return say(
      `would take more than ${MEMORY_BYTES / 2 ** 30} GiB of memory to read: it is damaged, or its row groups are too large. Write it anew with smaller ones, or export it as CSV.`,
    );
  const error = new EventEngineError(message, clickhouseCode, undefined);
  const explained = explainParquetError(error, name);
  return explained === error ? say(`cannot be read as Parquet (${message.slice(0, 200)}): ${what}`) : explained;
}
