/**
 * One run of `verify`: a planted world's events into a scratch store, every method asked, every answer scored.
 * Which runs there are and how they are averaged is in verify.ts and verify-score.ts.
 */
import type { AnalysisContext } from "../analysis/context.ts";
import { analyzeMoments } from "../analysis/moments.ts";
import type { MomentsReport } from "../analysis/moments-schema.ts";
import { analyzeNaiveMoments, NAIVE_METHODS } from "../analysis/naive-moments.ts";
import { loadPlanted } from "../ingest/planted/load-planted.ts";
import { type PlantedRun, type PlantedTruth, simulatePlanted } from "../ingest/planted/simulate-planted.ts";
import type { Platform } from "../platform.ts";
import { studentQuantile } from "../stats/quantile.ts";
import { type Method, type RunScore, scoreRun, type Verdict } from "./verify-score.ts";

export interface ScoredRun extends PlantedRun {
  readonly scores: Readonly<Record<Method, RunScore>>;
}

/** Degrees of freedom of the cluster variance: 100 buckets of customers. */
const FREEDOM = 99;
const LEVEL = 0.05;

/** Half a 95 % interval, from half of one that fails with probability `alpha`. */
export function usualHalf(half: number, alpha: number): number {
  return (half * studentQuantile(1 - LEVEL / 2, FREEDOM)) / studentQuantile(1 - alpha / 2, FREEDOM);
}

/**
 * What a report says of each touchpoint. Claims have wider intervals, for having been chosen (1 − .05 · claims / tested);
 * coverage is counted at 95 %, which is what the standard error promises of each.
 */
export function readVerdicts({ claims, rejected, tested }: MomentsReport): Verdict[] {
  const alpha = (LEVEL * claims.length) / Math.max(1, tested);
  return [
    ...claims.map(({ touchpoint, effect, low, high }) => {
      const half = usualHalf((high - low) / 2, alpha);
      return { touchpoint, claimed: true, effect, low: effect - half, high: effect + half };
    }),
    ...rejected.flatMap(({ touchpoint, effect, low, high }) =>
      effect === null ? [] : [{ touchpoint, claimed: false, effect, low, high }],
    ),
  ];
}

async function askEveryMethod(context: AnalysisContext, { outcome, withinMs }: PlantedTruth) {
  const naive = await analyzeNaiveMoments(context, { outcome, withinMs });
  const report = await analyzeMoments(context, {
    journey: "life",
    outcome: `touchpoint = "${outcome}"`,
    withinMs,
    contrast: "presence",
  });
  return { waymark: readVerdicts(report), ...naive };
}

/** @throws AppError as the engine does, and when `signal` stops it */
export async function verifyRun(events: Platform["events"], run: PlantedRun, signal?: AbortSignal): Promise<ScoredRun> {
  const simulation = simulatePlanted(run);
  const touchpoints = await loadPlanted(events, simulation.customers, signal);
  const truth = simulation.truth();
  const context = {
    ...{ store: events, touchpoints, objectTypes: ["order"], defaultJourney: "life", zone: "UTC", currency: "" },
    source: "journeys",
  } as const;
  const verdicts = await askEveryMethod(context, truth);
  const score = (method: Method) => scoreRun(verdicts[method], truth.touchpoints);
  const naive = Object.fromEntries(NAIVE_METHODS.map((method) => [method, score(method)]));
  return {
    ...run,
    scores: { waymark: score("waymark"), ...(naive as Record<(typeof NAIVE_METHODS)[number], RunScore>) },
  };
}
