import { expect, it } from "vitest";
import { BG_NBD } from "./bg-nbd.ts";
import { maximise } from "./maximise.ts";
import { NBD } from "./nbd.ts";
import { findProfileIntervals } from "./profile-interval.ts";
import type { PurchasePatterns } from "./purchase-model.ts";

type Row = readonly [x: number, recency: number, age: number, customers: number];

function toPatterns(rows: readonly Row[]): PurchasePatterns {
  const pick = (at: 0 | 1 | 2 | 3) => Float64Array.from(rows, (row) => row[at]);
  return { x: pick(0), recency: pick(1), age: pick(2), customers: pick(3), logGaps: 0 };
}

it("ends where the likelihood, the other parameter at its best, is 1.92 below the top", () => {
  const patterns = toPatterns([0, 1, 2, 3, 5, 9].map((x, at) => [x, x > 0 ? 20 : 0, 30 + at, 60 - 9 * at]));
  const fit = NBD.fit(patterns);
  const intervals = findProfileIntervals(NBD, patterns, fit);
  const objective = NBD.objective(patterns, fit.parameters);
  for (const [name, at] of [
    ["r", 0],
    ["alpha", 1],
  ] as const)
    for (const bound of [intervals[name]?.low ?? 0, intervals[name]?.high ?? 0]) {
      const slopes = new Float64Array(2);
      const held = maximise(
        (other, gradient) => {
          const point = at === 0 ? [Math.log(bound), other[0] ?? 0] : [other[0] ?? 0, Math.log(bound)];
          const value = objective(Float64Array.from(point), slopes);
          gradient[0] = slopes[1 - at] ?? 0;
          return value;
        },
        [1],
      );
      expect(fit.logLikelihood - held.value).toBeCloseTo(1.9207, 1);
      expect(Math.abs(fit.logLikelihood - held.value - 1.9207)).toBeLessThan(0.02);
    }
});

it("has no upper end where nobody leaves, and never NaN", () => {
  const patterns = toPatterns([0, 1, 2, 3, 4, 6, 9].map((x, at) => [x, x > 0 ? 30 : 0, 30, 40 - 5 * at]));
  const intervals = findProfileIntervals(BG_NBD, patterns, BG_NBD.fit(patterns));
  expect(intervals.b?.high).toBe(Number.POSITIVE_INFINITY);
  expect(intervals.a?.low).toBe(0);
  expect(intervals.r?.high).toBeLessThan(4);
  expect(Object.values(intervals).every(({ low, high }) => low <= high)).toBe(true);
});
