import { describe, expect, it } from "vitest";
import { openSeededRandom } from "../seeded-random.ts";
import { BG_NBD } from "./bg-nbd.ts";
import { CNBD_K } from "./cnbd-k.ts";
import { outlookCounts } from "./count-outlook.ts";
import { NBD } from "./nbd.ts";
import { findNextPurchase } from "./next-purchase.ts";
import { PARETO_NBD } from "./pareto-nbd.ts";
import type { PurchasePatterns } from "./purchase-model.ts";
import { discountResidualPurchases } from "./residual-purchases.ts";

function toPatterns(rows: readonly (readonly [x: number, recency: number, age: number])[]): PurchasePatterns {
  const pick = (at: 0 | 1 | 2) => Float64Array.from(rows, (row) => row[at]);
  return { x: pick(0), recency: pick(1), age: pick(2), customers: new Float64Array(rows.length).fill(1), logGaps: 0 };
}

const CDNOW = { r: 0.55328, alpha: 10.57768, s: 0.60624, beta: 11.66873 };
const STEADY = { r: 1, alpha: 10 };

describe("the next purchase", () => {
  it("is due, of NBD, when ((α + T)/(α + T + t))^(r + x) is ½", () => {
    const patterns = toPatterns([
      [0, 0, 10],
      [3, 5, 10],
      [40, 9, 10],
      [0, 0, 2000],
    ]);
    const weeks = findNextPurchase(NBD, STEADY, patterns);
    for (const [row, x] of [0, 3, 40].entries())
      expect((weeks[row] ?? 0) / (20 * (2 ** (1 / (1 + x)) - 1))).toBeCloseTo(1, 2);
    // Half of them buy within 2,010 weeks: beyond five years.
    expect(weeks[3]).toBe(Number.POSITIVE_INFINITY);
  });

  it("has come with probability ½ under every model, and never for who has most likely left", () => {
    const patterns = toPatterns([
      [2, 30, 38],
      [26, 216 / 7, 31],
      [12, 20, 24],
      [3, 2, 38],
      [0, 0, 38],
    ]);
    for (const [model, parameters] of [
      [PARETO_NBD, CDNOW],
      [BG_NBD, { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 }],
      [CNBD_K, { k: 2, r: 0.5, alpha: 5, a: 0.8, b: 2 }],
    ] as const) {
      const weeks = findNextPurchase(model, parameters, patterns);
      const now = model.logLikelihoods(parameters, patterns);
      const later = model.logLikelihoods(parameters, {
        ...patterns,
        age: patterns.age.map((age, row) => age + Math.min(weeks[row] ?? 0, 52)),
      });
      for (let row = 0; row < 3; row++) expect(Math.exp((later[row] ?? 0) - (now[row] ?? 0))).toBeCloseTo(0.5, 2);
      expect(weeks[3]).toBe(Number.POSITIVE_INFINITY);
    }
  });
});

describe("what is still to come, discounted", () => {
  it("is the closed form of the Pareto/NBD, with Tricomi's function from mpmath", () => {
    const patterns = toPatterns([
      [2, 30.43, 38.86],
      [26, 30.857, 31],
      [0, 0, 1],
    ]);
    const residual = discountResidualPurchases(PARETO_NBD, CDNOW, patterns);
    for (const [row, value] of [8.17205800766, 107.948096797, 4.36185933275].entries())
      expect((residual[row] ?? 0) / value).toBeCloseTo(1, 4);
    const impatient = discountResidualPurchases(PARETO_NBD, CDNOW, patterns, 1);
    expect(impatient[0]).toBeCloseTo(2.2115136522, 4);
    expect(() => discountResidualPurchases(PARETO_NBD, CDNOW, patterns, 0)).toThrow(RangeError);
  });
});

/** P(N ≤ n) of NBD's posterior: a negative binomial of shape r + x, rate t/(α + T). */
function boundedBy(n: number, shape: number, rate: number): number {
  let term = (1 / (1 + rate)) ** shape;
  let sum = 0;
  for (let count = 0; count <= n; count++) {
    sum += term;
    term *= ((shape + count) / (count + 1)) * (rate / (1 + rate));
  }
  return sum;
}

