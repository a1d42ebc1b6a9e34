/** Trends and breakdowns against plain loops on random logs and against hand-computed numbers, on one table and over two shards. */
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { countRuns } from "../../test/property-runs.ts";
import { dateToDay, dayToDate, type Every, startOf, startOfNext } from "./calendar-day.ts";
import { type AnalysisContext, seeHidden } from "./context.ts";
import { analyzeKpiBreakdown, kpiBreakdownReportSchema } from "./kpi-breakdown.ts";
import { dayIn, groupByCustomer } from "./kpi-oracle.case.ts";
import { analyzeKpiTrend, type KpiTrendQuery, kpiTrendReportSchema } from "./kpi-trend.ts";
import { analyzeKpis } from "./kpis.ts";
import { type RecordedEvent, RecordedEvents } from "./recorded-events.case.ts";

let recorded: RecordedEvents;
beforeAll(async () => {
  recorded = await RecordedEvents.open();
});
afterAll(() => recorded.close());

const trendOf = async (context: AnalysisContext, query: KpiTrendQuery) =>
  kpiTrendReportSchema.parse(await analyzeKpiTrend(context, query));
const wholeOf = async (context: AnalysisContext, kpi: string) =>
  (await analyzeKpis(context, { kpis: [kpi] })).kpis.find(({ id }) => id === kpi);
const addUp = (numbers: readonly (number | null | undefined)[]) =>
  numbers.reduce<number>((sum, one) => sum + (one ?? 0), 0);

type Label = (event: RecordedEvent) => string;
interface Tally {
  customers: Set<string>;
  events: number;
  journeys: number;
  converted: number;
  orders: number;
  cents: number;
  buyers: number;
  repeaters: number;
}

/** Everything once more in plain loops: what each label holds. */
function tally(log: readonly RecordedEvent[], label: Label): Map<string, Tally> {
  const parts = new Map<string, Tally>();
  const part = (event: RecordedEvent): Tally => {
    const name = label(event);
    const fresh = { customers: new Set<string>(), events: 0, journeys: 0, converted: 0, orders: 0, cents: 0 };
    const found = parts.get(name) ?? { ...fresh, buyers: 0, repeaters: 0 };
    parts.set(name, found);
    return found;
  };
  for (const [owner, own] of groupByCustomer(log)) {
    for (const event of own) {
      part(event).events++;
      part(event).customers.add(owner);
    }
    const [start] = own as [RecordedEvent, ...RecordedEvent[]];
    const isOrder = ({ touchpoint }: RecordedEvent) => touchpoint === "Order Completed";
    part(start).journeys++;
    if (own.some(isOrder)) part(start).converted++;
    if (start.customer === undefined) continue;
    const orders = new Map<unknown, RecordedEvent[]>();
    for (const event of own.filter(isOrder)) {
      const key = event.objects?.order ?? event;
      orders.set(key, [...(orders.get(key) ?? []), event]);
    }
    for (const sightings of orders.values()) {
      part(sightings[0] as RecordedEvent).orders++;
      const priced = sightings.find(({ value }) => value !== undefined);
      if (priced?.currency === "EUR") part(priced).cents += Math.round(Number(priced.value) * 100);
    }
    const [first] = orders.values();
    if (!first) continue;
    part(first[0] as RecordedEvent).buyers++;
    if (orders.size > 1) part(first[0] as RecordedEvent).repeaters++;
  }
  return parts;
}

const eventArbitrary = fc
  .record({
    owner: fc.constantFrom("ann", "bob", "cat", "dan", "anonymous"),
    hour: fc.nat(24 * 120),
    touchpoint: fc.constantFrom("Order Completed", "Order Completed", "Product Viewed"),
    order: fc.option(fc.constantFrom("1", "2", "3", "4"), { nil: undefined }),
    cents: fc.option(fc.nat(99_999), { nil: undefined }),
    colour: fc.constantFrom("red", "blue", ""),
  })
  .map(({ owner, hour, touchpoint, order, cents, colour }): RecordedEvent => {
    const isOrder = touchpoint === "Order Completed";
    return {
      ...(owner === "anonymous" ? { anonymous: "x" } : { customer: owner }),
      at: new Date(Date.UTC(2024, 1, 1, hour)).toISOString(),
      touchpoint,
      ...(isOrder && order !== undefined ? { objects: { order: `${owner}-${order}` } } : {}),
      ...(isOrder && cents !== undefined ? { value: (cents / 100).toFixed(2), currency: "EUR" } : {}),
      ...(colour === "" ? {} : { properties: { colour } }),
    };
  });

