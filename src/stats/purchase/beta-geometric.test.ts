import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readCdnow } from "../../../test/cdnow.ts";
import { hasRealData, whySkipped } from "../../../test/real-data.ts";
import { gaussHypergeometric } from "../gauss-hypergeometric.ts";
import { BG_NBD } from "./bg-nbd.ts";
import { MBG_NBD } from "./mbg-nbd.ts";
import { NBD } from "./nbd.ts";
import type { PurchasePatterns } from "./purchase-model.ts";

type Row = readonly [x: number, recency: number, age: number, customers: number];

function toPatterns(rows: readonly Row[]): PurchasePatterns {
  const pick = (at: 0 | 1 | 2 | 3) => Float64Array.from(rows, (row) => row[at]);
  return { x: pick(0), recency: pick(1), age: pick(2), customers: pick(3), logGaps: 0 };
}

const one = (x: number, recency: number, age: number) => toPatterns([[x, recency, age, 1]]);
const CDNOW_BG = { r: 0.242595, alpha: 4.413602, a: 0.792922, b: 2.425907 };
const PUBLISHED_BG = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 };

describe.skipIf(!hasRealData)(`CDNOW's 2,357 customers${whySkipped}`, () => {
  const patterns = hasRealData ? readCdnow("sample") : one(0, 0, 1);

  it.each([
    [BG_NBD, -9582.4292, [0.242595, 4.413602, 0.792922, 2.425907], [0.0126, 0.378, 0.186, 0.705], 6],
    [MBG_NBD, -9582.1357, [0.525, 6.183, 0.891, 1.614], [], 3],
    [NBD, -9763.66, [0.3848, 12.072], [], 3],
  ] as const)("$id: every digit printed, within 30 passes", (model, logLikelihood, parameters, errors, digits) => {
    expect(patterns.x.length).toBe(1016);
    const fit = model.fit(patterns);
    expect(Math.abs(fit.logLikelihood - logLikelihood)).toBeLessThan(model === NBD ? 0.005 : 1e-3);
    for (const [at, value] of parameters.entries())
      expect(fit.parameters[model.names[at] ?? ""]).toBeCloseTo(value, digits);
    for (const [at, error] of errors.entries())
      expect(fit.standardErrors[model.names[at] ?? ""]).toBeCloseTo(error, at === 0 ? 4 : 3);
    expect(fit.passes).toBeLessThanOrEqual(20);
    expect(fit.boundary).toBeNull();
    expect(fit.logCovariance).toHaveLength(model.names.length);
    const each = model.logLikelihoods(fit.parameters, patterns);
    const sum = each.reduce((total, value, row) => total + value * (patterns.customers[row] ?? 0), 0);
    expect(sum).toBeCloseTo(fit.logLikelihood, 8);
  });

  it("expects 4,165.7 repeat purchases by week 78 (BG), of customers as they came", () => {
    const { parameters } = BG_NBD.fit(patterns);
    let total = 0;
    for (let row = 0; row < patterns.x.length; row++)
      total += (patterns.customers[row] ?? 0) * BG_NBD.expectedOfNew(parameters, (patterns.age[row] ?? 0) + 39 + 1 / 7);
    expect(total).toBeCloseTo(4165.7, 1);
  });
});

