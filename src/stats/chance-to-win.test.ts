import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { shareOfArm } from "./arm-moments.ts";
import { estimateChanceToWin } from "./chance-to-win.ts";
import { isNoAnswer, type NoAnswer } from "./no-answer.ts";
import { normalQuantile } from "./quantile.ts";
import { estimateEffect } from "./welch-effect.ts";

function sure<T extends object>(result: T | NoAnswer): T {
  if (isNoAnswer(result)) throw new Error(result.reason);
  return result;
}

const REFERENCE = { control: shareOfArm(49, 100), treatment: shareOfArm(51, 100) };

describe("estimateChanceToWin", () => {
  it("49/100 against 51/100: .04082 (−.24779, .32943), chance to win .60918", () => {
    expect(estimateChanceToWin(REFERENCE, "relative")).toMatchObject({
      value: expect.closeTo(0.04082, 5),
      low: expect.closeTo(-0.24779, 5),
      high: expect.closeTo(0.32943, 5),
      chanceToWin: expect.closeTo(0.60918, 5),
    });
  });

  it("draws towards a prior by its precision", () => {
    const flat = sure(estimateChanceToWin(REFERENCE, "relative"));
    // A prior as precise as the data: half way, and half the variance.
    const even = sure(estimateChanceToWin(REFERENCE, "relative", { prior: { mean: 0, variance: flat.spread ** 2 } }));
    expect(even.value).toBeCloseTo(flat.value / 2, 12);
    expect(even.spread ** 2).toBeCloseTo(flat.spread ** 2 / 2, 12);
    const wide = sure(estimateChanceToWin(REFERENCE, "relative", { prior: { mean: 0.3, variance: 1e9 } }));
    expect(wide.chanceToWin).toBeCloseTo(flat.chanceToWin, 8);
  });

  it("is one minus itself when the KPI should fall, and so change the losses", () => {
    const hits = fc.integer({ min: 1, max: 199 });
    fc.assert(
      fc.property(hits, hits, (a, b) => {
        const pair = { control: shareOfArm(a, 200), treatment: shareOfArm(b, 200) };
        const up = sure(estimateChanceToWin(pair, "absolute"));
        const down = sure(estimateChanceToWin(pair, "absolute", { higherIsBetter: false }));
        expect(down.chanceToWin).toBeCloseTo(1 - up.chanceToWin, 12);
        expect([down.lossIfShipped, down.lossIfKept]).toEqual([up.lossIfKept, up.lossIfShipped]);
        // What is gained less what is lost is the mean.
        expect(up.lossIfKept - up.lossIfShipped).toBeCloseTo(up.value, 12);
        // With a flat prior the chance is what half the interval says.
        const { low } = sure(estimateEffect(pair, "absolute"));
        if (Math.abs(low) > 0.01) expect(up.chanceToWin > 0.975).toBe(low > 0);
      }),
      { numRuns: 100 },
    );
  });

  it("loses on average what draws from the posterior lose", () => {
    const { value, spread, lossIfShipped, chanceToWin } = sure(estimateChanceToWin(REFERENCE, "relative"));
    const draws = Array.from({ length: 20_000 }, (_, at) => value + spread * normalQuantile((at + 0.5) / 20_000));
    expect(draws.reduce((sum, one) => sum + Math.max(0, -one), 0) / 20_000).toBeCloseTo(lossIfShipped, 5);
    expect(draws.filter((one) => one > 0).length / 20_000).toBeCloseTo(chanceToWin, 3);
  });

  it("says what it cannot use", () => {
    expect(estimateChanceToWin(REFERENCE, "relative", { prior: { mean: 0, variance: 0 } })).toMatchObject({
      noAnswer: "out-of-range",
      field: "prior",
    });
    expect(estimateChanceToWin({ ...REFERENCE, control: shareOfArm(0, 100) }, "relative")).toMatchObject({
      noAnswer: "zero-baseline",
    });
  });
});
