import { describe, expect, it } from "vitest";
import { changeOfTotal, differenceOf } from "./difference.ts";
import { estimateShare, estimateShareDifference } from "./proportion.ts";

describe("differenceOf", () => {
  it("is Newcombe's method 10 for two Wilson intervals: 7/34 − 1/34 → (.019, .340)", () => {
    const [a, b] = [estimateShare(7, 34), estimateShare(1, 34)] as { value: number; low: number; high: number }[];
    const difference = differenceOf(a as never, b as never);
    expect(difference.low).toBeCloseTo(0.019, 3);
    expect(difference.high).toBeCloseTo(0.34, 3);
    const { low, high } = estimateShareDifference({ hits: 7, n: 34 }, { hits: 1, n: 34 }) as {
      low: number;
      high: number;
    };
    expect([difference.low, difference.high]).toEqual([low, high]);
  });

  it("adds the squares of normal intervals: (10 ± 3) − (6 ± 4) = 4 ± 5", () => {
    const difference = differenceOf({ value: 10, low: 7, high: 13 }, { value: 6, low: 2, high: 10 });
    expect(difference).toEqual({ value: 4, low: -1, high: 9 });
  });
});

describe("changeOfTotal", () => {
  it("is the sum of the buckets' differences: 1 and 3 → 4 ± 12.706 · 2", () => {
    const change = changeOfTotal(
      new Map([
        [1, 5],
        [2, 3],
      ]),
      new Map([[1, 4]]),
    );
    expect(change?.value).toBe(4);
    expect(change?.high).toBeCloseTo(4 + 12.7062 * 2, 3);
    expect(change?.low).toBeCloseTo(4 - 12.7062 * 2, 3);
  });

  it("compares by the day when the periods differ in length", () => {
    expect(
      changeOfTotal(
        new Map([
          [1, 31],
          [2, 62],
        ]),
        new Map([
          [1, 30],
          [2, 60],
        ]),
        31 / 30,
      ),
    ).toMatchObject({
      value: expect.closeTo(0, 12),
      low: expect.closeTo(0, 12),
    });
  });

  it("knows nothing from one bucket", () => {
    expect(changeOfTotal(new Map([[7, 3]]), new Map([[7, 1]]))).toBeNull();
  });
});
