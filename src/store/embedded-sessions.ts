/**
 * The pool of chDB sessions on one data directory: one statement at a time on each, several side by side.
 * It knows sessions and how to stop what runs on them, but no statement's meaning.
 */
import type { Session } from "chdb";
import { AppError } from "../domain/app-error.ts";

type Chdb = typeof import("chdb");

/** Long arrays travel as literals in the statement's text; 256 KiB, the engine's default, is too little for them. */
const SESSION_ARGS = ["--max_query_size=268435456"];

const KILL_EVERY_MS = 100;

/** Waits for a free place before opening another session; a place is held by at most one statement. */
class Places {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(count: number) {
    this.#free = count;
  }

  async take(signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    if (this.#free > 0) {
      this.#free--;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const leave = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(enter), 1);
        reject(signal?.reason);
      };
      const enter = (): void => {
        signal?.removeEventListener("abort", leave);
        resolve();
      };
      this.#waiting.push(enter);
      signal?.addEventListener("abort", leave, { once: true });
    });
  }

  give(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#free++;
  }
}

/** One statement's hold on a session. Exactly one of `release` and `discard` ends it; later calls do nothing. */
export interface Lease {
  readonly session: Session;
  /** Comment that opens the statement's text, by which it can be found and killed. */
  readonly tag: string;
  /** Gives a session back whose statement ended well. */
  release(): void;
  /** Throws the session away: rows of a failed query would leak into its next answer. What still runs on it ends first. */
  discard(): void;
}

export interface SessionPoolOptions {
  readonly dir: string;
  readonly maxMemoryBytes: number;
  readonly readers: number;
}

async function loadChdb(): Promise<Chdb> {
  try {
    return await import("chdb");
  } catch (cause) {
    throw new AppError(
      "unavailable",
      "The embedded event store needs the optional package chdb (Linux with glibc, or macOS): install it with " +
        "`npm install chdb`, or set WAYMARK_CLICKHOUSE_URL to use a ClickHouse server instead.",
      {},
      { cause },
    );
  }
}

/** The engine tells why only for a directory of its own process; for another process it writes to stderr. */
function refusal(dir: string, cause: unknown): string {
  const ownProcess = cause instanceof Error && cause.message.includes("one active data directory per process");
  const reason = ownProcess
    ? "This process has another workspace's event store open, and the engine takes one at a time: close that first."
    : "Is another process using this workspace?";
  return `The event store in ${dir} cannot be opened. ${reason}`;
}

export class SessionPool {
  readonly #chdb: Chdb;
  readonly #dir: string;
  /** Runs KILL only, synchronously: it must get through when every thread of the pool is busy. */
  readonly #control: Session;
  readonly #places: { readonly read: Places; readonly write: Places };
  readonly #idle: Session[] = [];
  readonly #running = new Set<Lease>();
  #statements = 0;
  #closing: Promise<void> | undefined;

  private constructor(chdb: Chdb, control: Session, options: SessionPoolOptions) {
    this.#chdb = chdb;
    this.#control = control;
    this.#dir = options.dir;
    this.#places = { read: new Places(options.readers), write: new Places(1) };
  }

  /** @throws AppError unavailable when chdb is missing or the directory is held by another process */
  static async open(options: SessionPoolOptions): Promise<SessionPool> {
    const chdb = await loadChdb();
    try {
      const connectionArgs = [`--max_server_memory_usage=${options.maxMemoryBytes}`, ...SESSION_ARGS];
      return new SessionPool(chdb, new chdb.Session(options.dir, { connectionArgs }), options);
    } catch (cause) {
      throw new AppError("unavailable", refusal(options.dir, cause), { dir: options.dir }, { cause });
    }
  }

  /** @throws AppError unavailable after close(); the signal's reason when aborted while waiting */
  async lease(kind: "read" | "write", signal?: AbortSignal): Promise<Lease> {
    this.#assertOpen();
    const places = this.#places[kind];
    await places.take(signal);
    try {
      this.#assertOpen();
      const session = this.#idle.pop() ?? new this.#chdb.Session(this.#dir, { connectionArgs: SESSION_ARGS });
      return this.#hold(session, places);
    } catch (error) {
      places.give();
      throw error;
    }
  }

  #hold(session: Session, places: Places): Lease {
    const tag = `/* waymark ${++this.#statements} */`;
    const end = (then: () => void): void => {
      if (!this.#running.delete(lease)) return;
      then();
      places.give();
    };
    const lease: Lease = {
      session,
      tag,
      release: () => end(() => (this.#closing ? session.close() : this.#idle.push(session))),
      discard: () => end(() => session.close()),
    };
    this.#running.add(lease);
    return lease;
  }

  /**
   * Asks the engine once to stop the statement of this lease; its promise or stream then fails.
   * The tag opens that statement's text and no other's, so KILL never finds itself.
   */
  kill(lease: Lease): void {
    if (this.#control.open) this.#control.query(`KILL QUERY WHERE startsWith(query, '${lease.tag}') ASYNC`);
  }

  /** Keeps asking until `ended` settles: the engine does not know a statement yet that still waits for a thread. */
  killUntil(ended: Promise<unknown>, ...leases: readonly Lease[]): void {
    const kill = (): void => {
      for (const lease of leases) this.#tryToKill(lease);
    };
    const timer = setInterval(kill, KILL_EVERY_MS);
    const stop = (): void => clearInterval(timer);
    ended.then(stop, stop);
    kill();
  }

  #tryToKill(lease: Lease): void {
    try {
      this.kill(lease);
    } catch {
      // Such as memory that ran out: the next round tries again, and the statement has limits of its own.
    }
  }

  get closing(): boolean {
    return this.#closing !== undefined;
  }

  #assertOpen(): void {
    if (this.#closing) throw new AppError("unavailable", "The event store is closed.");
  }

  /** Kills what runs, waits until the engine has let go, then closes every session. */
  close(): Promise<void> {
    this.#closing ??= this.#shutDown();
    return this.#closing;
  }

  async #shutDown(): Promise<void> {
    const drained = this.#chdb.drainPending();
    this.killUntil(drained, ...this.#running);
    await drained;
    for (const lease of this.#running) lease.discard();
    for (const session of this.#idle.splice(0)) session.close();
    await this.#chdb.drainPending();
    this.#control.close();
    await this.#chdb.drainPending();
  }
}