const scenarioArbitrary = fc.record({
  log: fc
    .array(eventArbitrary, { minLength: 1, maxLength: 60, size: "max" })
    .map((events): RecordedEvent[] => [
      ...events,
      { customer: "eve", at: "2024-03-10T12:00:00Z", touchpoint: "Order Completed", value: "1.00", currency: "EUR" },
    ]),
  every: fc.constantFrom<Every>("day", "week", "month"),
  zone: fc.constantFrom("UTC", "America/New_York", "Asia/Kolkata"),
  source: fc.constantFrom("journeys" as const, "journeys_on_shards" as const),
});

const share = (hits: number, n: number) => (n === 0 ? null : hits / n);
/** What a tally says of each KPI. */
const EXPECTED: Readonly<Record<string, (tally: Tally | undefined) => { value: number | null; sums?: number[] }>> = {
  customers: (one) => ({ value: one?.customers.size ?? 0 }),
  events: (one) => ({ value: one?.events ?? 0 }),
  journeys: (one) => ({ value: one?.journeys ?? 0 }),
  conversion: (one) => ({
    value: share(one?.converted ?? 0, one?.journeys ?? 0),
    sums: [one?.converted ?? 0, one?.journeys ?? 0],
  }),
  orders: (one) => ({ value: one?.orders ?? 0 }),
};

describe("trends against plain loops", { timeout: 30_000 * countRuns(10) }, () => {
  it("agree bucket by bucket, and add up to the KPI", async () => {
    await fc.assert(
      fc.asyncProperty(scenarioArbitrary, async ({ log, every, zone, source }) => {
        const context = await recorded.record(log, { zone, source });
        const expected = tally(log, ({ at }) => dayToDate(startOf(every, dayIn(zone, at))));
        for (const [kpi, read] of Object.entries(EXPECTED)) {
          const { points, adds } = await trendOf(context, { kpi, every });
          const starts = points.map(({ start }) => dateToDay(start));
          for (const [index, start] of starts.entries())
            if (index > 0) expect(start).toBe(startOfNext(every, starts[index - 1] as number));
          for (const point of points) {
            const { value, sums } = read(expected.get(point.start));
            expect({ kpi, start: point.start, value: point.value }).toEqual({ kpi, start: point.start, value });
            if (sums) expect([point.numerator, point.denominator]).toEqual(sums);
          }
          const whole = await wholeOf(context, kpi);
          if (adds) expect(addUp(points.map(({ value }) => value))).toBe(whole?.value);
          if (kpi === "conversion") {
            expect(addUp(points.map(({ denominator }) => denominator))).toBe(whole?.n);
            expect(addUp(points.map(({ numerator }) => numerator)) / (whole?.n ?? 0)).toBe(whole?.value);
          }
        }
        const revenue = await trendOf(context, { kpi: "revenue", every });
        for (const { start, value } of revenue.points)
          if (value !== null) expect(Math.round(value * 100)).toBe(expected.get(start)?.cents ?? 0);
        expect(addUp(revenue.points.map(({ value }) => value))).toBeCloseTo(
          (await wholeOf(context, "revenue"))?.value ?? 0,
          6,
        );
        const repeat = await trendOf(context, { kpi: "repeat-purchase-rate", every });
        for (const { start, numerator, denominator } of repeat.points)
          expect([start, numerator, denominator]).toEqual([
            start,
            expected.get(start)?.repeaters ?? 0,
            expected.get(start)?.buyers ?? 0,
          ]);
      }),
      { numRuns: countRuns(1), seed: 20_260_201 },
    );
  });

  it("agree with breakdowns by a property", async () => {
    await fc.assert(
      fc.asyncProperty(scenarioArbitrary, async ({ log, source }) => {
        const context = await recorded.record(log, { source });
        const expected = tally(log, ({ properties }) => properties?.colour ?? "");
        for (const [kpi, read] of Object.entries(EXPECTED)) {
          const report = kpiBreakdownReportSchema.parse(
            await analyzeKpiBreakdown(seeHidden(context), { kpi, by: "prop.colour" }),
          );
          const values = report.rows.map((row) => [row.value, row.kpi.value] as const);
          const wanted = [...expected]
            .map(([name, one]) => [name, read(one).value] as const)
            .filter(([, value]) => value !== null && (kpi === "conversion" || value > 0));
          expect(new Map(values)).toEqual(new Map(wanted));
        }
      }),
      { numRuns: countRuns(1), seed: 20_260_202 },
    );
  });
});

