import { describe, expect, it } from "vitest";
import { patternKey } from "./customer-standing.ts";
import { PatternIndex } from "./pattern-index.ts";
import { patternsOf } from "./patterns.case.ts";

describe("PatternIndex", () => {
  it("finds every pattern among many that are alike, and no other", () => {
    const rows = Array.from({ length: 20_000 }, (_, at) => [at % 7, at % 400, 400 + Math.floor(at / 3), 1] as const);
    const distinct = [...new Map(rows.map((row) => [row.join(" "), row])).values()];
    const patterns = patternsOf(distinct);
    const index = new PatternIndex(patterns);
    const found = distinct.map((_, at) => index.find(patternKey(patterns, at)));
    expect(found).toEqual(distinct.map((_, at) => at));
    expect(index.find(patternKey(patternsOf([[8, 1, 401, 1]]), 0))).toBeUndefined();
    expect(new PatternIndex(patternsOf([])).find(1)).toBeUndefined();
  });
});
