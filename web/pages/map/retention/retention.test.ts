/**
 * The words of the retention table, and what its address may say.
 */
import { describe, expect, it } from "vitest";
import { describeCell, nameCohort, nameColumn, shortCell } from "./describe-retention.ts";
import { daysOf, retentionSearchSchema } from "./retention-search.ts";

describe("nameColumn", () => {
  it("says which days a column covers", () => {
    const days = [1, 7, 14];
    expect([0, 1, 2].map((index) => nameColumn(days, index, "bracket"))).toEqual(["Day 1", "Day 2–7", "Day 8–14"]);
    expect(nameColumn(days, 2, "n-day")).toBe("Day 14");
    expect(nameColumn(days, 2, "unbounded")).toBe("Day 14 or later");
  });
});

describe("nameCohort", () => {
  it("names months and weeks", () => {
    expect(nameCohort("2025-01-01", "month")).toBe("January 2025");
    expect(nameCohort("2025-01-06", "week")).toBe("Week of 6 Jan 2025");
  });
});

describe("describeCell", () => {
  it("says share, n and interval", () => {
    const cell = { day: 7, value: 0.25, low: 0.21, high: 0.29, n: 400, returned: 100 };
    expect(describeCell(cell, "January 2025", "Day 1–7")).toBe(
      "January 2025, Day 1–7: 25.0 % came back (100 of 400), 95 %: 21.0 to 29.0 %",
    );
  });

  it("says what cannot be known", () => {
    const cell = { day: 7, value: null, reason: "not-yet-observable" as const, n: 0, required: 1 };
    expect(describeCell(cell, "All", "Day 7")).toBe("All, Day 7: not over yet for anybody");
    expect(shortCell(cell)).toBe("–");
  });
});

describe("retentionSearchSchema", () => {
  it("reads columns, also a single number", () => {
    expect(daysOf(retentionSearchSchema.parse({ days: "1, 3,7" }))).toEqual([1, 3, 7]);
    expect(daysOf(retentionSearchSchema.parse({ days: 30 }))).toEqual([30]);
  });

  it("opens a bad link with what is usual", () => {
    expect(retentionSearchSchema.parse({ days: "7,3", cohort: "year", kind: 1 })).toEqual({
      cohort: "month",
      event: "any",
      kind: "bracket",
      days: "7,14,30,60,90,180,365",
    });
  });
});
