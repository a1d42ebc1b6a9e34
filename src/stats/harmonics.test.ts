import { expect, test } from "vitest";
import { buildHarmonics } from "./harmonics.ts";
import { designOf, fitLeastSquares, isUnfitted } from "./ordinary-least-squares.ts";

const months = Array.from({ length: 24 }, (_, at) => at + 1);

test("sines and cosines of whole waves over the period", () => {
  const [sine = [], cosine = []] = buildHarmonics([1, 2, 3, 4], 1, 4);
  for (const [at, value] of [1, 0, -1, 0].entries()) expect(sine[at]).toBeCloseTo(value, 12);
  // At half the period there is only a cosine.
  expect(buildHarmonics([1, 2, 3, 4], 2, 4)).toHaveLength(3);
  for (const [at, value] of [0, -1, 0, 1].entries()) expect(cosine[at]).toBeCloseTo(value, 12);
});

test("never more columns than a season has shapes, so that a design stays regular", () => {
  expect(buildHarmonics(months, 2, 12)).toHaveLength(4);
  expect(buildHarmonics(months, 9, 12)).toHaveLength(11);
  expect(buildHarmonics(months, 9, 7)).toHaveLength(6);
  expect(buildHarmonics(months, 0, 12)).toHaveLength(0);
  const design = designOf([months.map(() => 1), ...buildHarmonics(months, 9, 12)]);
  expect(isUnfitted(fitLeastSquares(design, months))).toBe(false);
});
