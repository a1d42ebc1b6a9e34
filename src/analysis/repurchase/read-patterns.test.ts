import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AnalysisContext } from "../context.ts";
import { type RecordedEvent, RecordedEvents } from "../recorded-events.case.ts";
import { type CutPatterns, readPatterns } from "./read-patterns.ts";
import { readPurchaseWeeks, readStudySpan } from "./study-span.ts";

let recorded: RecordedEvents;
beforeAll(async () => {
  recorded = await RecordedEvents.open();
});
afterAll(() => recorded.close());

const MARCH_1 = 20_148;
const on = (customer: string, ...days: number[]): RecordedEvent[] =>
  days.map((day) => ({
    customer,
    at: new Date((MARCH_1 + day) * 86_400_000).toISOString(),
    touchpoint: "Order Completed",
  }));

/** Two customers alike before the cut-off at day 14 and not after it; one who came later; the data end on day 34. */
const WORLD = [
  ...on("ann", 0, 7, 21, 28),
  ...on("bob", 0, 7),
  ...on("cat", 14, 34),
  ...on("dan", 3, 10, 13, 15),
  ...on("eve", 20, 25),
];

/** By pattern in days: customers, and how many of them bought on so many days later. */
function writeOut({ patterns, firstCount, later, having }: CutPatterns) {
  const rows = [...patterns.x.keys()].map((at) => {
    const days = [patterns.recency[at], patterns.age[at]].map((weeks) => Math.round(7 * (weeks as number)));
    const counts = [...later.keys()]
      .slice(firstCount[at], firstCount[at + 1])
      .map((count) => [later[count], having[count]]);
    return [
      [patterns.x[at], ...days].join(" "),
      { customers: patterns.customers[at], later: Object.fromEntries(counts) },
    ];
  });
  return Object.fromEntries(rows);
}

const BOTH = ["journeys", "journeys_on_shards"] as const;

describe("readPatterns", () => {
  it("has customers by what was known at the cut-off, and what they did after it, on one shard as on two", async () => {
    const context = await recorded.record(WORLD);
    for (const source of BOTH) {
      const cut = await readPatterns({ ...context, source }, {}, { end: MARCH_1 + 14, until: MARCH_1 + 34 });
      expect(writeOut(cut)).toEqual({
        "1 7 14": { customers: 2, later: { 0: 1, 2: 1 } },
        "0 0 0": { customers: 1, later: { 1: 1 } },
        "2 10 11": { customers: 1, later: { 1: 1 } },
      });
      // Gaps of 7, 7, 7 and 3 days: only the last is not one week.
      expect(cut.patterns.logGaps).toBeCloseTo(Math.log(3 / 7), 12);
    }
  });

  it("looks no further than asked", async () => {
    const cut = await readPatterns(await recorded.record(WORLD), {}, { end: MARCH_1 + 2, until: MARCH_1 + 7 });
    expect(writeOut(cut)).toEqual({ "0 0 2": { customers: 2, later: { 1: 2 } } });
  });
});

describe("readStudySpan", () => {
  const span = async (context: AnalysisContext, holdoutDays?: number) => readStudySpan(context, {}, { holdoutDays });

  it("holds out what is asked, else a third of the data in whole weeks", async () => {
    const context = await recorded.record(WORLD);
    const known = { first: MARCH_1, end: MARCH_1 + 34 };
    expect(await span(context, 20)).toEqual({ ...known, calibrationEnd: MARCH_1 + 14, horizonDays: 20 });
    expect(await span(context)).toEqual({ ...known, calibrationEnd: MARCH_1 + 27, horizonDays: 7 });
    expect(await span(context, 35)).toBeNull();
    // Somebody else's visit says that the shop was watched for longer; a half of a day counts where it falls in the zone.
    const watched = [...WORLD, { customer: "fay", at: "2025-04-11T23:30:00Z", touchpoint: "Product Viewed" }];
    const later = await recorded.record(watched, { zone: "Europe/Vienna" });
    expect(await span(later, 7)).toMatchObject({ first: MARCH_1, end: MARCH_1 + 42 });
  });

  it("has none without orders or with less than two weeks", async () => {
    expect(await span(await recorded.record([]))).toBeNull();
    expect(await span(await recorded.record(on("ann", 0, 13)), 7)).toBeNull();
    expect(await span(await recorded.record(on("ann", 0, 14)), 7)).not.toBeNull();
  });
});

describe("readPurchaseWeeks", () => {
  it("counts weeks from the end of the calibration, none left out", async () => {
    const context = await recorded.record(WORLD);
    for (const source of BOTH) {
      const span = { first: MARCH_1, calibrationEnd: MARCH_1 + 14, end: MARCH_1 + 34, horizonDays: 20 };
      const weeks = await readPurchaseWeeks({ ...context, source }, {}, span);
      expect(weeks.map(({ from, to, ...counts }) => [from - MARCH_1, to - MARCH_1, ...Object.values(counts)])).toEqual([
        [0, 0, 2, 0, 0],
        [1, 7, 1, 2, 0],
        [8, 14, 1, 2, 0],
        [15, 21, 0, 2, 1],
        [22, 28, 0, 1, 1],
        [29, 34, 0, 1, 0],
      ]);
    }
  });
});
