/** A finding in words, its question as an address, and the touchpoints whose clock has to start before the answer. */
import { describe, expect, it } from "vitest";
import { findPair } from "../moment/find-pair.ts";
import { describeChange, describeMeasure, type Measure, measureRows } from "./finding-words.ts";
import { readQuestion, writeWithin } from "./findings-search.ts";

const measure: Measure = {
  measuredAt: "2026-10-01T10:00:00Z",
  dataVersion: 1,
  method: "",
  effect: 0.1,
  low: 0.05,
  high: 0.15,
  q: 0.01,
  reach: 1_200,
  impact: 120,
  money: null,
  months: null,
  claimed: true,
  reason: null,
};

describe("numbers then and now", () => {
  it("says what was measured, and why nothing is claimed", () => {
    expect(describeMeasure(measure, null)).toBe("+10.0 points (95 %: +5.0 to +15.0)");
    const doubted = { ...measure, claimed: false, reason: "already different before" };
    expect(describeMeasure(doubted, null)).toContain("not claimed: already different before");
    expect(describeMeasure({ ...doubted, effect: null, reason: "too few" }, null)).toBe("too few");
    expect(describeMeasure(undefined, null)).toBe("not measured");
  });

  it("calls a change only what intervals keep apart", () => {
    expect(describeChange([measure])).toContain("measured once");
    expect(describeChange([measure, { ...measure, effect: 0.12, low: 0.08, high: 0.16 }])).toContain("no clear change");
    expect(describeChange([measure, { ...measure, effect: 0.3, low: 0.2, high: 0.4 }])).toContain("it has changed");
    expect(describeChange([measure, { ...measure, effect: null, low: null, high: null }])).toContain("too little");
  });

  it("names the first and the last, and greys what is not claimed", () => {
    const rows = measureRows(
      [measure, { ...measure, dataVersion: 4, claimed: false, reason: "too few" }],
      { outcome: "silence", of: null },
      "UTC",
    );
    expect(rows.map(({ label, tone }) => [label, tone])).toEqual([
      ["When it was kept, 1 Oct 2026", "bad"],
      ["Now, 1 Oct 2026", "plain"],
    ]);
  });
});

describe("the way back to the moment", () => {
  it("says the question again, with its scope", () => {
    const { moment, scope } = readQuestion({
      outcome: "silence",
      withinMs: 5_400_000,
      journey: "visit",
      touchpoint: "Chat",
      contrast: "experience",
      property: "late",
      bad: '= "true"',
    });
    expect(moment).toMatchObject({ outcome: "silence", within: "90min", touchpoint: "Chat", property: "late" });
    expect(scope).toMatchObject({ journey: "visit", from: undefined, outside: undefined });
  });

  it("writes windows in the largest whole unit", () => {
    expect([30 * 86_400_000, 3_600_000, 90_000, undefined].map(writeWithin)).toEqual(["30d", "1h", "90s", undefined]);
  });
});

describe("findPair", () => {
  const all = [
    { name: "Delivery Due", role: null },
    { name: "Order Delivered", role: "delivery" },
    { name: "Dues Paid", role: null },
  ];

  it("knows a due moment and the delivery that belongs to it, from either side", () => {
    expect(findPair("Delivery Due", all)).toEqual({ due: "Delivery Due", delivered: "Order Delivered", at: "due" });
    expect(findPair("Order Delivered", all)?.at).toBe("delivered");
  });

  it("knows nothing of others", () => {
    expect(findPair("Dues Paid", all)).toBeUndefined();
    expect(findPair("Order Delivered", all.slice(1))).toBeUndefined();
  });
});
