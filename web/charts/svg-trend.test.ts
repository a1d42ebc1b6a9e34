/**
 * The drawing of a trend: what is broken, dashed, banded and named. Looks are reviewed in the browser.
 */
import { describe, expect, it } from "vitest";
import { drawTrend } from "./svg-trend.ts";
import type { Trend, TrendPoint } from "./trend.ts";
import { describePoint, trendOption } from "./trend-option.ts";

function point(label: string, value: number | null, more: Partial<TrendPoint> = {}): TrendPoint {
  const low = value === null ? null : value - 0.05;
  return { label, value, low, high: value === null ? null : value + 0.05, n: 40, complete: true, ...more };
}

const TREND: Trend = {
  title: "Conversion <by week>",
  points: [
    point("1 Jan", 0.5),
    point("8 Jan", 0.6),
    point("15 Jan", null),
    point("22 Jan", 0.55),
    point("29 Jan", 0.4, { complete: false }),
  ],
  lines: [{ title: "Target", value: 0.65 }],
  marks: [{ index: 1, text: "New checkout" }],
  format: (value) => `${(value * 100).toFixed(0)} %`,
  fromZero: false,
};

describe("drawTrend", () => {
  const svg = drawTrend(TREND);

  it("breaks the line where data are missing", () => {
    const broken = drawTrend({ ...TREND, points: [...TREND.points.slice(0, 4), point("29 Jan", 0.5)] });
    expect(broken.match(/<path d="M[^"]*" fill="none" stroke="#0b7285" stroke-width="2"\/>/gu)).toHaveLength(2);
  });

  it("dashes the incomplete bucket and says so", () => {
    expect(svg.match(/stroke-dasharray="5 4"/gu)).toHaveLength(1);
    expect(svg).toContain("dashed: not yet complete");
  });

  it("names target and annotation, and escapes the title", () => {
    expect(svg).toContain("Target 65 %");
    expect(svg).toContain("New checkout");
    expect(svg).toContain("Conversion &lt;by week&gt;");
    expect(svg).not.toMatch(/NaN|undefined|class=/u);
  });

  it("draws nothing wrong without a point", () => {
    expect(drawTrend({ ...TREND, points: [], marks: [] })).not.toMatch(/NaN|undefined/u);
  });
});

describe("trendOption", () => {
  it("has one cell a bucket in every series, so that lines and bands stand over their labels", () => {
    const { series, xAxis } = trendOption(TREND, false) as unknown as {
      series: { data: (number | null)[] }[];
      xAxis: { data: string[] };
    };
    expect(xAxis.data).toHaveLength(5);
    for (const { data } of series) expect(data).toHaveLength(5);
    expect(series[2]?.data).toEqual([0.5, 0.6, null, 0.55, null]);
    expect(series[3]?.data).toEqual([null, null, null, 0.55, 0.4]);
  });

  it("draws a target where it is, to the last digit", () => {
    const { series } = trendOption({ ...TREND, lines: [{ title: "Target", value: 0.095 }] }, false) as unknown as {
      series: { markLine?: { precision: number; data: { yAxis?: number }[] } }[];
    };
    const { markLine } = series[2] ?? {};
    expect(markLine?.data[0]?.yAxis).toBe(0.095);
    expect(markLine?.precision).toBeGreaterThanOrEqual(6);
  });

  it("tells a bucket in words", () => {
    const point = TREND.points[1] as TrendPoint;
    expect(describePoint(point, TREND.format, ["New checkout"])).toBe(
      "8 Jan\n60 %\n95 %: 55 % to 65 %\nn = 40\n✎ New checkout",
    );
    expect(describePoint({ ...point, value: null, note: "Nobody bought." }, TREND.format, [])).toBe(
      "8 Jan\nNobody bought.",
    );
  });
});
