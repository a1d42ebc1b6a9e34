/** On random small logs the KPIs from ClickHouse equal the plain loops, whole and over two shards, with and without a filter. */
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { countRuns } from "../../test/property-runs.ts";
import { dayIn, groupByCustomer, measureByHand } from "./kpi-oracle.case.ts";
import { analyzeKpis, kpisReportSchema } from "./kpis.ts";
import { type RecordedEvent, RecordedEvents } from "./recorded-events.case.ts";
import { analyzeRetention, retentionReportSchema } from "./retention.ts";

let recorded: RecordedEvents;
beforeAll(async () => {
  recorded = await RecordedEvents.open();
});
afterAll(() => recorded.close());

const TOUCHPOINTS = [
  "Order Completed",
  "Order Completed",
  "Product Viewed",
  "Order Refunded",
  "Order Cancelled",
] as const;

/** Few customers, few order ids, coarse times: repeats, ties and shared days are common. */
const eventArbitrary = fc
  .record({
    owner: fc.constantFrom("ann", "bob", "cat", "dan", "anonymous"),
    hour: fc.oneof(fc.nat(24 * 150), fc.nat(24 * 5)),
    touchpoint: fc.constantFrom(...TOUCHPOINTS),
    order: fc.option(fc.constantFrom("1", "2", "3"), { nil: undefined }),
    cents: fc.option(fc.nat(99_999), { nil: undefined }),
    currency: fc.constantFrom("EUR", "EUR", "USD", ""),
  })
  .map(({ owner, hour, touchpoint, order, cents, currency }): RecordedEvent => {
    const isShop = touchpoint !== "Product Viewed";
    return {
      ...(owner === "anonymous" ? { anonymous: "x" } : { customer: owner }),
      at: new Date(Date.UTC(2025, 0, 1, hour)).toISOString(),
      touchpoint,
      ...(isShop && order !== undefined ? { objects: { order: `${owner}-${order}` } } : {}),
      ...(isShop && cents !== undefined ? { value: (cents / 100).toFixed(2), currency } : {}),
    };
  });

/** Every log has an order event, so that the role is in the catalogue. */
const logArbitrary = fc
  .array(eventArbitrary, { maxLength: 60, size: "max" })
  .map((events): RecordedEvent[] => [
    ...events,
    { customer: "eve", at: "2025-01-20T12:00:00Z", touchpoint: "Order Completed", value: "1.00", currency: "EUR" },
    { customer: "eve", at: "2025-03-01T12:00:00Z", touchpoint: "Product Viewed" },
  ]);

const FILTERS: readonly { where: string | undefined; keeps: (event: RecordedEvent) => boolean }[] = [
  { where: undefined, keeps: () => true },
  { where: 'touchpoint != "Product Viewed"', keeps: ({ touchpoint }) => touchpoint !== "Product Viewed" },
  {
    where: 'currency in ("EUR") or touchpoint = "Product Viewed"',
    keeps: ({ currency, touchpoint }) => currency === "EUR" || touchpoint === "Product Viewed",
  },
];

const scenarioArbitrary = fc.record({
  log: logArbitrary,
  filter: fc.constantFrom(...FILTERS),
  zone: fc.constantFrom("UTC", "America/New_York", "Asia/Kolkata"),
  source: fc.constantFrom("journeys" as const, "journeys_on_shards" as const),
});

const share = ([hits, n]: readonly [number, number]) => (n === 0 ? null : hits / n);
const money = (sums: Readonly<Record<string, number>>) =>
  Object.fromEntries(Object.entries(sums).map(([currency, amount]) => [currency, amount / 10_000]));

describe("KPIs against the oracle", { timeout: 30_000 * countRuns(10) }, () => {
  it("agree on random logs", async () => {
    await fc.assert(
      fc.asyncProperty(scenarioArbitrary, async ({ log, filter, zone, source }) => {
        const context = await recorded.record(log, { zone, source });
        const query = filter.where === undefined ? {} : { where: filter.where };
        const report = kpisReportSchema.parse(await analyzeKpis(context, query));
        const kpis = Object.fromEntries(report.kpis.map((kpi) => [kpi.id, kpi]));
        const kept = log.filter(filter.keeps);
        const expected = measureByHand(zone, kept, log);
        expect(kpis.customers?.value).toBe(expected.customers);
        expect(kpis.events?.value).toBe(expected.events);
        expect(kpis.orders?.value).toBe(expected.orders);
        expect(kpis.revenue).toMatchObject({ value: (expected.revenue.EUR ?? 0) / 10_000 });
        // Currencies that only deductions name stand in both lists, with 0 here.
        const gross = Object.entries((kpis.revenue as { byCurrency: Record<string, number> }).byCurrency);
        expect(Object.fromEntries(gross.filter(([, amount]) => amount !== 0))).toEqual(
          Object.fromEntries(Object.entries(money(expected.revenue)).filter(([, amount]) => amount !== 0)),
        );
        expect(kpis["net-revenue"]).toMatchObject({ byCurrency: money(expected.netRevenue) });
        expect(kpis.conversion).toMatchObject({
          value: expected.converted / expected.customers,
          n: expected.customers,
        });
        expect(kpis["repeat-purchase-rate"]).toMatchObject({ value: share(expected.repeat), n: expected.repeat[1] });
        expect(kpis["repeat-purchase-rate-90d"]).toMatchObject({
          value: share(expected.repeat90),
          n: expected.repeat90[1],
        });
        expect(kpis["repeat-purchase-days-rate"]).toMatchObject({ value: share(expected.repeatByDay) });
        if (expected.stickiness !== null && kpis.stickiness?.value !== null)
          expect(kpis.stickiness?.value).toBeCloseTo(expected.stickiness, 12);
        else expect(kpis.stickiness).toMatchObject({ value: null });
      }),
      { numRuns: countRuns(2), seed: 20_260_101 },
    );
  });

  it("agree on retention", async () => {
    const kinds = fc.constantFrom("n-day" as const, "unbounded" as const, "bracket" as const);
    await fc.assert(
      fc.asyncProperty(scenarioArbitrary, kinds, async ({ log, zone, source }, kind) => {
        const context = await recorded.record(log, { zone, source });
        const days = [1, 7, 30, 90];
        const report = retentionReportSchema.parse(await analyzeRetention(context, { kind, days, cohort: "week" }));
        const end = Math.max(...log.map(({ at }) => dayIn(zone, at)));
        const lives = [...groupByCustomer(log).values()].map((own) => own.map(({ at }) => dayIn(zone, at)));
        for (const [index, until] of days.entries()) {
          const since = days[index - 1] ?? 0;
          const reached = lives.filter(([first = 0]) => first + until <= end);
          const back = reached.filter(([first = 0, ...later]) =>
            later.some((day) => {
              const age = day - first;
              if (kind === "n-day") return age === until;
              return kind === "unbounded" ? age >= until : age > since && age <= until;
            }),
          );
          const cell = report.all.cells[index];
          expect(cell).toMatchObject(
            reached.length === 0 ? { value: null } : { value: back.length / reached.length, n: reached.length },
          );
        }
        expect(report.cohorts.reduce((sum, { customers }) => sum + customers, 0)).toBe(lives.length);
      }),
      { numRuns: countRuns(2), seed: 20_260_102 },
    );
  });
});
