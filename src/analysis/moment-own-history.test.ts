import { describe, expect, it } from "vitest";
import { estimateStratifiedEffects, type Tallies } from "../stats/stratified-effect.ts";
import { splitByOwnHistory } from "./moment-own-history.ts";

type Row = readonly [bucket: number, family: number, cell: number, arm: number, rows: number, sum: number];

function tallyOf(rows: readonly Row[]): Tallies {
  const column = (at: number) => rows.map((row) => row[at] ?? 0);
  const [bucket, family, cell, arm, counts, sum] = [0, 1, 2, 3, 4, 5].map(column) as [
    number[],
    number[],
    number[],
    number[],
    number[],
    number[],
  ];
  return { bucket, family, cell, arm, rows: counts, answers: counts, sum, high: sum };
}

/** One cell: 10 touches, of which 2 are the touch for the first time, 1 is it again, and 4 come after it (the again among them). */
const ONE_CELL = tallyOf([
  [0, 0, 7, 0, 10, 5],
  [0, 1, 7, 0, 2, 2],
  [0, 2, 7, 0, 1, 0],
  [0, 3, 7, 0, 4, 2],
]);

describe("presence by who had it before", () => {
  it("compares the first time with those who have not had it, and again with those who have", () => {
    const split = splitByOwnHistory(ONE_CELL, 1);
    const entries = Array.from(split.cell, (cell, at) => [cell, split.arm[at], split.rows[at], split.sum[at]]);
    expect(entries).toEqual([
      // Not had: 10 − 4 touches, 5 − 2 outcomes, of which 2 with 2 are the touch.
      [14, 1, 2, 2],
      [14, 0, 4, 1],
      // Had: 4 touches, 2 outcomes, of which 1 with 0 is the touch again.
      [15, 1, 1, 0],
      [15, 0, 3, 2],
    ]);
  });

  it("gives the effect of both, by how much each can tell", () => {
    const [, own] = estimateStratifiedEffects(splitByOwnHistory(ONE_CELL, 1));
    // First: 1 − 1/4 with weight 2 · 4/6; again: 0 − 2/3 with weight 1 · 3/4.
    const [first, more] = [2 * (4 / 6), 1 * (3 / 4)];
    expect(own?.effect).toBeCloseTo((first * 0.75 - more * (2 / 3)) / (first + more), 12);
    expect(own).toMatchObject({ family: 0, arm: 1, rows: 3, high: 2 });
  });

  it("leaves out cells in which nobody has the touch", () => {
    const elsewhere = tallyOf([
      [0, 0, 7, 0, 10, 5],
      [1, 0, 8, 0, 10, 5],
      [1, 1, 8, 0, 3, 1],
    ]);
    expect([...new Set(Array.from(splitByOwnHistory(elsewhere, 1).cell))]).toEqual([16]);
  });

  it("keeps each touch that is looked at apart", () => {
    const two = tallyOf([
      [3, 0, 1, 0, 9, 4],
      [3, 1, 1, 0, 2, 1],
      [3, 1, 1, 1, 4, 1],
      [3, 3, 1, 1, 3, 2],
    ]);
    const split = splitByOwnHistory(two, 2);
    const rows = Array.from(split.rows, (count, at) => [split.family[at], split.arm[at], count]);
    expect(rows).toEqual([
      [0, 1, 2],
      [0, 0, 7],
      [1, 1, 4],
      [1, 0, 2],
    ]);
  });
});
