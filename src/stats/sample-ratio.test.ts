import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isNoAnswer } from "./no-answer.ts";
import { checkSampleRatio } from "./sample-ratio.ts";

const check = (counts: readonly number[], shares?: readonly number[]) => {
  const result = checkSampleRatio(counts, shares);
  if (isNoAnswer(result)) throw new Error(result.reason);
  return result;
};

describe("checkSampleRatio", () => {
  it("reproduces the reference", () => {
    expect(check([1000, 1200], [0.5, 0.5]).p).toBeCloseTo(0.000020079, 9);
    expect(check([135, 115], [0.5, 0.5]).p).toBeCloseTo(0.205903211, 9);
    expect(check([310, 98], [0.75, 0.25]).p).toBeCloseTo(0.647434186, 9);
    expect(check([500, 500, 600], [0.34, 0.33, 0.33]).p).toBeCloseTo(0.000592638, 9);
  });

  it("blocks below .001 only", () => {
    expect(check([1000, 1200]).passed).toBe(false);
    expect(check([500, 500, 600], [0.34, 0.33, 0.33]).passed).toBe(false);
    expect(check([135, 115]).passed).toBe(true);
  });

  it("finds the three arms of hillstrom as they should be: p = .904", () => {
    expect(check([21_307, 21_387, 21_306]).p).toBeCloseTo(0.904, 3);
  });

  it("does not mind the order of the arms, nor in what unit shares are given", () => {
    const arm = fc.tuple(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 9 }));
    fc.assert(
      fc.property(
        fc.array(arm, { minLength: 2, maxLength: 6 }),
        fc.double({ min: 0.1, max: 50, noNaN: true }),
        (arms, unit) => {
          const once = check(
            arms.map(([count]) => count),
            arms.map(([, share]) => share),
          );
          const turned = arms.toReversed();
          const again = check(
            turned.map(([count]) => count),
            turned.map(([, share]) => share * unit),
          );
          expect(again.p).toBeCloseTo(once.p, 10);
          expect(again.chiSquare / once.chiSquare || 1).toBeCloseTo(1, 6);
        },
      ),
      { numRuns: 100 },
    );
  });

  it("says why it cannot check", () => {
    expect(checkSampleRatio([5])).toMatchObject({ noAnswer: "too-few" });
    expect(checkSampleRatio([0, 0])).toMatchObject({ noAnswer: "too-few" });
    expect(checkSampleRatio([5, 5], [1])).toMatchObject({ noAnswer: "out-of-range", field: "shares" });
    expect(checkSampleRatio([5, 5], [1, 0])).toMatchObject({ noAnswer: "out-of-range", field: "shares" });
    expect(checkSampleRatio([5, Number.NaN])).toMatchObject({ noAnswer: "out-of-range", field: "counts" });
    expect(check([0, 40]).passed).toBe(false);
  });
});
