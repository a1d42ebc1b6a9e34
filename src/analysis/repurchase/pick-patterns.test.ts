import { describe, expect, it } from "vitest";
import { patternKey, readKey } from "./customer-standing.ts";
import { judgePatterns } from "./lifecycle.ts";
import { patternsOf } from "./patterns.case.ts";
import { countWanted, pickPatterns } from "./pick-patterns.ts";
import { segmentPatterns } from "./rfm.ts";

const PATTERNS = patternsOf([
  [0, 0, 300, 50],
  [3, 90, 100, 4],
  [2, 280, 290, 3],
  [3, 60, 70, 2],
  [1, 10, 400, 9],
]);
const EXPECTED = Float64Array.of(0.1, 2, 1.5, 2, 0.4);
const keysOf = (...places: number[]) => places.map((at) => patternKey(PATTERNS, at));

describe("pickPatterns", () => {
  it("takes the best until there are enough, and all that are level with the last", () => {
    const all = PATTERNS.customers;
    expect(pickPatterns(PATTERNS, EXPECTED, all, 1)).toEqual({ keys: keysOf(1, 3), ranks: [1, 1] });
    expect(pickPatterns(PATTERNS, EXPECTED, all, 7)).toEqual({ keys: keysOf(1, 3, 2), ranks: [1, 1, 2] });
    expect(pickPatterns(PATTERNS, EXPECTED, all, 1_000).keys).toHaveLength(5);
  });

  it("asks for no pattern without a customer who is wanted", () => {
    const wanted = Float64Array.of(50, 0, 0, 0, 9);
    expect(pickPatterns(PATTERNS, EXPECTED, wanted, 10)).toEqual({ keys: keysOf(4, 0), ranks: [1, 2] });
  });
});

describe("countWanted", () => {
  const segments = segmentPatterns(PATTERNS);
  const count = (wanted: Parameters<typeof countWanted>[1]) => [...countWanted(PATTERNS, wanted, segments, JUDGED)];
  const JUDGED = judgePatterns(PATTERNS, Float64Array.of(0.1, 0.9, 0.9, 0.9, 0.3), Float64Array.of(0, 1, 3, 0, 0), {
    mean: 8,
    long: 20,
  });

  it("keeps to a segment, a state, or a cell of the alive map", () => {
    expect(count({})).toEqual([50, 4, 3, 2, 9]);
    expect(count({ segment: "champions" })).toEqual([0, 4, 3, 2, 0]);
    expect(count({ state: "returned" })).toEqual([0, 1, 3, 0, 0]);
    expect(count({ state: "active" })).toEqual([0, 3, 0, 2, 0]);
    expect(count({ state: "lapsed" })).toEqual([50, 0, 0, 0, 0]);
    expect(count({ sinceFrom: 10, sinceTo: 300 })).toEqual([0, 4, 3, 2, 0]);
    expect(count({ ordersFrom: 2, ordersTo: 3 })).toEqual([0, 0, 3, 0, 9]);
  });
});

describe("patternKey", () => {
  it("is read back, also at its ends", () => {
    const wide = patternsOf([[100_000, 131_000, 131_071, 1]]);
    expect(readKey(patternKey(wide, 0))).toEqual({ x: 100_000, recencyDays: 131_000, ageDays: 131_071 });
  });
});
