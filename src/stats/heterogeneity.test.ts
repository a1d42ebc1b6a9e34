import { describe, expect, it } from "vitest";
import { chiSquaredTail, testSameEffect } from "./heterogeneity.ts";

describe("chiSquaredTail", () => {
  // The usual table at 5 %, and two closed forms: e^(−x/2) with 2 degrees of freedom, e^(−x/2)(1 + x/2) with 4.
  it.each([
    [3.841458820694124, 1, 0.05],
    [5.991464547107979, 2, 0.05],
    [18.307038053275146, 10, 0.05],
    [124.34211340400408, 100, 0.05],
    [0.5, 2, Math.exp(-0.25)],
    [40, 2, Math.exp(-20)],
    [1, 4, Math.exp(-0.5) * 1.5],
    [30, 4, Math.exp(-15) * 16],
  ])("beyond %f with %i degrees of freedom is %f", (x, df, expected) => {
    expect(chiSquaredTail(x, df) / expected).toBeCloseTo(1, 9);
  });

  it("is everything at 0", () => {
    expect(chiSquaredTail(0, 3)).toBe(1);
  });
});

describe("testSameEffect", () => {
  it("gives Q = 2 and p = .1573 for 1 and 3 with errors of 1", () => {
    const p = testSameEffect([
      { effect: 1, error: 1 },
      { effect: 3, error: 1 },
    ]);
    expect(p).toBeCloseTo(0.1573, 4);
  });

  it("weighs by precision: the mean of 0 ± 1, 0 ± 1 and 3 ± .5 is 2", () => {
    // Q = 4 + 4 + 4·1 = 12 with 2 degrees of freedom.
    const p = testSameEffect([
      { effect: 0, error: 1 },
      { effect: 0, error: 1 },
      { effect: 3, error: 0.5 },
    ]);
    expect(p).toBeCloseTo(Math.exp(-6), 10);
  });

  it("finds no difference in equals, and says nothing of one", () => {
    const one = { effect: 0.1, error: 0.02 };
    expect(testSameEffect([one, one, one])).toBeCloseTo(1, 9);
    expect(testSameEffect([one])).toBeNull();
    expect(testSameEffect([one, { effect: 0.3, error: 0 }])).toBeNull();
  });
});
