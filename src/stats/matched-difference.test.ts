import { describe, expect, it } from "vitest";
import { estimateAdjusted } from "./adjusted-difference.ts";
import { estimateMatchedDifference, type SideSums } from "./matched-difference.ts";
import { openSeededRandom } from "./seeded-random.ts";

/** Shares without an expectation: e is 0 or 1. */
const side = (n: number, high: number): SideSums => ({ n, high, excess: high, squares: high });

function sumSide(values: readonly number[]): SideSums {
  const sum = (read: (value: number) => number) => values.reduce((total, value) => total + read(value), 0);
  return { n: values.length, high: 0, excess: sum((value) => value), squares: sum((value) => value * value) };
}

describe("the difference among units alike", () => {
  it("of one cell is the plain one", () => {
    expect(estimateMatchedDifference([{ with: side(4, 3), without: side(4, 1) }])).toEqual({
      ...{ effect: 0.5, error: expect.closeTo(Math.sqrt(0.125), 12), degreesOfFreedom: 6 },
      ...{ n: 4, high: 3, otherN: 4, otherHigh: 1 },
    });
  });

  it("weighs cells by how much they tell, and leaves those of one side out", () => {
    // Gaps .4 and −.1, overlaps 10·30/40 = 7.5 and 50·50/100 = 25: (3 − 2.5)/32.5.
    const found = estimateMatchedDifference([
      { with: side(10, 7), without: side(30, 9) },
      { with: side(50, 10), without: side(50, 15) },
      { with: side(90, 90), without: side(0, 0) },
    ]);
    expect(found?.effect).toBeCloseTo(0.5 / 32.5, 12);
    expect(found).toMatchObject({ n: 60, high: 17, otherN: 80, otherHigh: 24, degreesOfFreedom: 137 });
  });

  it("is the regression on the mark and the cells, with its HC1 error", () => {
    const random = openSeededRandom(5);
    const rows = Array.from({ length: 240 }, () => {
      const cell = Math.floor(random() * 3);
      const marked = Number(random() < 0.2 + 0.25 * cell);
      return { cell, marked, value: random() + 0.3 * cell + 0.2 * marked * random() };
    });
    const pick = (cell: number, marked: number) =>
      sumSide(rows.filter((row) => row.cell === cell && row.marked === marked).map(({ value }) => value));
    const found = estimateMatchedDifference([0, 1, 2].map((cell) => ({ with: pick(cell, 1), without: pick(cell, 0) })));
    const regression = estimateAdjusted(
      rows.map(({ value }) => value),
      rows.map(({ marked }) => marked),
      [1, 2].map((cell) => ({ name: `cell ${cell}`, values: rows.map((row) => Number(row.cell === cell)) })),
    );
    if (!("value" in regression)) throw new Error(regression.reason);
    expect(found?.effect).toBeCloseTo(regression.value, 12);
    expect(found?.error).toBeCloseTo(regression.standardError, 12);
    expect(found?.degreesOfFreedom).toBe(regression.degreesOfFreedom);
  });

  it("has no answer without a cell of both sides, or without any spread", () => {
    expect(estimateMatchedDifference([])).toBeNull();
    expect(estimateMatchedDifference([{ with: side(5, 2), without: side(0, 0) }])).toBeNull();
    expect(estimateMatchedDifference([{ with: side(50, 50), without: side(50, 0) }])).toBeNull();
    expect(estimateMatchedDifference([{ with: side(1, 1), without: side(1, 0) }])).toBeNull();
  });
});
