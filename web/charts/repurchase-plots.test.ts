/**
 * The drawings of re-purchase: each compared with a reviewed text, and what must not be missing in them.
 */
import { describe, expect, it } from "vitest";
import { calibrationPlot, growthPlot, keptPlot } from "./repurchase-plots.ts";
import { drawPlot } from "./svg-plot.ts";

const share = (value: number) => `${(value * 100).toFixed(0)} %`;
const said = { sentence: "What the picture shows, n = 900.", format: share };

describe("calibrationPlot", () => {
  const plot = calibrationPlot({
    ...{ ...said, title: "By orders before", upwards: "orders a customer", by: "orders before" },
    groups: [
      { label: "1", actual: 0.2, low: 0.15, high: 0.25, expected: 0.22, tip: "a" },
      { label: "2 and more", actual: 0.9, low: 0.7, high: 1.1, expected: 0.8, tip: "b" },
    ],
  });

  it("is a reviewed drawing", () => expect(drawPlot(plot)).toMatchSnapshot());
  it("holds forecast and interval in its scale", () => expect(plot.scale.high).toBeGreaterThanOrEqual(1.1));
});

describe("growthPlot", () => {
  it("is a reviewed drawing, with half where half is", () => {
    const points = [0, 30, 60, 90].map((days) => {
      const value = days / 150;
      return { days, share: value, low: value * 0.9, high: value * 1.1, tip: `${days}` };
    });
    const plot = growthPlot({
      ...{ ...said, title: "Second order", upwards: "share", points, across: "days" },
      half: { days: 75, label: "half after 75 days" },
    });
    expect(plot.across.ticks.map(({ at }) => at)).toEqual([0, 14, 28, 42, 56, 70, 84]);
    expect(drawPlot(plot)).toMatchSnapshot();
  });
});

describe("keptPlot", () => {
  const plot = keptPlot({
    ...{ ...said, title: "Kept", upwards: "share", across: "periods" },
    periods: [
      { period: 1, observed: 0.6, expected: 0.61, fitted: true, tip: "1" },
      { period: 2, observed: 0.5, expected: 0.49, fitted: true, tip: "2" },
      { period: 3, observed: 0.4, expected: 0.42, fitted: false, tip: "3" },
      { period: 4, observed: null, expected: 0.38, fitted: false, tip: "4" },
    ],
  });

  it("is a reviewed drawing", () => expect(drawPlot(plot)).toMatchSnapshot());
  it("draws hollow what the projection has not seen, and nothing beyond the data", () => {
    expect(plot.whiskers.map(({ at, hollow }) => [at, hollow])).toEqual([[3, true]]);
    expect(plot.marks).toEqual([{ at: 2.5, label: "from here on not seen by it" }]);
  });
});
