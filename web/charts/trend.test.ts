/**
 * Scales, runs and the words of a trend.
 * The drawings made of them are tested beside their functions.
 */
import { describe, expect, it } from "vitest";
import {
  describeTrend,
  fitScale,
  splitRuns,
  spreadLabels,
  spreadLines,
  type Trend,
  type TrendPoint,
  trendScale,
} from "./trend.ts";

function point(value: number | null, more: Partial<TrendPoint> = {}): TrendPoint {
  return { label: "1 Jan 2025", value, low: null, high: null, n: 10, complete: true, ...more };
}

function trend(points: readonly TrendPoint[], more: Partial<Trend> = {}): Trend {
  return {
    title: "T",
    points,
    lines: [],
    marks: [],
    format: (value) => `${Math.round(value * 100)} %`,
    fromZero: false,
    ...more,
  };
}

describe("fitScale", () => {
  it("has round ticks that hold every value", () => {
    expect(fitScale([0.52, 0.61], false)).toEqual({ low: 0.5, high: 0.65, ticks: [0.5, 0.55, 0.6, 0.65] });
    expect(fitScale([3, 97], true).ticks).toEqual([0, 50, 100]);
    expect(fitScale([-12, 30], false).ticks).toEqual([-20, 0, 20, 40]);
  });

  it("has a span even when all values are one, or there is none", () => {
    expect(fitScale([0.5], false).high).toBeGreaterThan(fitScale([0.5], false).low);
    expect(fitScale([0], true).high).toBeGreaterThan(0);
    expect(fitScale([], false)).toEqual({ low: 0, high: 1, ticks: [0, 0.5, 1] });
  });
});

describe("trendScale", () => {
  it("holds target and baseline", () => {
    expect(trendScale(trend([point(0.5), point(0.55)], { lines: [{ title: "Target", value: 0.8 }] })).high).toBe(0.8);
  });

  it("is not stretched by one wide interval", () => {
    const scale = trendScale(trend([point(0.5), point(0.52), point(0.51, { low: 0.02, high: 0.99 })]));
    expect(scale.low).toBeGreaterThan(0.4);
    expect(scale.high).toBeLessThan(0.6);
  });
});

describe("spreadLines", () => {
  const scale = { low: 0, high: 1, ticks: [] };
  const line = (value: number) => ({ title: "T", value });

  it("moves labels apart that would meet, the higher one up, and leaves others alone", () => {
    expect(spreadLines([line(0.5), line(0.49)], scale, 100)).toEqual([-7.5, 7.5]);
    expect(spreadLines([line(0.25), line(0.3125)], scale, 100)).toEqual([4.875, -4.875]);
    expect(spreadLines([line(0.2), line(0.8)], scale, 100).map(Math.abs)).toEqual([0, 0]);
    expect(spreadLines([line(0.2)], scale, 100)).toEqual([0]);
  });
});

describe("splitRuns", () => {
  it("breaks where something is missing and keeps the places", () => {
    const runs = splitRuns([1, 2, null, 4], (value) => value !== null);
    expect(runs).toEqual([
      [
        [0, 1],
        [1, 2],
      ],
      [[3, 4]],
    ]);
  });
});

describe("spreadLabels", () => {
  it("never has more than it may, and begins with the first", () => {
    expect(spreadLabels(12, 10)).toEqual([0, 2, 4, 6, 8, 10]);
    expect(spreadLabels(3, 10)).toEqual([0, 1, 2]);
    expect(spreadLabels(0, 10)).toEqual([]);
  });
});

describe("describeTrend", () => {
  it("names first, last, lowest and highest of the complete buckets", () => {
    const points = [
      point(0.5, { label: "Jan" }),
      point(0.7, { label: "Feb" }),
      point(null, { label: "Mar" }),
      point(0.6, { label: "Apr" }),
      point(0.1, { label: "May", complete: false }),
    ];
    expect(describeTrend(trend(points))).toBe("50 % (Jan) to 60 % (Apr); lowest 50 % (Jan), highest 70 % (Feb).");
  });

  it("says so when there is nothing", () => {
    expect(describeTrend(trend([point(null)]))).toBe("Not enough data for a trend.");
  });
});
