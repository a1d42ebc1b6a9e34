import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { hasRealData, REAL_DATA, whySkipped } from "../../../test/real-data.ts";
import { isNoAnswer } from "../no-answer.ts";
import { openSeededRandom } from "../seeded-random.ts";
import { expectedSpend, fitGammaGamma, type GammaGammaFit, type SpendPatterns } from "./gamma-gamma.ts";

const patterns = (rows: readonly (readonly [purchases: number, mean: number])[]): SpendPatterns => ({
  purchases: Float64Array.from(rows, ([purchases]) => purchases),
  mean: Float64Array.from(rows, ([, mean]) => mean),
  customers: new Float64Array(rows.length).fill(1),
});

function fitted(spend: SpendPatterns): GammaGammaFit {
  const fit = fitGammaGamma(spend);
  if (isNoAnswer(fit)) throw new Error(fit.reason);
  return fit;
}

/** Repeat purchase days in the first 39 weeks and their mean value, of the CDNOW sample. */
function readSpend(): [purchases: number, mean: number][] {
  const days = new Map<string, Map<string, number>>();
  for (const line of readFileSync(join(REAL_DATA, "cdnow/CDNOW_sample.txt"), "utf8").trim().split(/\r?\n/u)) {
    const [, customer = "", day = "", , value = ""] = line.trim().split(/\s+/u);
    const bought = days.get(customer) ?? new Map<string, number>();
    days.set(customer, bought.set(day, (bought.get(day) ?? 0) + Number(value)));
  }
  return [...days.values()].flatMap((bought) => {
    const first = [...bought.keys()].sort()[0] ?? "";
    const repeats = [...bought].filter(([day]) => day > first && day <= "19970930").map(([, value]) => value);
    return repeats.length === 0
      ? []
      : [[repeats.length, repeats.reduce((a, b) => a + b, 0) / repeats.length] as [number, number]];
  });
}

describe.skipIf(!hasRealData)(`CDNOW, 2,357 customers${whySkipped}`, () => {
  const rows = hasRealData ? readSpend() : [];

  it("6.2496, 3.7442, 15.4435 with log-likelihood −4055.9177 on 946 repeaters, mean 35.17", () => {
    const { p, q, v, standardErrors, logLikelihood, populationMean, n, leftOut, boundary } = fitted(patterns(rows));
    expect([p, q, v].map((value) => value.toFixed(4))).toEqual(["6.2496", "3.7442", "15.4435"]);
    expect(logLikelihood).toBeCloseTo(-4055.9177, 3);
    expect(populationMean.toFixed(2)).toBe("35.17");
    expect([n + leftOut, n, boundary]).toEqual([946, 946, null]);
    for (const [error, value] of [
      [standardErrors.p, p],
      [standardErrors.q, q],
      [standardErrors.v, v],
    ] as const) {
      expect(error).toBeGreaterThan(0.02 * value);
      expect(error).toBeLessThan(0.5 * value);
    }
  });
});

describe("fitGammaGamma", () => {
  const random = openSeededRandom(3);
  /** A whole shape's Gamma as a sum of exponentials. */
  const gamma = (shape: number, rate: number) => {
    let sum = 0;
    for (let part = 0; part < shape; part++) sum -= Math.log(1 - random()) / rate;
    return sum;
  };
  const shoppers = (customers: number, p: number, rateOf: () => number) =>
    Array.from({ length: customers }, () => {
      const [purchases, rate] = [1 + Math.floor(random() * 5), rateOf()];
      return [purchases, gamma(p * purchases, rate) / purchases] as [number, number];
    });

  it("finds the parameters of simulated customers: 5, 4, 20", () => {
    const { p, q, v, populationMean } = fitted(patterns(shoppers(6000, 5, () => gamma(4, 20))));
    for (const [found, true_] of [
      [p, 5],
      [q, 4],
      [v, 20],
    ] as const)
      expect(Math.abs(found / true_ - 1)).toBeLessThan(0.15);
    expect(Math.abs(populationMean / (100 / 3) - 1)).toBeLessThan(0.03);
  });

  it("customers alike are a boundary, and so are purchases alike", () => {
    // One purchase is worth 10 to 50, the mean of nine always about 30.
    const scattered = Array.from({ length: 400 }, (_, at): [number, number] =>
      at % 2 === 0 ? [1, 10 + (at % 41)] : [9, 29 + (at % 3)],
    );
    const alike = fitted(patterns(scattered));
    expect(alike.boundary).toBe("All customers spend the same on average.");
    expect(alike.standardErrors.q).toBeNull();
    expect(expectedSpend(alike, 3, 50)).toBeLessThan(31.5);
    const steady = shoppers(3000, 1, () => 0).map(([purchases]) => [purchases, 10 / gamma(3, 1)] as [number, number]);
    const loyal = fitted(patterns(steady));
    expect(loyal.boundary).toBe("A customer's purchases are all worth the same.");
    expect(expectedSpend(loyal, 1, 80)).toBeCloseTo(80, 0);
  });

  it("leaves out what is not above 0, and counts it", () => {
    const rows = shoppers(400, 2, () => gamma(5, 20));
    const [clean, mixed] = [fitted(patterns(rows)), fitted(patterns([...rows, [2, 0], [1, -5], [3, Number.NaN]]))];
    expect(mixed).toEqual({ ...clean, leftOut: 3 });
  });

  it("says why there is no answer", () => {
    const repeat = (count: number, of: (at: number) => [number, number]) =>
      Array.from({ length: count }, (_, at) => of(at));
    expect(fitGammaGamma(patterns(repeat(49, (at) => [2, 10 + at])))).toMatchObject({ noAnswer: "too-few" });
    expect(fitGammaGamma(patterns(repeat(500, () => [2, 9.99])))).toMatchObject({ noAnswer: "no-variation" });
    // Means with a Pareto tail of index ½ have no mean.
    expect(fitGammaGamma(patterns(repeat(2000, () => [3, random() ** -2])))).toMatchObject({ noAnswer: "not-finite" });
  });
});

describe("expectedSpend", () => {
  it("weighs a customer's own mean against everybody's", () => {
    const cdnow = { p: 6.2496, q: 3.7442, v: 15.4435 };
    expect(expectedSpend(cdnow, 2, 22.35)).toBeCloseTo(24.658, 3);
    expect(expectedSpend(cdnow, 0, 0)).toBeCloseTo(35.17, 2);
    expect(expectedSpend(cdnow, 1000, 22.35)).toBeCloseTo(22.35, 1);
  });
});
