/**
 * `verify`: methods for moments of truth, and pain points, on worlds whose truth is known; many seeds, averaged.
 * It opens no workspace: each run fills a scratch store of its own.
 */
import { join } from "node:path";
import { z } from "zod";
import { AppError } from "../domain/app-error.ts";
import { findScenario, SCENARIOS, type ScenarioName } from "../ingest/planted/scenario.ts";
import { FRICTION_SCENARIOS, type FrictionRun } from "../ingest/planted/simulate-frictions.ts";
import type { PlantedRun } from "../ingest/planted/simulate-planted.ts";
import { writeFrictionFiles, writePlantedFiles } from "../ingest/planted/write-planted-files.ts";
import { openScratchEvents, type Platform } from "../platform.ts";
import type { Call } from "./operation.ts";
import { type ScoredFrictionRun, verifyFrictionRun } from "./verify-friction-run.ts";
import { averageFrictions, frictionScoresSchema } from "./verify-friction-score.ts";
import { type ScoredRun, verifyRun } from "./verify-run.ts";
import { averageRuns, METHODS, methodScoreSchema } from "./verify-score.ts";

export interface VerifyRequest {
  readonly seeds: number;
  readonly customers: number;
  /** One of the scenarios, with frictions or with moments; left out: all of them. */
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
  /** Over all runs of friction worlds. */
  frictions: frictionScoresSchema,
  /** Folders that were written. */
  written: z.array(z.string()),
});
export type VerifyReport = z.infer<typeof verifyReportSchema>;

const isFriction = (run: PlantedRun | FrictionRun): run is FrictionRun =>
  FRICTION_SCENARIOS.some((name) => name === run.scenario);

/** Every seed in every scenario, seed by seed: stopped early, all scenarios have been seen. */
export function listRuns({ seeds, customers, scenario }: VerifyRequest): (PlantedRun | FrictionRun)[] {
  const known = [...SCENARIOS, ...FRICTION_SCENARIOS];
  const names = known.filter((name) => scenario === undefined || name === scenario);
  if (names.length === 0)
    throw new AppError("invalid", `There is no scenario "${scenario}". Known: ${known.join(", ")}.`, { scenario });
  return Array.from({ length: seeds }, (_, at) =>
    names.map((name) => ({ scenario: name, seed: at + 1, customers }) as PlantedRun | FrictionRun),
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
  const scenarios = SCENARIOS.flatMap((name: ScenarioName) => {
    const some = runs.filter(({ scenario }) => scenario === name);
    const { summary } = findScenario(name);
    return some.length === 0 ? [] : [{ name, summary, runs: some.length, methods: average(some) }];
  });
  return { methods: average(runs), scenarios };
}

/** Runs scored so far. */
interface Scored {
  readonly moments: ScoredRun[];
  readonly frictions: ScoredFrictionRun[];
}

async function runOne(
  events: Platform["events"],
  run: PlantedRun | FrictionRun,
  into: Scored,
  signal: AbortSignal,
): Promise<void> {
  if (isFriction(run)) into.frictions.push(await verifyFrictionRun(events, run, signal));
  else into.moments.push(await verifyRun(events, run, signal));
}

/** @returns the folder */
async function writeFiles(into: string, run: PlantedRun | FrictionRun): Promise<string> {
  const folder = join(into, `${run.scenario}-${run.seed}`);
  await (isFriction(run) ? writeFrictionFiles(folder, run) : writePlantedFiles(folder, run));
  return folder;
}

/**
 * Runs every seed of every scenario, and writes their files when a folder is named.
 * @throws AppError invalid (no such scenario), unavailable (no engine); and when the call is stopped
 */
export async function verify(request: VerifyRequest, { signal, onProgress }: Call): Promise<VerifyReport> {
  const runs = listRuns(request);
  const scratch = await openScratchEvents(() => new Date());
  const scored: Scored = { moments: [], frictions: [] };
  const written: string[] = [];
  const total = runs.length * request.customers;
  try {
    for (const [at, run] of runs.entries()) {
      signal.throwIfAborted();
      onProgress({ phase: "worlds whose truth is known", done: at * run.customers, total, unit: "customers" });
      if (request.write !== undefined) written.push(await writeFiles(request.write, run));
      await runOne(scratch.events, run, scored, signal);
    }
  } finally {
    await scratch.close();
  }
  return {
    ...{ seeds: request.seeds, customers: request.customers, ...summarizeRuns(scored.moments) },
    ...{ frictions: averageFrictions(scored.frictions.map(({ score }) => score)), written },
  };
}
