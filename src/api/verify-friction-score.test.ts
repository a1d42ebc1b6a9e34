/** Frictions scored by hand: which way harm points, what counts as found, what a null world must not claim; and the averages. */
import { describe, expect, test } from "vitest";
import { averageFrictions, type FrictionFact, type FrictionVerdict, scoreFrictions } from "./verify-friction-score.ts";

const WAIT = { kind: "wait", touchpoint: "Ticket Opened", property: null } as const;
const LATE = { kind: "wait", touchpoint: "Ticket Opened", property: "late" } as const;
const EXIT = { kind: "drop-off", touchpoint: "Cart Viewed", property: null } as const;
const FACTS: readonly FrictionFact[] = [
  { ...WAIT, planted: true, effect: -0.06 },
  { ...LATE, planted: false, effect: 0 },
  { ...EXIT, planted: true, effect: 0.1 },
];
const say = (named: Pick<FrictionVerdict, "kind" | "touchpoint" | "property">, effect: number, claimed = true) => ({
  ...named,
  ...{ effect, claimed, low: effect - 0.015, high: effect + 0.015 },
});

describe("scoreFrictions", () => {
  test("too little said of harm is a bias below zero, whichever way the effect points", () => {
    const { kinds, claims, planted } = scoreFrictions(
      [say(WAIT, -0.04), say(EXIT, 0.08), say(LATE, 0, false)],
      FACTS,
      0,
    );
    expect({ claims, planted }).toEqual({ claims: 2, planted: true });
    expect(kinds.map(({ kind, planted: put, held, claimed }) => ({ kind, put, held, claimed }))).toEqual([
      { kind: "drop-off", put: true, held: 0, claimed: 1 },
      { kind: "wait", put: true, held: 0, claimed: 1 },
      { kind: "wait", put: false, held: 1, claimed: 0 },
    ]);
    for (const { planted: put, error } of kinds) expect(error).toBeCloseTo(put ? -0.02 : 0, 12);
  });

  test("what was too few to measure has no error, but was not found either; dated incidents are claims", () => {
    const score = scoreFrictions([say(WAIT, -0.05)], FACTS, 2);
    expect(score.claims).toBe(3);
    expect(score.kinds.find(({ kind }) => kind === "drop-off")).toMatchObject({ measured: 0, there: 1, claimed: 0 });
  });
});

describe("averageFrictions", () => {
  const planted = scoreFrictions([say(WAIT, -0.05), say(EXIT, 0.11), say(LATE, 0.03, false)], FACTS, 0);
  const empty = FACTS.map((fact) => ({ ...fact, planted: false, effect: 0 }));

  test("bias, coverage and recall are of what was planted, false claims of null worlds, the rest beside it", () => {
    const quiet = scoreFrictions([say(WAIT, 0.01, false)], empty, 0);
    const loud = scoreFrictions([], empty, 1);
    const scores = averageFrictions([planted, quiet, loud]);
    expect(scores).toMatchObject({ runs: 3, coverage: 1, recall: 1, falseClaimUnderNull: 0.5 });
    expect(scores.nothing).toMatchObject({ measured: 2, coverage: 0.5, claimed: 0 });
    expect(scores.bias).toBeCloseTo(0, 12);
    expect(scores.byKind.map(({ kind }) => kind)).toEqual(["drop-off", "wait"]);
    expect(scores.byKind[1]).toMatchObject({
      measured: 1,
      coverage: 1,
      recall: 1,
      nothing: { measured: 2, claimed: 0 },
    });
    expect(scores.byKind[1]?.nothing.coverage).toBe(0.5);
  });

  test("what was not run is null, not zero", () => {
    expect(averageFrictions([])).toEqual({
      ...{ runs: 0, bias: null, coverage: null, recall: null, falseClaimUnderNull: null, byKind: [] },
      nothing: { measured: 0, bias: null, coverage: null, claimed: null },
    });
    expect(averageFrictions([planted]).falseClaimUnderNull).toBeNull();
  });
});
