/** Synthetic difference-in-differences on California's cigarettes, on panels with a known effect, and its symmetries. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, test } from "vitest";
import { hasRealData, REAL_DATA, whySkipped } from "../../test/real-data.ts";
import { type BlockPanel, buildBlockPanel } from "./block-panel.ts";
import { isNoAnswer, type NoAnswer } from "./no-answer.ts";
import { estimatePlaceboError } from "./placebo-error.ts";
import { estimatePlainDifference, estimateSyntheticDifference } from "./synthetic-difference.ts";
import { measureSyntheticEffect } from "./synthetic-effect.ts";

function need<T extends object>(found: T | NoAnswer): T {
  if (isNoAnswer(found)) throw new Error(found.reason);
  return found;
}

/** A seeded stream of numbers in [0, 1). */
function makeRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** R's Mersenne Twister after set.seed(seed), as whole numbers of 32 bits. */
function openTwister(seed: number): () => number {
  let scrambled = seed;
  const scramble = () => {
    scrambled = (Math.imul(69_069, scrambled) + 1) >>> 0;
    return scrambled;
  };
  for (let round = 0; round < 51; round++) scramble();
  const state = Array.from({ length: 624 }, scramble);
  let at = 624;
  return () => {
    if (at === 624) {
      for (let k = 0; k < 624; k++) {
        const y = ((state[k] ?? 0) & 0x80000000) | ((state[(k + 1) % 624] ?? 0) & 0x7fffffff);
        state[k] = ((state[(k + 397) % 624] ?? 0) ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0)) >>> 0;
      }
      at = 0;
    }
    let y = state[at++] ?? 0;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  };
}

/** The last entry of R's sample(n), which is the control that the reference takes for treated. */
function lastOfSample(n: number, next: () => number): number {
  const left = Array.from({ length: n }, (_, at) => at);
  let last = 0;
  for (let size = n; size > 0; size--) {
    const bits = Math.ceil(Math.log2(size));
    let drawn = size;
    // R takes the upper 16 bits, and of those the lower ones that are needed; one number also where one entry is left.
    while (drawn >= size) drawn = (next() >>> 16) & (2 ** bits - 1);
    last = left[drawn] ?? 0;
    left[drawn] = left[size - 1] ?? 0;
  }
  return last;
}

describe.skipIf(!hasRealData)(`California's cigarettes${whySkipped}`, () => {
  const lines = hasRealData
    ? readFileSync(join(REAL_DATA, "effect", "california_prop99.csv"), "utf8")
        .trim()
        .split("\n")
        .slice(1)
    : [];
  const rows = lines.map((line) => {
    const [unit = "", time, value, treated = ""] = line.split(";");
    return { unit, time: Number(time), value: Number(value), treated: treated.trim() === "1" };
  });
  const panel = () => need(buildBlockPanel(rows));

  it("reproduces −15.604 and the plain −27.349", () => {
    expect(need(estimateSyntheticDifference(panel())).estimate.toFixed(3)).toBe("-15.604");
    expect(estimatePlainDifference(panel()).toFixed(3)).toBe("-27.349");
  });

  it("gives the published weights of states and years, the error, and the checks", () => {
    const found = need(measureSyntheticEffect(panel(), makeRandom(1)));
    const heaviest = found.controls.slice(0, 5).map(({ name, weight }) => `${name} ${weight.toFixed(3)}`);
    expect(heaviest).toEqual([
      "Nevada 0.124",
      "New Hampshire 0.105",
      "Connecticut 0.078",
      "Delaware 0.070",
      "Colorado 0.058",
    ]);
    expect(found.baseline.map(({ name, weight }) => `${name} ${weight.toFixed(3)}`)).toEqual([
      "1986 0.366",
      "1987 0.206",
      "1988 0.427",
    ]);
    expect(found.absolute.standardError).toBeCloseTo(9.371, 3);
    expect(found.checks.map(({ id, passed }) => [id, passed])).toEqual([
      ["controls", true],
      ["periods-before", true],
      ["fit-before", true],
    ]);
    expect(found.course).toHaveLength(31);
    const after = found.course.filter((one) => one.after);
    const mean = after.reduce((sum, one) => sum + one.observed - one.counterfactual, 0) / after.length;
    expect(mean).toBeCloseTo(found.absolute.value, 9);
    // Two of 38 states go as far by chance: Rhode Island and nobody else beyond −15.6, so (1 + 1)/39.
    expect(found.placeboP).toBeCloseTo(2 / 39, 9);
  });

  it("has the paper's error of 8.4 when controls are drawn as the reference draws them after set.seed(12345)", () => {
    const { estimates } = need(
      estimatePlaceboError(panel(), need(estimateSyntheticDifference(panel())), makeRandom(1)),
    );
    const next = openTwister(12_345);
    const drawn = Array.from({ length: 200 }, () => estimates[lastOfSample(38, next)] ?? 0);
    const mean = drawn.reduce((sum, one) => sum + one, 0) / 200;
    expect(Math.sqrt(drawn.reduce((sum, one) => sum + (one - mean) ** 2, 0) / 200).toFixed(1)).toBe("8.4");
  });
});

