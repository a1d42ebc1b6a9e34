import { describe, expect, it } from "vitest";
import { isNoAnswer } from "../no-answer.ts";
import { openSeededRandom } from "../seeded-random.ts";
import { gammaQuantile } from "./gamma-quantile.ts";
import { customerInterval, fitReplenishment, type RepeatCounts, type ReplenishmentFit } from "./replenishment.ts";

const counts = (rows: readonly (readonly [repeats: number, exposure: number, customers: number])[]): RepeatCounts => ({
  repeats: Float64Array.from(rows, ([repeats]) => repeats),
  exposure: Float64Array.from(rows, ([, exposure]) => exposure),
  customers: Float64Array.from(rows, ([, , customers]) => customers),
});

function fitted(rows: Parameters<typeof counts>[0]): ReplenishmentFit {
  const fit = fitReplenishment(counts(rows));
  if (isNoAnswer(fit)) throw new Error(fit.reason);
  return fit;
}

describe("gammaQuantile", () => {
  it("reproduces tabled points of chi-square, and exact ones", () => {
    // χ² with df degrees of freedom is twice a Gamma(df/2).
    expect(2 * gammaQuantile(0.95, 0.5)).toBeCloseTo(3.841458820694124, 11);
    expect(2 * gammaQuantile(0.95, 5)).toBeCloseTo(18.307038053275146, 11);
    expect(2 * gammaQuantile(0.05, 50)).toBeCloseTo(77.92946517, 7);
    expect(gammaQuantile(0.1, 1)).toBeCloseTo(-Math.log(0.9), 13);
    expect(gammaQuantile(0.9, 1)).toBeCloseTo(Math.LN10, 12);
  });

  it("holds for shapes far from 1", () => {
    for (const shape of [0.05, 0.3, 2.5, 1e4]) {
      const [low, middle, high] = [0.1, 0.5, 0.9].map((p) => gammaQuantile(p, shape)) as [number, number, number];
      expect(0 < low && low < middle && middle < high && Number.isFinite(high)).toBe(true);
    }
    expect(gammaQuantile(0.5, 1e4)).toBeCloseTo(1e4 - 1 / 3, 3);
  });
});

describe("fitReplenishment", () => {
  /** A whole shape's Gamma as a sum of exponentials; gaps are exponential. */
  function buyers(shape: number, alpha: number, customers: number): [number, number, number][] {
    const random = openSeededRandom(7);
    const exponential = () => -Math.log(1 - random());
    return Array.from({ length: customers }, () => {
      let pace = 0;
      for (let part = 0; part < shape; part++) pace += exponential() / alpha;
      const repeats = 1 + Math.floor(random() * 6);
      let time = 0;
      for (let gap = 0; gap < repeats; gap++) time += exponential() / pace;
      return [repeats, time, 1];
    });
  }

  it("finds the paces of simulated customers: shape 3, alpha 90", () => {
    const { r, alpha, days, low, high, n, boundary } = fitted(buyers(3, 90, 4000));
    expect(Math.abs(r - 3)).toBeLessThan(0.3);
    expect(Math.abs(alpha - 90)).toBeLessThan(9);
    // 90 over the 50 %, 90 % and 10 % points of Gamma(3): 2.674060, 5.322320, 1.102065.
    for (const [found, true_] of [
      [days, 33.6567],
      [low, 16.9099],
      [high, 81.6649],
    ] as const)
      expect(Math.abs(found / true_ - 1)).toBeLessThan(0.05);
    expect(n).toBeGreaterThan(12_000);
    expect(boundary).toBeNull();
  });

  it("tells regular gaps from customers who are alike: sums of 4 exponential ones at paces of shape 6", () => {
    const random = openSeededRandom(11);
    const exponential = () => -Math.log(1 - random());
    const sum = (parts: number) => Array.from({ length: parts }, exponential).reduce((a, b) => a + b, 0);
    let logGaps = 0;
    const rows = Array.from({ length: 3000 }, () => {
      const pace = sum(6) / 60;
      const gaps = [sum(4) / pace, sum(4) / pace];
      for (const gap of gaps) logGaps += Math.log(gap);
      return [2, (gaps[0] ?? 0) + (gaps[1] ?? 0), 1] as const;
    });
    const fit = fitReplenishment({ ...counts(rows), logGaps });
    if (isNoAnswer(fit)) throw new Error(fit.reason);
    expect(fit.regularity).toBe(4);
    // 4 · 60 over the 50 %, 90 % and 10 % points of Gamma(6): 5.670161, 9.274674, 3.151898.
    for (const [found, true_] of [
      [fit.days, 42.3268],
      [fit.low, 25.8769],
      [fit.high, 76.1446],
    ] as const)
      expect(Math.abs(found / true_ - 1)).toBeLessThan(0.05);
    // Taken for chance, the same gaps would say that customers hardly differ.
    expect(fitted(rows).high / fitted(rows).low).toBeLessThan(1.5);
    expect(customerInterval(fit, 8, 8 * 30).days).toBeLessThan(35);
  });

  it("customers of one pace are a boundary, and their interval is the mean", () => {
    const { days, low, high, boundary } = fitted([[3, 90, 300]]);
    expect(boundary).toBe("All customers buy it again at the same pace.");
    expect(days).toBeCloseTo(30, 1);
    expect(high / low).toBeLessThan(1.03);
  });

  it("draws a customer from everybody's interval to the customer's own", () => {
    const everybody = { r: 2, alpha: 60, regularity: 1 };
    const [none, some, much] = [
      [0, 0],
      [3, 30],
      [300, 3000],
    ].map(([repeats = 0, exposure = 0]) => customerInterval(everybody, repeats, exposure));
    expect(none?.days).toBeCloseTo(60 / 1.6783469900166605, 9);
    expect(some?.days).toBeLessThan(none?.days ?? 0);
    expect(much?.days).toBeGreaterThan(10);
    expect(much?.days).toBeLessThan(10.3);
    for (const { days, low, high } of [none, some, much].flatMap((interval) => interval ?? []))
      expect(low < days && days < high).toBe(true);
    expect((much?.high ?? 9) / (much?.low ?? 1)).toBeLessThan(1.2);
  });

  it("gives no number under 20 repeat purchases, or without time, and stays finite for wild customers", () => {
    expect(fitReplenishment(counts([[1, 10, 19]]))).toMatchObject({ noAnswer: "too-few" });
    expect(fitReplenishment(counts([]))).toMatchObject({ noAnswer: "too-few" });
    expect(fitReplenishment(counts([[1, 0, 40]]))).toMatchObject({ noAnswer: "no-variation" });
    const wild = fitted([
      [0, 1000, 5000],
      [40, 1, 3],
      [1, 5000, 7],
    ]);
    for (const value of [wild.days, wild.low, wild.high, wild.r, wild.alpha, wild.logLikelihood])
      expect(Number.isFinite(value)).toBe(true);
  });
});
