/** The inverse against matrices whose inverse is known, and the ones that have none. */
import { expect, test } from "vitest";
import { invertMatrix } from "./invert-matrix.ts";

test("the inverse of a matrix that needs a swap of rows", () => {
  // [[0, 2], [4, 1]]⁻¹ = [[-1/8, 1/4], [1/2, 0]]
  expect([...(invertMatrix(Float64Array.of(0, 2, 4, 1), 2) ?? [])]).toEqual([-0.125, 0.25, 0.5, 0]);
});

test("the Hilbert matrix of three, by its exact inverse", () => {
  const hilbert = Float64Array.from({ length: 9 }, (_, at) => 1 / (Math.floor(at / 3) + (at % 3) + 1));
  const exact = [9, -36, 30, -36, 192, -180, 30, -180, 180];
  const inverse = invertMatrix(hilbert, 3) ?? [];
  for (const [at, value] of exact.entries()) expect(inverse[at]).toBeCloseTo(value, 8);
  expect(hilbert[0]).toBe(1);
});

test("dependent rows have no inverse", () => {
  expect(invertMatrix(Float64Array.of(1, 2, 2, 4), 2)).toBeUndefined();
});
