import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isNoAnswer, type NoAnswer } from "./no-answer.ts";
import { noncentralTail } from "./noncentral-t.ts";
import { type Plan, planDuration, planEffect, planPower, planUnits } from "./power.ts";
import { studentTail } from "./quantile.ts";
import { chancesOfVerdicts } from "./verdict-chances.ts";
import { estimateEffect } from "./welch-effect.ts";

function sure<T extends object>(result: T | NoAnswer): T {
  if (isNoAnswer(result)) throw new Error(result.reason);
  return result;
}

const near = (value: number, digits: number) => expect.closeTo(value, digits);
const UNIT: Plan = { baseline: { mean: 0, variance: 1 }, scale: "absolute" };
const SHARE: Plan = { baseline: { share: 0.1 }, scale: "relative" };

describe("noncentralTail", () => {
  it("is the integral over the chi of the normal tail, computed to 30 digits elsewhere", () => {
    const known = [
      [2.0243941639, 38, 3.16227766, 0.86895280166],
      [2.1, 5, 1.5, 0.340691464948],
      [1.97, 200, 2.8, 0.796294749079],
      [-1, 10, 0.5, 0.925224554117],
      [2.5, 3, -1, 0.00589762770334],
      [1.9605, 4900, 3, 0.850689750898],
    ] as const;
    for (const [t, degrees, shift, wanted] of known) expect(noncentralTail(t, degrees, shift)).toBeCloseTo(wanted, 10);
    // Beyond 5,000 degrees by the normal approximation.
    expect(noncentralTail(1.9605, 5100, 3)).toBeCloseTo(0.85069069642, 5);
    expect(noncentralTail(2, 20, 40)).toBeCloseTo(1, 12);
  });

  it("is Student's without a shift", () => {
    expect(noncentralTail(1.7, 12, 0)).toBeCloseTo(studentTail(1.7, 12), 12);
  });
});

describe("planPower and planUnits, R's power.t.test", () => {
  // R counts the right side only unless told strict = TRUE: 2e-7 less.
  it("n = 20, delta = 1: power .8689528", () => {
    expect(planPower(UNIT, 1, { control: 20, treatment: 20 })).toMatchObject({ power: near(0.8689528, 6) });
  });

  it("power = .90, delta = 1: n 22.02110; power = .80, delta = .5: n 63.76576", () => {
    expect(planUnits(UNIT, 1, 0.9)).toMatchObject({ control: 23, treatment: 23 });
    expect(planUnits(UNIT, 0.5)).toMatchObject({ control: 64, treatment: 64, power: near(0.8015, 4) });
    expect(planUnits(UNIT, -0.5)).toMatchObject({ control: 64, treatment: 64, effect: -0.5 });
  });

  it("64 and 64 units see an effect of .4991 with power .8", () => {
    expect(planEffect(UNIT, { control: 64, treatment: 64 })).toMatchObject({
      effect: near(0.4991, 4),
      power: near(0.8, 6),
    });
  });
});

