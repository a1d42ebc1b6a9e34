/** The overview of a small invented shop, counted by hand and by plain loops, on one table and over two shards. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AnalysisContext } from "./context.ts";
import { analyzeKpiBreakdown } from "./kpi-breakdown.ts";
import { analyzeKpiTrend } from "./kpi-trend.ts";
import { analyzeKpis } from "./kpis.ts";
import { analyzeOverview, type OverviewReport, overviewReportSchema } from "./overview.ts";
import { type RecordedEvent, RecordedEvents } from "./recorded-events.case.ts";

let recorded: RecordedEvents;
beforeAll(async () => {
  recorded = await RecordedEvents.open();
});
afterAll(() => recorded.close());

const look = async (context: AnalysisContext) => overviewReportSchema.parse(await analyzeOverview(context));
const at = (month: number, day: number) => new Date(Date.UTC(2025, month - 1, day, 12)).toISOString();

/**
 * January to 10 May. Every month 200 customers view a product; in April 150 of them search, in March 50; only March knows
 * the old banner, only April the new page. Orders: 40 in March, 80 in April, of 10.00 each.
 */
function makeShop(): RecordedEvent[] {
  const events: RecordedEvent[] = [];
  const each = (count: number, event: (index: number) => RecordedEvent) => {
    for (let index = 0; index < count; index++) events.push(event(index));
  };
  for (const month of [1, 2, 3, 4])
    each(200, (index) => ({
      ...{ customer: `c${index}`, at: at(month, 1 + (index % 28)), touchpoint: "Product Viewed" },
      ...{ channel: index % 4 === 0 ? "app" : "web", traits: { region: index % 2 === 0 ? "north" : "south" } },
    }));
  const step = (month: number, touchpoint: string) => (index: number) => ({
    ...{ customer: `c${index}`, at: at(month, 28), touchpoint },
  });
  each(50, step(3, "Search Used"));
  each(150, step(4, "Search Used"));
  each(60, step(3, "Old Banner Clicked"));
  each(5, step(4, "New Page Opened"));
  const order = (month: number) => (index: number) => ({
    ...{ ...step(month, "Order Completed")(index), value: "10.00", currency: "EUR" },
    objects: { order: `${month}-${index}` },
  });
  each(40, order(3));
  each(80, order(4));
  events.push({ anonymous: "a1", at: at(5, 10), touchpoint: "Product Viewed", channel: "web" });
  events.push({ at: at(5, 1), touchpoint: "Machine Checked", objects: { machine: "m1" } });
  events.push({ at: at(5, 2), touchpoint: "Machine Checked", objects: { machine: "m1", site: "s1" } });
  return events;
}

describe.each(["journeys", "journeys_on_shards"] as const)("the overview of a shop, read from %s", (source) => {
  const log = makeShop();
  let report: OverviewReport;
  let context: AnalysisContext;
  beforeAll(async () => {
    context = await recorded.record(log, { source });
    report = await look(context);
  });

  it("counts every event once, also those of nobody", () => {
    expect(report).toMatchObject({ events: log.length, customers: 201, anonymous: 1, endOfData: at(5, 10) });
    expect(report.first).toBe(at(1, 1));
    const counts = Object.fromEntries(report.journeys.map(({ name, journeys }) => [name, journeys]));
    expect(counts).toMatchObject({ life: 201, order: 120, machine: 1, site: 1 });
  });

  it("shows what is covered and what is not", () => {
    const { coverage } = report;
    expect(coverage.stages).toHaveLength(7);
    expect(coverage.stages.find(({ stage }) => stage === "setup")).toEqual({
      stage: "setup",
      events: 0,
      touchpoints: 0,
    });
    expect(coverage.stages.find(({ stage }) => stage === "purchase")).toMatchObject({ events: 120 });
    const inStages = coverage.stages.reduce((sum, { events }) => sum + events, 0);
    expect(inStages + coverage.unmapped.events).toBe(log.length);
    expect(coverage.channels).toEqual([
      { channel: "web", events: 601 },
      { channel: "app", events: 200 },
    ]);
    expect(coverage.withoutChannel).toBe(log.length - 801);
    expect(coverage.withoutCustomer).toEqual({ events: 2, share: 2 / log.length });
    expect(coverage.anonymous).toEqual({ customers: 1, share: 1 / 201, events: 1 });
    expect(coverage.currencies).toEqual([{ currency: "EUR", events: 120 }]);
  });

  it("compares the last complete month with the one before, by the day", () => {
    expect(report.periods).toMatchObject({
      by: "month",
      current: { from: "2025-04-01", to: "2025-05-01" },
      previous: { from: "2025-03-01", to: "2025-04-01" },
    });
    const headline = Object.fromEntries(report.headline.map((one) => [one.id, one]));
    expect(headline.customers).toMatchObject({ current: { value: 200 }, previous: { value: 200 } });
    expect(headline.customers?.change).toMatchObject({ value: 0, beyondChance: false });
    expect(headline.revenue).toMatchObject({ unit: "EUR", current: { value: 800 }, previous: { value: 400 } });
    // 80 orders in 30 days against 40 in 31.
    expect(headline.revenue?.change?.value).toBeCloseTo(800 - (400 * 30) / 31, 8);
    expect(headline.revenue?.change?.relative).toBeCloseTo(800 / ((400 * 30) / 31) - 1, 8);
    expect(headline.revenue?.change?.low).toBeGreaterThan(0);
    expect(headline.revenue?.trend.map(({ value }) => value)).toEqual([0, 0, 400, 800, 0]);
    expect(headline.revenue?.trend.at(-1)).toMatchObject({ complete: false });
    expect(headline.conversion).toMatchObject({ journey: "visit" });
    expect(report.headline.length).toBeLessThanOrEqual(6);
  });

  it("gives the same numbers as kpis under the same period", async () => {
    for (const { id, journey, current, periods } of report.headline) {
      if (["customers", "repeat-purchase-rate-90d", "journeys"].includes(id)) continue;
      const where = `time >= "${periods.current.from}" and time < "${periods.current.to}"`;
      const [kpi] = (await analyzeKpis(context, { kpis: [id], journey, where })).kpis;
      expect(kpi).toMatchObject({ id, value: current.value, n: current.n });
    }
  });

  it("tells what is new, gone, met more and met less, and which number moved", () => {
    const told = report.changes.map((change) => [change.kind, "touchpoint" in change ? change.touchpoint : change.id]);
    expect(told).toEqual([
      ["new-touchpoint", "New Page Opened"],
      ["vanished-touchpoint", "Old Banner Clicked"],
      ["rise", "Search Used"],
      ["rise", "Order Completed"],
      ...told.filter(([kind]) => kind === "kpi"),
    ]);
    expect(told).toContainEqual(["kpi", "revenue"]);
    const search = report.changes.find((change) => change.kind === "rise");
    expect(search).toMatchObject({
      current: { owners: 150, n: 200, share: 0.75 },
      previous: { owners: 50, n: 200, share: 0.25 },
      difference: { value: 0.5, looks: 5 },
    });
  });
});

