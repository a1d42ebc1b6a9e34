import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RecordedEvent, RecordedEvents } from "./recorded-events.case.ts";
import { analyzeRepurchaseCohorts } from "./repurchase-cohorts.ts";
import { repurchaseCohortsReportSchema } from "./repurchase-cohorts-schema.ts";

let recorded: RecordedEvents;
beforeAll(async () => {
  recorded = await RecordedEvents.open();
});
afterAll(() => recorded.close());

const event = (customer: string, at: string, touchpoint: string, order?: string, value?: string): RecordedEvent => ({
  ...{ customer, at, touchpoint, currency: "EUR" },
  ...(order && { objects: { order } }),
  ...(value !== undefined && { value }),
});
const bought = (customer: string, at: string, order: string, value?: string) =>
  event(customer, at, "Order Completed", order, value);

/** Observed until 30 June: ann 171 days, bob 150, cat 145, dan 10. Ann buys at ages 10 and 74, cat at age 90. */
const WORLD = [
  ...[bought("ann", "2025-01-10", "a1", "10"), bought("ann", "2025-01-20", "a2", "5")],
  ...[bought("ann", "2025-03-25", "a3", "20"), event("ann", "2025-03-28", "Order Refunded", "a3", "5")],
  // Two orders of the first day are one purchase.
  ...[bought("bob", "2025-01-31T08:00:00Z", "b1", "20"), bought("bob", "2025-01-31T23:30:00Z", "b2", "10")],
  ...[bought("cat", "2025-02-05", "c1", "8"), bought("cat", "2025-05-06", "c2", "2")],
  bought("dan", "2025-06-20", "d1", "7"),
  event("eve", "2025-06-30", "Home Viewed"),
];

describe("cohorts", () => {
  it("counts at fixed age, only customers observed to the end of the period", async () => {
    const context = await recorded.record(WORLD);
    const report = repurchaseCohortsReportSchema.parse(await analyzeRepurchaseCohorts(context, {}));
    expect(report).toMatchObject({ endOfData: "2025-06-30", currency: "EUR", projection: null });
    const [january, february, june] = report.cohorts;
    expect(report.cohorts.map(({ start, customers }) => [start, customers])).toEqual([
      ...[["2025-01-01", 2] as const, ["2025-02-01", 1] as const, ["2025-06-01", 1] as const],
    ]);
    // Ann and bob.
    expect(january?.cells).toMatchObject([
      { period: 1, n: 2, active: 0.5, repeated: 0.5, orders: 1.5, revenue: 22.5 },
      { period: 2, n: 2, active: 0, repeated: 0.5, orders: 1.5, revenue: 22.5 },
      { period: 3, n: 2, active: 0.5, repeated: 0.5, orders: 2, revenue: 30 },
      { period: 4, n: 2, active: 0, orders: 2 },
      { period: 5, n: 2, active: 0, orders: 2 },
    ]);
    // Wilson's interval of 1 in 2.
    expect(january?.cells[0]?.low).toBeCloseTo(0.0945, 4);
    expect(january?.cells[0]?.repeatedHigh).toBeCloseTo(0.9055, 4);
    // Day 90 is the last of the third period; the fifth is not over.
    expect(february?.cells[2]).toMatchObject({ n: 1, active: 1, repeated: 1, orders: 2, revenue: 10 });
    const unseen = { low: null, high: null, repeated: null, repeatedLow: null, repeatedHigh: null };
    const empty = { n: 0, active: null, ...unseen, orders: null, revenue: null };
    expect(february?.cells[4]).toEqual({ period: 5, ...empty });
    expect(june?.cells.every(({ n, active }) => n === 0 && active === null)).toBe(true);
    expect(report.all.customers).toBe(4);
    expect(report.all.cells.map(({ n }) => n)).toEqual([3, 3, 3, 3, 2]);
    expect(report.all.cells[2]).toMatchObject({ active: 2 / 3, repeated: 2 / 3, orders: 2, revenue: 70 / 3 });
  });

  it("times the second purchase day, censored at the end of the data", async () => {
    const { secondOrder } = await analyzeRepurchaseCohorts(await recorded.record(WORLD), {});
    expect(secondOrder).toMatchObject({ n: 4, medianDays: 90 });
    expect(secondOrder.curve).toMatchObject([
      { days: 10, share: 0.25, atRisk: 4 },
      { days: 90, share: 0.625, atRisk: 2 },
    ]);
    expect(secondOrder.curve.every(({ share, low, high }) => low <= share && share <= high)).toBe(true);
  });

  it("is the same on two shards, and takes quarters, a zone and a filter", async () => {
    const context = await recorded.record(WORLD, { zone: "Europe/Berlin" });
    const whole = await analyzeRepurchaseCohorts(context, {});
    expect(await analyzeRepurchaseCohorts({ ...context, source: "journeys_on_shards" }, {})).toEqual(whole);
    // Bob's second order of 23:30 in London is of the day after in Berlin.
    expect(whole.cohorts[0]?.cells[0]).toMatchObject({ n: 2, active: 1, revenue: 22.5 });
    const quarters = await analyzeRepurchaseCohorts(context, { cohort: "quarter", to: "2025-06-01" });
    expect(quarters.cohorts.map(({ start, customers }) => [start, customers])).toEqual([["2025-01-01", 3]]);
  });

  it("has no revenue where orders have no amount, and no cohorts without orders", async () => {
    const free = await analyzeRepurchaseCohorts(
      await recorded.record([bought("ann", "2025-01-10", "a1"), bought("ann", "2025-03-10", "a2")]),
      {},
    );
    expect(free.all.cells[0]).toMatchObject({ n: 1, active: 0, orders: 1, revenue: null });
    const none = await analyzeRepurchaseCohorts(await recorded.record([event("ann", "2025-01-10", "Home Viewed")]), {});
    expect(none).toMatchObject({ cohorts: [], all: { customers: 0, cells: [] }, secondOrder: { n: 0, curve: [] } });
    expect(await analyzeRepurchaseCohorts(await recorded.record([]), {})).toMatchObject({ endOfData: null });
  });
});