interface Plan {
  readonly controls: number;
  readonly treated: number;
  readonly before: number;
  readonly effect: number;
  readonly seed: number;
}

/** Units that follow a common drift more or less strongly; treated ones stand out by `effect` in the last 4 periods. */
function simulate({ controls, treated, before, effect, seed }: Plan): BlockPanel {
  const random = makeRandom(seed);
  const [units, width] = [controls + treated, before + 4];
  const values = new Float64Array(units * width);
  for (let unit = 0; unit < units; unit++) {
    const [level, pull] = [100 * random(), 1 + random()];
    for (let at = 0; at < width; at++)
      values[unit * width + at] =
        level + pull * (at + 3 * Math.sin(at)) + random() + (unit >= controls && at >= before ? effect : 0);
  }
  const names = Array.from({ length: units }, (_, at) => `unit ${at}`);
  return { units: names, periods: Array.from({ length: width }, (_, at) => at), controls, before, values };
}

const PLAN: Plan = { controls: 12, treated: 1, before: 10, effect: 5, seed: 3 };

test("a known effect is found where equal weights miss it, with one and with several treated units", () => {
  for (const treated of [1, 3]) {
    const panel = simulate({ ...PLAN, treated });
    const found = need(measureSyntheticEffect(panel, makeRandom(2)));
    expect(Math.abs(found.absolute.value - 5)).toBeLessThan(1);
    expect(found.absolute.low).toBeGreaterThan(0);
    expect(Math.abs(found.plain - 5)).toBeGreaterThan(Math.abs(found.absolute.value - 5));
  }
});

test("an effect adds itself, no more; levels of units and a common trend do nothing; a scale scales", () => {
  const none = simulate({ ...PLAN, effect: 0 });
  const base = need(estimateSyntheticDifference(none)).estimate;
  expect(need(estimateSyntheticDifference(simulate(PLAN))).estimate).toBeCloseTo(base + 5, 9);
  const width = none.periods.length;
  const shifted = none.values.map((value, at) => value + 1000 * Math.floor(at / width) + 7 * (at % width));
  expect(need(estimateSyntheticDifference({ ...none, values: shifted })).estimate).toBeCloseTo(base, 6);
  const scaled = need(estimateSyntheticDifference({ ...none, values: none.values.map((value) => -3 * value) }));
  expect(scaled.estimate).toBeCloseTo(-3 * base, 9);
});

test("placebos of one unit are every control once and need no dice; of several they are drawn, and repeat with the seed", () => {
  const one = simulate(PLAN);
  const never = () => {
    throw new Error("nothing is drawn");
  };
  expect(need(estimatePlaceboError(one, need(estimateSyntheticDifference(one)), never)).estimates).toHaveLength(12);
  const some = simulate({ ...PLAN, treated: 2 });
  const found = need(estimateSyntheticDifference(some));
  const draw = (seed: number) => need(estimatePlaceboError(some, found, makeRandom(seed), 20));
  expect(draw(1)).toEqual(draw(1));
  expect(draw(1).error).not.toBe(draw(2).error);
  expect(draw(1).exhaustive).toBe(false);
});

test("few controls and few periods are noted, too few have no answer", () => {
  const code = (plan: Partial<Plan>) => {
    const found = measureSyntheticEffect(simulate({ ...PLAN, ...plan }), makeRandom(1));
    return isNoAnswer(found) ? found.noAnswer : found.checks.filter(({ passed }) => !passed).map(({ id }) => id);
  };
  expect(code({ controls: 5, before: 5 })).toEqual(expect.arrayContaining(["controls", "periods-before"]));
  expect(code({ controls: 1 })).toBe("too-few");
  expect(code({ controls: 2 })).toBe("too-few");
  expect(code({ controls: 4, treated: 3 })).toBe("too-few");
  expect(code({ before: 2 })).toBe("too-few");
  const flat = simulate(PLAN);
  const found = measureSyntheticEffect({ ...flat, values: flat.values.map(() => 4) }, makeRandom(1));
  expect(isNoAnswer(found) && found.noAnswer).toBe("no-variation");
});
