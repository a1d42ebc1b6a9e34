import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { adjustForMany } from "./benjamini-hochberg.ts";
import { eValueOf } from "./e-value.ts";
import { testMinimumEffect } from "./minimum-effect.ts";
import { studentQuantile, studentTail } from "./quantile.ts";

describe("adjustForMany", () => {
  it("reproduces the reference", () => {
    const q = adjustForMany([0.898, 0.138, 0.007, 0.964, 0.538, 0.006, 0.138]);
    const expected = [0.964, 0.2415, 0.0245, 0.964, 0.7532, 0.0245, 0.2415];
    expect(q).toHaveLength(expected.length);
    for (const [index, value] of expected.entries()) expect(q[index]).toBeCloseTo(value, 10);
  });

  it("has nothing to adjust for with one test, or none", () => {
    expect(adjustForMany([0.03])).toEqual([0.03]);
    expect(adjustForMany([])).toEqual([]);
  });

  it("claims what the step-up rule claims: all up to the last p that is at most its place's share of the level", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 30 }), (p) => {
        const sorted = p.toSorted((a, b) => a - b);
        const last = sorted.findLastIndex((one, index) => one * p.length <= 0.05 * (index + 1));
        const bound = last < 0 ? -1 : (sorted[last] ?? -1);
        const q = adjustForMany(p);
        expect(q.map((one) => one <= 0.05)).toEqual(p.map((one) => one <= bound));
        // A product of doubles may round below its factor.
        for (const [index, one] of q.entries()) expect(one).toBeGreaterThanOrEqual((p[index] ?? 1) * (1 - 1e-12));
      }),
      { numRuns: 100 },
    );
  });
});

describe("eValueOf", () => {
  it("reproduces 3.9 → 7.26, and takes a harm as strong as its opposite", () => {
    expect(eValueOf(0.39, 0.1)).toBeCloseTo(7.26, 2);
    expect(eValueOf(0.1, 0.39)).toBeCloseTo(7.26, 2);
  });

  it("is 1 without a difference, and unknown where a share is 0", () => {
    expect(eValueOf(0.2, 0.2)).toBe(1);
    expect(eValueOf(0.2, 0)).toBeNull();
    expect(eValueOf(0, 0.2)).toBeNull();
  });
});

describe("studentTail", () => {
  // Values of R's pt(t, df, lower.tail = FALSE).
  it.each([
    [0, 7, 0.5],
    [1, 1, 0.25],
    [2, 2, 0.09175170953613696],
  ])("beyond %f with %i degrees of freedom is %f", (t, df, expected) => {
    expect(studentTail(t, df)).toBeCloseTo(expected, 12);
  });

  it("undoes the quantile far out, and ends at nothing", () => {
    for (const p of [0.4, 0.025, 1e-6]) expect(studentTail(studentQuantile(1 - p, 99), 99) / p).toBeCloseTo(1, 6);
    expect(studentTail(Number.POSITIVE_INFINITY, 99)).toBe(0);
  });
});

describe("testMinimumEffect", () => {
  it("is the usual two-sided test when the least effect is none", () => {
    expect(testMinimumEffect(2, 1, 0, 99)).toBeCloseTo(2 * studentTail(2, 99), 14);
    expect(testMinimumEffect(studentQuantile(0.975, 99), 1, 0, 99)).toBeCloseTo(0.05, 10);
    expect(testMinimumEffect(0, 1, 0, 99)).toBe(1);
  });

  it("adds both tails beyond the least effect, whichever the sign", () => {
    const p = studentTail(2, 99) + studentTail(4, 99);
    expect(testMinimumEffect(0.03, 0.01, 0.01, 99)).toBeCloseTo(p, 12);
    expect(testMinimumEffect(-0.03, 0.01, 0.01, 99)).toBeCloseTo(p, 12);
  });

  it("never names an effect that is no larger than the least", () => {
    expect(testMinimumEffect(0.01, 1e-9, 0.01, 99)).toBe(1);
    expect(testMinimumEffect(0.005, 0, 0.01, 99)).toBe(1);
    expect(testMinimumEffect(0.02, 0, 0.01, 99)).toBe(0);
  });

  it("stays a probability just beyond the least effect", () => {
    expect(testMinimumEffect(0.0100001, 1, 0.01, 99)).toBeLessThanOrEqual(1);
  });
});