describe("planUnits", () => {
  it("for shares: .1 to .12 takes what the textbook's normal formula says, and a few more", () => {
    // (1.959964 + .841621)²·(.09 + .1056)/.02² = 3838.1.
    const found = sure(planUnits({ ...SHARE, scale: "absolute" }, 0.02));
    expect(found.control).toBeGreaterThanOrEqual(3839);
    expect(found.control).toBeLessThanOrEqual(3842);
    // Relative: the baseline's own error counts too, weighted by (m_B/m_A)².
    const formula = ((1.959964 + 0.841621) ** 2 * (0.12 * 0.88 + 0.09 * 1.2 ** 2)) / 0.02 ** 2;
    const relative = sure(planUnits(SHARE, 0.2)).control;
    expect(relative).toBeGreaterThanOrEqual(formula);
    expect(relative).toBeLessThanOrEqual(formula + 3);
  });

  it("shrinks with CUPED by 1 − correlation², and grows when the split is unequal", () => {
    const plain = sure(planUnits({ ...UNIT, treatmentShare: 0.5 }, 0.05));
    const adjusted = sure(planUnits({ ...UNIT, correlation: 0.6 }, 0.05));
    expect(adjusted.control / plain.control).toBeCloseTo(0.64, 3);
    const unequal = sure(planUnits({ ...UNIT, treatmentShare: 0.1 }, 0.05));
    // 1/.9 + 1/.1 against 1/.5 + 1/.5.
    expect((unequal.control + unequal.treatment) / (2 * plain.control)).toBeCloseTo(1 / 0.36, 2);
    expect(unequal.treatment).toBe(Math.ceil(unequal.control / 9));
  });

  it("gives the fewest: one unit less does not reach the power, and effect and power lead back", () => {
    const plans = fc.record({
      scale: fc.constantFrom("absolute" as const, "relative" as const),
      treatmentShare: fc.constantFrom(0.2, 0.5),
      baseline: fc.constantFrom({ share: 0.3 }, { mean: 2, variance: 9 }),
    });
    fc.assert(
      fc.property(
        plans,
        fc.double({ min: 0.05, max: 0.5, noNaN: true }),
        fc.constantFrom(0.7, 0.8, 0.95),
        (plan, effect, power) => {
          const found = sure(planUnits(plan, effect, power));
          expect(found.power).toBeGreaterThanOrEqual(power);
          if (found.control > 20 && found.treatment > 20) {
            const less = { control: found.control - 1, treatment: Math.max(2, found.treatment - 1) };
            expect(sure(planPower(plan, effect, less)).power).toBeLessThan(power);
          }
          expect(sure(planEffect(plan, found, power)).effect).toBeLessThanOrEqual(effect * (1 + 1e-6));
        },
      ),
      { numRuns: 25 },
    );
  });

  it("keeps its word: 64 and 64 normal units find half a standard deviation in 80 of 100 experiments", () => {
    let state = 7;
    const random = () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return (state + 0.5) / 2 ** 32;
    };
    const normal = () => Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
    const arm = (mean: number) => {
      const values = Array.from({ length: 64 }, () => mean + normal());
      const own = values.reduce((sum, one) => sum + one, 0) / 64;
      return { n: 64, mean: own, variance: values.reduce((sum, one) => sum + (one - own) ** 2, 0) / 63 };
    };
    const runs = 1500;
    const seen = Array.from({ length: runs }, () =>
      estimateEffect({ control: arm(0), treatment: arm(0.5) }, "absolute"),
    );
    const share = seen.filter((one) => !isNoAnswer(one) && one.low > 0).length / runs;
    // Three standard errors of 1.03 %.
    expect(Math.abs(share - 0.8015)).toBeLessThan(0.031);
  });
});

describe("planUnits for daily looks", () => {
  it("takes the always-valid reach instead of 1.96: about (3.05 + .84)²/(1.96 + .84)² as many, if tuned to them", () => {
    const once = sure(planUnits(UNIT, 0.1)).control;
    const daily = sure(planUnits({ ...UNIT, tunedTo: 6000 }, 0.1));
    expect(daily.control / once).toBeGreaterThan(1.8);
    expect(daily.control / once).toBeLessThan(2);
    expect(daily.power).toBeCloseTo(0.8, 3);
    // Tuned far off it takes more.
    expect(sure(planUnits({ ...UNIT, tunedTo: 600_000 }, 0.1)).control).toBeGreaterThan(1.5 * daily.control);
    expect(planUnits({ ...UNIT, tunedTo: 0 }, 0.1)).toMatchObject({ field: "tunedTo" });
  });
});

