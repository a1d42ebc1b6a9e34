import { afterAll, beforeAll, describe, expect, it } from "vitest";
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
  { customer: "ann", at: "2025-01-08T11:00:00Z", touchpoint: "Ticket Rated", score: 1, scale: "0-1" },
  { customer: "bob", at: "2025-01-08T11:00:00Z", touchpoint: "Ticket Rated", score: 0, scale: "0-1" },
];

describe.each(["journeys", "journeys_on_shards"] as const)("KPIs of a small shop, read from %s", (source) => {
  let kpis: Awaited<ReturnType<typeof measure>>;
  beforeAll(async () => {
    kpis = await measure(await recorded.record(SHOP, { source }));
  });

  it("counts people, events and journeys", () => {
    expect(kpis.customers).toEqual({ id: "customers", value: 4, low: null, high: null, n: 4, unit: "customers" });
    expect(kpis.events).toMatchObject({ value: SHOP.length });
    expect(kpis.journeys).toMatchObject({ value: 4 });
    expect(kpis.conversion).toMatchObject({ value: 0.75, n: 4 });
  });

  it("counts each order id of a known customer once, at its first event", () => {
    expect(kpis.orders).toMatchObject({ value: 4, unit: "orders" });
    expect(kpis.revenue).toMatchObject({ value: 38.07, unit: "EUR", n: 3, byCurrency: { EUR: 38.07, USD: 3.33 } });
    expect(kpis["repeat-purchase-rate"]).toMatchObject({ value: 1, n: 2 });
  });

  it("takes refunds and cancellations off, a cancellation without an amount the whole order", () => {
    expect(kpis["net-revenue"]).toMatchObject({ value: 25.25, byCurrency: { EUR: 25.25, USD: 3.33 } });
  });

  it("tells late deliveries and scores", () => {
    expect(kpis["late-delivery-share"]).toMatchObject({ value: 0.5, n: 2 });
    expect(kpis["mean-score:Review Answered"]).toMatchObject({ value: 3.5, n: 2, scale: "1-5" });
    expect(kpis["csat:Review Answered"]).toMatchObject({ value: 0.5, n: 2 });
    // Good or bad, as help desks ask: the share of good.
    expect(kpis["csat:Ticket Rated"]).toMatchObject({ value: 0.5, n: 2, scale: "0-1" });
    expect(kpis["nps:NPS Answered"]).toMatchObject({ value: 100, n: 1 });
    expect(kpis["mean-score:NPS Answered"]).toMatchObject({
      value: null,
      reason: "insufficient-data",
      n: 1,
      required: 2,
    });
  });

  it("times the second order in days", () => {
    expect(kpis["time-to-second-order"]).toMatchObject({ value: 2, low: 2, n: 2, unit: "days" });
    expect(kpis["repeat-purchase-rate-90d"]).toMatchObject({ value: 1, n: 2 });
    expect(kpis["repeat-purchase-days-rate"]).toMatchObject({ value: 1, n: 2 });
    expect(kpis["purchase-frequency"]).toMatchObject({ value: 2, n: 2 });
  });
});