describe("an overview at its edges", () => {
  it("says nothing of hidden touchpoints, and still counts their events", async () => {
    const log = makeShop();
    const context = await recorded.record(log);
    const touchpoints = context.touchpoints.map((one) => ({ ...one, hidden: one.name === "New Page Opened" }));
    const report = await look({ ...context, touchpoints });
    expect(report.events).toBe(log.length);
    expect(report.changes.map(({ kind }) => kind)).not.toContain("new-touchpoint");
  });

  it("calls nothing a change where every month is the same", async () => {
    const log = makeShop().filter(({ touchpoint }) => touchpoint === "Product Viewed");
    const { changes } = await look(await recorded.record(log));
    expect(changes).toEqual([]);
  });

  it("has no periods on a single day, halves of a few days, weeks of a month", async () => {
    const visit = (day: number): RecordedEvent => ({ customer: `c${day}`, at: at(1, day), touchpoint: "Visited" });
    const days = async (count: number) =>
      (await look(await recorded.record(Array.from({ length: count }, (_, day) => visit(day + 1))))).periods;
    expect(await days(1)).toBeNull();
    expect(await days(5)).toEqual({
      by: "half",
      current: { from: "2025-01-04", to: "2025-01-06" },
      previous: { from: "2025-01-01", to: "2025-01-04" },
    });
    // 2025-01-01 is a Wednesday: the weeks from the 13th and the 20th are complete.
    expect(await days(28)).toEqual({
      by: "week",
      current: { from: "2025-01-20", to: "2025-01-27" },
      previous: { from: "2025-01-13", to: "2025-01-20" },
    });
  });

  it("has nothing to say of an empty workspace", async () => {
    expect(await look(await recorded.record([]))).toMatchObject({
      ...{ events: 0, customers: 0, first: null, periods: null, headline: [], changes: [] },
    });
  });

  it("waits with the duration of cases until nearly all have had their time", async () => {
    const log = Array.from({ length: 200 }, (_, index): RecordedEvent[] => {
      const begin = Date.UTC(2025, 0, 1 + index);
      const event = (days: number, touchpoint: string): RecordedEvent => ({
        ...{ customer: `c${index % 20}`, at: new Date(begin + days * 86_400_000).toISOString(), touchpoint },
        objects: { case: `k${index}` },
      });
      return [event(0, "Opened"), event(20, "Closed")];
    })
      .flat()
      .filter(({ at: time }) => time < "2025-06-30T12");
    const context = await recorded.record(log, { defaultJourney: "case" });
    const report = await look(context);
    expect(report.periods?.current.from).toBe("2025-06-01");
    const duration = report.headline.find(({ id }) => id === "journey-duration");
    // June's cases are cut off by the end of data; May's have had their 20 days by then.
    expect(duration).toMatchObject({
      ...{ journey: "case", current: { value: 20 * 86_400 } },
      periods: { current: { from: "2025-05-01", to: "2025-06-01" } },
    });
    const { points } = await analyzeKpiTrend(context, { kpi: "journey-duration" });
    expect(points.slice(-2).map(({ complete }) => complete)).toEqual([true, false]);
  });
});

describe.each(["journeys", "journeys_on_shards"] as const)("breakdowns of a shop, read from %s", (source) => {
  it("count by channel and by trait", async () => {
    const context = await recorded.record(makeShop(), { source });
    const rows = async (kpi: string, by: string) =>
      (await analyzeKpiBreakdown(context, { kpi, by })).rows.map(({ value, kind, kpi: one }) => [
        value,
        kind,
        one.value,
      ]);
    expect(await rows("events", "channel")).toEqual([
      ["web", "value", 601],
      ["", "none", 385],
      ["app", "value", 200],
    ]);
    expect(await rows("revenue", "customer.region")).toEqual([
      ["north", "value", 600],
      ["south", "value", 600],
    ]);
    expect(await rows("customers", "customer.region")).toEqual([
      ["north", "value", 100],
      ["south", "value", 100],
      ["", "none", 1],
    ]);
    expect(await rows("events", "stage")).toContainEqual(["purchase", "value", 120]);
    await expect(analyzeKpiBreakdown(context, { kpi: "revenue", by: "stage" })).rejects.toMatchObject({
      code: "invalid",
    });
  });
});
