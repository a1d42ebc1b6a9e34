/** Survivors of the two published segments: Fader & Hardie (2007), figure 1 and table 2. */
import { describe, expect, it } from "vitest";
import { isNoAnswer } from "../no-answer.ts";
import {
  fitShiftedBetaGeometric,
  type ShiftedBetaGeometricFit,
  shiftedBetaGeometricSurvival,
} from "./shifted-beta-geometric.ts";

const HIGH_END = [1000, 869, 743, 653, 593, 551, 517, 491];

function fitted(cohorts: readonly (readonly number[])[]): ShiftedBetaGeometricFit {
  const fit = fitShiftedBetaGeometric(cohorts);
  if (isNoAnswer(fit)) throw new Error(fit.reason);
  return fit;
}

describe("fitShiftedBetaGeometric", () => {
  it("High End: .668 and 3.806, and years 8 to 12 .460 .436 .414 .395 .378", () => {
    const { alpha, beta, standardErrors, logLikelihood, boundary } = fitted([HIGH_END]);
    expect([alpha, beta]).toEqual([expect.closeTo(0.668, 3), expect.closeTo(3.806, 3)]);
    expect(logLikelihood).toBeCloseTo(-1611.2, 1);
    expect(boundary).toBeNull();
    expect(standardErrors.alpha).toBeGreaterThan(0.02);
    expect(standardErrors.alpha).toBeLessThan(0.2);
    const years = [8, 9, 10, 11, 12].map((year) => shiftedBetaGeometricSurvival(alpha, beta, year));
    for (const [index, share] of [0.46, 0.436, 0.414, 0.395, 0.378].entries())
      expect(Math.abs((years[index] ?? 0) - share)).toBeLessThan(5.1e-4);
  });

  it("cohorts of different ages add up: one cut in two, the other observed for less", () => {
    const whole = fitted([HIGH_END]);
    const halves = fitted([HIGH_END.map((n) => n * 0.25), HIGH_END.map((n) => n * 0.75)]);
    expect(halves.alpha).toBeCloseTo(whole.alpha, 6);
    const [alpha, beta] = [0.7, 2];
    const exact = (n: number, periods: number) =>
      Array.from({ length: periods + 1 }, (_, t) => n * shiftedBetaGeometricSurvival(alpha, beta, t));
    const mixed = fitted([exact(4000, 9), exact(2500, 5), exact(900, 2), [300]]);
    expect([mixed.alpha, mixed.beta]).toEqual([expect.closeTo(alpha, 5), expect.closeTo(beta, 5)]);
    expect(mixed.customers).toBe(7700);
  });

  it("equal chances are named a boundary, and the curve is geometric", () => {
    const { alpha, beta, boundary, standardErrors } = fitted([[1024, 512, 256, 128, 64, 32]]);
    expect(boundary).toBe("Everybody is as likely to leave, in every period.");
    expect(standardErrors).toEqual({ alpha: null, beta: null });
    expect(shiftedBetaGeometricSurvival(alpha, beta, 10)).toBeCloseTo(2 ** -10, 5);
  });

  it("two kinds of customers are named, and those who stay are kept", () => {
    const { alpha, beta, boundary } = fitted([[1000, 700, 700, 700, 700]]);
    expect(boundary).toBe("Customers are of two kinds: those who leave at once, and those who stay.");
    expect(shiftedBetaGeometricSurvival(alpha, beta, 20)).toBeCloseTo(0.7, 2);
  });

  it("says why there is no answer", () => {
    const reason = (cohorts: readonly (readonly number[])[]) => {
      const fit = fitShiftedBetaGeometric(cohorts);
      return isNoAnswer(fit) ? fit.noAnswer : "answered";
    };
    expect(reason([])).toBe("too-few");
    expect(reason([[100, 80], [50]])).toBe("too-few");
    expect(reason([[100, 0, 0]])).toBe("too-few");
    expect(reason([[100, 100, 100]])).toBe("no-variation");
    expect(() => fitShiftedBetaGeometric([[10, 12]])).toThrow("must not grow");
  });
});
