import { describe, expect, it } from "vitest";
import { readCdnow } from "../../../test/cdnow.ts";
import { hasRealData, whySkipped } from "../../../test/real-data.ts";
import { PARETO_NBD } from "./pareto-nbd.ts";
import type { PurchasePatterns } from "./purchase-model.ts";

type Row = readonly [x: number, recency: number, age: number, customers?: number];

function toPatterns(rows: readonly Row[]): PurchasePatterns {
  const pick = (at: 0 | 1 | 2 | 3) => Float64Array.from(rows, (row) => row[at] ?? 1);
  return { x: pick(0), recency: pick(1), age: pick(2), customers: pick(3), logGaps: 0 };
}

const CDNOW = { r: 0.55328, alpha: 10.57768, s: 0.60624, beta: 11.66873 };
/** x, t_x, T that come to more than 10³⁰⁰ or less than 10⁻³⁰⁰ without logarithms. */
const HEAVY = toPatterns([
  [221, 103.42857, 103.57143],
  [254, 97.14286, 97.28571],
  [161, 94.71429, 98],
  [204, 98.57143, 99.42857],
]);
const HEAVY_FIT = { r: 0.5143, alpha: 2.8845, s: 0.2856, beta: 14.1087 };

describe.skipIf(!hasRealData)(`CDNOW's customers${whySkipped}`, () => {
  const sample = hasRealData ? readCdnow("sample") : toPatterns([]);

  it("finds every digit printed, with the standard errors, within 30 passes", () => {
    const fit = PARETO_NBD.fit(sample);
    expect(fit.logLikelihood).toBeCloseTo(-9594.9762, 4);
    const printed = { r: 0.55328, alpha: 10.57768, s: 0.60624, beta: 11.66873 };
    for (const [name, value] of Object.entries(printed))
      expect(Math.abs((fit.parameters[name] ?? 0) - value)).toBeLessThan(1e-5);
    const errors = { r: 0.0476, alpha: 0.843, s: 0.187, beta: 6.21 };
    for (const [name, value] of Object.entries(errors))
      expect((fit.standardErrors[name] ?? 0) / value).toBeCloseTo(1, 2);
    expect(fit.passes).toBeLessThanOrEqual(20);
    expect(fit.boundary).toBeNull();
    expect(fit.logCovariance).toHaveLength(4);
  });

  it("expects 4,275.4 repeat purchases by week 78, of customers as they came", () => {
    const { parameters } = PARETO_NBD.fit(sample);
    const total = sample.age.reduce(
      (sum, age, row) => sum + (sample.customers[row] ?? 0) * PARETO_NBD.expectedOfNew(parameters, age + 39 + 1 / 7),
      0,
    );
    expect(total).toBeCloseTo(4275.4, 0);
  });

  it("gives the gradient that differences of the log-likelihood give, near the top and far from it", () => {
    const objective = PARETO_NBD.objective(sample, {});
    const [gradient, other] = [new Float64Array(4), new Float64Array(4)];
    for (const at of [CDNOW, { r: 3, alpha: 0.02, s: 0.01, beta: 0.001 }, { r: 900, alpha: 9e3, s: 70, beta: 1e4 }]) {
      const point = Float64Array.from(Object.values(at), Math.log);
      objective(point, gradient);
      for (let k = 0; k < 4; k++) {
        const move = (by: number) =>
          objective(
            Float64Array.from(point, (u, j) => (j === k ? u + by : u)),
            other,
          );
        const slope = (move(1e-4) - move(-1e-4)) / 2e-4;
        expect(Math.abs(slope - (gradient[k] ?? 0))).toBeLessThan(1e-3 + 1e-6 * Math.abs(slope));
      }
    }
  });
});

