/**
 * One workspace under measurement: import with the moment it goes live, preparation, refresh, maps.
 * It goes through the same parts as the command line, only with a stopwatch between them.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { analyzeMeasuredJourney, type MeasuredJourneyReport } from "../src/analysis/measured-journey.ts";
import { readContext } from "../src/api/answer.ts";
import { runOperation } from "../src/api/operations.ts";
import { readConfig } from "../src/config.ts";
import { importEvents } from "../src/ingest/import-events.ts";
import { holdMerges } from "../src/ingest/import-tables.ts";
import { prepareJourneys } from "../src/ingest/prepare-journeys.ts";
import { prepareSources } from "../src/ingest/prepare-sources.ts";
import { loadRecipe } from "../src/ingest/recipes.ts";
import { rollbackImport } from "../src/ingest/rollback-import.ts";
import { openPlatform, type Platform } from "../src/platform.ts";
import type { StateStore } from "../src/store/state-store.ts";
import { time } from "./stopwatch.ts";

const quiet = { signal: new AbortController().signal, onProgress: () => {} };

/** The state store with a note of when an import was committed. */
function noteCommit(state: StateStore, note: () => void): StateStore {
  return new Proxy(state, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== "function") return value;
      if (name !== "commitImport") return value.bind(target);
      return async (id: number) => {
        await target.commitImport(id);
        note();
      };
    },
  });
}

export class WorkspaceRun {
  readonly platform: Platform;
  readonly #dir: string;

  private constructor(platform: Platform, dir: string) {
    this.platform = platform;
    this.#dir = dir;
  }

  static async open(): Promise<WorkspaceRun> {
    const dir = await mkdtemp(join(tmpdir(), "waymark-bench-"));
    const platform = await openPlatform({ workspace: dir, config: readConfig({}), clock: () => new Date() });
    return new WorkspaceRun(platform, dir);
  }

  async close(): Promise<void> {
    await this.platform.close();
    await rm(this.#dir, { recursive: true, force: true });
  }

  /** Seconds from the start of the import (files found, sampled and read) to its live flag, and to its end. */
  async importFile(path: string): Promise<{ id: number; live: number; whole: number }> {
    const { events, state, clock, workspace } = this.platform;
    const start = performance.now();
    let live = Number.NaN;
    const watched = noteCommit(state, () => {
      live = (performance.now() - start) / 1000;
    });
    const tempDir = await mkdtemp(join(this.#dir, "sources-"));
    const { sources } = await prepareSources([path], tempDir, { events });
    const report = await importEvents(
      { events, state: watched, workspaceDir: workspace, clock },
      { paths: [path], mapping: await loadRecipe("generic"), sources },
    );
    return { id: report.id, live, whole: (performance.now() - start) / 1000 };
  }

  async rollback(id: number): Promise<void> {
    await rollbackImport({ ...this.platform, workspaceDir: this.platform.workspace }, id);
  }

  async #plan() {
    const { state } = this.platform;
    const live = (await state.listImports()).filter(({ status }) => status === "live").map(({ id }) => id);
    return { liveImports: live, touchpoints: await state.listTouchpoints(), version: 1_000_000 + performance.now() };
  }

  /** Prepares everybody anew, undisturbed by merges, as within an import. */
  async prepareAll(): Promise<number> {
    const plan = await this.#plan();
    await holdMerges(this.platform.events, true);
    await this.platform.events.command("TRUNCATE TABLE journey_rows");
    const seconds = await time(() =>
      prepareJourneys(this.platform.events, { ...plan, version: Math.floor(plan.version), owners: "all" }),
    );
    await holdMerges(this.platform.events, false);
    return seconds;
  }

  /** Prepares the customers of one import anew. */
  async refresh(of: number): Promise<number> {
    const plan = await this.#plan();
    return time(() =>
      prepareJourneys(this.platform.events, { ...plan, version: Math.floor(plan.version), owners: { of } }),
    );
  }

  /** The map, computed. */
  async map(where?: string): Promise<MeasuredJourneyReport> {
    return analyzeMeasuredJourney(await readContext(this.platform), { journey: "life", ...(where ? { where } : {}) });
  }

  /** The map as the command line asks for it: the second time from the stored answers. */
  async ask(): Promise<unknown> {
    return runOperation(this.platform, "map", { journey: "life" }, quiet);
  }
}
