import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AppError } from "../domain/app-error.ts";
import type { AnalysisContext } from "./context.ts";
import { analyzeKpis, type KpisQuery, kpisReportSchema } from "./kpis.ts";
import { type RecordedEvent, RecordedEvents } from "./recorded-events.case.ts";

let recorded: RecordedEvents;
beforeAll(async () => {
  recorded = await RecordedEvents.open();
});
afterAll(() => recorded.close());

/** The report's KPIs by id; the report itself must fit its schema. */
async function measure(context: AnalysisContext, query: KpisQuery = {}) {
  const report = kpisReportSchema.parse(await analyzeKpis(context, query));
  return Object.fromEntries(report.kpis.map((kpi) => [kpi.id, kpi]));
}

const order = (customer: string, at: string, id: string, value?: string, currency = "EUR"): RecordedEvent => ({
  customer,
  at,
  touchpoint: "Order Completed",
  objects: { order: id },
  currency,
  ...(value === undefined ? {} : { value }),
});

/** Ann orders twice (o1 told twice), Bob once, Cat only looks, an anonymous visitor orders unseen. */
const SHOP: readonly RecordedEvent[] = [
  { customer: "ann", at: "2025-01-01T09:00:00Z", touchpoint: "Product Viewed" },
  order("ann", "2025-01-01T10:00:00Z", "o1", "10.10"),
  order("ann", "2025-01-01T10:05:00Z", "o1", "99"),
  order("ann", "2025-01-11T10:00:00Z", "o2", "20.20"),
  { ...order("ann", "2025-01-12T10:00:00Z", "o2", "5.05"), touchpoint: "Order Refunded" },
  order("bob", "2025-01-03T10:00:00Z", "o3", "7.77"),
  { ...order("bob", "2025-01-04T10:00:00Z", "o3"), touchpoint: "Order Cancelled" },
  order("bob", "2025-01-05T10:00:00Z", "o4", "3.33", "USD"),
  { customer: "bob", at: "2025-01-06T10:00:00Z", touchpoint: "Order Delivered", properties: { daysLate: "2" } },
  { customer: "ann", at: "2025-01-07T10:00:00Z", touchpoint: "Order Delivered", properties: { daysLate: "-1" } },
  { customer: "cat", at: "2025-04-30T10:00:00Z", touchpoint: "Product Viewed" },
  { anonymous: "a1", at: "2025-01-02T10:00:00Z", touchpoint: "Order Completed", value: "50", currency: "EUR" },
  { customer: "ann", at: "2025-01-08T10:00:00Z", touchpoint: "Review Answered", score: 5, scale: "1-5" },
  { customer: "bob", at: "2025-01-08T10:00:00Z", touchpoint: "Review Answered", score: 2, scale: "1-5" },
  { customer: "cat", at: "2025-01-08T11:00:00Z", touchpoint: "NPS Answered", score: 9, scale: "0-10" },
];

describe.each(["journeys", "journeys_on_shards"] as const)("KPIs of a small shop, read from %s", (source) => {
  let context: AnalysisContext;
  beforeAll(async () => {
    context = await recorded.record(SHOP, { source });
  });

  it("counts people, events and journeys", async () => {
    const kpis = await measure(context);
    expect(kpis.customers).toEqual({ id: "customers", value: 4, low: null, high: null, n: 4, unit: "customers" });
    expect(kpis.events).toMatchObject({ value: SHOP.length });
    expect(kpis.journeys).toMatchObject({ value: 4 });
    expect(kpis.conversion).toMatchObject({ value: 0.75, n: 4 });
  });

  it("counts each order id of a known customer once, at its first event", async () => {
    const kpis = await measure(context);
    expect(kpis.orders).toMatchObject({ value: 4, unit: "orders" });
    expect(kpis.revenue).toMatchObject({ value: 38.07, unit: "EUR", n: 3, byCurrency: { EUR: 38.07, USD: 3.33 } });
    expect(kpis["repeat-purchase-rate"]).toMatchObject({ value: 1, n: 2 });
  });

  it("takes refunds and cancellations off, a cancellation without an amount the whole order", async () => {
    const kpis = await measure(context);
    expect(kpis["net-revenue"]).toMatchObject({ value: 25.25, byCurrency: { EUR: 25.25, USD: 3.33 } });
  });

  it("tells late deliveries and scores", async () => {
    const kpis = await measure(context);
    expect(kpis["late-delivery-share"]).toMatchObject({ value: 0.5, n: 2 });
    expect(kpis["mean-score:Review Answered"]).toMatchObject({ value: 3.5, n: 2, scale: "1-5" });
    expect(kpis["csat:Review Answered"]).toMatchObject({ value: 0.5, n: 2 });
    expect(kpis["nps:NPS Answered"]).toMatchObject({ value: 100, n: 1 });
    expect(kpis["mean-score:NPS Answered"]).toMatchObject({
      value: null,
      reason: "insufficient-data",
      n: 1,
      required: 2,
    });
  });

  it("times the second order in days", async () => {
    const kpis = await measure(context);
    expect(kpis["time-to-second-order"]).toMatchObject({ value: 2, low: 2, n: 2, unit: "days" });
    expect(kpis["repeat-purchase-rate-90d"]).toMatchObject({ value: 1, n: 2 });
    expect(kpis["repeat-purchase-days-rate"]).toMatchObject({ value: 1, n: 2 });
    expect(kpis["purchase-frequency"]).toMatchObject({ value: 2, n: 2 });
  });
});
