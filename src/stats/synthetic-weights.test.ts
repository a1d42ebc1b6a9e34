/** The weights against cases solved by hand, and against the conditions that the best weights meet. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { fitSyntheticWeights } from "./synthetic-weights.ts";

const tolerance = 1e-7;

test("a target that is one of the columns, up to a constant", () => {
  // Columns 1 3 2 and 5 1 4; the target is the second plus 100.
  const problem = { values: Float64Array.of(1, 5, 3, 1, 2, 4), width: 2, target: Float64Array.of(105, 101, 104) };
  expect([...fitSyntheticWeights({ ...problem, zeta: 0, tolerance })]).toEqual([0, 1]);
});

test("a target halfway between two columns, and a heavy penalty", () => {
  const values = Float64Array.of(0, 4, 9, 2, 0, 1, 6, 2, 9, 0, 0, 3);
  const target = Float64Array.from(
    { length: 4 },
    (_, row) => ((values[row * 3] ?? 0) + (values[row * 3 + 1] ?? 0)) / 2,
  );
  const weights = fitSyntheticWeights({ values, width: 3, target, zeta: 0, tolerance });
  for (const [at, wanted] of [0.5, 0.5, 0].entries()) expect(weights[at]).toBeCloseTo(wanted, 4);
  for (const weight of fitSyntheticWeights({ values, width: 3, target, zeta: 1e4, tolerance: 1e-5 }))
    expect(weight).toBeCloseTo(1 / 3, 5);
});

test("columns all alike leave the weights as they were", () => {
  const values = Float64Array.of(1, 1, 2, 2, 3, 3);
  const start = Float64Array.of(0.4, 0.6);
  expect([
    ...fitSyntheticWeights({ values, width: 2, target: Float64Array.of(1, 2, 3), zeta: 0, tolerance, start }),
  ]).toEqual([0.4, 0.6]);
});

test("levels of a million do no harm", () => {
  const values = Float64Array.of(1e6 + 1, 5, 1e6 + 3, 1, 1e6 + 2, 4);
  const weights = fitSyntheticWeights({ values, width: 2, target: Float64Array.of(3, 2, 3), zeta: 0, tolerance });
  expect(weights[0]).toBeCloseTo(0.5, 5);
});

test("no weight that is used has a steeper slope than another: the conditions of Karush, Kuhn and Tucker", () => {
  const [rows, width, zeta] = [8, 5, 0.7];
  const numbers = fc.array(fc.double({ min: -3, max: 3, noNaN: true }), {
    minLength: rows * (width + 1),
    maxLength: rows * (width + 1),
  });
  fc.assert(
    fc.property(numbers, (drawn) => {
      const values = Float64Array.from(drawn.slice(0, rows * width));
      const target = Float64Array.from(drawn.slice(rows * width));
      const weights = fitSyntheticWeights({ values, width, target, zeta, tolerance: 1e-8 });
      expect(weights.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 9);
      const gaps = target.map((aim, row) =>
        weights.reduce((s, w, at) => s + w * (values[row * width + at] ?? 0), -aim),
      );
      const mean = gaps.reduce((sum, one) => sum + one, 0) / rows;
      const slopes = [...weights].map((weight, at) =>
        gaps.reduce((s, gap, row) => s + (gap - mean) * (values[row * width + at] ?? 0), rows * zeta ** 2 * weight),
      );
      const least = Math.min(...slopes);
      for (const [at, slope] of slopes.entries())
        if ((weights[at] ?? 0) > 0.02) expect(slope - least).toBeLessThan(0.05);
    }),
    { numRuns: 60 },
  );
});
