import { describe, expect, it } from "vitest";
import { patternsOf } from "./patterns.case.ts";
import { segmentPatterns, sumSegments } from "./rfm.ts";

/** Five silences × five frequencies, all equally many: every cell of the table once. */
const GRID = patternsOf(
  [400, 300, 200, 100, 0].flatMap((silent) => [0, 1, 2, 3, 4].map((x) => [x, 10 * x, silent + 10 * x, 7] as const)),
);

describe("segmentPatterns", () => {
  it("has a segment for every fifth of recency and of frequency", () => {
    const rows = Array.from({ length: 5 }, (_, at) => segmentPatterns(GRID).slice(5 * at, 5 * at + 5));
    expect(rows).toEqual([
      ["hibernating", "hibernating", "at risk", "at risk", "cannot lose them"],
      ["hibernating", "hibernating", "at risk", "at risk", "cannot lose them"],
      ["about to sleep", "about to sleep", "need attention", "loyal", "loyal"],
      ["promising", "potential loyalists", "potential loyalists", "loyal", "loyal"],
      ["new customers", "potential loyalists", "potential loyalists", "champions", "champions"],
    ]);
  });

  it("weighs patterns by customers, splits no tie and calls nobody frequent who bought once", () => {
    // 96 of 100 bought once; those who bought twice are the top fifth although they have the fewest repeats.
    const rare = patternsOf([
      [0, 0, 300, 90],
      [0, 0, 10, 6],
      [1, 5, 15, 4],
    ]);
    expect(segmentPatterns(rare)).toEqual(["about to sleep", "new customers", "champions"]);
  });

  it("takes the same silence as a tie whatever the age it is the difference of", () => {
    const silent = patternsOf(Array.from({ length: 50 }, (_, at) => [1, at, at + 30, 1] as const));
    expect(new Set(segmentPatterns(silent))).toEqual(new Set(["need attention"]));
  });
});

describe("sumSegments", () => {
  it("adds up customers and expected purchase days, and averages P(alive)", () => {
    const patterns = patternsOf([
      [0, 0, 1, 3],
      [0, 0, 2, 1],
    ]);
    const forecasts = { alive: Float64Array.of(0.5, 0.9), expected: Float64Array.of(1, 2) };
    expect(sumSegments(patterns, ["promising", "promising"], forecasts)).toEqual([
      { segment: "promising", customers: 4, expected: 5, alive: 0.6 },
    ]);
  });
});
