import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Timebox } from "../domain/dsdm/timebox.ts";
import { healthyInitiative } from "./initiative.case.ts";
import { choosePace, findPortfolioVelocity, findRange, findVelocity } from "./velocity.ts";

/** A closed timebox of so many weeks that delivered so much. */
function closed(weeks: number, must: number, should = 0, could = 0): Timebox {
  const [first] = healthyInitiative().timeboxes;
  if (first?.closeOut == null) throw new Error("the healthy initiative has a closed timebox");
  const end = ["2026-02-06", "2026-02-13", "2026-02-20", "2026-02-27"][weeks - 1] ?? "";
  const delivered = { must, should, could, undecided: 7, wont: 9 };
  return { ...first, end, closeOut: { ...first.closeOut, delivered } };
}

describe("the velocity", () => {
  it("is nothing before the first timebox is closed", () => {
    expect(findVelocity([])).toBeNull();
    expect(findVelocity(healthyInitiative().timeboxes.slice(1))).toBeNull();
  });

  it("compares timeboxes of different lengths by working day", () => {
    // 10 in 10 days, 30 in 20, 10 in 5: 1, 1.5 and 2 a day; the median length is 10 days.
    const velocity = findVelocity([closed(2, 5, 3, 2), closed(4, 20, 10), closed(1, 10)]);
    expect(velocity).toEqual({ low: 10, middle: 15, high: 20, n: 3, workingDays: 10 });
  });

  it("widens what one or two timeboxes say", () => {
    expect(findVelocity([closed(2, 10)])).toEqual({ low: 6, middle: 10, high: 16, n: 1, workingDays: 10 });
    const two = findVelocity([closed(2, 9), closed(2, 11)]);
    expect(two).toMatchObject({ low: 8, middle: 10, high: 12.5, n: 2 });
    expect(findVelocity([closed(2, 2), closed(2, 18)])).toMatchObject({ low: 2, middle: 10, high: 18 });
  });

  it("leaves out a timebox without a working day", () => {
    const weekend = { ...closed(1, 4), start: "2026-02-07", end: "2026-02-08" };
    expect(findVelocity([weekend])).toBeNull();
  });

  it("is that of the initiative before that of others, and points are nobody else's", () => {
    const others = healthyInitiative();
    const points = healthyInitiative((one) => {
      one.effortUnit = "points";
    });
    const fresh = healthyInitiative((one) => {
      one.timeboxes = one.timeboxes.slice(1);
    });
    const portfolio = findPortfolioVelocity([others, points, fresh]);
    expect(portfolio).toMatchObject({ n: 1, middle: 10 });
    expect(choosePace(fresh, portfolio)).toEqual(portfolio);
    expect(choosePace({ ...fresh, effortUnit: "points" }, portfolio)).toBeNull();
    expect(choosePace(points, null)).toMatchObject({ n: 1 });
  });
});

describe("the range", () => {
  it("takes the order statistics that hold the next value with 80 %", () => {
    expect(findRange([2, 4, 3])).toEqual({ low: 2, middle: 3, high: 4 });
    expect(findRange([1, 2, 3, 4, 5, 6, 7, 8, 9])).toEqual({ low: 1, middle: 5, high: 9 });
    // 19 values: k = 2 holds 16 of 20.
    const many = Array.from({ length: 19 }, (_, index) => index + 1);
    expect(findRange(many)).toEqual({ low: 2, middle: 10, high: 18 });
  });

  it("holds its middle, whatever the values are, and is never no number", () => {
    const values = fc.array(fc.double({ min: 0, max: 1e5, noNaN: true }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(values, (some) => {
        const range = findRange(some);
        expect(range).not.toBeNull();
        if (range === null) return;
        expect(range.low).toBeLessThanOrEqual(range.middle);
        expect(range.middle).toBeLessThanOrEqual(range.high);
        expect(Number.isFinite(range.low + range.high)).toBe(true);
      }),
    );
  });

  it("holds the next of exchangeable values as often as it says", () => {
    // All orders of 1 … 10 are alike: the last one is inside unless it is the least or the greatest.
    const inside = Array.from({ length: 10 }, (_, last) => {
      const past = Array.from({ length: 10 }, (_unused, index) => index).filter((one) => one !== last);
      const range = findRange(past);
      return range !== null && range.low <= last && last <= range.high;
    });
    expect(inside.filter(Boolean)).toHaveLength(8);
  });
});
