import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type ArmMoments,
  covarianceOf,
  MomentCollector,
  meanOfArm,
  mergeMoments,
  momentsFromCovariances,
  momentsFromSums,
  momentsOfRows,
  selectColumns,
  shareOfArm,
} from "./arm-moments.ts";

const COLUMNS = ["value", "denominator", "before"] as const;

/** The textbook's two passes. */
function twoPasses(units: readonly (readonly number[])[]): ArmMoments {
  const means = COLUMNS.map((_, at) => units.reduce((sum, unit) => sum + (unit[at] ?? 0), 0) / units.length);
  const products = COLUMNS.flatMap((_, a) =>
    COLUMNS.map((__, b) =>
      units.reduce((sum, unit) => sum + ((unit[a] ?? 0) - (means[a] ?? 0)) * ((unit[b] ?? 0) - (means[b] ?? 0)), 0),
    ),
  );
  return {
    n: units.length,
    columns: COLUMNS,
    means: Float64Array.from(means),
    products: Float64Array.from(products),
  };
}

function collect(units: readonly (readonly number[])[]): ArmMoments {
  const collector = new MomentCollector(COLUMNS);
  for (const unit of units) collector.add(unit);
  return collector.moments();
}

function sumsOf(units: readonly (readonly number[])[], shifts: readonly number[]) {
  const shifted = units.map((unit) => unit.map((value, at) => value - (shifts[at] ?? 0)));
  const total = (of: (unit: readonly number[]) => number) => shifted.reduce((sum, unit) => sum + of(unit), 0);
  const pairs = COLUMNS.flatMap((_, a) => COLUMNS.slice(a).map((__, b) => [a, a + b] as const));
  return {
    n: units.length,
    columns: COLUMNS,
    sums: COLUMNS.map((_, at) => total((unit) => unit[at] ?? 0)),
    products: pairs.map(([a, b]) => total((unit) => (unit[a] ?? 0) * (unit[b] ?? 0))),
    shifts,
  };
}

function expectSame(one: ArmMoments, other: ArmMoments, tolerance = 1e-8): void {
  expect(one.n).toBe(other.n);
  const scale = 1 + Math.max(...other.products.map(Math.abs), ...other.means.map(Math.abs));
  for (const [at, mean] of other.means.entries())
    expect(Math.abs((one.means[at] ?? 0) - mean)).toBeLessThan(tolerance * scale);
  for (const [at, product] of other.products.entries())
    expect(Math.abs((one.products[at] ?? 0) - product)).toBeLessThan(tolerance * scale);
}

// Hundredths: a spread of less than rounding leaves is nothing to any of them, and at its edge not the same nothing.
const number = fc.integer({ min: -10_000, max: 10_000 }).map((hundredths) => hundredths / 100);
const units = fc.array(fc.tuple(number, number, number), { minLength: 1, maxLength: 40 });

describe("moments of an arm", () => {
  it("are the two passes', however they come in", () => {
    fc.assert(
      fc.property(units, units, (a, b) => {
        const whole = twoPasses([...a, ...b]);
        expectSame(collect([...b, ...a]), whole);
        expectSame(mergeMoments(collect(a), collect(b)), whole);
        expectSame(momentsFromSums(sumsOf([...a, ...b], [0, 0, 0])), whole);
        expectSame(momentsFromSums(sumsOf([...a, ...b], [5, -3, 11])), whole);
      }),
      { numRuns: 100 },
    );
  });

  it("come from rows, each to its arm, and from covariances", () => {
    const rows = { value: [1, 3, 5, 9], before: [2, 2, 0, 8] };
    const [a, b, none] = momentsOfRows(rows, [0, 0, 1, 1], 3) as [ArmMoments, ArmMoments, ArmMoments];
    expect(a).toEqual({
      n: 2,
      columns: ["value", "before"],
      means: Float64Array.of(2, 2),
      products: Float64Array.of(2, 0, 0, 0),
    });
    expect(covarianceOf(b, { value: 1 }, { before: 1 })).toBe(16);
    expect(covarianceOf(b, { value: 1, before: -1 }, { value: 1, before: -1 })).toBe(8 + 32 - 32);
    expect(none).toMatchObject({ n: 0 });
    expect(meanOfArm(none)).toEqual({ n: 0, mean: 0, variance: 0 });
    expectSame(momentsFromCovariances(2, ["value", "before"], [7, 4], [8, 16, 16, 32]), b);
    expect(mergeMoments(none, b)).toBe(b);
    expect(mergeMoments(b, none)).toBe(b);
  });

  it("keep the spread beside a mean a hundred million times as large", () => {
    const far = Array.from({ length: 1000 }, (_, at) => [1e8 + (at % 2), 0, 0]);
    expect(meanOfArm(collect(far)).variance).toBeCloseTo(250 / 999, 9);
    expect(meanOfArm(momentsFromSums(sumsOf(far, [1e8, 0, 0]))).variance).toBeCloseTo(250 / 999, 9);
  });

  it("take rounding for no spread: ten thousand times 0.1 in plain sums", () => {
    const same = Array.from({ length: 10_000 }, () => [0.1, 0, 0]);
    expect(meanOfArm(momentsFromSums(sumsOf(same, [0, 0, 0]))).variance).toBe(0);
    expect(meanOfArm(collect(same)).variance).toBe(0);
  });

  it("give a share the variance p(1 − p)", () => {
    expect(shareOfArm(14, 28)).toEqual({ n: 28, mean: 0.5, variance: 0.25 });
    expect(shareOfArm(0, 0)).toEqual({ n: 0, mean: 0, variance: 0 });
  });

  it("do not change when the collector goes on", () => {
    const collector = new MomentCollector(["value"]);
    collector.add([1]);
    const before = collector.moments();
    collector.add([5]);
    expect([before.n, before.means[0]]).toEqual([1, 1]);
    expect(collector.moments().means[0]).toBe(3);
  });

  it("leave out columns, and keep what is known of the others", () => {
    const rows = { value: [1, 3, 8], denominator: [2, 2, 5], before: [0, 1, 7] };
    const [whole] = momentsOfRows(rows, [0, 0, 0], 1);
    const [part] = momentsOfRows({ value: rows.value, before: rows.before }, [0, 0, 0], 1);
    if (!whole) throw new Error("an arm");
    expect(selectColumns(whole, ["value", "before"])).toEqual(part);
    expect(selectColumns(whole, COLUMNS)).toEqual(whole);
  });
});
