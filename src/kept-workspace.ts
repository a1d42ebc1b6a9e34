/**
 * A workspace for a process that opens no engine: it asks the holder, and starts a keeper when there is none.
 * How a keeper opens and closes a workspace is in api/server/keeper.ts; the door itself in store/workspace-door.ts.
 */
import { type ChildProcessByStdio, spawn } from "node:child_process";
import { resolve } from "node:path";
import type { Readable, Writable } from "node:stream";
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { AppError } from "./domain/app-error.ts";
import type { DoorClient, RequestOptions } from "./store/door-client.ts";
import { askDoor } from "./store/workspace-door.ts";

export interface KeptWorkspace {
  /** Absolute path. */
  readonly folder: string;
  /**
   * Runs one operation in whoever holds the workspace; starts a keeper first when nobody does.
   * @throws AppError unavailable when the holder died at work, or no keeper could be started; what the operation throws
   */
  run(operation: string, input: unknown, options?: RequestOptions): Promise<unknown>;
  /** Leaves the holder; a keeper of ours stops its work, closes its stores and ends. */
  close(): Promise<void>;
}

export interface KeeperOptions {
  readonly workspace: string;
  /** Program and arguments of a keeper of this folder; it lives as long as its stdin is open. */
  readonly command: (folder: string) => readonly [program: string, ...args: string[]];
  /** Told when a keeper ended that was not asked to. */
  readonly onLoss?: (facts: { readonly folder: string; readonly reason: string }) => void;
}

/** A keeper's one line on stdout: whether it holds the workspace, or why not. */
export const keeperLineSchema = z.union([
  z.object({ held: z.boolean() }),
  z.object({
    problem: z.object({
      code: z.enum(["invalid", "not-found", "conflict", "forbidden", "unavailable"]),
      message: z.string(),
      details: z.record(z.string(), z.unknown()),
    }),
  }),
]);
type KeeperLine = z.infer<typeof keeperLineSchema>;

type Keeper = ChildProcessByStdio<Writable, Readable, null>;

/** Closing stores takes well under a second; a keeper that takes longer is ended: nothing acknowledged is lost by it. */
const FAREWELL_MS = 8_000;

/** Nothing is started before the first question. */
export function keepWorkspace(options: KeeperOptions): KeptWorkspace {
  return new KeeperClient(options);
}

class KeeperClient implements KeptWorkspace {
  readonly folder: string;
  readonly #options: KeeperOptions;
  #entering: Promise<DoorClient> | undefined;
  #keeper: Keeper | undefined;
  #closed = false;

  constructor(options: KeeperOptions) {
    this.#options = options;
    this.folder = resolve(options.workspace);
  }

  async run(operation: string, input: unknown, options: RequestOptions = {}): Promise<unknown> {
    for (;;) {
      options.signal?.throwIfAborted();
      const entering = this.#enter();
      const client = await entering;
      try {
        return await client.request(operation, input, options);
      } catch (error) {
        const retry = error instanceof AppError ? error.details.retry : undefined;
        // Whoever comes next knocks anew. The connection stays: its holder may still answer what it has begun.
        if (typeof retry === "boolean" && this.#entering === entering) this.#entering = undefined;
        if (retry !== true) throw error;
      }
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    const client = await this.#entering?.catch(() => undefined);
    client?.close();
    const keeper = this.#keeper;
    if (!keeper) return;
    const ended = new Promise((done) => keeper.once("exit", done));
    keeper.stdin.end();
    const timer = new AbortController();
    await Promise.race([ended, wait(FAREWELL_MS, undefined, { signal: timer.signal }).catch(() => undefined)]);
    timer.abort();
    if (this.#keeper === keeper) keeper.kill("SIGKILL");
  }

  /** One knock for all who come meanwhile. */
  #enter(): Promise<DoorClient> {
    if (this.#entering) return this.#entering;
    const entering = this.#findHolder();
    this.#entering = entering;
    entering.catch(() => {
      if (this.#entering === entering) this.#entering = undefined;
    });
    return entering;
  }

  async #findHolder(): Promise<DoorClient> {
    for (;;) {
      const client = await askDoor(this.folder);
      if (client) return client;
      if (this.#closed) throw new AppError("unavailable", "Waymark is ending.");
      // A keeper of ours that is just ending does not answer any more; another one follows it.
      await this.#startKeeper();
    }
  }

  async #startKeeper(): Promise<void> {
    const [program, ...args] = this.#options.command(this.folder);
    const keeper: Keeper = spawn(program, args, { stdio: ["pipe", "pipe", "inherit"] });
    this.#keeper = keeper;
    // A keeper that has gone shows as "exit"; a broken pipe to it says no more than that.
    keeper.stdin.on("error", () => undefined);
    const line = readKeeperLine(keeper);
    keeper.once("exit", (code, signal) => {
      if (this.#keeper === keeper) this.#keeper = undefined;
      if (!this.#closed) this.#options.onLoss?.({ folder: this.folder, reason: signal ?? `exit code ${code}` });
    });
    const said = await line;
    if ("problem" in said) throw new AppError(said.problem.code, said.problem.message, said.problem.details);
  }
}

function readKeeperLine(keeper: Keeper): Promise<KeeperLine> {
  return new Promise((settle, reject) => {
    const fail = (reason: string) =>
      reject(new AppError("unavailable", `The workspace could not be opened: its keeper ${reason}.`));
    keeper.once("error", ({ message }) => fail(`did not start (${message})`));
    keeper.once("exit", (code, signal) => fail(`ended with ${signal ?? `exit code ${code}`}`));
    let text = "";
    const hear = (chunk: string) => {
      const lines = (text + chunk).split("\n");
      text = lines.pop() ?? "";
      // What an engine may print is no word of the keeper.
      const said = lines.map((line) => keeperLineSchema.safeParse(parseJson(line))).find(({ success }) => success);
      if (!said?.data) return;
      keeper.stdout.off("data", hear).resume();
      settle(said.data);
    };
    keeper.stdout.setEncoding("utf8").on("data", hear);
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
