/**
 * The words of a KPI: changes that are clear and changes that are not, targets, buckets.
 */
import { describe, expect, it } from "vitest";
import { groupKpis } from "./kpi-groups.ts";
import {
  bucketOf,
  describeChange,
  describeKpi,
  directionOf,
  judgeChange,
  nameBucket,
  namePeriod,
  targetStatus,
  toTrendPoints,
} from "./kpi-words.ts";

const share = (value: number, low: number, high: number) => ({ value, low, high, relative: null });

describe("describeChange", () => {
  it("says direction, size and interval of a share in points", () => {
    expect(describeChange(share(0.031, 0.01, 0.052), "share of journeys")).toBe("up 3.1 points, 95 %: 1.0 to 5.2");
    expect(describeChange(share(-0.084, -0.147, -0.02), "share")).toBe("down 8.4 points, 95 %: −14.7 to −2.0");
  });

  it("calls a change that may be chance no clear change, and never writes −0.0", () => {
    expect(describeChange(share(0.03, -0.0002, 0.064), "share")).toBe("no clear change, 95 %: −0.02 to 6.4 points");
    expect(describeChange({ value: 5, low: 1, high: 9, relative: 0.1, beyondChance: false }, "orders")).toBe(
      "no clear change, 95 %: 1 to 9",
    );
  });

  it("adds how much that is of what was, for counts and money", () => {
    const change = { value: -1630.4, low: -1700.2, high: -1560.1, relative: -0.817 };
    expect(describeChange(change, "customers")).toBe("down 1,630 (−81.7 %), 95 %: −1,700 to −1,560");
    expect(describeChange({ value: 1000, low: 200, high: 1800, relative: 0.125 }, "EUR")).toBe(
      "up 1,000 EUR (+12.5 %), 95 %: 200 to 1,800",
    );
  });

  it("has words for nothing to compare and for no difference", () => {
    expect(describeChange(null, "share")).toBe("not enough data to compare");
    expect(describeChange({ value: 0, low: null, high: null, relative: 0 }, "orders")).toBe("unchanged");
  });
});

describe("directionOf and judgeChange", () => {
  it("follow the interval, not the value alone", () => {
    expect(directionOf(share(0.1, -0.1, 0.3))).toBe("unclear");
    expect(judgeChange(share(0.1, -0.1, 0.3), "higher")).toBeUndefined();
    expect(judgeChange(share(0.1, 0.05, 0.15), "higher")).toBe("good");
    expect(judgeChange(share(0.1, 0.05, 0.15), "lower")).toBe("bad");
    expect(judgeChange(share(0.1, 0.05, 0.15), null)).toBeUndefined();
  });
});

describe("describeKpi", () => {
  it("says interval and n, what is counted, or what is missing", () => {
    expect(describeKpi({ value: 0.5, low: 0.4, high: 0.6, n: 6125 }, "share")).toBe("95 %: 40.0 to 60.0 %, n = 6,125");
    expect(describeKpi({ value: 12, low: null, high: null, n: 12 }, "orders")).toBe("orders");
    expect(describeKpi({ value: 99.5, low: null, high: null, n: 12 }, "EUR")).toBe("n = 12");
    expect(describeKpi({ value: null, n: 3, required: 20, message: "Too few." }, "")).toBe(
      "Too few. There are 3; it takes 20.",
    );
    expect(describeKpi({ value: null, n: 0, required: 1, message: "No order." }, "")).toBe("No order.");
  });
});

describe("targetStatus", () => {
  const kpi = { value: 0.105, low: 0.098, high: 0.113, n: 8893 };

  it("is decided only where the interval leaves the target out", () => {
    expect(targetStatus(kpi, 0.08, "lower", "share")?.kind).toBe("missed");
    expect(targetStatus(kpi, 0.08, "higher", "share")?.kind).toBe("reached");
    expect(targetStatus(kpi, 0.1, "lower", "share")).toEqual({
      kind: "open",
      words: "target at most 10.0 %: too close to call",
    });
  });

  it("says nothing without a target, and that nothing is known without data", () => {
    expect(targetStatus(kpi, null, "lower", "share")).toBeUndefined();
    expect(targetStatus({ value: null, n: 0, required: 1, message: "" }, 0.1, "lower", "share")?.kind).toBe("open");
  });
});

describe("buckets and periods", () => {
  it("have names that people use", () => {
    expect(nameBucket("2025-05-19", "week")).toBe("19 May 2025");
    expect(nameBucket("2025-05-01", "month")).toBe("May 2025");
    expect(namePeriod("2025-12-01", "2026-01-01")).toBe("December 2025");
    expect(namePeriod("2025-12-01", "2025-12-08")).toBe("1 Dec 2025 – 7 Dec 2025");
  });

  it("keep what is missing and what is not complete", () => {
    const points = toTrendPoints(
      [
        { start: "2025-01-01", end: "2025-02-01", complete: true, value: 1, low: null, high: null, n: 4 },
        { start: "2025-02-01", end: "2025-03-01", complete: false, value: null, n: 0, required: 1, message: "None." },
      ],
      "month",
    );
    expect(points).toEqual([
      { label: "Jan 2025", value: 1, low: null, high: null, n: 4, complete: true },
      { label: "Feb 2025", value: null, low: null, high: null, n: 0, complete: false, note: "None." },
    ]);
  });

  it("place a day in the bucket that holds it", () => {
    const buckets = [
      { start: "2025-01-01", end: "2025-02-01" },
      { start: "2025-02-01", end: "2025-03-01" },
    ];
    expect(bucketOf(buckets, "2025-01-31")).toBe(0);
    expect(bucketOf(buckets, "2025-02-01")).toBe(1);
    expect(bucketOf(buckets, "2025-03-01")).toBe(-1);
  });
});

describe("groupKpis", () => {
  it("lists every KPI once, under its heading, scores last", () => {
    const ids = ["nps:Q", "revenue", "conversion", "customers", "something-new"];
    const groups = groupKpis(ids.map((id) => ({ id })));
    expect(groups.map(([title, kpis]) => [title, kpis.map(({ id }) => id)])).toEqual([
      ["Traffic", ["customers", "conversion"]],
      ["Orders and money", ["revenue"]],
      ["Scores", ["nps:Q", "something-new"]],
    ]);
  });
});
