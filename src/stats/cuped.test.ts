import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ArmMoments, meanOfArm, momentsOfRows } from "./arm-moments.ts";
import { adjustForBefore } from "./cuped.ts";
import { isNoAnswer, type NoAnswer } from "./no-answer.ts";
import { designOf, fitLeastSquares, isUnfitted } from "./ordinary-least-squares.ts";
import { ratioOfArm } from "./ratio-metric.ts";
import { estimateEffect } from "./welch-effect.ts";

function sure<T extends object>(result: T | NoAnswer): T {
  if (isNoAnswer(result)) throw new Error(result.reason);
  return result;
}

interface Rows {
  readonly value: number[];
  readonly before?: number[];
  readonly denominator?: number[];
  readonly beforeDenominator?: number[];
}

function armsOf(rows: Rows, arms: readonly number[]): [ArmMoments, ArmMoments] {
  const [control, treatment] = momentsOfRows(rows, arms, 2);
  if (!control || !treatment) throw new Error("an arm is missing");
  return [control, treatment];
}

function makeRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Units whose KPI follows their past, `tau` more in the treatment arm. */
function drawUnits(n: number, seed: number, tau: number): [Rows & { before: number[] }, number[]] {
  const random = makeRandom(seed);
  const before = Array.from({ length: n }, () => -Math.log(1 - random()) * 10);
  const arms = before.map(() => (random() < 0.5 ? 1 : 0));
  const value = before.map((past, at) => 5 + 0.8 * past + 8 * (random() - 0.5) + tau * (arms[at] ?? 0));
  return [{ value, before }, arms];
}

/** In hundredths, as a spread that only rounding makes says nothing of a slope. */
const number = fc.integer({ min: -5_000, max: 5_000 }).map((hundredths) => hundredths / 100);

