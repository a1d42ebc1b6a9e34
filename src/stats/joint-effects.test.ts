import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { estimateJointEffects, type FlagEffect, type JointTallies } from "./joint-effects.ts";
import { makeRandom } from "./staged-panels.case.ts";
import { BUCKETS, estimateStratifiedEffects } from "./stratified-effect.ts";

interface Entry {
  readonly bucket: number;
  readonly group?: number;
  readonly cell: number;
  readonly mask: number;
  readonly rows: number;
  readonly sum: number;
  readonly expected?: number;
}

function asTallies(entries: readonly Entry[]): JointTallies {
  return {
    bucket: entries.map(({ bucket }) => bucket),
    group: entries.map(({ group = 0 }) => group),
    cell: entries.map(({ cell }) => cell),
    mask: entries.map(({ mask }) => mask),
    rows: entries.map(({ rows }) => rows),
    sum: entries.map(({ sum }) => sum),
    expected: entries.map(({ expected = 0 }) => expected),
    high: entries.map(({ sum }) => sum),
  };
}

const flagsOf = (bits: readonly number[], without = 0, group = 0) => bits.map((bit) => ({ group, bit, without }));

function effectsOf(entries: readonly Entry[], bits: readonly number[], without = 0): FlagEffect[] {
  return estimateJointEffects(asTallies(entries), flagsOf(bits, without));
}

/** Solves a small system by elimination: a second way to the same numbers. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, index) => [...row, right[index] ?? 0]);
  for (const [at, pivot] of rows.entries()) {
    const scale = pivot[at] ?? 1;
    for (const [column, value] of pivot.entries()) pivot[column] = value / scale;
    for (const [other, row] of rows.entries()) {
      const factor = other === at ? 0 : (row[at] ?? 0);
      for (const [column, value] of pivot.entries()) row[column] = (row[column] ?? 0) - factor * value;
    }
  }
  return rows.map((row) => row.at(-1) ?? 0);
}

/** Least squares touch by touch: a column for each flag and one for each cell, the sandwich over buckets with G/(G − 1)·(n − 1)/(n − k). */
function regress(touches: readonly Entry[], bits: readonly number[]): { effect: number; error: number }[] {
  const cells = [...new Set(touches.map(({ cell }) => cell))];
  const rows = touches.map(({ mask, cell, sum, expected = 0, bucket }) => ({
    x: [...bits.map((bit) => (mask >> bit) & 1), ...cells.map((one) => Number(one === cell))],
    ...{ y: sum - expected, bucket },
  }));
  const width = bits.length + cells.length;
  const places = Array.from({ length: width }, (_, place) => place);
  const product = (a: number, b: number) => rows.reduce((sum, { x }) => sum + (x[a] ?? 0) * (x[b] ?? 0), 0);
  const matrix = places.map((a) => places.map((b) => product(a, b)));
  const weights = solve(
    matrix,
    places.map((a) => rows.reduce((sum, { x, y }) => sum + (x[a] ?? 0) * y, 0)),
  );
  const scores = Array.from({ length: BUCKETS }, () => new Array<number>(width).fill(0));
  for (const { x, y, bucket } of rows) {
    const residual = y - x.reduce((sum, one, place) => sum + one * (weights[place] ?? 0), 0);
    for (const [place, one] of x.entries()) {
      const score = scores[bucket];
      if (score) score[place] = (score[place] ?? 0) + one * residual;
    }
  }
  const correction = (BUCKETS / (BUCKETS - 1)) * ((touches.length - 1) / (touches.length - width));
  return bits.map((_, place) => {
    const row = solve(
      matrix,
      places.map((one) => Number(one === place)),
    );
    const spread = scores.reduce(
      (sum, score) => sum + score.reduce((inner, one, at) => inner + one * (row[at] ?? 0), 0) ** 2,
      0,
    );
    return { effect: weights[place] ?? 0, error: Math.sqrt(correction * spread) };
  });
}

const TRUTH = [-0.12, -0.08] as const;

/** Touches one by one with two flags that overlap, in cells where base rate and both exposures go together. */
function drawTouches(count: number, seed: number, [late, bad]: readonly [number, number] = TRUTH): Entry[] {
  const random = makeRandom(seed);
  return Array.from({ length: count }, () => {
    const [bucket, cell] = [Math.floor(random() * BUCKETS), Math.floor(random() * 6)];
    const first = random() < 0.1 + 0.1 * cell ? 1 : 0;
    // Who waited is three times as likely to be dissatisfied: the flags overlap.
    const second = random() < (first ? 0.45 : 0.15) + 0.03 * cell ? 1 : 0;
    const share = 0.75 - 0.08 * cell + first * late + second * bad;
    return { bucket, cell, mask: first + 2 * second, rows: 1, sum: random() < share ? 1 : 0 };
  });
}

