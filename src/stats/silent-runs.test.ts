/** Silences: the formula's values, nothing claimed of steady noise, and planted silences in their slots. */
import { expect, test } from "vitest";
import { openSeededRandom } from "./seeded-random.ts";
import { chanceOfNone, findSilentRuns } from "./silent-runs.ts";

const DAYS = { period: 7, reach: 28, clump: 7 };

/** Knuth's product of uniforms. */
function drawPoisson(mean: number, random: () => number): number {
  const limit = Math.exp(-mean);
  let [product, count] = [random(), 0];
  while (product > limit) {
    product *= random();
    count++;
  }
  return count;
}

/** A shop that is closed on Sundays, half as busy on Saturdays. */
function week(mean: number, days: number, random: () => number, quiet: (day: number) => boolean = () => false) {
  return Array.from({ length: days }, (_, day) => {
    const share = [1, 1, 1, 1, 1, 0.5, 0][day % 7] ?? 1;
    return quiet(day) ? 0 : drawPoisson(mean * share, random);
  });
}

test("the chance of none: Poisson, and over-dispersed", () => {
  expect(chanceOfNone(3, 1)).toBeCloseTo(Math.exp(-3), 12);
  expect(chanceOfNone(3, 2)).toBeCloseTo(1 / 8, 12);
  expect(chanceOfNone(3, 1 + 1e-6)).toBeCloseTo(Math.exp(-3), 6);
});

test("steady weeks: no silence is improbable, and every seventh day is none at all", () => {
  const random = openSeededRandom(1);
  let looked = 0;
  const least: number[] = [];
  const dispersions: number[] = [];
  for (const mean of [0.3, 1, 3, 8]) {
    for (let series = 0; series < 50; series++) {
      const { runs, dispersion } = findSilentRuns(week(mean, 364, random), DAYS);
      looked += runs.length;
      dispersions.push(dispersion);
      least.push(Math.min(1, ...runs.map(({ p }) => p)) * Math.max(1, runs.length));
    }
  }
  expect(dispersions.reduce((a, b) => a + b, 0) / dispersions.length).toBeLessThan(1.3);
  expect(looked).toBeGreaterThan(1000);
  expect(Math.min(...least)).toBeGreaterThan(1e-4);
});

test("a planted silence is found in its slots, also at the end, with what was usual there", () => {
  const random = openSeededRandom(2);
  const quiet = (day: number) => (day >= 98 && day < 112) || day >= 340;
  const { runs } = findSilentRuns(week(6, 364, random, quiet), DAYS);
  const claimed = runs.filter(({ p }) => p * runs.length < 1e-4);
  expect(claimed.map(({ first, end, open }) => [first, end, open])).toEqual([
    [97, 112, 12],
    [340, 364, 20],
  ]);
  expect(claimed[0]?.expected).toBeGreaterThan(45);
  expect(claimed[0]?.expected).toBeLessThan(75);
});

test("growth from nothing and bursts are no silence", () => {
  const random = openSeededRandom(3);
  const growing = Array.from({ length: 364 }, (_, day) => drawPoisson(20 * (day / 364) ** 3, random));
  const grown = findSilentRuns(growing, DAYS);
  expect(Math.min(...grown.runs.map(({ p }) => p)) * grown.runs.length).toBeGreaterThan(1e-3);
  const bursts = Array.from({ length: 364 }, (_, day) => (day % 30 === 4 ? 300 + drawPoisson(30, random) : 0));
  const { runs, dispersion } = findSilentRuns(bursts, DAYS);
  expect(dispersion).toBeGreaterThan(100);
  expect(Math.min(...runs.map(({ p }) => p))).toBeGreaterThan(1e-4);
});

test("a series without any event has no rhythm", () => {
  expect(findSilentRuns([0, 0, 0], DAYS)).toEqual({ runs: [], dispersion: 1 });
});