describe("adjustForBefore, of means", () => {
  it("is the regression of the KPI on the covariate over both arms, subtracted unit by unit", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(number, number), { minLength: 6, maxLength: 40 }), (units) => {
        const [value, before] = [units.map(([y]) => y), units.map(([, x]) => x)];
        const arms = units.map((_, at) => at % 2);
        const fit = fitLeastSquares(designOf([value.map(() => 1), before]), value);
        fc.pre(!isUnfitted(fit));
        if (isUnfitted(fit)) return;
        const slope = fit.coefficients[1] ?? 0;
        fc.pre(Math.abs(slope) < 1e3);
        const centre = before.reduce((sum, x) => sum + x, 0) / before.length;
        const byHand = armsOf({ value: value.map((y, at) => y - slope * ((before[at] ?? 0) - centre)) }, arms).map(
          meanOfArm,
        );
        const found = sure(adjustForBefore(...armsOf({ value, before }, arms)));
        expect(found.theta).toBeCloseTo(slope, 6);
        for (const [at, arm] of [found.control, found.treatment].entries()) {
          expect(arm.mean).toBeCloseTo(byHand[at]?.mean ?? 0, 5);
          expect(arm.variance / (1 + arm.variance)).toBeCloseTo((byHand[at]?.variance ?? 0) / (1 + arm.variance), 5);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("does not mind the covariate's unit and zero", () => {
    const [rows, arms] = drawUnits(500, 3, 1);
    const plain = sure(adjustForBefore(...armsOf(rows, arms)));
    const other = sure(adjustForBefore(...armsOf({ ...rows, before: rows.before.map((x) => 1000 - 7 * x) }, arms)));
    expect(other.theta).toBeCloseTo(plain.theta / -7, 9);
    expect(other.treatment.mean).toBeCloseTo(plain.treatment.mean, 8);
    expect(other.reduction).toBeCloseTo(plain.reduction, 8);
  });

  it("narrows the interval by about 1 − ρ² and keeps its promise, 200 simulated experiments", () => {
    const [covered, narrower] = [{ absolute: 0, relative: 0 }, [] as number[]];
    for (let seed = 1; seed <= 200; seed++) {
      const [rows, arms] = drawUnits(240, seed * 7919, 4);
      const moments = armsOf(rows, arms);
      const pair = sure(adjustForBefore(...moments));
      for (const scale of ["absolute", "relative"] as const) {
        const { low, high } = sure(estimateEffect(pair, scale));
        const truth = scale === "absolute" ? 4 : 4 / 13;
        if (low <= truth && truth <= high) covered[scale]++;
      }
      narrower.push(pair.reduction);
    }
    // var(.8·X) = 64 of 64 + 64/12: ρ² = .92.
    expect(narrower.reduce((sum, one) => sum + one, 0) / 200).toBeCloseTo(0.92, 1);
    // 95 % of 200, give or take three standard errors of 1.54 %.
    for (const count of Object.values(covered)) {
      expect(count).toBeGreaterThanOrEqual(181);
      expect(count).toBeLessThanOrEqual(199);
    }
  });

  it("changes nothing when the covariate says nothing", () => {
    const moments = armsOf({ value: [1, 2, 4, 8], before: [3, 3, 3, 3] }, [0, 0, 1, 1]);
    const found = sure(adjustForBefore(...moments));
    expect(found).toEqual({
      control: meanOfArm(moments[0]),
      treatment: meanOfArm(moments[1]),
      shared: 0,
      theta: 0,
      correlation: 0,
      reduction: 0,
    });
  });

  it("asks for a covariate", () => {
    expect(adjustForBefore(...armsOf({ value: [1, 2] }, [0, 1]))).toMatchObject({
      noAnswer: "out-of-range",
      field: "before",
    });
  });
});

describe("adjustForBefore, of ratios", () => {
  /** Orders per unit and spend per order, before and after, of units that keep their habits. */
  function drawRatios(n: number, seed: number, tau: number): [Required<Rows>, number[]] {
    const random = makeRandom(seed);
    const arms = Array.from({ length: n }, () => (random() < 0.5 ? 1 : 0));
    const habit = arms.map(() => 2 + 6 * random());
    const orders = () => 1 + Math.floor(random() * 5);
    const [denominator, beforeDenominator] = [arms.map(orders), arms.map(orders)];
    const spend = (counts: number[], more: number) =>
      counts.map((count, at) => count * ((habit[at] ?? 0) + random() + more * (arms[at] ?? 0)));
    return [
      { value: spend(denominator, tau), denominator, before: spend(beforeDenominator, 0), beforeDenominator },
      arms,
    ];
  }

  it("keeps its promise, and is narrower than without, 150 simulated experiments", () => {
    let covered = 0;
    for (let seed = 1; seed <= 150; seed++) {
      const [rows, arms] = drawRatios(200, seed * 7919, 0.5);
      const [control, treatment] = armsOf(rows, arms);
      const pair = sure(adjustForBefore(control, treatment));
      const adjusted = sure(estimateEffect(pair, "absolute"));
      const plain = sure(
        estimateEffect({ control: sure(ratioOfArm(control)), treatment: sure(ratioOfArm(treatment)) }, "absolute"),
      );
      expect(adjusted.standardError).toBeLessThan(0.8 * plain.standardError);
      if (adjusted.low <= 0.5 && 0.5 <= adjusted.high) covered++;
    }
    expect(covered).toBeGreaterThanOrEqual(135);
    expect(covered).toBeLessThanOrEqual(150);
  });

  it("takes a plain covariate for a ratio too, and says where it cannot divide", () => {
    const [{ value, denominator, before, beforeDenominator }, arms] = drawRatios(200, 5, 0);
    const plain = sure(adjustForBefore(...armsOf({ value, denominator, before }, arms)));
    expect(plain.control.variance).toBeGreaterThan(0);
    const none = beforeDenominator.map(() => 0);
    expect(adjustForBefore(...armsOf({ value, denominator, before, beforeDenominator: none }, arms))).toMatchObject({
      noAnswer: "zero-baseline",
      field: "beforeDenominator",
    });
    expect(adjustForBefore(...armsOf({ value, denominator: none, before }, arms))).toMatchObject({
      field: "denominator",
    });
  });
});
