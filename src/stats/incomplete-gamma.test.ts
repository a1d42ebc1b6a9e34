import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chiSquareTail, normalTail, upperGamma } from "./incomplete-gamma.ts";
import { normalQuantile, studentTail } from "./quantile.ts";

const relative = (value: number, wanted: number) => Math.abs(value / wanted - 1);

describe("upperGamma", () => {
  it("is the Poisson sum for whole a", () => {
    for (const a of [1, 2, 5, 20])
      for (const x of [0.1, 1, 4.5, 21, 60]) {
        let [term, sum] = [Math.exp(-x), Math.exp(-x)];
        for (let k = 1; k < a; k++) {
          term *= x / k;
          sum += term;
        }
        expect(relative(upperGamma(a, x), sum)).toBeLessThan(1e-12);
      }
  });

  it("is 1 at 0, 0 at infinity, and falls with x", () => {
    expect([upperGamma(3, 0), upperGamma(3, Number.POSITIVE_INFINITY)]).toEqual([1, 0]);
    const argument = fc.double({ min: 0.01, max: 200, noNaN: true });
    fc.assert(
      fc.property(argument, argument, fc.double({ min: 0, max: 50, noNaN: true }), (a, x, step) => {
        const [here, further] = [upperGamma(a, x), upperGamma(a, x + step)];
        expect(here).toBeLessThanOrEqual(1);
        expect(further).toBeGreaterThanOrEqual(0);
        expect(further).toBeLessThanOrEqual(here + 1e-12);
      }),
      { numRuns: 300 },
    );
  });
});

describe("chiSquareTail", () => {
  it("reproduces tabled points", () => {
    expect(chiSquareTail(3.841458820694124, 1)).toBeCloseTo(0.05, 13);
    expect(chiSquareTail(5.991464547107979, 2)).toBeCloseTo(0.05, 13);
    expect(chiSquareTail(18.307038053275146, 10)).toBeCloseTo(0.05, 13);
    expect(chiSquareTail(124.34211340400407, 100)).toBeCloseTo(0.05, 12);
  });
});

describe("normalTail", () => {
  it("undoes the quantile, and reaches far", () => {
    for (const p of [0.975, 0.5, 0.2, 1e-3, 1e-9])
      expect(relative(normalTail(-normalQuantile(p)), p)).toBeLessThan(1e-10);
    expect(relative(normalTail(10), 7.619853024160527e-24)).toBeLessThan(1e-12);
    expect(normalTail(-10)).toBe(1);
  });

  it("is what Student's tail comes to with many degrees of freedom", () => {
    expect(normalTail(1.3)).toBeCloseTo(studentTail(1.3, 1e7), 7);
  });
});
