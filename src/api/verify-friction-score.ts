/**
 * Scores what is said of planted frictions against what is true of them: how far off, how often intervals hold, what is found.
 * It knows no data and asks nobody; the runs come from verify-friction-run.ts.
 */
import { z } from "zod";
import { FRICTION_KINDS, type FrictionKind, frictionKindSchema } from "../domain/friction.ts";

interface Named {
  readonly kind: FrictionKind;
  readonly touchpoint: string;
  readonly property: string | null;
}

/** What is said of one friction: its effect and a 95 % interval, as fractions of the outcome or, of drop-offs, of leaving. */
export interface FrictionVerdict extends Named {
  readonly claimed: boolean;
  readonly effect: number;
  readonly low: number;
  readonly high: number;
}

/** What is true of it. */
export interface FrictionFact extends Named {
  readonly planted: boolean;
  readonly effect: number;
}

/** Counts and sums that add up over runs. */
interface FrictionSums {
  readonly measured: number;
  /** Σ of harm said − harm done. */
  readonly error: number;
  readonly held: number;
  /** Of those measured and those that were too few to measure. */
  readonly there: number;
  readonly claimed: number;
}

export interface FrictionRunScore {
  /** Whether anything was put in. */
  readonly planted: boolean;
  /** Of whatever kind, dated incidents among them. */
  readonly claims: number;
  readonly kinds: readonly (FrictionSums & { readonly kind: FrictionKind; readonly planted: boolean })[];
}

const keyOf = ({ kind, touchpoint, property }: Named) => JSON.stringify([kind, touchpoint, property]);
/** More leaving is harm, and fewer outcomes are. */
const harmOf = (kind: FrictionKind, effect: number) => (kind === "drop-off" ? effect : -effect);

function sumUp(facts: readonly FrictionFact[], verdicts: ReadonlyMap<string, FrictionVerdict>): FrictionSums {
  const sums = { measured: 0, error: 0, held: 0, there: facts.length, claimed: 0 };
  for (const fact of facts) {
    const verdict = verdicts.get(keyOf(fact));
    if (!verdict) continue;
    sums.measured += 1;
    sums.error += harmOf(fact.kind, verdict.effect) - harmOf(fact.kind, fact.effect);
    if (verdict.low <= fact.effect && fact.effect <= verdict.high) sums.held += 1;
    if (verdict.claimed) sums.claimed += 1;
  }
  return sums;
}

/** @param incidents dated incidents that were claimed: no world has one */
export function scoreFrictions(
  verdicts: readonly FrictionVerdict[],
  facts: readonly FrictionFact[],
  incidents: number,
): FrictionRunScore {
  const byKey = new Map(verdicts.map((verdict) => [keyOf(verdict), verdict]));
  const kinds = FRICTION_KINDS.flatMap((kind) =>
    [true, false].flatMap((planted) => {
      const some = facts.filter((fact) => fact.kind === kind && fact.planted === planted);
      return some.length === 0 ? [] : [{ kind, planted, ...sumUp(some, byKey) }];
    }),
  );
  return {
    planted: facts.some(({ planted }) => planted),
    claims: verdicts.filter(({ claimed }) => claimed).length + incidents,
    kinds,
  };
}

const share = z.number().min(0).max(1).nullable();

const nothingSchema = z.object({ measured: z.int(), bias: z.number().nullable(), coverage: share, claimed: share });

export const frictionScoresSchema = z.object({
  /** Worlds with planted frictions, and null worlds. */
  runs: z.int(),
  /** Mean of harm said − harm done, over planted frictions; below zero where too little is said. */
  bias: z.number().nullable(),
  /** Share of 95 % intervals that hold the truth, over planted frictions. */
  coverage: share,
  /** Share of planted frictions that are claimed. */
  recall: share,
  /** Share of the null worlds in which anything is claimed, be it a dated incident. */
  falseClaimUnderNull: share,
  /** Of all into which nothing was put, in worlds where others do harm and in null worlds. */
  nothing: nothingSchema,
  byKind: z.array(
    z.object({
      kind: frictionKindSchema,
      /** Planted frictions that could be measured. */
      measured: z.int(),
      bias: z.number().nullable(),
      coverage: share,
      recall: share,
      nothing: nothingSchema,
    }),
  ),
});
export type FrictionScores = z.infer<typeof frictionScoresSchema>;

function addUp(some: readonly FrictionSums[]): FrictionSums {
  const of = (read: (sums: FrictionSums) => number) => some.reduce((sum, one) => sum + read(one), 0);
  return {
    measured: of(({ measured }) => measured),
    error: of(({ error }) => error),
    held: of(({ held }) => held),
    there: of(({ there }) => there),
    claimed: of(({ claimed }) => claimed),
  };
}

const ratio = (part: number, of: number) => (of === 0 ? null : part / of);

function describeNothing(some: readonly FrictionSums[]): FrictionScores["nothing"] {
  const none = addUp(some);
  return {
    measured: none.measured,
    bias: ratio(none.error, none.measured),
    coverage: ratio(none.held, none.measured),
    claimed: ratio(none.claimed, none.there),
  };
}

/** The averages over runs that were scored before. */
export function averageFrictions(runs: readonly FrictionRunScore[]): FrictionScores {
  const sums = runs.flatMap(({ kinds }) => kinds);
  const planted = addUp(sums.filter((one) => one.planted));
  const empty = runs.filter((run) => !run.planted);
  const kinds = FRICTION_KINDS.filter((kind) => sums.some((one) => one.kind === kind));
  return {
    runs: runs.length,
    bias: ratio(planted.error, planted.measured),
    coverage: ratio(planted.held, planted.measured),
    recall: ratio(planted.claimed, planted.there),
    falseClaimUnderNull: ratio(empty.filter(({ claims }) => claims > 0).length, empty.length),
    nothing: describeNothing(sums.filter((one) => !one.planted)),
    byKind: kinds.map((kind) => {
      const own = addUp(sums.filter((one) => one.kind === kind && one.planted));
      return {
        kind,
        measured: own.measured,
        bias: ratio(own.error, own.measured),
        coverage: ratio(own.held, own.measured),
        recall: ratio(own.claimed, own.there),
        nothing: describeNothing(sums.filter((one) => one.kind === kind && !one.planted)),
      };
    }),
  };
}
