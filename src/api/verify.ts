/**
 * `verify`: methods for moments of truth on worlds whose truth is known, many seeds, averaged by method and scenario.
 * It opens no workspace: each run fills a scratch store of its own.
 */
import { join } from "node:path";
import { z } from "zod";
import { findScenario, SCENARIOS, type ScenarioName } from "../ingest/planted/scenario.ts";
import type { PlantedRun } from "../ingest/planted/simulate-planted.ts";
import { writePlantedFiles } from "../ingest/planted/write-planted-files.ts";
import { openScratchEvents } from "../platform.ts";
import type { Call } from "./operation.ts";
import { type ScoredRun, verifyRun } from "./verify-run.ts";
import { averageRuns, METHODS, methodScoreSchema } from "./verify-score.ts";

export interface VerifyRequest {
  readonly seeds: number;
  readonly customers: number;
  /** One of the scenarios; left out: all of them. */
  readonly scenario?: string;
  /** Folder for the events and the truth of each run; absolute. */
  readonly write?: string;
}

export const verifyReportSchema = z.object({
  seeds: z.int(),
  customers: z.int(),
  /** Over all runs. False discoveries and recall count where moments are planted, the null where none are. */
  methods: z.array(methodScoreSchema),
  scenarios: z.array(
    z.object({
      name: z.enum(SCENARIOS),
      summary: z.string(),
      runs: z.int(),
      methods: z.array(methodScoreSchema),
    }),
  ),
  /** Folders that were written. */
  written: z.array(z.string()),
});
export type VerifyReport = z.infer<typeof verifyReportSchema>;

/** Every seed in every scenario, seed by seed: stopped early, all scenarios have been seen. */
export function listRuns({ seeds, customers, scenario }: VerifyRequest): PlantedRun[] {
  const names: readonly ScenarioName[] = scenario === undefined ? SCENARIOS : [findScenario(scenario).name];
  return Array.from({ length: seeds }, (_, at) =>
    names.map((name) => ({ scenario: name, seed: at + 1, customers })),
  ).flat();
}

/** The averages over runs that were scored before. */
export function summarizeRuns(runs: readonly ScoredRun[]): Pick<VerifyReport, "methods" | "scenarios"> {
  const average = (some: readonly ScoredRun[]) =>
    METHODS.map((method) =>
      averageRuns(
        method,
        some.map(({ scores }) => scores[method]),
      ),
    );
  const scenarios = SCENARIOS.flatMap((name) => {
    const some = runs.filter(({ scenario }) => scenario === name);
    const { summary } = findScenario(name);
    return some.length === 0 ? [] : [{ name, summary, runs: some.length, methods: average(some) }];
  });
  return { methods: average(runs), scenarios };
}

/**
 * Runs every seed of every scenario, and writes their files when a folder is named.
 * @throws AppError invalid (no such scenario), unavailable (no engine); and when the call is stopped
 */
export async function verify(request: VerifyRequest, { signal, onProgress }: Call): Promise<VerifyReport> {
  const runs = listRuns(request);
  const scratch = await openScratchEvents(() => new Date());
  const scored: ScoredRun[] = [];
  const written: string[] = [];
  const total = runs.length * request.customers;
  try {
    for (const run of runs) {
      signal.throwIfAborted();
      onProgress({
        phase: "worlds with planted moments",
        done: scored.length * run.customers,
        total,
        unit: "customers",
      });
      if (request.write !== undefined) {
        const folder = join(request.write, `${run.scenario}-${run.seed}`);
        await writePlantedFiles(folder, run);
        written.push(folder);
      }
      scored.push(await verifyRun(scratch.events, run, signal));
    }
  } finally {
    await scratch.close();
  }
  return { seeds: request.seeds, customers: request.customers, ...summarizeRuns(scored), written };
}
