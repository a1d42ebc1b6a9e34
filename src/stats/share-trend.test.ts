import { describe, expect, it } from "vitest";
import { testShareTrend } from "./share-trend.ts";
import { makeRandom } from "./staged-panels.case.ts";

describe("the trend of a share", () => {
  it("is the change on the line, with the error of counts", () => {
    // Slope .02 a period; SE = √(.13·.87/(1,000·5)) = .004756, t = 4.2053 with 2 degrees of freedom: p = .0522.
    const trend = testShareTrend([100, 120, 140, 160].map((hits) => ({ hits, n: 1_000 })));
    expect(trend).toEqual({ change: expect.closeTo(0.06, 12), p: expect.closeTo(0.0522, 4) });
  });

  it("weighs months by what they hold, and passes over empty ones without closing the gap", () => {
    const months = [
      { hits: 10, n: 100 },
      { hits: 0, n: 0 },
      { hits: 20, n: 100 },
      { hits: 25, n: 100 },
      { hits: 30, n: 100 },
    ];
    expect(testShareTrend(months)?.change).toBeCloseTo(0.2, 12);
  });

  it("does not take scatter for a trend", () => {
    // The line has a slope, the months jump about it by far more than counts would.
    const trend = testShareTrend([300, 100, 400, 200, 500, 150].map((hits) => ({ hits, n: 1_000 })));
    expect(trend?.p).toBeGreaterThan(0.3);
  });

  it("says nothing of fewer than four months, and finds none where nothing or everything happens", () => {
    expect(testShareTrend([1, 2, 3].map((hits) => ({ hits, n: 10 })))).toBeNull();
    expect(testShareTrend([0, 0, 0, 0].map((hits) => ({ hits, n: 10 })))).toEqual({ change: 0, p: 1 });
    expect(testShareTrend([10, 10, 10, 10].map((hits) => ({ hits, n: 10 })))).toEqual({ change: 0, p: 1 });
  });

  it("is rarely seen where there is none", () => {
    const random = makeRandom(11);
    const draw = () => {
      const hits = Array.from({ length: 400 }, () => Number(random() < 0.2)).reduce((sum, one) => sum + one, 0);
      return { hits, n: 400 };
    };
    const found = Array.from({ length: 400 }, () => testShareTrend(Array.from({ length: 8 }, draw))?.p ?? 1);
    // At most 5 % of 400, and three standard errors of 4.4: counts' own error is a floor, so it errs to the careful side.
    expect(found.filter((p) => p <= 0.05).length).toBeLessThanOrEqual(33);
    expect(found.filter((p) => p <= 0.5).length).toBeGreaterThan(100);
  });
});