const order = (customer: string, at: string, value = "10.00", more: Partial<RecordedEvent> = {}): RecordedEvent => ({
  ...{ customer, at, touchpoint: "Order Completed", value, currency: "EUR", objects: { order: `${customer}${at}` } },
  ...more,
});

describe("a trend by hand", () => {
  /** Ann and Bob begin in January, Cat in May; the data end on 15 June. */
  const log: readonly RecordedEvent[] = [
    order("ann", "2025-01-10"),
    order("ann", "2025-03-10", "20.00"),
    order("bob", "2025-01-31T23:30:00Z", "5.00"),
    order("cat", "2025-05-02", "7.00"),
    order("cat", "2025-05-03", "8.00"),
    { customer: "ann", at: "2025-06-15", touchpoint: "Product Viewed" },
  ];

  it("shows empty buckets and marks those the data do not fill", async () => {
    const context = await recorded.record(log);
    const { points, unit, adds } = await trendOf(context, { kpi: "revenue" });
    expect({ unit, adds }).toEqual({ unit: "EUR", adds: true });
    expect(points.map(({ start, value, n, complete }) => [start, value, n, complete])).toEqual([
      ["2025-01-01", 15, 2, false],
      ["2025-02-01", 0, 0, true],
      ["2025-03-01", 20, 1, true],
      ["2025-04-01", 0, 0, true],
      ["2025-05-01", 15, 2, true],
      ["2025-06-01", 0, 0, false],
    ]);
  });

  it("places by the day of the zone, and weeks begin on Monday", async () => {
    const context = await recorded.record(log, { zone: "Europe/Berlin" });
    const byMonth = await trendOf(context, { kpi: "orders" });
    expect(byMonth.points.slice(0, 2).map(({ value }) => value)).toEqual([1, 1]);
    const { points } = await trendOf(context, { kpi: "orders", every: "week" });
    expect(points[0]).toMatchObject({ start: "2025-01-06", end: "2025-01-13", value: 1 });
    expect(points).toHaveLength(23);
  });

  it("says of young groups of buyers that they cannot be judged yet", async () => {
    const { points } = await trendOf(await recorded.record(log), { kpi: "repeat-purchase-rate" });
    expect(points[0]).toMatchObject({ value: 0.5, n: 2, numerator: 1, denominator: 2 });
    expect(points[1]).toMatchObject({ value: null, reason: "insufficient-data", n: 0 });
    expect(points[4]).toMatchObject({
      ...{ value: null, reason: "not-yet-observable", n: 15, required: 90, complete: false },
      ...{ numerator: 1, denominator: 1 },
    });
    const fixed = await trendOf(await recorded.record(log), { kpi: "repeat-purchase-rate-90d" });
    expect(fixed.points[0]).toMatchObject({ value: 0.5, n: 2 });
    expect(fixed.points[4]).toMatchObject({ value: null, reason: "not-yet-observable" });
  });

  it("ends where a filter of time ends, not in a fall to nothing", async () => {
    const context = await recorded.record(log);
    const { points } = await trendOf(context, { kpi: "orders", where: 'time < "2025-02-01"' });
    expect(points.map(({ start, value }) => [start, value])).toEqual([["2025-01-01", 2]]);
    const started = await trendOf(context, { kpi: "journeys", to: "2025-02-01" });
    expect(started.points[0]).toMatchObject({ start: "2025-01-01", value: 2 });
  });

  it("refuses what has no answer", async () => {
    const context = await recorded.record([...log, order("dan", "2023-01-01")]);
    await expect(analyzeKpiTrend(context, { kpi: "orders", every: "day" })).rejects.toMatchObject({
      code: "invalid",
      message: expect.stringContaining("More than 400 points"),
    });
    await expect(analyzeKpiTrend(context, { kpi: "turnover" })).rejects.toMatchObject({ code: "invalid" });
    await expect(analyzeKpiTrend(context, { kpi: "nps" })).rejects.toMatchObject({ code: "invalid" });
    await expect(analyzeKpiTrend(context, { kpi: "nps:Reviw" })).rejects.toMatchObject({ code: "not-found" });
  });

  it("has no point without any event", async () => {
    const { points } = await trendOf(await recorded.record([]), { kpi: "customers" });
    expect(points).toEqual([]);
  });
});

