/**
 * One run of `verify` on frictions: a world's events into a scratch store, its pain points asked, the answer scored.
 * Which runs there are is in verify.ts, how they are averaged in verify-friction-score.ts.
 */
import { analyzePainPoints, measurePainPoints } from "../analysis/pain-points.ts";
import type { PainPointsReport } from "../analysis/pain-points-schema.ts";
import { loadPlanted } from "../ingest/planted/load-planted.ts";
import { type FrictionRun, type FrictionTruthReport, simulateFrictions } from "../ingest/planted/simulate-frictions.ts";
import type { Platform } from "../platform.ts";
import { type FrictionRunScore, type FrictionVerdict, scoreFrictions } from "./verify-friction-score.ts";
import { usualHalf } from "./verify-run.ts";

export interface ScoredFrictionRun extends FrictionRun {
  readonly score: FrictionRunScore;
}

const LEVEL = 0.05;

/** What a report says of each friction; intervals of claims are brought back to 95 %, which is what coverage is counted at. */
function readFrictionVerdicts({
  painPoints,
  rejected,
  tested,
}: Pick<PainPointsReport, "painPoints" | "rejected" | "tested">): FrictionVerdict[] {
  const claims = painPoints.filter(({ incident }) => !incident);
  const alpha = (LEVEL * claims.length) / Math.max(1, tested);
  const known = <Point extends { effect: number | null; low: number | null; high: number | null }>(point: Point) =>
    point.effect === null || point.low === null || point.high === null
      ? []
      : [{ ...point, effect: point.effect, low: point.low, high: point.high }];
  return [
    ...claims.flatMap(known).map(({ kind, touchpoint, property, effect, low, high }) => {
      const half = usualHalf((high - low) / 2, alpha);
      return { kind, touchpoint, property, claimed: true, effect, low: effect - half, high: effect + half };
    }),
    ...rejected.flatMap(known).map(({ kind, touchpoint, property, effect, low, high }) => ({
      ...{ kind, touchpoint, property, claimed: false, effect, low, high },
    })),
  ];
}

/**
 * Fills the store with a friction world and asks for its pain points; for dated incidents too where nothing is planted, so
 * that one of them would be false.
 */
async function askFrictions(events: Platform["events"], run: FrictionRun, signal?: AbortSignal) {
  const simulation = simulateFrictions(run);
  const touchpoints = await loadPlanted(events, simulation.customers, signal);
  const truth: FrictionTruthReport = simulation.truth();
  const context = {
    ...{ store: events, touchpoints, objectTypes: ["order"], defaultJourney: "life", zone: "UTC", currency: "" },
    promises: truth.promises,
    source: "journeys",
  } as const;
  const { outcome, withinMs } = truth;
  const query = { journey: "life", outcome: `touchpoint = "${outcome}"`, withinMs };
  if (run.scenario === "frictions-null") return { truth, report: await analyzePainPoints(context, query) };
  const { tested, decision } = await measurePainPoints(context, query);
  return { truth, report: { tested, ...decision } };
}

/** @throws AppError as the engine does, and when `signal` stops it */
export async function verifyFrictionRun(
  events: Platform["events"],
  run: FrictionRun,
  signal?: AbortSignal,
): Promise<ScoredFrictionRun> {
  const { truth, report } = await askFrictions(events, run, signal);
  const incidents = report.painPoints.filter(({ incident }) => incident).length;
  return { ...run, score: scoreFrictions(readFrictionVerdicts(report), truth.frictions, incidents) };
}
