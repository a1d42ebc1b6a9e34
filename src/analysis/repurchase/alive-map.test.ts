import { describe, expect, it } from "vitest";
import { mapAlive } from "./alive-map.ts";
import { patternsOf } from "./patterns.case.ts";

describe("mapAlive", () => {
  it("averages over customers, with bounds that meet and an open last band", () => {
    const patterns = patternsOf([
      [0, 0, 6, 1],
      [0, 0, 0, 3],
      [0, 0, 7, 2],
      [4, 100, 1_000, 5],
      [60, 800, 830, 1],
    ]);
    const forecasts = { alive: Float64Array.of(1, 0.6, 0.5, 0.1, 0.9), expected: Float64Array.of(2, 4, 1, 0.5, 30) };
    const cells = mapAlive(patterns, forecasts);
    expect(cells).toMatchObject([
      { sinceFrom: 0, sinceTo: 7, ordersFrom: 1, ordersTo: 1, customers: 4, expected: 3.5 },
      { sinceFrom: 7, sinceTo: 14, ordersFrom: 1, ordersTo: 1, customers: 2, alive: 0.5, expected: 1 },
      { sinceFrom: 30, sinceTo: 60, ordersFrom: 20, ordersTo: null, customers: 1, alive: 0.9, expected: 30 },
      { sinceFrom: 730, sinceTo: null, ordersFrom: 4, ordersTo: 5, customers: 5, alive: 0.1, expected: 0.5 },
    ]);
    expect(cells[0]?.alive).toBeCloseTo(0.7, 12);
  });
});
