/**
 * The paths of a sparkline: broken where data are missing, dashed where a bucket is open, inside its box.
 */
import { describe, expect, it } from "vitest";
import { shapeSparkline } from "./svg-sparkline.tsx";
import type { TrendPoint } from "./trend.ts";

function point(value: number | null, complete = true): TrendPoint {
  return {
    label: "",
    value,
    low: null,
    high: null,
    n: 1,
    complete,
  };
}

describe("shapeSparkline", () => {
  it("places lowest and highest at the edges and the dot at the last complete bucket", () => {
    const { line, open, dot } = shapeSparkline([point(0), point(10), point(5), point(1, false)], 106, 26);
    expect(line).toBe("M3.0 23.0L36.3 3.0L69.7 13.0");
    expect(open).toBe("M69.7 13.0L103.0 21.0");
    expect(dot?.[0]).toBeCloseTo(69.67, 1);
  });

  it("makes room for intervals, half of the values' span at most", () => {
    const wide = [0, 10].map((value) => ({ ...point(value), low: value - 50, high: value + 50 }));
    expect(shapeSparkline(wide, 106, 26).line).toBe("M3.0 18.0L103.0 8.0");
  });

  it("is broken where data are missing", () => {
    expect(shapeSparkline([point(0), point(null), point(5)], 106, 26).line.match(/M/gu)).toHaveLength(2);
  });

  it("is flat in the middle when nothing changes, and empty without data", () => {
    expect(shapeSparkline([point(4), point(4)], 106, 26).line).toBe("M3.0 13.0L103.0 13.0");
    expect(shapeSparkline([point(null)], 106, 26)).toEqual({ line: "", open: "", band: "", dot: undefined });
  });
});
