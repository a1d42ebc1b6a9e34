import { describe, expect, it } from "vitest";
import { countInState, judgePatterns, judgeState, meanGap, sumStates } from "./lifecycle.ts";
import { patternsOf } from "./patterns.case.ts";

const GAPS = { mean: 10, long: 30 };
const judge = (x: number, recency: number, age: number, chance: number, wasAway = false) =>
  judgeState({ x, recency, age, chance, wasAway }, GAPS);

describe("judgeState", () => {
  it("calls overdue who is silent for more than three times the usual gap, own and everybody's", () => {
    expect(judge(0, 0, 30, 0.9)).toBe("new");
    expect(judge(0, 0, 30.1, 0.9)).toBe("at risk");
    // Two repeats in 14 weeks: the usual gap is (14 + 10) / 3 = 8.
    expect(judge(2, 14, 38, 0.9)).toBe("active");
    expect(judge(2, 14, 38.1, 0.9)).toBe("at risk");
  });

  it("calls lapsed who is overdue and has less than one chance in five within a year", () => {
    expect(judge(0, 0, 50, 0.2)).toBe("at risk");
    expect(judge(0, 0, 50, 0.199)).toBe("lapsed");
    expect(judge(0, 0, 5, 0.01)).toBe("new");
  });

  it("calls returned who was away and is not overdue since", () => {
    expect(judge(3, 60, 65, 0.9, true)).toBe("returned");
    expect(judge(3, 60, 65, 0.9)).toBe("active");
    expect(judge(3, 60, 200, 0.1, true)).toBe("lapsed");
  });
});

describe("states of patterns", () => {
  const patterns = patternsOf([
    [0, 0, 7, 10],
    [1, 280, 287, 4],
    [1, 7, 700, 6],
  ]);
  const judged = judgePatterns(patterns, Float64Array.of(0.5, 0.5, 0.1), Float64Array.of(0, 3, 0), GAPS);

  it("tells within one pattern those who were away", () => {
    expect(countInState(patterns, judged, 1, "returned")).toBe(3);
    expect(countInState(patterns, judged, 1, "active")).toBe(1);
  });

  it("puts everybody in exactly one state", () => {
    const states = sumStates(patterns, judged, Float64Array.of(1, 2, 0.5));
    expect(states).toEqual([
      { state: "new", customers: 10, expected: 10 },
      { state: "active", customers: 1, expected: 2 },
      { state: "at risk", customers: 0, expected: 0 },
      { state: "lapsed", customers: 6, expected: 3 },
      { state: "returned", customers: 3, expected: 6 },
    ]);
  });

  it("averages gaps over all that customers came back after", () => {
    // 4 gaps of 40 weeks and 6 of one.
    expect(meanGap(patterns)).toBeCloseTo(16.6, 12);
  });
});
