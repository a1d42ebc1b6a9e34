/** The design effect by hand, and where nothing varies. */
import { expect, test } from "vitest";
import { designEffectOf } from "./design-effect.ts";

function momentsOf(clusters: readonly (readonly [n: number, y: number])[]) {
  const sum = (read: (n: number, y: number) => number) => clusters.reduce((all, [n, y]) => all + read(n, y), 0);
  return {
    ...{ clusters: clusters.length, n: sum((n) => n), y: sum((_, y) => y) },
    ...{ nn: sum((n) => n * n), ny: sum((n, y) => n * y), yy: sum((_, y) => y * y) },
  };
}

test("clusters that are all or nothing vary as their size says", () => {
  const clusters = Array.from({ length: 10 }, (_, at) => [4, at % 2 === 0 ? 4 : 0] as const);
  expect(designEffectOf(momentsOf(clusters))).toBeCloseTo(40 / 9, 12);
});

test("clusters of unequal size, by hand", () => {
  // p = 4/8; (3 − 2)² + (0 − 1)² + (1 − 1)² = 2; 3/2·2 ÷ (¼·8).
  expect(
    designEffectOf(
      momentsOf([
        [4, 3],
        [2, 0],
        [2, 1],
      ]),
    ),
  ).toBeCloseTo(1.5, 12);
});

test("never below 1, and 1 where nothing varies", () => {
  const even = Array.from({ length: 10 }, () => [4, 2] as const);
  expect(designEffectOf(momentsOf(even))).toBe(1);
  expect(designEffectOf(momentsOf([[4, 2]]))).toBe(1);
  expect(
    designEffectOf(
      momentsOf([
        [4, 0],
        [3, 0],
      ]),
    ),
  ).toBe(1);
  expect(designEffectOf(momentsOf([]))).toBe(1);
});
