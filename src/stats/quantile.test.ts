import { describe, expect, it } from "vitest";
import { normalQuantile, studentQuantile } from "./quantile.ts";
import { incompleteBeta, logGamma } from "./special-functions.ts";

describe("logGamma", () => {
  it.each([
    [1, 0],
    [2, 0],
    [5, Math.log(24)],
    [0.5, 0.5 * Math.log(Math.PI)],
    [101, 363.7393755555635], // ln 100!
  ])("of %f is %f", (x, expected) => {
    expect(logGamma(x)).toBeCloseTo(expected, 11);
  });
});

describe("incompleteBeta", () => {
  it("equals sums of binomial probabilities", () => {
    expect(incompleteBeta(0.5, 2, 3)).toBeCloseTo(11 / 16, 13);
    expect(incompleteBeta(0.25, 1, 4)).toBeCloseTo(1 - 0.75 ** 4, 13);
    expect(incompleteBeta(0, 2, 3)).toBe(0);
    expect(incompleteBeta(1, 2, 3)).toBe(1);
  });

  it("is symmetric and holds for large arguments", () => {
    expect(incompleteBeta(0.3, 7, 11) + incompleteBeta(0.7, 11, 7)).toBeCloseTo(1, 13);
    expect(incompleteBeta(0.5, 500_000, 500_000)).toBeCloseTo(0.5, 8);
  });
});

describe("normalQuantile", () => {
  it.each([
    [0.5, 0],
    [0.975, 1.959963984540054],
    [0.025, -1.959963984540054],
    [0.9, 1.2815515655446004],
    [1e-10, -6.361340902404056],
    [1e-20, -9.26234008979841],
  ])("of %f is %f", (p, expected) => {
    expect(normalQuantile(p)).toBeCloseTo(expected, 12);
  });

  it("is infinite at the ends", () => {
    expect(normalQuantile(0)).toBe(Number.NEGATIVE_INFINITY);
    expect(normalQuantile(1)).toBe(Number.POSITIVE_INFINITY);
  });
});

describe("studentQuantile", () => {
  it.each([
    [0.975, 1, 12.706204736432095],
    [0.975, 10, 2.2281388519649385],
    [0.975, 30, 2.0422724563012373],
    [0.975, 99, 1.9842169515086827],
    [0.95, 5, 2.0150483733330233],
    [0.025, 10, -2.2281388519649385],
    [0.5, 3, 0],
  ])("of %f with %i degrees of freedom is %f", (p, df, expected) => {
    expect(studentQuantile(p, df)).toBeCloseTo(expected, 9);
  });

  it("comes near the normal quantile", () => {
    expect(studentQuantile(0.975, 1e6)).toBeCloseTo(normalQuantile(0.975), 5);
  });
});
