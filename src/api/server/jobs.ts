/**
 * Work that outlives its request: started, looked at, cancelled. Kept in memory, finished jobs for an hour.
 * What the work is, is the routes' business.
 */
import type { Progress } from "../operation.ts";
import type { Problem } from "../problem.ts";
import { HttpError } from "./http-error.ts";

export interface Job {
  readonly job: string;
  readonly workspace: string;
  readonly kind: "import" | "rollback" | "retry" | "demo";
  readonly status: "running" | "done" | "failed" | "cancelled";
  readonly progress: Progress | null;
  /** ISO time. */
  readonly startedAt: string;
  readonly finishedAt: string | null;
  /** When done: what the operation answered. */
  readonly result?: unknown;
  /** When failed. */
  readonly problem?: Problem;
}

export interface JobWork {
  readonly workspace: string;
  readonly kind: Job["kind"];
  readonly run: (signal: AbortSignal, onProgress: (progress: Progress) => void) => Promise<unknown>;
  readonly describe: (error: unknown) => Problem;
}

export interface JobsOptions {
  readonly clock: () => Date;
  /** In ms, of this process; it never goes back. */
  readonly stopwatch: () => number;
  readonly newId: () => string;
}

const KEPT_MS = 3_600_000;
const MAX_FINISHED = 200;
const MAX_RUNNING = 20;

interface Entry {
  job: Job;
  /** By the stopwatch. */
  endedAt?: number;
  readonly abort: AbortController;
}

export class Jobs {
  readonly #options: JobsOptions;
  /** In the order they were started. */
  readonly #entries = new Map<string, Entry>();

  constructor(options: JobsOptions) {
    this.#options = options;
  }

  /** @throws HttpError 503 when too many are running */
  start(work: JobWork): Job {
    this.#tidy();
    const running = [...this.#entries.values()].filter(({ job }) => job.status === "running").length;
    if (running >= MAX_RUNNING)
      throw new HttpError(503, `There are ${running} jobs running; wait until one of them is done.`);
    const { workspace, kind } = work;
    const startedAt = this.#options.clock().toISOString();
    const id = this.#options.newId();
    const entry: Entry = {
      job: { job: id, workspace, kind, status: "running", progress: null, startedAt, finishedAt: null },
      abort: new AbortController(),
    };
    this.#entries.set(id, entry);
    void this.#follow(entry, work);
    return entry.job;
  }

  /** @throws HttpError 404 */
  get(id: string): Job {
    return this.#find(id).job;
  }

  /** Tells the job to stop; it is `cancelled` when it has. One that has ended stays as it is. @throws HttpError 404 */
  cancel(id: string): Job {
    const entry = this.#find(id);
    entry.abort.abort(new Error("cancelled"));
    return entry.job;
  }

  cancelAll(): void {
    for (const { abort } of this.#entries.values()) abort.abort(new Error("Waymark is ending."));
  }

  async #follow(entry: Entry, { run, describe }: JobWork): Promise<void> {
    const finish = (end: Partial<Job>) => {
      entry.endedAt = this.#options.stopwatch();
      entry.job = { ...entry.job, ...end, finishedAt: this.#options.clock().toISOString() };
    };
    const onProgress = (progress: Progress) => {
      if (entry.job.status === "running") entry.job = { ...entry.job, progress };
    };
    try {
      finish({ status: "done", result: await run(entry.abort.signal, onProgress) });
    } catch (error) {
      if (entry.abort.signal.aborted) finish({ status: "cancelled" });
      else finish({ status: "failed", problem: describe(error) });
    }
  }

  #find(id: string): Entry {
    this.#tidy();
    const entry = this.#entries.get(id);
    if (entry) return entry;
    throw new HttpError(404, "There is no such job; finished ones are kept for an hour.", { job: id });
  }

  #tidy(): void {
    const now = this.#options.stopwatch();
    const finished = [...this.#entries].filter(([, { endedAt }]) => endedAt !== undefined);
    const surplus = finished.length - MAX_FINISHED;
    for (const [index, [id, { endedAt = now }]] of finished.entries())
      if (index < surplus || now - endedAt > KEPT_MS) this.#entries.delete(id);
  }
}
