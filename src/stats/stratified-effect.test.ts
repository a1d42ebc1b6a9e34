import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ArmEffect, BUCKETS, estimateStratifiedEffects, type Tallies } from "./stratified-effect.ts";

interface Entry {
  readonly bucket: number;
  readonly family?: number;
  readonly cell: number;
  readonly arm: number;
  readonly rows: number;
  readonly answers?: number;
  readonly sum: number;
  readonly high?: number;
}

function asTallies(entries: readonly Entry[]): Tallies {
  return {
    bucket: entries.map(({ bucket }) => bucket),
    family: entries.map(({ family = 0 }) => family),
    cell: entries.map(({ cell }) => cell),
    arm: entries.map(({ arm }) => arm),
    rows: entries.map(({ rows }) => rows),
    answers: entries.map(({ rows, answers = rows }) => answers),
    sum: entries.map(({ sum }) => sum),
    high: entries.map(({ sum, high = sum }) => high),
  };
}

function effectOf(entries: readonly Entry[], arm: number, family = 0): ArmEffect {
  const found = estimateStratifiedEffects(asTallies(entries)).find((one) => one.arm === arm && one.family === family);
  if (!found) throw new Error(`no effect of arm ${arm}`);
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

/** Touches one by one, in cells whose base rate and exposure go together. */
function drawTouches(count: number, seed: number, touchEffect = 0.2): Entry[] {
  const random = makeRandom(seed);
  return Array.from({ length: count }, () => {
    const [bucket, cell] = [Math.floor(random() * BUCKETS), Math.floor(random() * 6)];
    const arm = random() < 0.15 * cell ? 1 : Math.floor(random() * 3) * 2;
    const hit = random() < 0.05 + 0.1 * cell + (arm === 1 ? touchEffect : 0) ? 1 : 0;
    return { bucket, cell, arm, rows: 1, sum: hit };
  });
}

/**
 * Weighted least squares of Y on "is of the arm" with a dummy for each cell, row by row: A is what the cell means leave of
 * the dummy, the slope is ΣA·Y/ΣA², its error the sandwich over buckets with the factor G/(G − 1).
 */
function regress(touches: readonly Entry[], arm: number, weightOf: (touch: Entry) => number = () => 1) {
  const means = new Map<number, { weight: number; exposed: number; sum: number }>();
  for (const touch of touches) {
    const mean = means.get(touch.cell) ?? { weight: 0, exposed: 0, sum: 0 };
    const weight = weightOf(touch);
    mean.weight += weight;
    mean.exposed += touch.arm === arm ? weight : 0;
    mean.sum += weight * touch.sum;
    means.set(touch.cell, mean);
  }
  const rows = touches.map((touch) => {
    const mean = means.get(touch.cell) ?? { weight: 1, exposed: 0, sum: 0 };
    const a = (touch.arm === arm ? 1 : 0) - mean.exposed / mean.weight;
    return { a, y: touch.sum - mean.sum / mean.weight, weight: weightOf(touch), bucket: touch.bucket };
  });
  const squares = rows.reduce((sum, { a, weight }) => sum + weight * a * a, 0);
  const effect = rows.reduce((sum, { a, y, weight }) => sum + weight * a * y, 0) / squares;
  const scores = new Array<number>(BUCKETS).fill(0);
  for (const { a, y, weight, bucket } of rows) scores[bucket] = (scores[bucket] ?? 0) + weight * a * (y - effect * a);
  const spread = scores.reduce((sum, score) => sum + score ** 2, 0);
  return { effect, error: Math.sqrt((BUCKETS / (BUCKETS - 1)) * spread) / squares };
}

describe("an effect in one cell", () => {
  const entries = [
    { bucket: 0, cell: 5, arm: 1, rows: 4, sum: 3 },
    { bucket: 1, cell: 5, arm: 0, rows: 4, sum: 1 },
  ];

  it("is the difference of the two means, with the error worked out by hand", () => {
    // π = .5, Ȳ = .5, D = 2. U_0 = .5·(3 − 2) − .5·(4·.25) = 0, U_1 = −.5·(1 − 2) − .5·(4·.25) = 0.
    expect(effectOf(entries, 1)).toEqual({
      ...{ family: 0, arm: 1, effect: 0.5, error: 0, rows: 4, answers: 4, high: 3, low: 1 },
      ...{ exposedMean: 0.75, crude: 0.5, responseGap: null },
    });
    expect(effectOf(entries, 0)).toMatchObject({ effect: -0.5, exposedMean: 0.25, high: 1, low: 3 });
  });

  it("has an error when buckets disagree", () => {
    // Exposed: bucket 0 2 of 2, bucket 1 1 of 2. U_0 = .5·(2 − 1) − .5·.5 = .25 less others' part: bucket 2 −.5·(1 − 2) − .5 = 0.
    const apart = [
      { bucket: 0, cell: 5, arm: 1, rows: 2, sum: 2 },
      { bucket: 1, cell: 5, arm: 1, rows: 2, sum: 1 },
      { bucket: 2, cell: 5, arm: 0, rows: 4, sum: 1 },
    ];
    const { effect, error } = effectOf(apart, 1);
    expect(effect).toBeCloseTo(0.5, 12);
    expect(error).toBeCloseTo(Math.sqrt((100 / 99) * (0.25 ** 2 + 0.25 ** 2)) / 2, 12);
  });
});

describe("an effect over cells", () => {
  it("weighs cells by their overlap, and leaves out those of one arm only", () => {
    const entries = [
      // Difference 1 with overlap 1·1/2 = .5; difference 0 with overlap 2·2/4 = 1.
      { bucket: 0, cell: 1, arm: 1, rows: 1, sum: 1 },
      { bucket: 1, cell: 1, arm: 0, rows: 1, sum: 0 },
      { bucket: 2, cell: 2, arm: 1, rows: 2, sum: 1 },
      { bucket: 3, cell: 2, arm: 0, rows: 2, sum: 1 },
      { bucket: 4, cell: 3, arm: 1, rows: 50, sum: 50 },
      { bucket: 5, cell: 4, arm: 0, rows: 10, sum: 0 },
    ];
    const effect = effectOf(entries, 1);
    expect(effect).toMatchObject({ rows: 3, answers: 3, high: 2, low: 1 });
    expect(effect.effect).toBeCloseTo((0.5 * 1 + 1 * 0) / 1.5, 12);
    expect(effect.exposedMean).toBeCloseTo((0.5 * 1 + 1 * 0.5) / 1.5, 12);
    expect(effect.crude).toBeCloseTo(52 / 53 - 1 / 13, 12);
  });

  it("turns a crude difference round when the cells explain it", () => {
    const entries = [
      { bucket: 0, cell: 1, arm: 1, rows: 80, sum: 8 },
      { bucket: 1, cell: 1, arm: 0, rows: 20, sum: 0 },
      { bucket: 2, cell: 2, arm: 1, rows: 20, sum: 20 },
      { bucket: 3, cell: 2, arm: 0, rows: 80, sum: 72 },
    ];
    const { effect, crude } = effectOf(entries, 1);
    expect(effect).toBeCloseTo(0.1, 12);
    expect(crude).toBeCloseTo(0.28 - 0.72, 12);
  });

  it("says nothing where no cell holds both", () => {
    const entries = [
      { bucket: 0, cell: 1, arm: 1, rows: 9, sum: 3 },
      { bucket: 0, cell: 2, arm: 0, rows: 9, sum: 1 },
    ];
    expect(effectOf(entries, 1)).toMatchObject({ effect: null, error: null, exposedMean: null, rows: 0, answers: 0 });
    expect(effectOf(entries, 1).crude).toBeCloseTo(2 / 9, 12);
    expect(effectOf([{ bucket: 0, cell: 1, arm: 1, rows: 9, sum: 3 }], 1)).toMatchObject({ effect: null, crude: null });
    expect(estimateStratifiedEffects(asTallies([]))).toEqual([]);
  });

  it("keeps families apart, though they share cells and arms", () => {
    const entries = [
      { bucket: 0, family: 0, cell: 1, arm: 1, rows: 2, sum: 2 },
      { bucket: 1, family: 0, cell: 1, arm: 0, rows: 2, sum: 0 },
      { bucket: 0, family: 3, cell: 1, arm: 1, rows: 2, sum: 0 },
      { bucket: 1, family: 3, cell: 1, arm: 0, rows: 2, sum: 1 },
    ];
    expect(effectOf(entries, 1, 0)).toMatchObject({ effect: 1, crude: 1 });
    expect(effectOf(entries, 1, 3)).toMatchObject({ effect: -0.5, crude: -0.5 });
    const order = estimateStratifiedEffects(asTallies(entries)).map(({ family, arm }) => `${family}/${arm}`);
    expect(order).toEqual(["0/0", "0/1", "3/0", "3/1"]);
  });
});

describe("against least squares row by row", () => {
  it("gives the slope with cell fixed effects and the sandwich over buckets", () => {
    const touches = drawTouches(4_000, 7);
    for (const arm of [0, 1, 2, 4]) {
      const expected = regress(touches, arm);
      const { effect, error } = effectOf(touches, arm);
      expect(effect).toBeCloseTo(expected.effect, 10);
      expect(error).toBeCloseTo(expected.error, 10);
    }
  });

  it("does so for scores, answers weighing what others of their cell left unsaid", () => {
    const random = makeRandom(3);
    const touches = drawTouches(4_000, 11).map((touch) => {
      const answered = random() < 0.3 + 0.1 * touch.cell;
      return { ...touch, answers: answered ? 1 : 0, sum: answered ? 1 + Math.floor(random() * 5) - touch.arm / 4 : 0 };
    });
    const cells = new Map<number, { rows: number; answers: number }>();
    for (const { cell, answers } of touches) {
      const { rows, answers: so } = cells.get(cell) ?? { rows: 0, answers: 0 };
      cells.set(cell, { rows: rows + 1, answers: so + answers });
    }
    const weightOf = ({ cell }: Entry) => {
      const { rows, answers } = cells.get(cell) ?? { rows: 1, answers: 1 };
      return rows / answers;
    };
    const expected = regress(
      touches.filter(({ answers }) => answers > 0),
      1,
      weightOf,
    );
    const found = effectOf(touches, 1);
    expect(found.effect).toBeCloseTo(expected.effect, 10);
    expect(found.error).toBeCloseTo(expected.error, 10);
    const gap = regress(
      touches.map((touch) => ({ ...touch, sum: touch.answers })),
      1,
    );
    expect(found.responseGap).toBeCloseTo(gap.effect, 10);
  });

  it("covers the planted effect about as often as it says", () => {
    let covered = 0;
    for (let seed = 1; seed <= 200; seed++) {
      const { effect, error } = effectOf(drawTouches(600, seed * 7_919), 1);
      if (Math.abs((effect ?? 9) - 0.2) < 1.984 * (error ?? 0)) covered++;
    }
    // 95 % of 200, give or take three standard errors of 1.54 %.
    expect(covered).toBeGreaterThanOrEqual(181);
    expect(covered).toBeLessThanOrEqual(199);
  });
});

describe("response weights", () => {
  it("restore the mean of a cell half of which stays silent", () => {
    // Both cells have 10 exposed and 10 others; in cell 2 only half of them answer, so its answers count double.
    const cell = (number: number, answers: number, high: number) => [
      { bucket: 0, cell: number, arm: 1, rows: 10, answers, sum: high, high },
      { bucket: 1, cell: number, arm: 0, rows: 10, answers, sum: 0, high: 0 },
    ];
    const found = effectOf([...cell(1, 10, 10), ...cell(2, 5, 0)], 1);
    expect(found).toMatchObject({ rows: 20, answers: 15, high: 10, low: 5, responseGap: 0 });
    expect(found.effect).toBeCloseTo(0.5, 12);
    // The plain difference knows nothing of those who stay silent.
    expect(found.crude).toBeCloseTo(10 / 15, 12);
  });

  it("are cut, so that one answer of a thousand does not stand for a thousand touches", () => {
    const cell = (number: number, rows: number, answers: number, sum: number) => [
      { bucket: 0, cell: number, arm: 1, rows, answers, sum },
      { bucket: 1, cell: number, arm: 0, rows, answers, sum: 0 },
    ];
    const found = effectOf([...cell(1, 1_000, 1_000, 500), ...cell(2, 1_000, 1, 1)], 1);
    // Weight 1 in both cells: overlap 500 and .5.
    expect(found.effect).toBeCloseTo((500 * 0.5 + 0.5 * 1) / 500.5, 12);
    expect(found.responseGap).toBe(0);
  });
});

describe("whatever the tallies", () => {
  const entry = fc.record({
    bucket: fc.nat(9),
    cell: fc.nat(3),
    arm: fc.nat(2),
    rows: fc.integer({ min: 1, max: 9 }),
  });
  const entries = fc.array(
    entry.chain((one) => fc.nat(one.rows).map((sum) => ({ ...one, sum }))),
    { minLength: 1, maxLength: 40 },
  );

  it("stays within −1 … 1, and exposed less effect is a share too", () => {
    fc.assert(
      fc.property(entries, (some) => {
        for (const { effect, error, exposedMean } of estimateStratifiedEffects(asTallies(some))) {
          if (effect === null || exposedMean === null) continue;
          expect(Math.abs(effect)).toBeLessThanOrEqual(1 + 1e-12);
          expect(error).toBeGreaterThanOrEqual(0);
          expect(exposedMean - effect).toBeGreaterThanOrEqual(-1e-12);
          expect(exposedMean - effect).toBeLessThanOrEqual(1 + 1e-12);
        }
      }),
      { numRuns: 50 },
    );
  });

  it("does not mind the order of entries, nor one cut in two", () => {
    fc.assert(
      fc.property(entries, (some) => {
        const apart = some.toReversed().flatMap((one) => {
          const rows = Math.floor(one.rows / 2);
          const sum = Math.min(rows, one.sum);
          return [
            { ...one, rows, sum },
            { ...one, rows: one.rows - rows, sum: one.sum - sum },
          ];
        });
        const [a, b] = [estimateStratifiedEffects(asTallies(some)), estimateStratifiedEffects(asTallies(apart))];
        expect(b.map(({ arm, rows }) => [arm, rows])).toEqual(a.map(({ arm, rows }) => [arm, rows]));
        for (const [index, { effect, error }] of a.entries()) {
          expect(b[index]?.effect ?? 9).toBeCloseTo(effect ?? 9, 9);
          expect(b[index]?.error ?? 9).toBeCloseTo(error ?? 9, 9);
        }
      }),
      { numRuns: 50 },
    );
  });

  it("adds up to nothing over the arms, weighted by overlap, when there are two", () => {
    fc.assert(
      fc.property(entries, (some) => {
        const two = some.map((one) => ({ ...one, arm: one.arm % 2 }));
        const [a, b] = [0, 1].map((arm) => estimateStratifiedEffects(asTallies(two)).find((one) => one.arm === arm));
        if (a?.effect == null || b?.effect == null) return;
        expect(a.effect).toBeCloseTo(-b.effect, 9);
        expect(a.error ?? 9).toBeCloseTo(b.error ?? 8, 9);
      }),
      { numRuns: 50 },
    );
  });
});
