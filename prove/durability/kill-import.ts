/**
 * The ways in which events come in, go out and come in anew, each to be killed at any moment.
 * What must hold afterwards is said by kills.proof.ts.
 */
import { openAsBlob } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { spawnServer } from "../../scripts/spawn-server.mjs";
import { childrenOf, untilGone } from "../../test/child-processes.ts";
import { MAIN, startWaymark } from "./run-waymark.ts";
import type { Sources } from "./sources.ts";

export interface Place {
  /** Holds the workspace `main`. */
  readonly folder: string;
  readonly workspace: string;
  /** TMPDIR of what is started. */
  readonly temporary: string;
  readonly sources: Sources;
}

export interface Change {
  readonly name: string;
  /** Commands before it, not killed. */
  readonly before: readonly (readonly string[])[];
  /** Events of the live imports, before and after. */
  readonly absent: readonly number[];
  readonly complete: readonly number[];
  /** Events in the journeys, likewise, where imports share some. */
  readonly journeys?: readonly [absent: number, complete: number];
  /** Does it, and kills it after `delay` ms. @returns how long it took when it was faster */
  start(place: Place, delay: number | undefined): Promise<number | undefined>;
}

/** Begun at the moment of the call; the process and all it started die. */
async function killCommand(place: Place, args: readonly string[], delay: number | undefined, input?: string) {
  const env = { TMPDIR: place.temporary };
  const { child, ended } = startWaymark(place.workspace, args, { env, ...(input === undefined ? {} : { input }) });
  const timer = delay === undefined ? undefined : setTimeout(() => child.kill("SIGKILL"), delay);
  const { code, signal, err, ms } = await ended;
  clearTimeout(timer);
  if (signal === null && code !== 0) throw new Error(`waymark ${args.join(" ")} ended with ${code}: ${err}`);
  return signal === null ? ms : undefined;
}

async function askFor(url: string, init?: RequestInit): Promise<Record<string, unknown>> {
  const response = await fetch(url, init);
  const answer = (await response.json()) as Record<string, unknown>;
  if (!response.ok) throw new Error(`${url}: ${response.status} ${JSON.stringify(answer)}`);
  return answer;
}

/** Uploads a file and imports it; resolves when the job has ended. */
async function uploadAndImport(url: string, file: string): Promise<void> {
  const form = new FormData();
  form.append("files", await openAsBlob(file), "log.csv");
  const { upload } = await askFor(`${url}api/v1/main/uploads`, { method: "POST", body: form });
  const body = JSON.stringify({ upload });
  const headers = { "content-type": "application/json" };
  const { job } = await askFor(`${url}api/v1/main/imports`, { method: "POST", headers, body });
  for (;;) {
    const { status, problem } = await askFor(`${url}api/v1/jobs/${job}`);
    if (status === "done") return;
    if (status !== "running") throw new Error(`the job ${status}: ${JSON.stringify(problem)}`);
    await wait(20);
  }
}

/** The server and the process that keeps the workspace for it, both at once; or the server alone, and the other one sees it. */
async function killServer({ folder, temporary, sources }: Place, delay: number | undefined, alone: boolean) {
  const server = await spawnServer({ main: MAIN, folder, env: { TMPDIR: temporary } });
  const started = performance.now();
  const work = uploadAndImport(server.url, sources.path("log.csv")).then(
    () => performance.now() - started,
    (error: unknown) => error,
  );
  const outcome = await Promise.race([work, ...(delay === undefined ? [] : [wait(delay)])]);
  const keepers = await childrenOf(server.pid);
  if (outcome === undefined)
    for (const pid of alone ? [server.pid] : [server.pid, ...keepers]) process.kill(pid, "SIGKILL");
  // They are gone only when the kernel has closed their files.
  await server.stop();
  await work;
  for (const pid of keepers) if (!(await untilGone(pid))) throw new Error("the keeper of a killed server lives on");
  if (outcome instanceof Error) throw outcome;
  return outcome as number | undefined;
}

/** An import of `args`, over and over the same. */
function importOf(name: string, file: string, absent: number, events: number): Change {
  return {
    name,
    before: [],
    absent: [absent],
    complete: [absent, events],
    start: (place, delay) => killCommand(place, ["import", place.sources.path(file), "--yes"], delay),
  };
}

/** @param first events of the import that is there before all others */
export function listChanges(sources: Sources, first: number): readonly Change[] {
  const { good, bad, rows, path } = sources;
  const mapped = (file: string) => ["import", path("log.csv"), "--mapping", path(file)];
  return [
    importOf("CSV", "log.csv", first, good),
    importOf("ZIP", "log.zip", first, good),
    importOf("XLSX", "log.xlsx", first, good),
    importOf("OCEL, SQLite", "log.sqlite", first, rows),
    {
      ...importOf("standard input", "log.csv", first, good),
      start: (place, delay) => killCommand(place, ["import", "-", "--yes"], delay, path("log.csv")),
    },
    {
      ...importOf("HTTP upload", "log.csv", first, good),
      start: (place, delay) => killServer(place, delay, false),
    },
    {
      ...importOf("HTTP upload, the server alone", "log.csv", first, good),
      start: (place, delay) => killServer(place, delay, true),
    },
    {
      name: "retry of rejects",
      before: [mapped("by-event.yaml")],
      absent: [first, good],
      complete: [first, good, bad],
      start: (place, delay) =>
        killCommand(place, ["imports", "retry", "2", "--set", "timestamp=2024-05-05T05:05:05"], delay),
    },
    {
      name: "rollback",
      before: [mapped("by-event.yaml")],
      absent: [first, good],
      complete: [first],
      start: (place, delay) => killCommand(place, ["imports", "rollback", "2"], delay),
    },
    {
      name: "--replace",
      before: [mapped("by-event.yaml")],
      absent: [first, good],
      // The events had been there: none is added, all of them stand in the new form.
      complete: [first, 0],
      journeys: [first + good, first + good],
      start: (place, delay) => killCommand(place, [...mapped("by-note.yaml"), "--replace"], delay),
    },
  ];
}
