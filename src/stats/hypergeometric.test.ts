/** Draws against the exact distribution, in its middle and in its upper tail. */
import { describe, expect, test } from "vitest";
import { openHypergeometric } from "./hypergeometric.ts";
import { openSeededRandom } from "./seeded-random.ts";
import { logGamma } from "./special-functions.ts";

const logChoose = (n: number, k: number) => logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);

/** P(X ≥ least), added up term by term. */
function tailOf(least: number, draws: number, marked: number, population: number): number {
  let sum = 0;
  for (let hits = least; hits <= Math.min(draws, marked); hits++) {
    if (draws - hits > population - marked) continue;
    const log = logChoose(marked, hits) + logChoose(population - marked, draws - hits) - logChoose(population, draws);
    sum += Math.exp(log);
  }
  return sum;
}

const DRAWS = 40_000;

describe("draws", () => {
  test.each([
    { what: "few marked", draws: 20, marked: 30, population: 3_000 },
    { what: "most marked", draws: 30, marked: 2_950, population: 3_000 },
    { what: "most drawn", draws: 2_950, marked: 40, population: 3_000 },
    { what: "the upper end of inversion", draws: 90, marked: 300, population: 3_000 },
    { what: "the lower end of the normal curve", draws: 110, marked: 300, population: 3_000 },
    { what: "wide", draws: 2_000, marked: 90_000, population: 300_000 },
    { what: "more than are kept as logarithms", draws: 40, marked: 500_000, population: 3_000_000 },
  ])("$what: tails as often as they should be", ({ draws, marked, population }) => {
    const draw = openHypergeometric(population, openSeededRandom(4));
    const hits = Array.from({ length: DRAWS }, () => draw(draws, marked, population));
    const mean = (draws * marked) / population;
    const spread = Math.sqrt(mean * (1 - marked / population) * ((population - draws) / (population - 1)));
    for (const errors of [-2, -1, 0, 1, 2, 3]) {
      const least = Math.ceil(mean + errors * spread);
      const expected = tailOf(least, draws, marked, population);
      const found = hits.filter((one) => one >= least).length / DRAWS;
      // Four standard errors of the count, and what the bent normal curve may be off.
      expect(Math.abs(found - expected)).toBeLessThanOrEqual(
        4 * Math.sqrt(expected / DRAWS) + 0.06 * expected * (1 - expected),
      );
    }
  });

  test("nothing is left to chance where all or none are taken or marked", () => {
    const draw = openHypergeometric(10, openSeededRandom(1));
    expect([draw(5, 10, 10), draw(10, 7, 10), draw(0, 7, 10), draw(7, 0, 10)]).toEqual([5, 7, 0, 0]);
  });

  test("what must be is: of 9 in 10 at least 4 of 5 marked ones", () => {
    const draw = openHypergeometric(10, openSeededRandom(2));
    const hits = Array.from({ length: 2_000 }, () => draw(9, 5, 10));
    expect([Math.min(...hits), Math.max(...hits)]).toEqual([4, 5]);
  });
});