describe("what cannot be planned", () => {
  it("says why", () => {
    expect(planUnits(UNIT, 0)).toMatchObject({ noAnswer: "out-of-range", field: "effect" });
    expect(planUnits(UNIT, 1e-9)).toMatchObject({ noAnswer: "unreachable", field: "effect" });
    expect(planUnits(UNIT, 1, 1)).toMatchObject({ noAnswer: "out-of-range", field: "power" });
    expect(planUnits({ ...UNIT, scale: "relative" }, 0.1)).toMatchObject({ noAnswer: "zero-baseline" });
    expect(planUnits({ ...UNIT, correlation: 1 }, 0.1)).toMatchObject({ field: "correlation" });
    expect(planUnits({ ...UNIT, treatmentShare: 0 }, 0.1)).toMatchObject({ field: "treatmentShare" });
    expect(planUnits({ ...UNIT, confidence: 1 }, 0.1)).toMatchObject({ field: "confidence" });
    expect(planUnits({ baseline: { mean: 1, variance: 0 }, scale: "absolute" }, 1)).toMatchObject({
      field: "baseline",
    });
    expect(planUnits(SHARE, 12)).toMatchObject({ noAnswer: "out-of-range", field: "effect" });
    expect(planPower(UNIT, 1, { control: 1, treatment: 5 })).toMatchObject({ noAnswer: "too-few" });
    expect(planPower(SHARE, 0.2, { control: 49, treatment: 500 })).toMatchObject({ noAnswer: "too-few" });
    expect(planEffect(SHARE, { control: 5, treatment: 5 })).toMatchObject({ noAnswer: "too-few" });
    expect(planEffect({ ...SHARE, scale: "absolute" }, { control: 50, treatment: 50 }, 0.8, -1)).toMatchObject({
      noAnswer: "unreachable",
    });
    expect(planDuration(100, 0)).toMatchObject({ noAnswer: "out-of-range", field: "unitsPerDay" });
    expect(planDuration(0, 10)).toMatchObject({ noAnswer: "out-of-range", field: "units" });
  });

  it("counts days and whole weeks", () => {
    expect(planDuration(46, 10)).toEqual({ days: 5, weeks: 1 });
    expect(planDuration(7000, 1000)).toEqual({ days: 7, weeks: 1 });
    expect(planDuration(7001, 1000)).toEqual({ days: 8, weeks: 2 });
  });
});

describe("chancesOfVerdicts", () => {
  it("calls an effect of exactly the minimum better in half of the cases", () => {
    expect(chancesOfVerdicts({ effect: 1, error: 0.2, minimum: 1 })).toMatchObject({
      better: near(0.5, 10),
      worse: near(0, 6),
    });
  });

  it("is the power where no minimum is asked for, and 5 % in all without an effect", () => {
    const none = chancesOfVerdicts({ effect: 0, error: 1 });
    expect([none.better, none.worse, none.inconclusive]).toEqual([near(0.025, 10), near(0.025, 10), near(0.95, 10)]);
    expect(chancesOfVerdicts({ effect: 2.8016, error: 1 }).better).toBeCloseTo(0.8, 4);
    expect(chancesOfVerdicts({ effect: 2.8016, error: 1 }, false).worse).toBeCloseTo(0.8, 4);
  });

  it("says no meaningful change surely with a small enough error, and adds up to one", () => {
    expect(chancesOfVerdicts({ effect: 0, error: 0.1, minimum: 1 })["no meaningful change"]).toBeCloseTo(1, 12);
    expect(chancesOfVerdicts({ effect: 0.2, error: 0, minimum: 1 })["no meaningful change"]).toBe(1);
    const number = fc.double({ min: -3, max: 3, noNaN: true });
    fc.assert(
      fc.property(
        number,
        fc.double({ min: 0.01, max: 2, noNaN: true }),
        fc.double({ min: 0, max: 3, noNaN: true }),
        (effect, error, minimum) => {
          const chances = Object.values(chancesOfVerdicts({ effect, error, minimum }));
          expect(chances.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 10);
          expect(Math.min(...chances)).toBeGreaterThanOrEqual(0);
        },
      ),
      { numRuns: 200 },
    );
  });
});