describe("BG/NBD's forecasts", () => {
  it("gives the published individuals, and passes where ₂F₁ is negative", () => {
    expect(BG_NBD.expected(CDNOW_BG, one(26, 30 + 6 / 7, 31), 39)[0]).toBeCloseTo(20.749, 3);
    expect(BG_NBD.expected(CDNOW_BG, one(26, 30 + 6 / 7, 31), 52)[0]).toBeCloseTo(25.757, 3);
    expect(BG_NBD.alive(CDNOW_BG, one(26, 30 + 6 / 7, 31))[0]).toBeCloseTo(0.96885, 5);
    expect(BG_NBD.expected(PUBLISHED_BG, one(2, 30.43, 38.86), 39)[0]).toBeCloseTo(1.226, 3);
    expect(BG_NBD.expectedOfNew(CDNOW_BG, 52)).toBeCloseTo(1.444, 4);
    expect(BG_NBD.countsOfNew(PUBLISHED_BG, 39, 0)[0]).toBeCloseTo(0.57379, 5);
    expect((BG_NBD.countsOfNew(PUBLISHED_BG, 2, 10)[10] ?? 0) * 1e7).toBeCloseTo(1.07869, 5);
    expect(BG_NBD.expected({ r: 0.11, alpha: 2.24, a: 0.31, b: 0.5 }, one(0, 0, 1), 30)[0]).toBeCloseTo(0.564589, 5);
  });

  it("is the paper's formula with ₂F₁, where that has a value", () => {
    for (const [r, alpha, a, b, x, age, weeks] of [
      [0.2426, 4.4136, 0.7929, 2.4259, 2, 38.86, 39],
      [0.11, 2.24, 0.31, 0.5, 0, 1, 30],
      [1.3, 20, 2.5, 1.2, 7, 100, 200],
    ] as const) {
      const [end, c] = [alpha + age, a + b + x - 1];
      const hypergeometric = gaussHypergeometric(r + x, b + x, c, weeks / (end + weeks));
      const paper = (c / (a - 1)) * (1 - (end / (end + weeks)) ** (r + x) * hypergeometric);
      const history = one(x, x > 0 ? age : 0, age);
      const alive = BG_NBD.alive({ r, alpha, a, b }, history)[0] ?? 0;
      const expected = BG_NBD.expected({ r, alpha, a, b }, history, weeks)[0] ?? 0;
      expect(expected / alive / paper).toBeCloseTo(1, 9);
    }
  });

  it("passes a = 1 and a + b = 1, far horizons and the boundaries (mpmath 1.3, quadrature over p)", () => {
    for (const [r, alpha, a, b, value] of [
      [0.24, 4.4, 1, 2.4, 1.0708086679226],
      [0.24, 4.4, 0.3, 0.7, 1.2665885574324],
      [0.24, 1e-4, 0.3, 0.7, 2475.0901176613],
      [0.24, 4.4, 39.9, 99, 0.91692722091802],
      [0.24, 4.4, 40.1, 99, 0.91522804844023],
      [2, 0.001, 45, 2.4, 1.0545454537716],
      [30, 10, 60, 0.5, 1.0084745762712],
      // Nobody leaves: r·t/alpha.
      [1, 10, 1e-5, 1e7, 3.9],
    ] as const)
      expect(BG_NBD.expectedOfNew({ r, alpha, a, b }, 39) / value).toBeCloseTo(1, 7);
  });

  it.each([BG_NBD, MBG_NBD])("$id: chances of counts add up to 1, and to what is expected", (model) => {
    const counts = model.countsOfNew(CDNOW_BG, 39, 400);
    expect(counts.reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(1, 10);
    expect(counts.reduce((sum, chance, n) => sum + n * chance, 0)).toBeCloseTo(model.expectedOfNew(CDNOW_BG, 39), 10);
  });
});

describe("boundaries", () => {
  const spread: Row[] = [0, 1, 2, 3, 4, 6, 9].map((x, at) => [x, x > 0 ? 30 : 0, 30, 40 - 5 * at]);

  it("is an NBD when everybody still buys at the end", () => {
    const [fit, nbd] = [BG_NBD.fit(toPatterns(spread)), NBD.fit(toPatterns(spread))];
    expect(fit.boundary).toBe("Nobody leaves: this is an NBD.");
    expect(Math.abs(fit.logLikelihood - nbd.logLikelihood)).toBeLessThan(1e-3);
    expect(fit.logCovariance).toBeNull();
    expect(fit.standardErrors.b).toBeNull();
    expect(fit.standardErrors.r).toBeGreaterThan(0);
    expect(fit.passes).toBeLessThanOrEqual(30);
  });

  it("names one rate for all, and one repeat for all", () => {
    const even = toPatterns([2, 3, 4].map((x) => [x, 36, 39, 100]));
    expect(NBD.fit(even).boundary).toMatch(/same rate/u);
    const once = toPatterns([10, 15, 20, 30].map((age, at) => [1, 1 + at, age + 60, 100]));
    for (const model of [BG_NBD, MBG_NBD, NBD]) {
      const fit = model.fit(once);
      expect(Object.values(fit.parameters).every(Number.isFinite)).toBe(true);
      expect(model.expected(fit.parameters, once, 39).every((value) => value >= 0 && value < 100)).toBe(true);
    }
  });

  it("says who is missing", () => {
    expect(() => BG_NBD.fit(toPatterns([]))).toThrow("there are none");
    expect(() => NBD.fit(one(0, 0, 3))).toThrow("with a repeat purchase");
  });
});

it("is finite, and has the gradient of its values, for wild parameters", () => {
  const patterns = toPatterns([
    [0, 0, 0, 5],
    [0, 0, 150, 20],
    [1, 149, 150, 3],
    [700, 155, 156, 1],
    [3, 0.5, 150, 4],
  ]);
  const wild = fc.double({ min: -11, max: 11, noNaN: true });
  fc.assert(
    fc.property(fc.constantFrom(BG_NBD, MBG_NBD, NBD), fc.tuple(wild, wild, wild, wild), (model, logs) => {
      const point = Float64Array.from(logs.slice(0, model.names.length));
      const parameters = Object.fromEntries(model.names.map((name, at) => [name, Math.exp(point[at] ?? 0)]));
      const objective = model.objective(patterns, parameters);
      const [gradient, unused] = [new Float64Array(point.length), new Float64Array(point.length)];
      const value = objective(point, gradient);
      expect(Number.isFinite(value)).toBe(true);
      for (const at of point.keys()) {
        const shift = (by: number) =>
          objective(
            point.map((from, to) => (to === at ? from + by : from)),
            unused,
          );
        const slope = (shift(1e-4) - shift(-1e-4)) / 2e-4;
        expect(Math.abs(slope - (gradient[at] ?? 0))).toBeLessThan(
          1e-5 * (1 + Math.abs(slope)) + 1e-9 * Math.abs(value),
        );
      }
      const found = [model.logLikelihoods, model.alive].flatMap((ask) => [...ask(parameters, patterns)]);
      expect(found.every(Number.isFinite)).toBe(true);
      expect(model.expected(parameters, patterns, 39).every((count) => count >= -1e-9)).toBe(true);
    }),
    { seed: 8, numRuns: 60 },
  );
});
