import { describe, expect, it } from "vitest";
import { SparseRidge } from "./ridge.ts";

function solveRows(width: number, rows: readonly (readonly [number[], number, number?])[], lambda: number): number[] {
  const ridge = new SparseRidge(width);
  for (const [indices, y, weight] of rows) ridge.add(indices, y, weight);
  return [...ridge.solve(lambda)];
}

describe("SparseRidge", () => {
  it("is ordinary least squares without a penalty", () => {
    // Means 2 without, 5 with the column.
    const rows: [number[], number][] = [
      [[], 1],
      [[], 3],
      [[1], 4],
      [[1], 6],
    ];
    const [intercept, slope] = solveRows(2, rows, 0);
    expect(intercept).toBeCloseTo(2, 12);
    expect(slope).toBeCloseTo(3, 12);
  });

  it("shrinks columns but not the intercept, by lambda times the mean diagonal", () => {
    // Two of four rows have the column: centred its X'X is 1 and its X'Y 3, the penalty is λ × 2; slope 3/(1 + 2λ).
    const rows: [number[], number][] = [
      [[], 2],
      [[], 2],
      [[1], 5],
      [[1], 5],
    ];
    const [intercept = 0, slope = 0] = solveRows(2, rows, 0.5);
    expect(slope).toBeCloseTo(3 / (1 + 0.5 * 2), 12);
    expect(intercept + slope / 2).toBeCloseTo(3.5, 12);
  });

  it("does not change when every row comes ten times, in one or in a weight", () => {
    const rows: [number[], number][] = [
      [[1], 1],
      [[2, 1], 0],
      [[3, 2], 1],
      [[], 0],
      [[1, 3], 1],
    ];
    const once = solveRows(5, rows, 0.1);
    const repeated = solveRows(
      5,
      rows.flatMap((row) => new Array<(typeof rows)[number]>(10).fill(row)),
      0.1,
    );
    const weighted = solveRows(
      5,
      rows.map(([indices, y]) => [indices, y, 10]),
      0.1,
    );
    for (const [index, value] of once.entries()) {
      expect(repeated[index]).toBeCloseTo(value, 10);
      expect(weighted[index]).toBeCloseTo(value, 10);
    }
  });

  it("solves what has no single answer: levels that add up to the intercept, columns that never occur", () => {
    const rows: [number[], number][] = [
      [[1], 0],
      [[1], 2],
      [[2], 5],
    ];
    const [intercept = 0, first = 0, second = 0, never] = solveRows(4, rows, 1e-6);
    expect(intercept + first).toBeCloseTo(1, 4);
    expect(intercept + second).toBeCloseTo(5, 4);
    expect(never).toBe(0);
    // Without a penalty the last of the levels is left out.
    const plain = solveRows(4, rows, 0);
    expect(plain[0]).toBeCloseTo(5, 12);
    expect(plain[1]).toBeCloseTo(-4, 12);
    expect(plain.slice(2)).toEqual([0, 0]);
    expect(solveRows(3, [], 0.1)).toEqual([0, 0, 0]);
  });

  it("meets the conditions of the minimum on random rows", () => {
    let state = 5;
    const random = () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state / 2 ** 32;
    };
    const width = 12;
    const rows = Array.from({ length: 300 }, (): [number[], number] => {
      const indices = Array.from({ length: width - 1 }, (_, index) => index + 1).filter(() => random() < 0.3);
      return [indices, indices.length + random()];
    });
    const coefficients = solveRows(width, rows, 0.01);
    const counts = Array.from({ length: width }, (_, column) =>
      column === 0 ? 0 : rows.filter(([indices]) => indices.includes(column)).length,
    );
    const penalty = (0.01 * counts.reduce((sum, count) => sum + count, 0)) / (width - 1);
    const residuals = rows.map(
      ([indices, y]) => y - indices.reduce((sum, index) => sum + (coefficients[index] ?? 0), coefficients[0] ?? 0),
    );
    for (let column = 0; column < width; column++) {
      const gradient = residuals.reduce(
        (sum, residual, row) => sum + (column === 0 || rows[row]?.[0].includes(column) ? residual : 0),
        0,
      );
      expect(gradient).toBeCloseTo(column === 0 ? 0 : penalty * (coefficients[column] ?? 0), 9);
    }
  });
});
