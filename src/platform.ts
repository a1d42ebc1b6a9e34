/**
 * Picks and opens what a workspace runs on: its folder, both stores, the log. The only place that knows implementations.
 * Who may open a workspace, and who must ask its holder instead, is decided at the door (workspace.ts).
 */
import { mkdir, rename, rm, stat } from "node:fs/promises";
import { totalmem } from "node:os";
import { join, resolve } from "node:path";
import { destination, type Logger, pino } from "pino";
import type { Config } from "./config.ts";
import { explainFullDisk } from "./full-disk.ts";
import { recoverImports } from "./ingest/recover-imports.ts";
import { openEmbeddedEventStore } from "./store/embedded-event-store.ts";
import { migrateEventStore } from "./store/event-migrations.ts";
import type { EventStore } from "./store/event-store.ts";
import { openEmbeddedStateStore, openServerStateStore } from "./store/open-state-store.ts";
import { openServerEventStore } from "./store/server-event-store.ts";
import type { StateStore } from "./store/state-store.ts";
import { makeTemporaryFolder } from "./temporary-folder.ts";

export type Clock = () => Date;

export interface PlatformOptions {
  /** Folder of the workspace; made when missing, for its owner alone. */
  readonly workspace: string;
  readonly config: Config;
  readonly clock: Clock;
}

export interface Platform {
  readonly events: EventStore;
  readonly state: StateStore;
  /** Absolute path. */
  readonly workspace: string;
  readonly clock: Clock;
  readonly log: Logger;
  /** Aborted when closing begins: long work stops by it. */
  readonly ending: AbortSignal;
  /**
   * Orderly shutdown, once: stops long work, then the stores. To be awaited before the process exits:
   * process.exit during an INSERT crashes in the engine, during a SELECT it hangs.
   */
  close(): Promise<void>;
}

/** The folder beside `src` and `dist`. */
const EVENT_MIGRATIONS = new URL("../migrations/clickhouse", import.meta.url);

const GIB = 2 ** 30;
/** With this for the engine, the whole process stays below 3 GiB. */
const MAX_ENGINE_MEMORY = 2.5 * GIB;
const MAX_LOG_BYTES = 5_000_000;

/** Half of the machine's (or the container's) memory, at most 2.5 GiB. */
export function engineMemory(total = totalmem(), constrained = process.constrainedMemory()): number {
  const available = constrained > 0 ? Math.min(total, constrained) : total;
  return Math.min(Math.floor(available / 2), MAX_ENGINE_MEMORY);
}

/**
 * Opens a workspace, migrated, and with every import either complete or absent. The caller holds its door: two processes on one folder lose acknowledged writes silently.
 * @throws AppError unavailable (engine missing, folder in use, server out of reach), conflict (a newer version's store)
 */
export async function openPlatform({ workspace, config, clock }: PlatformOptions): Promise<Platform> {
  const dir = resolve(workspace);
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const log = await openLog(join(dir, "waymark.log"), config.logLevel);
  let events: EventStore | undefined;
  let state: StateStore | undefined;
  try {
    events = await openEvents(dir, config);
    await migrateEventStore(events, EVENT_MIGRATIONS, clock());
    state = await openState(dir, config, clock);
    const recovered = await recoverImports({ events, state, clock, workspaceDir: dir });
    if (Object.values(recovered).some((ids) => ids.length > 0)) log.warn(recovered, "interrupted imports recovered");
    return assemble({ events, state, workspace: dir, clock, log });
  } catch (error) {
    await Promise.allSettled([events?.close(), state?.close()]);
    throw await explainFullDisk(error, dir);
  }
}

/** An event store of its own that is gone when it is closed; no workspace is opened. */
export async function openScratchEvents(clock: Clock): Promise<Pick<Platform, "events" | "close">> {
  const dir = await makeTemporaryFolder("scratch");
  const remove = () => rm(dir, { recursive: true, force: true });
  let events: EventStore | undefined;
  const close = async () => {
    await events?.close();
    await remove();
  };
  try {
    events = await openEmbeddedEventStore({ dir: join(dir, "events"), maxMemoryBytes: engineMemory() });
    await migrateEventStore(events, EVENT_MIGRATIONS, clock());
    return { events, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function openEvents(dir: string, { clickhouseUrl }: Config): Promise<EventStore> {
  return clickhouseUrl
    ? openServerEventStore({ url: clickhouseUrl })
    : openEmbeddedEventStore({ dir: join(dir, "events"), maxMemoryBytes: engineMemory() });
}

function openState(dir: string, { postgresUrl }: Config, clock: Clock): Promise<StateStore> {
  return postgresUrl
    ? openServerStateStore(postgresUrl, { clock })
    : openEmbeddedStateStore(join(dir, "state"), { clock });
}

function assemble(parts: Omit<Platform, "ending" | "close">): Platform {
  const { events, state, log } = parts;
  const ending = new AbortController();
  let closing: Promise<void> | undefined;
  const close = async () => {
    ending.abort();
    const outcomes = await Promise.allSettled([events.close(), state.close()]);
    log.flush();
    for (const outcome of outcomes) if (outcome.status === "rejected") throw outcome.reason;
  };
  return {
    ...parts,
    ending: ending.signal,
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}

/** JSON lines in the workspace: stdout belongs to answers, stderr to people. One older file is kept. */
async function openLog(path: string, level: Config["logLevel"]): Promise<Logger> {
  const bytes = await stat(path).then(
    ({ size }) => size,
    () => 0,
  );
  if (bytes > MAX_LOG_BYTES) await rename(path, `${path}.old`);
  // Synchronous: the lines before a crash are the ones that are wanted.
  const lines = destination({ dest: path, sync: true, mode: 0o600 });
  // A full disk costs lines of the log, not the work.
  lines.on("error", () => undefined);
  return pino({ level, base: { pid: process.pid } }, lines);
}