describe("the counts ahead", () => {
  it("are NBD's posterior exactly: quantiles, variance, chance of none", () => {
    const patterns = toPatterns([
      [0, 0, 10],
      [1, 3, 10],
      [7, 9, 10],
      [60, 9, 10],
    ]);
    const { none, expected, low, high, variance } = outlookCounts(NBD, STEADY, patterns, 20);
    for (const [row, x] of [0, 1, 7, 60].entries()) {
      const [shape, rate] = [1 + x, 1];
      expect(expected[row]).toBeCloseTo(shape * rate, 9);
      expect(none[row]).toBeCloseTo(0.5 ** shape, 9);
      expect(variance[row]).toBeCloseTo(shape * rate * (1 + rate), 8);
      const [from, to] = [low[row] ?? 0, high[row] ?? 0];
      expect(boundedBy(to, shape, rate)).toBeGreaterThanOrEqual(0.975);
      expect(boundedBy(to - 1, shape, rate)).toBeLessThan(0.975);
      expect(boundedBy(from, shape, rate)).toBeGreaterThanOrEqual(0.025);
      if (from > 0) expect(boundedBy(from - 1, shape, rate)).toBeLessThan(0.025);
    }
  });

  it("hold 95 % and scatter as foretold in a simulated population that leaves", () => {
    const truth = { r: 2, alpha: 4, s: 1, beta: 20 };
    const chance = openSeededRandom(4);
    // Gamma of shape 1 is exponential, of shape 2 the sum of two.
    const exponential = () => -Math.log(1 - chance());
    const [age, ahead] = [40, 39];
    const rows: [number, number, number][] = [];
    const later: number[] = [];
    for (let customer = 0; customer < 2000; customer++) {
      const pace = (exponential() + exponential()) / truth.alpha;
      const end = exponential() / (exponential() / truth.beta);
      let [x, recency, next] = [0, 0, 0];
      for (let at = 0; ; ) {
        at += exponential() / pace;
        if (at > Math.min(end, age + ahead)) break;
        if (at > age) next++;
        else [x, recency] = [x + 1, at];
      }
      rows.push([x, recency, age]);
      later.push(next);
    }
    const { none, expected, low, high, variance } = outlookCounts(PARETO_NBD, truth, toPatterns(rows), ahead);
    const sum = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0);
    const within = later.filter((n, row) => n >= (low[row] ?? 0) && n <= (high[row] ?? 0)).length;
    expect(within / rows.length).toBeGreaterThan(0.95);
    expect(within / rows.length).toBeLessThan(0.995);
    expect(Math.abs(sum(later) - sum(expected)) / Math.sqrt(sum(variance))).toBeLessThan(3);
    expect(sum(later.map((n, row) => (n - (expected[row] ?? 0)) ** 2)) / sum(variance)).toBeCloseTo(1, 0.7);
    const nobody = later.filter((n) => n === 0).length;
    expect(Math.abs(nobody - sum(none))).toBeLessThan(3 * Math.sqrt(sum(none.map((p) => p * (1 - p)))));
  });

  it("scatter less where gaps are steadier, and say 0 where nothing is to come", () => {
    const patterns = toPatterns([[20, 39, 40]]);
    const steady = outlookCounts(CNBD_K, { k: 3, r: 60, alpha: 40, a: 0.01, b: 10 }, patterns, 40);
    const byChance = outlookCounts(CNBD_K, { k: 1, r: 20, alpha: 40, a: 0.01, b: 10 }, patterns, 40);
    expect(steady.variance[0]).toBeLessThan(0.5 * (byChance.variance[0] ?? 0));
    expect(steady.high[0]).toBeLessThan(byChance.high[0] ?? 0);
    expect(steady.low[0]).toBeGreaterThan(byChance.low[0] ?? 0);
    const gone = outlookCounts(PARETO_NBD, { r: 5, alpha: 1, s: 5, beta: 10 }, toPatterns([[90, 20, 90]]), 39);
    expect([gone.low[0], gone.high[0]]).toEqual([0, 0]);
    expect(gone.variance[0]).toBeGreaterThanOrEqual(0);
  });
});
