/**
 * The drawing of a KPI by group: bars from zero, whiskers, and words where data are too few.
 */
import { describe, expect, it } from "vitest";
import { breakdownScale, drawBreakdown } from "./svg-breakdown.ts";

const rows = [
  { label: "web", value: 30, low: 20, high: 45, n: 200 },
  { label: "store & app", value: -20, low: -30, high: -10, n: 100 },
  { label: "phone", value: null, low: null, high: null, n: 1, note: "No answer on the scale." },
];

describe("drawBreakdown", () => {
  const svg = drawBreakdown({ title: "NPS by channel", rows, format: (value) => String(value) });

  it("says a count once: it is its own n", () => {
    const counts = drawBreakdown({
      title: "Events",
      rows: [
        { label: "setup", value: 12, low: null, high: null, n: 12 },
        { label: "days, by chance as many", value: 30, low: 20, high: 40, n: 30 },
      ],
      format: String,
    });
    expect(counts).toContain(">12<");
    expect(counts).not.toContain("n = 12");
    expect(counts).toContain("30 (20 to 40), n = 30");
    expect(svg).toContain("n = 200");
  });

  it("begins bars at zero, on both sides of it", () => {
    const bars = [...svg.matchAll(/<rect x="([\d.]+)" y="\d+" width="([\d.]+)"/gu)].map(([, x, width]) => [
      Number(x),
      Number(width),
    ]);
    expect(bars).toHaveLength(2);
    const [up = [0, 0], down = [0, 0]] = bars;
    expect(up[0]).toBeCloseTo((down[0] ?? 0) + (down[1] ?? 0), 1);
    expect((up[1] ?? 0) / (down[1] ?? 1)).toBeCloseTo(1.5, 2);
  });

  it("says why a group has no bar, and escapes names", () => {
    expect(svg).toContain("No answer on the scale.");
    expect(svg).toContain("store &amp; app");
    expect(svg).toContain("30 (20 to 45), n = 200");
  });

  it("holds every interval on its scale", () => {
    const { low, high } = breakdownScale(rows);
    expect(low).toBeLessThanOrEqual(-30);
    expect(high).toBeGreaterThanOrEqual(45);
  });
});
