import { describe, expect, it } from "vitest";
import { drawExponential, drawGamma, drawLogNormal, drawNormal, drawPoisson, drawWeighted } from "./distributions.ts";
import { openRandom, type Random } from "./random.ts";

const DRAWS = 200_000;

function moments(draw: (random: Random) => number, ...key: string[]): { mean: number; variance: number } {
  const random = openRandom(...key);
  let sum = 0;
  let squares = 0;
  for (let at = 0; at < DRAWS; at += 1) {
    const x = draw(random);
    sum += x;
    squares += x * x;
  }
  const mean = sum / DRAWS;
  return { mean, variance: squares / DRAWS - mean * mean };
}

describe("openRandom", () => {
  it("gives the same numbers for the same key, and others for any other key", () => {
    const take = (...key: (string | number)[]) => {
      const random = openRandom(...key);
      return [random.next(), random.next(), random.next()];
    };
    expect(take(1, "C00001", "visit")).toEqual(take(1, "C00001", "visit"));
    expect(take(1, "C00001", "visit")).not.toEqual(take(2, "C00001", "visit"));
    expect(take("ab", "c")).not.toEqual(take("a", "bc"));
  });

  it("is uniform in [0, 1): mean 1/2, variance 1/12, even tenths", () => {
    const { mean, variance } = moments((random) => random.next(), "uniform");
    expect(mean).toBeCloseTo(0.5, 2);
    expect(variance).toBeCloseTo(1 / 12, 3);
    const random = openRandom("tenths");
    const counts = Array.from({ length: 10 }, () => 0);
    for (let at = 0; at < DRAWS; at += 1) {
      const tenth = Math.floor(random.next() * 10);
      counts[tenth] = (counts[tenth] ?? 0) + 1;
    }
    const chiSquare = counts.reduce((sum, count) => sum + (count - DRAWS / 10) ** 2 / (DRAWS / 10), 0);
    expect(chiSquare).toBeLessThan(27.88); // 99.9 % point with 9 degrees of freedom
  });

  it("gives unrelated first numbers to neighbouring keys", () => {
    const pairs = Array.from({ length: 20_000 }, (_, at) => [openRandom(1, at).next(), openRandom(1, at + 1).next()]);
    const products = pairs.reduce((sum, [a = 0, b = 0]) => sum + (a - 0.5) * (b - 0.5), 0) / pairs.length;
    expect(Math.abs(products * 12)).toBeLessThan(4 / Math.sqrt(pairs.length));
  });
});

describe("distributions", () => {
  it.each([
    ["normal", (random: Random) => drawNormal(random), 0, 1],
    ["exponential, mean 3", (random: Random) => drawExponential(random, 3), 3, 9],
    ["gamma, shape 1.6, scale 2", (random: Random) => drawGamma(random, 1.6, 2), 3.2, 6.4],
    ["gamma, shape 1, is exponential", (random: Random) => drawGamma(random, 1, 1), 1, 1],
    ["Poisson, mean 2.5", (random: Random) => drawPoisson(random, 2.5), 2.5, 2.5],
    ["log of a log-normal", (random: Random) => Math.log(drawLogNormal(random, 3, 0.6)), 3, 0.36],
  ])("%s has its mean and variance", (name, draw, mean, variance) => {
    const measured = moments(draw, name);
    expect(Math.abs(measured.mean - mean)).toBeLessThan(4.5 * Math.sqrt(variance / DRAWS));
    expect(Math.abs(measured.variance / variance - 1)).toBeLessThan(0.04);
  });

  it("draws by weight", () => {
    const random = openRandom("weights");
    const entries = [
      ["often", 3],
      ["seldom", 1],
    ] as const;
    let often = 0;
    for (let at = 0; at < DRAWS; at += 1) if (drawWeighted(random, entries) === "often") often += 1;
    expect(often / DRAWS).toBeCloseTo(0.75, 2);
  });
});
