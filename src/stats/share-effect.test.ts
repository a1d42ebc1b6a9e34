import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { shareOfArm } from "./arm-moments.ts";
import { isNoAnswer, type NoAnswer } from "./no-answer.ts";
import { estimateShareEffect } from "./share-effect.ts";
import { estimateEffect } from "./welch-effect.ts";

function sure<T extends object>(result: T | NoAnswer): T {
  if (isNoAnswer(result)) throw new Error(result.reason);
  return result;
}

const near = (value: number, digits: number) => expect.closeTo(value, digits);

/** P(X = k) for each k of n. */
function binomial(n: number, p: number): number[] {
  const chances = [(1 - p) ** n];
  for (let k = 1; k <= n; k++) chances.push(((chances[k - 1] ?? 0) * (n - k + 1) * p) / (k * (1 - p)));
  return chances;
}

describe("estimateShareEffect", () => {
  it("hillstrom's visits to the printed digits", () => {
    const none = { hits: 2262, n: 21_306 };
    const men = { value: near(0.07659, 5), low: near(0.06995, 5), high: near(0.08322, 5), n: 42_613 };
    expect(estimateShareEffect(none, { hits: 3894, n: 21_307 })).toMatchObject(men);
    const women = { value: near(0.04523, 5), low: near(0.03889, 5), high: near(0.05157, 5) };
    expect(estimateShareEffect(none, { hits: 3238, n: 21_387 })).toMatchObject(women);
  });

  it("comes to Welch's with many units", () => {
    const welch = sure(
      estimateEffect({ control: shareOfArm(1e5, 1e6), treatment: shareOfArm(1.1e5, 1e6) }, "absolute"),
    );
    const found = sure(estimateShareEffect({ hits: 1e5, n: 1e6 }, { hits: 1.1e5, n: 1e6 }));
    expect([found.value, found.low, found.high]).toEqual([welch.value, near(welch.low, 6), near(welch.high, 6)]);
  });

  it("has an interval where nobody converts, and stays within −1 … 1 around the difference", () => {
    expect(estimateShareEffect({ hits: 0, n: 40 }, { hits: 0, n: 40 })).toMatchObject({
      value: 0,
      low: near(-0.0662, 4),
    });
    const count = fc
      .integer({ min: 1, max: 30 })
      .chain((n) => fc.record({ n: fc.constant(n), hits: fc.integer({ min: 0, max: n }) }));
    fc.assert(
      fc.property(count, count, (control, treatment) => {
        const { value, low, high, p } = sure(estimateShareEffect(control, treatment));
        expect(-1 <= low && low <= value && value <= high && high <= 1).toBe(true);
        expect(p >= 0 && p <= 1).toBe(true);
        const back = sure(estimateShareEffect(treatment, control));
        expect([back.low, back.high]).toEqual([near(-high, 10), near(-low, 10)]);
      }),
      { numRuns: 100 },
    );
  });

  it("covers, counted exactly, where the plain interval does not: 20 units an arm, shares of .05 and .15", () => {
    const n = 20;
    const [a, b] = [binomial(n, 0.05), binomial(n, 0.15)];
    let [covered, plain] = [0, 0];
    for (const [i, first] of a.entries())
      for (const [j, second] of b.entries()) {
        if (first * second < 1e-9) continue;
        const { low, high } = sure(estimateShareEffect({ hits: i, n }, { hits: j, n }));
        if (low <= 0.1 && 0.1 <= high) covered += first * second;
        const naive = estimateEffect({ control: shareOfArm(i, n), treatment: shareOfArm(j, n) }, "absolute");
        if (!isNoAnswer(naive) && naive.low <= 0.1 && 0.1 <= naive.high) plain += first * second;
      }
    expect(covered).toBeGreaterThan(0.95);
    expect(plain).toBeLessThan(0.95);
  });

  it("asks for a unit in each arm", () => {
    expect(estimateShareEffect({ hits: 0, n: 0 }, { hits: 1, n: 3 })).toMatchObject({
      noAnswer: "too-few",
      field: "control",
    });
  });
});
