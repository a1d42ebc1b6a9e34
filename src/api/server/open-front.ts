/**
 * The front process: serves the app on this machine alone, and asks keepers for everything that is in a workspace.
 * No engine is loaded here; what the routes do is in app.ts.
 */
import { randomUUID } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { basename, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { getRequestListener } from "@hono/node-server";
import { destination, type Logger, pino } from "pino";
import { closeOnSignals } from "../../close-on-signals.ts";
import { type Config, readConfig } from "../../config.ts";
import { AppError } from "../../domain/app-error.ts";
import { type KeptWorkspace, keepWorkspace } from "../../kept-workspace.ts";
import type { Answer } from "../operations.ts";
import type { Session } from "../session.ts";
import { buildApp } from "./app.ts";
import { type Front, hideWorkspaces, type ServedWorkspace } from "./front.ts";
import { Jobs } from "./jobs.ts";
import { listenSomewhere } from "./listen.ts";
import { Uploads } from "./uploads.ts";
import { readWebFiles } from "./web-files.ts";

export interface FrontOptions {
  /** Folder of the workspace `main`; undefined = as the environment says. */
  readonly workspace?: string | undefined;
  readonly demoWorkspace?: string | undefined;
  /** undefined = as the environment says. */
  readonly port?: number | undefined;
  /** Which workspace the app opens with. */
  readonly first: ServedWorkspace["name"];
  /** Program and arguments of a keeper. */
  readonly keeperCommand: (folder: string) => readonly [string, ...string[]];
}

export interface OpenFront {
  /** Ends with a slash. */
  readonly url: string;
  /** A workspace, asked without the network. */
  session(name: ServedWorkspace["name"]): Session;
  /** Stops answering, cancels jobs, removes uploads, ends the keepers. */
  close(): Promise<void>;
}

const MAX_FILES = 1_000;
const MAX_PAUSE_MS = 60_000;
const TIDY_MS = 3_600_000;

/** The built app stands beside the compiled sources. */
const WEB = fileURLToPath(new URL("../../web", import.meta.url));

/** @throws AppError unavailable or invalid when the port cannot be had */
export async function openFront(options: FrontOptions): Promise<OpenFront> {
  const config = readConfig();
  const log = openFrontLog(config);
  const kept = keepWorkspaces(options, config, log);
  const front = assembleFront(options, config, kept, log);
  let port = 0;
  const app = buildApp({ front, files: await readWebFiles(WEB), port: () => port });
  const server = limitServer(createServer(getRequestListener(app.fetch, { overrideGlobalObjects: false })));
  const folders = front.workspaces.map(({ folder }) => folder);
  await front.uploads.tidy(folders);
  await listenSomewhere(server, options.port ?? config.port);
  port = (server.address() as AddressInfo).port;
  const tidying = setInterval(() => void front.uploads.tidy(folders), TIDY_MS).unref();
  return {
    url: `http://127.0.0.1:${port}/`,
    session: (name) => toSession(findKept(kept, name)),
    close: async () => {
      clearInterval(tidying);
      front.jobs.cancelAll();
      server.close();
      server.closeAllConnections();
      await Promise.allSettled([...new Set(kept.values())].map((workspace) => workspace.close()));
      await front.uploads.close();
    },
  };
}

/** Closes the front when the process is told to end. */
export function closeFrontOnSignals(front: OpenFront): void {
  closeOnSignals(front);
}

function openFrontLog({ logLevel }: Config): Logger {
  // stdout says the address and nothing else.
  return pino({ level: logLevel, base: { pid: process.pid } }, destination({ dest: 2, sync: true }));
}

type KeptByName = ReadonlyMap<ServedWorkspace["name"], KeptWorkspace>;

function keepWorkspaces(
  { workspace, demoWorkspace, keeperCommand }: FrontOptions,
  config: Config,
  log: Logger,
): KeptByName {
  const open = (folder: string) =>
    keepWorkspace({
      workspace: folder,
      command: keeperCommand,
      onLoss: ({ folder: lost, reason }) =>
        log.warn({ workspace: basename(lost), reason }, "a keeper ended; the next question starts another one"),
    });
  const main = resolve(workspace ?? config.workspace);
  const demo = resolve(demoWorkspace ?? config.demoWorkspace);
  const kept = open(main);
  return new Map([
    ["main", kept],
    ["demo", demo === main ? kept : open(demo)],
  ]);
}

function findKept(kept: KeptByName, name: ServedWorkspace["name"]): KeptWorkspace {
  const found = kept.get(name);
  if (!found) throw new AppError("not-found", `There is no workspace «${name}».`);
  return found;
}

function assembleFront({ first }: FrontOptions, { maxUploadBytes }: Config, kept: KeptByName, log: Logger): Front {
  const workspaces = [...kept].map(
    ([name, workspace]): ServedWorkspace => ({
      name,
      folder: workspace.folder,
      first: name === first,
      run: (operation, input, options) => workspace.run(operation, input, options),
    }),
  );
  const clock = () => new Date();
  const stopwatch = () => performance.now();
  const newId = () => randomUUID();
  const limits = { maxBytes: maxUploadBytes, maxFiles: MAX_FILES, maxPauseMs: MAX_PAUSE_MS };
  return {
    workspaces,
    jobs: new Jobs({ clock, stopwatch, newId }),
    uploads: new Uploads({ ...limits, clock, stopwatch, newId }),
    teller: { log, newId, hide: hideWorkspaces(workspaces) },
  };
}

/** A connection that sends slowly, or nothing, must not keep others out. */
function limitServer(server: Server): Server {
  server.headersTimeout = 10_000;
  // A large upload takes its time; pauses have a limit of their own.
  server.requestTimeout = 2 * 3_600_000;
  server.keepAliveTimeout = 5_000;
  server.maxHeadersCount = 100;
  server.maxConnections = 500;
  return server;
}

function toSession(kept: KeptWorkspace): Session {
  return {
    held: false,
    run: async (name, input, { signal, onProgress }) =>
      (await kept.run(name, input, { signal, onProgress: (value) => onProgress(value as never) })) as Answer<
        typeof name
      >,
    close: () => kept.close(),
  };
}
