/**
 * Scores what methods claim against what is true: false discoveries, what was found, signs, and how often intervals hold.
 * It knows no data and asks nobody; the runs come from verify-run.ts.
 */
import { z } from "zod";

export const METHODS = ["waymark", "odds-ratio", "top-k", "regression", "markov"] as const;
export type Method = (typeof METHODS)[number];

/** What a method says of one touchpoint. */
export interface Verdict {
  readonly touchpoint: string;
  readonly claimed: boolean;
  readonly effect: number;
  /** Of a 95 % interval of the effect, as a fraction; null for methods without one. */
  readonly low: number | null;
  readonly high: number | null;
}

/** What is true of it. */
export interface Fact {
  readonly touchpoint: string;
  readonly kind: "planted" | "decoy" | "null" | "structural";
  readonly effect: number | null;
}

const KINDS = ["planted", "null", "decoy"] as const;

/** Intervals that hold the truth, of how many. */
export interface Held {
  readonly held: number;
  readonly of: number;
}

/** One method on one run, as counts that add up. */
export interface RunScore {
  readonly claims: number;
  readonly falseClaims: number;
  readonly planted: number;
  readonly found: number;
  readonly signErrors: number;
  /** null for methods without intervals. */
  readonly held: Readonly<Record<(typeof KINDS)[number], Held>> | null;
}

function countHeld(verdicts: readonly Verdict[], facts: ReadonlyMap<string, Fact>, kind: Fact["kind"]): Held {
  let [held, of] = [0, 0];
  for (const { touchpoint, low, high } of verdicts) {
    const fact = facts.get(touchpoint);
    if (fact?.kind !== kind || fact.effect === null || low === null || high === null) continue;
    of += 1;
    if (low <= fact.effect && fact.effect <= high) held += 1;
  }
  return { held, of };
}

/** A planted moment claimed with the wrong sign is a sign error, and not found. */
export function scoreRun(verdicts: readonly Verdict[], truth: readonly Fact[]): RunScore {
  const facts = new Map(truth.map((fact) => [fact.touchpoint, fact]));
  const claims = verdicts.filter(({ claimed }) => claimed);
  const onPlanted = claims.flatMap(({ touchpoint, effect }) => {
    const fact = facts.get(touchpoint);
    return fact?.kind === "planted" ? [Math.sign(effect) === Math.sign(fact.effect ?? 0)] : [];
  });
  const found = onPlanted.filter(Boolean).length;
  const heldOf = (kind: Fact["kind"]) => countHeld(verdicts, facts, kind);
  return {
    claims: claims.length,
    falseClaims: claims.length - onPlanted.length,
    planted: truth.filter(({ kind }) => kind === "planted").length,
    found,
    signErrors: onPlanted.length - found,
    held: verdicts.some(({ low }) => low !== null)
      ? { planted: heldOf("planted"), null: heldOf("null"), decoy: heldOf("decoy") }
      : null,
  };
}

const share = z.number().min(0).max(1);
const coverageSchema = z.object({ planted: share.nullable(), null: share.nullable(), decoy: share.nullable() });

export const methodScoreSchema = z.object({
  id: z.enum(METHODS),
  /** Mean over runs of the share of claims that are false; null without a run that has planted moments. */
  fdr: share.nullable(),
  /** Mean over runs of the share of planted moments claimed with the right sign; null as before. */
  recall: share.nullable(),
  /** Planted moments claimed with the wrong sign, over all runs. */
  signErrors: z.int(),
  /** Share of the runs without any planted moment in which something was claimed; null without such a run. */
  falseClaimUnderNull: share.nullable(),
  /** Share of 95 % intervals that hold the truth; null for methods without intervals. */
  coverage: coverageSchema,
});
export type MethodScore = z.infer<typeof methodScoreSchema>;

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function coverageOf(runs: readonly RunScore[], kind: (typeof KINDS)[number]): number | null {
  const counts = runs.flatMap(({ held }) => (held ? [held[kind]] : []));
  const of = counts.reduce((sum, count) => sum + count.of, 0);
  return of === 0 ? null : counts.reduce((sum, count) => sum + count.held, 0) / of;
}

/** @param runs of one method; those without planted moments are the global null */
export function averageRuns(id: Method, runs: readonly RunScore[]): MethodScore {
  const planted = runs.filter((run) => run.planted > 0);
  const empty = runs.filter((run) => run.planted === 0);
  return {
    id,
    fdr: mean(planted.map(({ falseClaims, claims }) => falseClaims / Math.max(1, claims))),
    recall: mean(planted.map((run) => run.found / run.planted)),
    signErrors: runs.reduce((sum, run) => sum + run.signErrors, 0),
    falseClaimUnderNull: mean(empty.map(({ claims }) => (claims > 0 ? 1 : 0))),
    coverage: {
      planted: coverageOf(runs, "planted"),
      null: coverageOf(runs, "null"),
      decoy: coverageOf(runs, "decoy"),
    },
  };
}