describe("flags of one touchpoint", () => {
  it("share out what they do together", () => {
    const entries = [0.5, 0.4, 0.3, 0.2].map((mean, mask) => ({
      bucket: mask,
      cell: 1,
      mask,
      rows: 10,
      sum: 10 * mean,
    }));
    const [one, two] = effectsOf(entries, [0, 1]);
    expect(one).toEqual({
      ...{ effect: expect.closeTo(-0.1, 12), error: expect.closeTo(0, 12), rows: 20, high: 6, low: 14, twin: null },
      crude: expect.closeTo(-0.1, 12),
    });
    expect(two?.effect).toBeCloseTo(-0.2, 12);
  });

  it("give the coefficients of least squares touch by touch, with the sandwich over buckets", () => {
    const random = makeRandom(5);
    const touches = drawTouches(1_500, 17).map((touch) => ({ ...touch, expected: random() / 2 }));
    const expected = regress(touches, [0, 1]);
    for (const [place, { effect, error }] of effectsOf(touches, [0, 1]).entries()) {
      expect(effect).toBeCloseTo(expected[place]?.effect ?? 9, 9);
      expect(error).toBeCloseTo(expected[place]?.error ?? 9, 9);
    }
  });

  it("keep groups apart, though they share cells and bits", () => {
    const of = (group: number, high: number) => [
      { bucket: 1, group, cell: 1, mask: 1, rows: 10, sum: high },
      { bucket: 2, group, cell: 1, mask: 0, rows: 10, sum: 5 },
    ];
    const flags = [...flagsOf([0], 0, 3), ...flagsOf([0], 0, 9), ...flagsOf([0], 0, 7)];
    const effects = estimateJointEffects(asTallies([...of(3, 2), ...of(9, 9)]), flags);
    expect(effects.map(({ effect }) => effect)).toEqual([expect.closeTo(-0.3, 12), expect.closeTo(0.4, 12), null]);
  });

  it("may be told from some touches only, others in the same cells from all", () => {
    const END = 128;
    const touches = drawTouches(1_500, 23).map((touch, index) => ({
      ...touch,
      mask: index % 5 === 0 ? (touch.mask & 2) | END : touch.mask,
    }));
    const flags = [...flagsOf([0], END), ...flagsOf([1])];
    const [wait, score] = estimateJointEffects(asTallies(touches), flags);
    const going = regress(
      touches.filter(({ mask }) => (mask & END) === 0),
      [0, 1],
    );
    expect(wait?.effect).toBeCloseTo(going[0]?.effect ?? 9, 9);
    expect(wait?.error).toBeCloseTo(going[0]?.error ?? 9, 9);
    expect(score?.effect).toBeCloseTo(regress(touches, [0, 1])[1]?.effect ?? 9, 9);
    const seen = touches.filter(({ mask }) => (mask & END) === 0 && (mask & 1) === 1);
    expect(wait?.rows).toBe(seen.length);
  });
});

describe("flags that cannot be told apart", () => {
  it("are measured by the first of them, and the later one names it", () => {
    const touches = drawTouches(2_000, 3).map((touch) => ({ ...touch, mask: touch.mask | ((touch.mask & 1) << 2) }));
    const [first, other, twin] = effectsOf(touches, [0, 1, 2]);
    const [alone] = effectsOf(touches, [0, 1]);
    expect(first).toEqual(alone);
    expect(other?.twin).toBeNull();
    expect(twin).toMatchObject({ effect: null, error: null, twin: 0, rows: first?.rows, crude: first?.crude });
  });

  it("are also those that differ by a touch in a hundred, and not those that differ by one in five", () => {
    const like = (every: number) =>
      drawTouches(4_000, 29).map((touch, index) => ({
        ...touch,
        mask: index % every === 0 ? touch.mask : touch.mask | ((touch.mask & 1) << 2),
      }));
    expect(effectsOf(like(100), [0, 2])[1]).toMatchObject({ effect: null, twin: 0 });
    expect(effectsOf(like(5), [0, 2])[1]).toMatchObject({ effect: expect.any(Number), twin: null });
  });

  it("say nothing where they always or never stand", () => {
    const entries = drawTouches(200, 31).map((touch) => ({ ...touch, mask: touch.mask | 8 }));
    const [never, always] = effectsOf(entries, [2, 3]);
    expect(never).toEqual({ effect: null, error: null, rows: 0, high: 0, low: 0, crude: null, twin: null });
    expect(always).toMatchObject({ effect: null, rows: 0, crude: null, twin: null });
    expect(estimateJointEffects(asTallies([]), flagsOf([0]))).toEqual([never]);
  });
});