describe("Pareto/NBD by customer", () => {
  it("agrees with mpmath at 30 digits, on days and between them", () => {
    const patterns = toPatterns([
      [26, 216 / 7, 31],
      [2, 30.43, 38.86],
      [0, 0, 38.86],
    ]);
    const [many = 0, few = 0, none = 0] = PARETO_NBD.logLikelihoods(CDNOW, patterns);
    expect(many).toBeCloseTo(-39.130747865038, 10);
    expect(few).toBeCloseTo(-9.5543314814663, 11);
    expect(none).toBeCloseTo(-0.52120498490684, 11);
    const days = PARETO_NBD.logLikelihoods(
      CDNOW,
      toPatterns([
        [26, 216 / 7, 31],
        [1, 1, 40],
      ]),
    );
    expect(days[0]).toBeCloseTo(-39.130747865038, 10);
    const [alive = 0, left = 0] = PARETO_NBD.alive(
      CDNOW,
      toPatterns([
        [2, 30.43, 38.86],
        [0, 0, 38.86],
      ]),
    );
    expect(alive).toBeCloseTo(0.869115608275, 10);
    expect(left).toBeCloseTo(0.295095101155, 10);
  });

  it("stays exact where alpha and beta are all but 0", () => {
    const steep = PARETO_NBD.logLikelihoods({ r: 3, alpha: 0.02, s: 0.01, beta: 0.001 }, toPatterns([[4, 3 / 7, 50]]));
    expect(steep[0]).toBeCloseTo(-6.8135474924529, 9);
    const atOnce = { r: 0.5, alpha: 10, s: 0.02, beta: 1e-8 };
    expect(PARETO_NBD.logLikelihoods(atOnce, toPatterns([[0, 0, 50]]))[0]).toBeCloseTo(-0.49912155019256, 9);
    expect(PARETO_NBD.alive(atOnce, toPatterns([[0, 0, 50]]))[0]).toBeCloseTo(0.430239925589, 9);
  });

  it("gives the published and the stress numbers", () => {
    const regular = toPatterns([[26, 216 / 7, 31]]);
    expect(PARETO_NBD.alive(CDNOW, regular)[0]).toBeCloseTo(0.99787, 5);
    expect(PARETO_NBD.expected(CDNOW, regular, 39)[0]).toBeCloseTo(20.115, 3);
    expect(PARETO_NBD.expected(CDNOW, regular, 52)[0]).toBeCloseTo(25.455, 3);
    expect(PARETO_NBD.expectedOfNew(CDNOW, 52)).toBeCloseTo(1.4734, 4);
    const heavy = PARETO_NBD.alive(HEAVY_FIT, HEAVY);
    for (const [at, value] of [0.9996, 0.99956, 0.74949, 0.99425].entries())
      expect(Math.abs((heavy[at] ?? 0) - value)).toBeLessThan(1e-5);
  });

  it("spreads the counts of new customers: all of them, with the right mean, and as mpmath has them", () => {
    const counts = PARETO_NBD.countsOfNew(CDNOW, 39, 150);
    const [all, mean] = [counts.reduce((a, b) => a + b, 0), counts.reduce((sum, p, n) => sum + n * p, 0)];
    expect(all).toBeCloseTo(1, 8);
    expect(mean).toBeCloseTo(PARETO_NBD.expectedOfNew(CDNOW, 39), 6);
    expect(counts[0]).toBeCloseTo(0.593530873681754, 12);
    expect(counts[10]).toBeCloseTo(0.00419544666542615, 12);
  });
});

describe("Pareto/NBD at its limits", () => {
  const many = (x: number, recency: number, customers: number): Row => [x, recency, 100, customers];

  it("requires customers, and one that comes back", () => {
    expect(() => PARETO_NBD.fit(toPatterns([]))).toThrow(RangeError);
    expect(() => PARETO_NBD.fit(toPatterns([[0, 0, 10, 5]]))).toThrow("requires at least one customer with a repeat");
  });

  it("says that nobody leaves where all are seen to the end, and holds s and beta", () => {
    const fit = PARETO_NBD.fit(toPatterns([many(2, 98, 30), many(10, 99, 40), many(30, 100, 20), many(70, 100, 5)]));
    expect(fit.boundary).toBe("Nobody leaves: this is an NBD.");
    expect(fit.standardErrors).toMatchObject({ s: null, beta: null });
    expect(fit.standardErrors.r).toBeGreaterThan(0);
    expect(PARETO_NBD.alive(fit.parameters, toPatterns([many(2, 98, 1)]))[0]).toBeGreaterThan(0.999);
  });

  it("climbs the high hill where half of the customers leave at once and the others stay", () => {
    const stays = [many(5, 95, 10), many(9, 96, 12), many(12, 97, 20), many(18, 99, 12), many(30, 99, 5)];
    const fit = PARETO_NBD.fit(toPatterns([many(0, 0, 60), ...stays]));
    expect(fit.boundary).toBe("Some customers leave right after the first purchase, the others hardly ever.");
    expect(PARETO_NBD.alive(fit.parameters, toPatterns([many(0, 0, 1), many(12, 97, 1)]))).toSatisfy(
      ([gone = 1, there = 0]: Float64Array) => gone < 0.05 && there > 0.95,
    );
  });

  it.each([
    ["one customer", [[1, 1 / 7, 10]]],
    ["a purchase on the last day", [[1, 10, 10]]],
    ["a purchase every day", [[60, 60 / 7, 60 / 7]]],
    ["everybody alike", [[3, 20, 30, 500]]],
    [
      "times between days",
      [
        [60, 60.01, 70.333],
        [0, 0, 3.3],
      ],
    ],
  ] as const)("never fails and never answers NaN: %s", (_, rows) => {
    const patterns = toPatterns(rows);
    const fit = PARETO_NBD.fit(patterns);
    const numbers = [
      ...Object.values(fit.parameters),
      ...PARETO_NBD.logLikelihoods(fit.parameters, patterns),
      ...PARETO_NBD.alive(fit.parameters, patterns),
      ...PARETO_NBD.expected(fit.parameters, patterns, 52),
      ...PARETO_NBD.countsOfNew(fit.parameters, 52, 5),
      PARETO_NBD.expectedOfNew(fit.parameters, 52),
    ];
    expect(numbers.every(Number.isFinite)).toBe(true);
    expect(fit.passes).toBeLessThanOrEqual(30);
  });
});
