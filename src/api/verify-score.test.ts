/** Scores counted by hand: what is a false discovery, a wrong sign, an interval that holds; and their averages. */
import { describe, expect, test } from "vitest";
import { averageRuns, type Fact, scoreRun, type Verdict } from "./verify-score.ts";

const TRUTH: readonly Fact[] = [
  { touchpoint: "up", kind: "planted", effect: 0.1 },
  { touchpoint: "down", kind: "planted", effect: -0.1 },
  { touchpoint: "decoy", kind: "decoy", effect: 0 },
  { touchpoint: "null", kind: "null", effect: 0.001 },
  { touchpoint: "step", kind: "structural", effect: null },
];
const say = (touchpoint: string, effect: number, claimed: boolean, half: number | null = 0.02): Verdict => ({
  ...{ touchpoint, effect, claimed },
  ...(half === null ? { low: null, high: null } : { low: effect - half, high: effect + half }),
});

describe("scoreRun", () => {
  test("claims that are right, of the wrong sign, and false", () => {
    const verdicts = [say("up", 0.09, true), say("down", 0.05, true), say("decoy", 0.04, true), say("null", 0, false)];
    expect(scoreRun([...verdicts, say("step", 0.3, true)], TRUTH)).toEqual({
      ...{ claims: 4, falseClaims: 2, planted: 2, found: 1, signErrors: 1 },
      held: { planted: { held: 1, of: 2 }, null: { held: 1, of: 1 }, decoy: { held: 0, of: 1 } },
    });
  });

  test("a method without intervals has no coverage", () => {
    expect(scoreRun([say("up", 0.1, true, null)], TRUTH).held).toBeNull();
  });
});

describe("averageRuns", () => {
  const none = { claims: 0, falseClaims: 0, planted: 0, found: 0, signErrors: 0, held: null };

  test("false discoveries and recall come from planted runs, false claims from the null ones", () => {
    const runs = [
      { ...none, planted: 4, claims: 4, falseClaims: 1, found: 3 },
      { ...none, planted: 4, found: 0 },
      { ...none, claims: 2, falseClaims: 2 },
      none,
    ];
    expect(averageRuns("markov", runs)).toEqual({
      ...{ id: "markov", fdr: 0.125, recall: 0.375, signErrors: 0, falseClaimUnderNull: 0.5 },
      coverage: { planted: null, null: null, decoy: null },
    });
  });

  test("what was not run is null, not zero", () => {
    expect(averageRuns("waymark", [{ ...none, planted: 4 }]).falseClaimUnderNull).toBeNull();
    expect(averageRuns("waymark", [none])).toMatchObject({ fdr: null, recall: null });
  });
});