describe("KPIs at their edges", () => {
  it("are results, not numbers, without any event", async () => {
    const context = await recorded.record([], { currency: "" });
    const kpis = await measure(context);
    expect(kpis.customers?.value).toBe(0);
    for (const id of ["orders", "revenue", "conversion", "repeat-purchase-rate", "time-to-second-order"])
      expect(kpis[id]).toMatchObject({ value: null, reason: "insufficient-data", n: 0, required: 1 });
    expect(kpis.stickiness).toMatchObject({ value: null, n: 0, required: 30 });
    expect(kpis["late-delivery-share"]).toMatchObject({ value: null });
  });

  it("say so when nothing counts as an order", async () => {
    const context = await recorded.record([{ customer: "ann", at: "2025-01-01", touchpoint: "Ticket Opened" }]);
    const { orders, conversion } = await measure(context);
    expect(orders).toMatchObject({ value: null, message: expect.stringContaining("role «order»") });
    expect(conversion).toMatchObject({ value: null });
    expect((await measure(context, { target: "Ticket Opened" })).conversion).toMatchObject({ value: 1, n: 1 });
  });

  it("count day 90 as within 90 days, and as observed", async () => {
    const first = order("ann", "2025-01-01T20:00:00Z", "1", "1");
    const onDay90 = order("ann", "2025-04-01T08:00:00Z", "2", "1");
    const kpis = await measure(await recorded.record([first, onDay90]));
    expect(kpis["repeat-purchase-rate-90d"]).toMatchObject({ value: 1, n: 1 });
    const onDay91 = order("ann", "2025-04-02T08:00:00Z", "2", "1");
    expect((await measure(await recorded.record([first, onDay91])))["repeat-purchase-rate-90d"]).toMatchObject({
      value: 0,
    });
    const onDay89 = order("bob", "2025-03-31T23:00:00Z", "2", "1");
    const early = await measure(await recorded.record([first, onDay89]));
    expect(early["repeat-purchase-rate-90d"]).toMatchObject({ value: null, n: 0, required: 1 });
  });

  it("censor those still without a second order, and know no median when too few repeat", async () => {
    const daysTo: readonly (number | null)[] = [3, 5, 8, null, null];
    const log = daysTo.flatMap((days, index) => [
      order(`c${index}`, "2025-01-01", `${index}a`),
      ...(days === null ? [] : [order(`c${index}`, `2025-01-${String(days + 1).padStart(2, "0")}`, `${index}b`)]),
    ]);
    const reached = await measure(await recorded.record(log));
    expect(reached["time-to-second-order"]).toMatchObject({ value: 8, low: 3, high: null, n: 5 });
    const few = await measure(await recorded.record(log.filter(({ at }) => at !== "2025-01-09")));
    expect(few["time-to-second-order"]).toMatchObject({ value: null, n: 2, required: 3 });
  });

  it("sum to the cent", async () => {
    const log = Array.from({ length: 1000 }, (_, index) => order(`c${index % 7}`, "2025-01-01", `${index}`, "0.10"));
    expect((await measure(await recorded.record(log))).revenue).toMatchObject({ value: 100, n: 1000 });
  });

  it("know no revenue where orders carry no amount, and a revenue of 0 where nobody ordered", async () => {
    const context = await recorded.record([
      order("ann", "2025-01-01", "1"),
      order("bob", "2025-01-02", "2", "5", "USD"),
    ]);
    const kpis = await measure(context);
    expect(kpis.orders?.value).toBe(2);
    expect(kpis.revenue).toMatchObject({ value: null, n: 0, message: "No order carries an amount in EUR." });
    const nobody = await measure(context, { from: "2026-01-01" });
    expect(nobody.revenue).toMatchObject({ value: 0, n: 0 });
    expect((await measure({ ...context, currency: "USD" })).revenue).toMatchObject({
      value: 5,
      byCurrency: { USD: 5 },
    });
  });

  it("use days of the workspace's zone", async () => {
    const log = [order("ann", "2025-01-01T23:30:00Z", "1"), order("ann", "2025-01-02T00:30:00Z", "2")];
    const at = async (zone: string) =>
      (await measure(await recorded.record(log, { zone })))["repeat-purchase-days-rate"];
    expect(await at("UTC")).toMatchObject({ value: 1 });
    expect(await at("America/Sao_Paulo")).toMatchObject({ value: 0 });
  });
});

describe("KPIs by journey definition and filter", () => {
  const visit = (customer: string, session: string, at: string, touchpoint: string): RecordedEvent => {
    return { customer, at, touchpoint, objects: { session } };
  };
  const log = [
    visit("ann", "s1", "2025-01-01T10:00:00Z", "catalog"),
    visit("ann", "s1", "2025-01-01T10:05:00Z", "purchase"),
    visit("ann", "s2", "2025-01-02T10:00:00Z", "catalog"),
    visit("bob", "s3", "2025-01-02T10:00:00Z", "catalog"),
    visit("bob", "s4", "2025-01-03T10:00:00Z", "purchase"),
    visit("bob", "s4", "2025-01-03T10:01:00Z", "purchase"),
    { customer: "cat", at: "2025-01-04T10:00:00Z", touchpoint: "catalog" } satisfies RecordedEvent,
  ];
  let context: AnalysisContext;
  beforeAll(async () => {
    context = await recorded.record(log);
  });

  it.each([
    ["life", { journeys: 3, events: 7, conversion: 2 / 3 }],
    ["visit", { journeys: 5, events: 7, conversion: 2 / 5 }],
    ["order-cycle", { journeys: 5, events: 7, conversion: 3 / 5 }],
    ["session", { journeys: 4, events: 6, conversion: 2 / 4 }],
  ])("count %s", async (journey, expected) => {
    const kpis = await measure(context, { journey });
    expect(kpis.journeys?.value).toBe(expected.journeys);
    expect(kpis.events?.value).toBe(expected.events);
    expect(kpis.conversion).toMatchObject({ value: expected.conversion, n: expected.journeys });
    expect(kpis.customers?.value).toBe(3);
    expect(kpis.orders?.value).toBe(3);
  });

  it("see only the journeys that start in the period", async () => {
    const kpis = await measure(context, { journey: "visit", from: "2025-01-02", to: "2025-01-03" });
    expect(kpis.journeys?.value).toBe(2);
    expect(kpis.customers?.value).toBe(2);
    expect(kpis.orders?.value).toBe(0);
  });

  it("see only what a filter leaves", async () => {
    expect((await measure(context, { where: 'has("purchase")' })).customers?.value).toBe(2);
    expect((await measure(context, { where: 'touchpoint = "purchase"' })).events?.value).toBe(3);
  });

  it("give the ids asked for", async () => {
    const kpis = await measure(context, { kpis: ["orders", "nps", "mean-score:Review Answered"] });
    expect(Object.keys(kpis)).toEqual(["orders"]);
  });

  it("refuse what does not exist", async () => {
    await expect(analyzeKpis(context, { kpis: ["turnover"] })).rejects.toMatchObject({ code: "invalid" });
    await expect(analyzeKpis(context, { target: "Purchas" })).rejects.toMatchObject({ code: "not-found" });
    await expect(analyzeKpis(context, { journey: "ticket" })).rejects.toMatchObject({ code: "not-found" });
  });
});
