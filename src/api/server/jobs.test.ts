/**
 * Whether jobs are told truly, can be stopped, and are forgotten in time.
 * What they do over the network is tested in import-over-network.test.ts.
 */
import { setImmediate as turn } from "node:timers/promises";
import { expect, test } from "vitest";
import { toProblem } from "../problem.ts";
import { Jobs, type JobWork } from "./jobs.ts";

let now = 0;
let ids = 0;
const openJobs = () => new Jobs({ clock: () => new Date(now), stopwatch: () => now, newId: () => String(++ids) });
const work = (run: JobWork["run"]): JobWork => ({ workspace: "main", kind: "import", run, describe: toProblem });

test("progress, then the result", async () => {
  const jobs = openJobs();
  let finish = (_: unknown) => {};
  const progress = { phase: "reading", done: 1, total: 2, unit: "bytes" } as const;
  const { job, status } = jobs.start(
    work((_, onProgress) => {
      onProgress(progress);
      return new Promise((resolve) => {
        finish = resolve;
      });
    }),
  );
  expect(status).toBe("running");
  expect(jobs.get(job)).toMatchObject({ status: "running", progress, finishedAt: null });
  finish({ answer: 42 });
  await turn();
  expect(jobs.get(job)).toMatchObject({
    status: "done",
    result: { answer: 42 },
    finishedAt: new Date(now).toISOString(),
  });
});

test("a failure has a problem; one after a cancel is a cancellation", async () => {
  const jobs = openJobs();
  const failed = jobs.start(work(() => Promise.reject(new Error("broken"))));
  const stopped = jobs.start(
    work((signal) => new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)))),
  );
  const deaf = jobs.start(work(() => turn("done all the same")));
  jobs.cancel(stopped.job);
  jobs.cancel(deaf.job);
  await turn();
  await turn();
  expect(jobs.get(failed.job)).toMatchObject({ status: "failed", problem: { status: 500, detail: "broken" } });
  expect(jobs.get(stopped.job)).toMatchObject({ status: "cancelled" });
  expect(jobs.get(deaf.job)).toMatchObject({ status: "done" });
  expect(jobs.cancel(failed.job)).toMatchObject({ status: "failed" });
});

test("finished jobs are kept for an hour, and not without end; running ones are not forgotten", async () => {
  const jobs = openJobs();
  const running = jobs.start(work(() => new Promise(() => undefined)));
  const old = jobs.start(work(async () => 1));
  await turn();
  now += 3_600_001;
  expect(() => jobs.get(old.job)).toThrow(/kept for an hour/u);
  const many: string[] = [];
  for (let count = 0; count < 205; count++) {
    many.push(jobs.start(work(async () => count)).job);
    await turn();
  }
  expect(() => jobs.get(many[4] ?? "")).toThrow();
  expect(jobs.get(many[5] ?? "")).toMatchObject({ status: "done", result: 5 });
  expect(jobs.get(running.job)).toMatchObject({ status: "running" });
});

test("too many at once are refused", () => {
  const jobs = openJobs();
  const endless = work(() => new Promise(() => undefined));
  for (let count = 0; count < 20; count++) jobs.start(endless);
  expect(() => jobs.start(endless)).toThrow(/20 jobs running/u);
});

test("a clock that is set forward forgets nothing", async () => {
  let wall = 0;
  const jobs = new Jobs({ clock: () => new Date(wall), stopwatch: () => 0, newId: () => String(++ids) });
  const { job } = jobs.start(work(async () => "done"));
  await turn();
  wall = Date.parse("2099-01-01");
  expect(jobs.get(job)).toMatchObject({ status: "done", result: "done" });
});