describe("two overlapping flags whose exposure goes with the situation", () => {
  const SEEDS = 300;
  const runs = Array.from({ length: SEEDS }, (_, seed) => effectsOf(drawTouches(1_200, 7_919 * (seed + 1)), [0, 1]));

  it.each([...TRUTH.entries()])("flag %i: unbiased, and covered as often as the interval says", (place, truth) => {
    const found = runs.map((effects) => effects[place]);
    const covered = found.filter((one) => Math.abs((one?.effect ?? 9) - truth) < 1.984 * (one?.error ?? 0)).length;
    // 95 % of 300 is 285, give or take three standard errors of 3.8.
    expect(covered).toBeGreaterThanOrEqual(273);
    expect(covered).toBeLessThanOrEqual(297);
    const bias = found.reduce((sum, one) => sum + (one?.effect ?? 9) - truth, 0) / SEEDS;
    const error = found.reduce((sum, one) => sum + (one?.error ?? 9), 0) / SEEDS;
    expect(Math.abs(bias)).toBeLessThan((3 * error) / Math.sqrt(SEEDS));
  });

  it("are both wrong when each is looked at alone or without the situation", () => {
    const alone = runs.map((_, seed) => effectsOf(drawTouches(1_200, 7_919 * (seed + 1)), [1])[0]?.effect ?? 0);
    const mean = alone.reduce((sum, one) => sum + one, 0) / SEEDS;
    expect(mean).toBeLessThan(TRUTH[1] - 0.02);
    const crude = runs.reduce((sum, effects) => sum + (effects[0]?.crude ?? 0), 0) / SEEDS;
    expect(crude).toBeLessThan(TRUTH[0] - 0.05);
  });
});

describe("whatever the tallies", () => {
  const entry = fc.record({
    ...{ bucket: fc.nat(9), group: fc.nat(1), cell: fc.nat(3), mask: fc.nat(7), rows: fc.integer({ min: 1, max: 9 }) },
    expected: fc.double({ min: 0, max: 3, noNaN: true }),
  });
  const entries = fc.array(
    entry.chain((one) => fc.nat(one.rows).map((sum) => ({ ...one, sum }))),
    { minLength: 1, maxLength: 60 },
  );

  it("one flag alone is the stratified effect", () => {
    fc.assert(
      fc.property(entries, (some) => {
        const tallies = asTallies(some);
        const arm = some.map(({ mask }) => mask & 1);
        const stratified = estimateStratifiedEffects({
          ...{ ...tallies, family: tallies.group, arm, answers: tallies.rows },
        });
        for (const group of new Set(some.map((one) => one.group))) {
          const [joint] = estimateJointEffects(tallies, [{ group, bit: 0, without: 0 }]);
          const one = stratified.find(({ family, arm: of }) => family === group && of === 1);
          expect(joint?.rows).toBe(one?.rows ?? 0);
          expect(joint?.high).toBe(one?.high ?? 0);
          expect(joint?.low).toBe(one?.low ?? 0);
          for (const name of ["effect", "crude"] as const) {
            const [a, b] = [joint?.[name] ?? null, one?.[name] ?? null];
            if (a === null || b === null) expect(a).toBe(b);
            else expect(Math.abs(a - b)).toBeLessThan(1e-9);
          }
          // Corrected for the cells fitted, it is never the smaller one.
          if (joint?.error != null) expect(joint.error).toBeGreaterThanOrEqual((one?.error ?? 9) - 1e-9);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("does not mind the order of entries, nor one cut in two", () => {
    fc.assert(
      fc.property(entries, (some) => {
        const apart = some.toReversed().flatMap((one) => {
          const rows = Math.floor(one.rows / 2);
          const sum = Math.min(rows, one.sum);
          return [
            { ...one, rows, sum, expected: 0 },
            { ...one, rows: one.rows - rows, sum: one.sum - sum },
          ].filter((half) => half.rows > 0);
        });
        const [a, b] = [effectsOf(some, [0, 1, 2]), effectsOf(apart, [0, 1, 2])];
        for (const [place, { effect, error, rows, twin }] of a.entries()) {
          expect(b[place]).toMatchObject({ rows, twin });
          expect(b[place]?.effect ?? 9).toBeCloseTo(effect ?? 9, 8);
          expect(b[place]?.error ?? 9).toBeCloseTo(error ?? 9, 8);
        }
      }),
      { numRuns: 100 },
    );
  });
});
