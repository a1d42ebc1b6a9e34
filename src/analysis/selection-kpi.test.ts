import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { countRuns } from "../../test/property-runs.ts";
import type { AnalysisContext } from "./context.ts";
import { listCustomers } from "./journey-list.ts";
import { analyzeKpis } from "./kpis.ts";
import { type RecordedEvent, RecordedEvents } from "./recorded-events.case.ts";
import { analyzeRetention } from "./retention.ts";

let recorded: RecordedEvents;
beforeAll(async () => {
  recorded = await RecordedEvents.open();
});
afterAll(() => recorded.close());

const PATIENCE_MS = 45_000 * countRuns(2);

const eventArbitrary = fc
  .record({
    owner: fc.constantFrom("ann", "bob", "cat", "dan", "eva", "anonymous"),
    hour: fc.oneof(fc.nat(24 * 200), fc.nat(24 * 5)),
    touchpoint: fc.constantFrom("Order Completed", "Product Viewed", "Order Delivered", "Survey Answered"),
    order: fc.constantFrom("1", "2", "3"),
    cents: fc.option(fc.nat(99_999), { nil: undefined }),
    currency: fc.constantFrom("EUR", "EUR", "USD"),
    late: fc.constantFrom("", "0", "2", "soon"),
    score: fc.option(fc.integer({ min: 0, max: 6 }), { nil: undefined }),
    scale: fc.constantFrom("1-5", "1-5", "0-10"),
  })
  .map(({ owner, hour, touchpoint, order, cents, currency, late, score, scale }): RecordedEvent => {
    const isOrder = touchpoint === "Order Completed";
    return {
      ...(owner === "anonymous" ? { anonymous: "x" } : { customer: owner }),
      at: new Date(Date.UTC(2025, 0, 1, hour)).toISOString(),
      touchpoint,
      ...(isOrder ? { objects: { order: `${owner}-${order}` } } : {}),
      ...(isOrder && cents !== undefined ? { value: (cents / 100).toFixed(2), currency } : {}),
      ...(touchpoint === "Order Delivered" ? { properties: { daysLate: late } } : {}),
      ...(touchpoint === "Survey Answered" && score !== undefined ? { score, scale } : {}),
    };
  });

/** Every touchpoint is in the catalogue, whatever chance leaves out. */
const logArbitrary = fc
  .array(eventArbitrary, { minLength: 10, maxLength: 50, size: "max" })
  .map((events): RecordedEvent[] => [
    ...events,
    { customer: "zoe", at: "2025-01-20T12:00:00Z", touchpoint: "Order Completed", value: "1.00", currency: "EUR" },
    { customer: "zoe", at: "2025-06-01T12:00:00Z", touchpoint: "Survey Answered", score: 5, scale: "1-5" },
    { customer: "zoe", at: "2025-06-01T12:00:00Z", touchpoint: "Order Delivered", properties: { late: "no" } },
  ]);

const scenarioArbitrary = fc.record({
  log: logArbitrary,
  journey: fc.constantFrom("life", "visit", "order"),
  where: fc.constantFrom(undefined, 'touchpoint != "Product Viewed"'),
  source: fc.constantFrom("journeys" as const, "journeys_on_shards" as const),
  hide: fc.boolean(),
});

/** KPIs whose n is not a number of customers or journeys: who must be listed instead. */
const KNOWN_BY_HAND = {
  orders: ({ touchpoint, customer }: RecordedEvent) => touchpoint === "Order Completed" && customer !== undefined,
  "late-delivery-share": ({ touchpoint, properties }: RecordedEvent) =>
    touchpoint === "Order Delivered" && (["0", "2"].includes(properties?.daysLate ?? "") || !!properties?.late),
} as const;

function withHidden(context: AnalysisContext, hide: boolean): AnalysisContext {
  const touchpoints = context.touchpoints.map((one) => ({ ...one, hidden: hide && one.name === "Order Completed" }));
  return { ...context, touchpoints };
}