describe("durations, scores and days in parts", () => {
  it("give the median of the journeys that start in the bucket, bounded by ranks", async () => {
    const log = Array.from({ length: 10 }, (_, index): RecordedEvent[] => [
      { customer: `c${index}`, at: "2025-01-02T00:00:00Z", touchpoint: "Opened" },
      {
        customer: `c${index}`,
        at: new Date(Date.UTC(2025, 0, 2, 0, 0, 10 * (index + 1))).toISOString(),
        touchpoint: "Closed",
      },
    ]).flat();
    const context = await recorded.record(log);
    const { points } = await trendOf(context, { kpi: "journey-duration" });
    // Ranks 2 and 9 of 10: 20 s and 90 s, or the next level outwards.
    expect(points[0]).toMatchObject({ value: 55, n: 10 });
    const [low, high] = [points[0] as { low: number; high: number }].flatMap((point) => [point.low, point.high]) as [
      number,
      number,
    ];
    expect(low).toBeGreaterThan(10);
    expect(low).toBeLessThanOrEqual(20);
    expect(high).toBeGreaterThanOrEqual(90);
    expect(high).toBeLessThan(100);
    const few = await trendOf(await recorded.record(log.slice(0, 8)), { kpi: "journey-duration" });
    expect(few.points[0]).toMatchObject({ value: null, n: 4, required: 6 });
  });

  it("cut scores by the answer and add up", async () => {
    const answer = (customer: string, at: string, score: number): RecordedEvent => ({
      ...{ customer, at, score, scale: "1-5", touchpoint: "Review Answered" },
    });
    const log = [answer("ann", "2025-01-05", 5), answer("bob", "2025-01-06", 2), answer("ann", "2025-02-06", 4)];
    const context = await recorded.record(log);
    const { points } = await trendOf(context, { kpi: "csat:Review Answered" });
    expect(points.map(({ value, numerator, denominator }) => [value, numerator, denominator])).toEqual([
      [0.5, 1, 2],
      [1, 1, 1],
    ]);
    await expect(analyzeKpiBreakdown(context, { kpi: "csat:Review Answered", by: "stage" })).rejects.toMatchObject({
      code: "invalid",
    });
  });

  it("give stickiness per bucket of days and refuse to cut it by channel", async () => {
    const log = Array.from({ length: 70 }, (_, day): RecordedEvent[] => [
      { customer: "ann", at: new Date(Date.UTC(2025, 0, 1 + day)).toISOString(), touchpoint: "Visited" },
      ...(day % 10 === 0
        ? [{ customer: "bob", at: new Date(Date.UTC(2025, 0, 1 + day)).toISOString(), touchpoint: "Visited" }]
        : []),
    ]).flat();
    const context = await recorded.record(log);
    const { points } = await trendOf(context, { kpi: "stickiness" });
    // Ann every day, Bob every tenth: 2/2 on his days, else 1/2. February holds two of his among 28.
    expect(points[1]).toMatchObject({ start: "2025-02-01", n: 2, value: expect.closeTo((2 + 26 / 2) / 28, 12) });
    await expect(analyzeKpiBreakdown(context, { kpi: "stickiness", by: "channel" })).rejects.toMatchObject({
      code: "invalid",
    });
  });

  it("names twenty values and counts the others as one", async () => {
    const log = Array.from({ length: 30 }, (_, index) =>
      Array.from(
        { length: 31 - index },
        (_unused, nth): RecordedEvent => ({
          ...{ customer: `c${nth}`, at: "2025-01-01", touchpoint: "Visited", properties: { page: `p${index}` } },
        }),
      ),
    ).flat();
    const context = await recorded.record(log, { source: "journeys_on_shards" });
    const { rows } = await analyzeKpiBreakdown(context, { kpi: "customers", by: "prop.page" });
    expect(rows).toHaveLength(21);
    expect(rows[0]).toMatchObject({ value: "p0", kind: "value", kpi: { value: 31 } });
    // The largest of the ten others has 11 events, of the same 11 customers as all of them.
    expect(rows[20]).toMatchObject({ value: "other", kind: "other", kpi: { value: 11 } });
    const events = await analyzeKpiBreakdown(context, { kpi: "events", by: "prop.page" });
    expect(addUp(events.rows.map(({ kpi }) => kpi.value))).toBe(log.length);
  });

  it.each(["prop.", "colour", "customer", 'prop.""'])("refuses to break down by %s", async (by) => {
    const context = await recorded.record([order("ann", "2025-01-01")]);
    await expect(analyzeKpiBreakdown(context, { kpi: "events", by })).rejects.toMatchObject({ code: "invalid" });
  });
});
