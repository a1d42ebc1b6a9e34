import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ArmMean, type ArmMoments, covarianceOf, meanOfArm, momentsOfRows } from "./arm-moments.ts";
import { isNoAnswer, type NoAnswer } from "./no-answer.ts";
import { ratioOfArm } from "./ratio-metric.ts";
import { estimateEffect } from "./welch-effect.ts";

function sure<T extends object>(result: T | NoAnswer): T {
  if (isNoAnswer(result)) throw new Error(result.reason);
  return result;
}

function armOf(value: readonly number[], denominator: readonly number[]): ArmMoments {
  const [arm] = momentsOfRows({ value, denominator }, new Uint8Array(value.length), 1);
  if (!arm) throw new Error("no arm");
  return arm;
}

const units = fc.array(fc.tuple(fc.double({ min: 0, max: 50, noNaN: true }), fc.integer({ min: 1, max: 9 })), {
  minLength: 3,
  maxLength: 40,
});
const split = (rows: readonly (readonly [number, number])[]) =>
  armOf(
    rows.map(([value]) => value),
    rows.map(([, denominator]) => denominator),
  );

describe("ratioOfArm", () => {
  it("is the worked example: 2, 4, 9 over 1, 2, 3", () => {
    // M = 5, D = 2, v_M = 13, v_D = 1, cov = 3.5: 13/4 + 25/16 − 2·3.5·5/8 = .4375.
    expect(ratioOfArm(armOf([2, 4, 9], [1, 2, 3]))).toEqual({ n: 3, mean: 2.5, variance: expect.closeTo(0.4375, 12) });
  });

  it("is v_M/D² + v_D·M²/D⁴ − 2cov·M/D³, and the mean where every denominator is 1", () => {
    fc.assert(
      fc.property(units, (rows) => {
        const arm = split(rows);
        const [m = 0, d = 1] = arm.means;
        const [v, w] = [{ value: 1 }, { denominator: 1 }];
        const wanted =
          covarianceOf(arm, v, v) / d ** 2 +
          (covarianceOf(arm, w, w) * m ** 2) / d ** 4 -
          (2 * covarianceOf(arm, v, w) * m) / d ** 3;
        const found = sure(ratioOfArm(arm));
        expect(found.mean).toBeCloseTo(m / d, 10);
        expect(found.variance).toBeCloseTo(wanted, 7);
        const plain = split(rows.map(([value]) => [value, 1]));
        expect(sure(ratioOfArm(plain)).variance).toBeCloseTo(meanOfArm(plain).variance, 7);
      }),
      { numRuns: 100 },
    );
  });

  it("follows the units of both columns", () => {
    fc.assert(
      fc.property(units, fc.double({ min: 0.1, max: 20, noNaN: true }), (rows, unit) => {
        const plain = sure(ratioOfArm(split(rows)));
        const scaled = sure(ratioOfArm(split(rows.map(([value, denominator]) => [value * unit, denominator * 2]))));
        expect(scaled.mean).toBeCloseTo((plain.mean * unit) / 2, 8);
        expect(scaled.variance / (1 + plain.variance)).toBeCloseTo(
          (plain.variance * unit ** 2) / 4 / (1 + plain.variance),
          6,
        );
      }),
      { numRuns: 50 },
    );
  });

  it("says so when there is nothing to divide by", () => {
    expect(ratioOfArm(armOf([1, 2], [0, 0]))).toMatchObject({ noAnswer: "zero-baseline", field: "denominator" });
    expect(ratioOfArm(armOf([], []))).toMatchObject({ noAnswer: "zero-baseline" });
  });

  it("has the spread that simulated arms have, where the mean of units' own ratios would be off", () => {
    let state = 11;
    const random = () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state / 2 ** 32;
    };
    const draw = (): ArmMean => {
      // Who comes often spends less each time: the ratio of sums is (Σ d·(4 − .3d + noise))/Σ d.
      const denominators = Array.from({ length: 300 }, () => 1 + Math.floor(random() * 8));
      const values = denominators.map((d) => d * (4 - 0.3 * d + random()));
      return sure(ratioOfArm(armOf(values, denominators)));
    };
    const draws = Array.from({ length: 600 }, draw);
    const truth = 4.5 - (0.3 * 25.5) / 4.5;
    const mean = draws.reduce((sum, one) => sum + one.mean, 0) / draws.length;
    const spread = draws.reduce((sum, one) => sum + (one.mean - mean) ** 2, 0) / (draws.length - 1);
    const claimed = draws.reduce((sum, one) => sum + one.variance / one.n, 0) / draws.length;
    expect(mean).toBeCloseTo(truth, 2);
    expect(claimed / spread).toBeGreaterThan(0.88);
    expect(claimed / spread).toBeLessThan(1.12);
    const covered = draws.slice(1).filter((treatment, at) => {
      const control = draws[at];
      if (!control || at % 2 === 1) return false;
      const { low, high } = sure(estimateEffect({ control, treatment }, "absolute"));
      return low <= 0 && high >= 0;
    });
    expect(covered.length / 300).toBeGreaterThan(0.91);
  });
});
