/**
 * The app on a real workspace in a temporary folder, asked without sockets; for the tests beside it.
 * Processes, ports and keepers are in serve.test.ts.
 */
import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { seedStateFolder } from "../../../test/state-folder.ts";
import type { Call } from "../operation.ts";
import { openSession } from "../session.ts";
import { buildApp } from "./app.ts";
import { hideWorkspaces, type ServedWorkspace } from "./front.ts";
import { type Job, Jobs } from "./jobs.ts";
import { Uploads } from "./uploads.ts";
import { readWebFiles, type WebFiles } from "./web-files.ts";

export const PORT = 4477;

export interface ServedApp {
  /** The folder of both workspaces: the engine takes one folder a process. */
  readonly folder: string;
  readonly uploads: Uploads;
  readonly logged: { readonly error: unknown; readonly id: unknown }[];
  /** Answers the next question instead of the workspace. */
  answerNext(run: ServedWorkspace["run"]): void;
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** POST with JSON. */
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>;
  upload(files: Readonly<Record<string, string | Uint8Array>>): Promise<Response>;
  /** Waits for the end of the job that a response began. */
  finish(response: Response): Promise<Job>;
  close(): Promise<void>;
}

export interface ServedAppOptions {
  readonly maxBytes?: number;
  readonly maxFiles?: number;
  readonly maxPauseMs?: number;
  readonly clock?: () => Date;
  readonly files?: WebFiles;
}

export async function openServedApp(options: ServedAppOptions = {}): Promise<ServedApp> {
  const parent = await mkdtemp(join(tmpdir(), "waymark-served-"));
  const folder = join(parent, "main");
  await seedStateFolder(folder);
  const session = await openSession({ workspace: folder });
  const answers: ServedWorkspace["run"][] = [];
  const run: ServedWorkspace["run"] = async (operation, input, asked = {}) => {
    const instead = answers.shift();
    if (instead) return instead(operation, input, asked);
    const { signal, onProgress } = asked;
    const call: Call = { signal: signal ?? new AbortController().signal, onProgress: onProgress ?? (() => undefined) };
    return session.run(operation as never, input as never, call);
  };
  const workspaces: ServedWorkspace[] = [
    { name: "main", folder, first: true, run },
    { name: "demo", folder, first: false, run },
  ];
  const { maxBytes = 2 ** 20, maxFiles = 5, maxPauseMs = 5_000, clock = () => new Date() } = options;
  const stopwatch = () => clock().getTime();
  const uploads = new Uploads({ clock, stopwatch, newId: randomUUID, maxBytes, maxFiles, maxPauseMs });
  const logged: { error: unknown; id: unknown }[] = [];
  const log = {
    error: ({ err, id }: { err: unknown; id: unknown }) => void logged.push({ error: err, id }),
    warn: () => undefined,
    info: () => undefined,
  };
  const front = {
    workspaces,
    jobs: new Jobs({ clock, stopwatch, newId: randomUUID }),
    uploads,
    teller: { log: log as never, newId: randomUUID, hide: hideWorkspaces(workspaces) },
  };
  const files = options.files ?? (await readWebFiles(join(parent, "none")));
  const app = buildApp({ front, files, port: () => PORT });
  const fetch: ServedApp["fetch"] = async (path, init = {}) => {
    const headers = new Headers(init.headers);
    if (!headers.has("host")) headers.set("host", `127.0.0.1:${PORT}`);
    return app.request(`http://127.0.0.1:${PORT}${path}`, { ...init, headers });
  };
  const post: ServedApp["post"] = (path, body = {}, headers = {}) =>
    fetch(path, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: typeof body === "string" ? body : JSON.stringify(body),
    });
  return {
    folder,
    uploads,
    logged,
    answerNext: (answer) => void answers.push(answer),
    fetch,
    post,
    upload: (named) => {
      const form = new FormData();
      for (const [name, content] of Object.entries(named)) form.append("files", new Blob([content as never]), name);
      return fetch("/api/v1/main/uploads", { method: "POST", body: form });
    },
    finish: async (response) => {
      let job = (await response.json()) as Job;
      while (job.status === "running") {
        await wait(20);
        job = (await (await fetch(`/api/v1/jobs/${job.job}`)).json()) as Job;
      }
      return job;
    },
    close: async () => {
      await session.close({ abort: true });
      await rm(parent, { recursive: true, force: true });
    },
  };
}
