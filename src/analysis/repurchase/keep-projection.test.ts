import { describe, expect, it } from "vitest";
import type { CohortRow } from "./cohort-rows.ts";
import { projectKeeping } from "./keep-projection.ts";

/** Customers observed for so many 90-day periods, by the period of their last purchase. */
function rowOf(observed: number, byLastPeriod: readonly number[]): CohortRow {
  const keys = byLastPeriod.map((_, period) => observed * 1_000 + period);
  return {
    ...{ cohortStart: "2025-01-01", observed: observed * 3, members: byLastPeriod.reduce((a, b) => a + b, 0) },
    ...{ active: [[], []], bought: [[], [], []], repeated: [[], []], waits: [[], []], waiting: [[], []] },
    keeping: [keys, byLastPeriod],
  };
}

describe("who is kept", () => {
  it("is projected from the periods before the last two, and tried on those", () => {
    // Kept 1000, 869, 743, 653, 593 (the book's High End), 551, 517, 491: the last of eight periods only shows who came back.
    const kept = [1000, 869, 743, 653, 593, 551, 517, 491];
    const lost = kept.map((now, period) => now - (kept[period + 1] ?? 0));
    const found = projectKeeping([rowOf(8, lost), rowOf(1, [100, 0])]);
    expect(found).toMatchObject({ customers: 1000 });
    expect(found?.periods.map(({ observed }) => observed)).toEqual([
      ...[0.869, 0.743, 0.653, 0.593, 0.551, 0.517, 0.491],
      ...[null, null, null, null],
    ]);
    expect(found?.periods.filter(({ fitted }) => fitted).map(({ period }) => period)).toEqual([1, 2, 3, 4, 5]);
    // The same likelihood over five periods, by scipy's Nelder-Mead: .87538195 and 5.16167011.
    expect(found?.alpha).toBeCloseTo(0.87538, 4);
    expect(found?.beta).toBeCloseTo(5.16167, 3);
    const expected = (period: number) => found?.periods[period - 1]?.expected ?? Number.NaN;
    expect(found?.error).toBeCloseTo((Math.abs(0.517 - expected(6)) + Math.abs(0.491 - expected(7))) / 2, 12);
    // Stays at .551: wrong by .034 and .060.
    expect(found?.naive).toBeCloseTo(0.047, 12);
    expect(found?.error).toBeCloseTo(0.01609, 4);
  });

  it("needs 300 who bought again and three periods with another behind them", () => {
    expect(projectKeeping([rowOf(4, [500, 100, 100, 99])])).toBeNull();
    expect(projectKeeping([rowOf(3, [500, 200, 200, 200])])).toBeNull();
    const least = projectKeeping([rowOf(4, [500, 100, 100, 60, 40])]);
    expect(least?.periods.map(({ fitted }) => fitted)).toEqual([true, true, false, false, false, false, false]);
    expect(projectKeeping([])).toBeNull();
  });

  it("is of more than the first few customers, who have been seen for longest", () => {
    const early = rowOf(9, [300, 50, 50, 50, 50, 50, 50, 50, 50, 50]);
    const most = rowOf(4, [3000, 500, 400, 300, 200]);
    expect(projectKeeping([early, most])).toMatchObject({ customers: 5150 });
    expect(projectKeeping([early])?.periods.filter(({ observed }) => observed !== null)).toHaveLength(8);
  });
});
