import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { estimateAlwaysValid, tuneMixture } from "./always-valid.ts";
import { shareOfArm } from "./arm-moments.ts";
import { isNoAnswer, type NoAnswer } from "./no-answer.ts";
import { estimateEffect } from "./welch-effect.ts";

function sure<T extends object>(result: T | NoAnswer): T {
  if (isNoAnswer(result)) throw new Error(result.reason);
  return result;
}

const REFERENCE = { control: shareOfArm(1396, 3000), treatment: shareOfArm(2422, 3461) };

describe("estimateAlwaysValid", () => {
  it("1396/3000 against 2422/3461, N* 5000: .50386 (.40098, .60675)", () => {
    expect(estimateAlwaysValid(REFERENCE, "relative")).toMatchObject({
      value: expect.closeTo(0.50386, 5),
      low: expect.closeTo(0.40098, 5),
      high: expect.closeTo(0.60675, 5),
    });
  });

  it("holds for the absolute effect with the same ratio of widths", () => {
    for (const scale of ["absolute", "relative"] as const) {
      const [valid, once] = [sure(estimateAlwaysValid(REFERENCE, scale)), sure(estimateEffect(REFERENCE, scale))];
      expect(valid.value).toBe(once.value);
      expect((valid.high - valid.low) / (once.high - once.low)).toBeCloseTo(1.55, 3);
    }
  });

  it("is tightest, in standard errors, near the units it is tuned to", () => {
    const widthAt = (n: number) => {
      const arm = { n, mean: 1, variance: 1 };
      const { low, high, standardError } = sure(
        estimateAlwaysValid({ control: arm, treatment: { ...arm, mean: 1.1 } }, "absolute", 2 * 5000),
      );
      return (high - low) / standardError;
    };
    const sizes = Array.from({ length: 60 }, (_, at) => Math.round(100 * 1.12 ** at));
    const widths = sizes.map(widthAt);
    const best = sizes[widths.indexOf(Math.min(...widths))] ?? 0;
    expect(best).toBeGreaterThan(5000 * 0.9);
    expect(best).toBeLessThan(5000 * 1.1);
    expect(tuneMixture(0.05)).toBeCloseTo(Math.sqrt((5.991464547 + Math.log(6.991464547)) / 5000), 10);
  });

  it("has a p that falls below α exactly where the interval leaves 0 out", () => {
    const hits = fc.integer({ min: 1, max: 399 });
    fc.assert(
      fc.property(hits, hits, fc.constantFrom(0.8, 0.95, 0.99), (a, b, confidence) => {
        const pair = { control: shareOfArm(a, 400), treatment: shareOfArm(b, 420) };
        const { low, high, p } = sure(estimateAlwaysValid(pair, "absolute", 1000, confidence));
        // ρ is tuned to the confidence asked for, and p to that ρ.
        expect(low > 0 || high < 0).toBe(p < 1 - confidence);
      }),
      { numRuns: 200 },
    );
  });

  it("stretches a relative interval whose baseline is still vague, so that it claims nothing the absolute one does not", () => {
    const mean = fc.double({ min: 0.5, max: 4, noNaN: true });
    const spread = fc.double({ min: 0.1, max: 40, noNaN: true });
    fc.assert(
      fc.property(mean, mean, spread, spread, fc.integer({ min: 20, max: 3000 }), (a, b, first, second, n) => {
        const pair = { control: { n, mean: a, variance: first }, treatment: { n, mean: b, variance: second } };
        const relative = estimateAlwaysValid(pair, "relative", 1000);
        const absolute = sure(estimateAlwaysValid(pair, "absolute", 1000));
        if (isNoAnswer(relative)) {
          expect(relative.noAnswer).toBe("vague-baseline");
          return;
        }
        const claimed = relative.low > 0 || relative.high < 0;
        expect(claimed).toBe(relative.p < 0.05);
        const doubt = first / n / a ** 2;
        if (claimed && doubt > 0.01) expect(absolute.p).toBeLessThan(0.05);
      }),
      { numRuns: 200 },
    );
  });

  it("says why there is no number, as for one look", () => {
    expect(estimateAlwaysValid({ control: shareOfArm(0, 5), treatment: shareOfArm(0, 5) }, "absolute")).toMatchObject({
      noAnswer: "no-variation",
    });
  });
});