describe("the customers behind a KPI", { timeout: PATIENCE_MS }, () => {
  it("are as many as its n says, where n counts customers or journeys", async () => {
    await fc.assert(
      fc.asyncProperty(scenarioArbitrary, async ({ log, journey, where, source, hide }) => {
        const context = withHidden(await recorded.record(log, { source, objectTypes: ["order"] }), hide);
        const scope = { journey, ...(where === undefined ? {} : { where }) };
        const { kpis } = await analyzeKpis(context, scope);
        for (const kpi of kpis) {
          const { total, unit } = await listCustomers(context, {
            ...scope,
            select: { kind: "kpi", id: kpi.id },
            limit: 1,
          });
          const counted = kpi.value === null ? "nobody" : kpi.unit;
          if (counted === "customers" || counted === "share of customers")
            expect([kpi.id, unit, total]).toEqual([kpi.id, "customers", kpi.n]);
          if (counted === "journeys" || counted === "share of journeys")
            expect([kpi.id, unit, total]).toEqual([kpi.id, "journeys", kpi.n]);
          if (kpi.value !== null) expect(total).toBeLessThanOrEqual(kpi.n);
          const byHand = KNOWN_BY_HAND[kpi.id as keyof typeof KNOWN_BY_HAND];
          if (!byHand) continue;
          const whose = new Set(log.filter(byHand).map(({ customer, anonymous }) => customer ?? anonymous));
          expect([kpi.id, total]).toEqual([kpi.id, whose.size]);
        }
      }),
      { numRuns: countRuns(1), seed: 20_261_125, endOnFailure: true },
    );
  });

  it("are those who answered on the scale, and those whose order's first amount is in the main currency", async () => {
    const answer = (customer: string, score: number, scale: string): RecordedEvent => {
      return { customer, at: "2025-01-06", touchpoint: "Survey Answered", score, scale };
    };
    const order = (customer: string, value: string, currency: string, day: number): RecordedEvent => {
      const at = `2025-01-0${day}`;
      return { customer, at, touchpoint: "Order Completed", value, currency, objects: { order: `${customer}-1` } };
    };
    const context = await recorded.record([
      answer("ann", 5, "1-5"),
      answer("bob", 4, "1-5"),
      answer("bob", 9, "0-10"),
      answer("cat", 0, "1-5"),
      order("ann", "5.00", "EUR", 7),
      order("bob", "5.00", "USD", 7),
      order("bob", "5.00", "EUR", 8),
    ]);
    const whose = async (id: string) => {
      const { rows } = await listCustomers(context, { select: { kind: "kpi", id } });
      return rows.map(({ customer }) => customer).toSorted();
    };
    expect(await whose("mean-score:Survey Answered")).toEqual(["ann", "bob", "cat"]);
    // A zero is no answer on a scale from 1.
    expect(await whose("csat:Survey Answered")).toEqual(["ann", "bob"]);
    expect(await whose("nps:Survey Answered (0-10)")).toEqual(["bob"]);
    expect(await whose("nps:Survey Answered")).toEqual([]);
    expect(await whose("revenue")).toEqual(["ann"]);
    await expect(whose("nps")).rejects.toThrow("Name the touchpoint");
  });
});

describe("the customers behind a retention table", { timeout: PATIENCE_MS }, () => {
  it("are as many as its cohorts and cells say", async () => {
    const table = fc.record({
      cohort: fc.constantFrom("week" as const, "month" as const),
      event: fc.constantFrom("any" as const, "order" as const),
      kind: fc.constantFrom("n-day" as const, "unbounded" as const, "bracket" as const),
    });
    await fc.assert(
      fc.asyncProperty(scenarioArbitrary, table, async ({ log, where, source, hide }, { kind, ...query }) => {
        const context = withHidden(await recorded.record(log, { source, zone: "Asia/Kolkata" }), hide);
        const scope = where === undefined ? {} : { where };
        const days = [1, 7, 30, 90];
        const { cohorts, all } = await analyzeRetention(context, { ...scope, ...query, kind, days });
        const select = { kind: "cohort" as const, ...query, retention: kind, days };
        const count = async (start: string | null, day?: number) => {
          const cell = { ...select, start, ...(day === undefined ? {} : { day }) };
          const { total, unit } = await listCustomers(context, { ...scope, select: cell, limit: 1 });
          expect(unit).toBe("customers");
          return total;
        };
        expect(await count(null)).toBe(all.customers);
        for (const { day, ...cell } of all.cells)
          if (cell.value !== null) expect(await count(null, day)).toBe(cell.returned);
        const [first] = cohorts;
        if (!first) return;
        expect(await count(first.start)).toBe(first.customers);
        const [, cell] = first.cells;
        if (cell && cell.value !== null) expect(await count(first.start, cell.day)).toBe(cell.returned);
      }),
      { numRuns: countRuns(1), seed: 20_261_126, endOnFailure: true },
    );
  });
});
