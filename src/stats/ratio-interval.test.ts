import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { baselineDoubt, relativeInterval } from "./ratio-interval.ts";
import { type ArmPair, liftOf } from "./welch-effect.ts";

const arm = (mean: number, error: number) => ({ n: 100, mean, variance: 100 * error ** 2 });
const pair: ArmPair = { control: arm(4, 0.2), treatment: arm(5, 0.3) };

describe("relativeInterval", () => {
  it("is the worked example, lopsided around .25", () => {
    expect(relativeInterval(pair, 1.96)).toEqual({
      low: expect.closeTo(0.069463059547, 10),
      high: expect.closeTo(0.454779768574, 10),
    });
    expect(baselineDoubt(pair, 1.96)).toBeCloseTo(1.96 ** 2 * 0.0025, 12);
  });

  it("ends where the difference is exactly `reach` standard errors from 0, with a shared error too", () => {
    const mean = fc.double({ min: 1, max: 9, noNaN: true });
    const error = fc.double({ min: 0.01, max: 0.2, noNaN: true });
    fc.assert(
      fc.property(
        mean,
        mean,
        error,
        error,
        fc.double({ min: 0, max: 0.01, noNaN: true }),
        (a, b, first, second, shared) => {
          const found = relativeInterval({ control: arm(a, first), treatment: arm(b, second), shared }, 3);
          for (const r of [found?.low ?? Number.NaN, found?.high ?? Number.NaN]) {
            const spread = second ** 2 + (1 + r) ** 2 * first ** 2 + shared * r ** 2;
            expect(Math.abs(b - (1 + r) * a) / Math.sqrt(spread)).toBeCloseTo(3, 6);
          }
        },
      ),
      { numRuns: 100 },
    );
  });

  it("leaves 0 out exactly when the absolute effect does, whatever the baseline's sign", () => {
    const mean = fc.double({ min: 1, max: 9, noNaN: true });
    fc.assert(
      fc.property(mean, mean, fc.constantFrom(1, -1), (a, b, sign) => {
        const either = { control: arm(sign * a, 0.3), treatment: arm(sign * b, 0.4) };
        const { low = 0, high = 0 } = relativeInterval(either, 2) ?? {};
        const absolute = liftOf(either, "absolute");
        if ("noAnswer" in absolute) return;
        expect(low > 0 || high < 0).toBe(Math.abs(absolute.value / absolute.standardError) > 2);
        const value = (sign * (b - a)) / a;
        expect(low <= value && value <= high).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  it("has no bounds when the baseline may be 0", () => {
    expect(relativeInterval({ control: arm(0.3, 0.2), treatment: arm(5, 0.3) }, 1.96)).toBeUndefined();
    expect(relativeInterval({ control: arm(0, 0.2), treatment: arm(5, 0.3) }, 1.96)).toBeUndefined();
  });
});
