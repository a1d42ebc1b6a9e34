import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { estimateClusteredDifference } from "../stats/clustered.ts";
import { isInsufficient } from "../stats/estimate.ts";
import { analyzeProfile, profileReportSchema } from "./profile.ts";
import { type RecordedEvent, RecordedEvents } from "./recorded-events.case.ts";

let recorded: RecordedEvents;
beforeAll(async () => {
  recorded = await RecordedEvents.open();
});
afterAll(() => recorded.close());

/** 40 customers with a visit on each of two days; every fourth buys on the first day. */
function shop(): RecordedEvent[] {
  return Array.from({ length: 40 }, (_, index): RecordedEvent[] => {
    const customer = `c${index}`;
    const buys = index % 4 === 0;
    const traits = { tier: buys || index % 8 === 1 ? "gold" : "basic", name: customer };
    const seen = { customer, touchpoint: "Page Viewed", channel: index % 2 === 0 ? "web" : "app", traits };
    return [
      { ...seen, at: "2025-01-06T10:00:00Z", properties: { device: index < 30 ? "phone" : "desk", click: `${index}` } },
      { ...seen, at: "2025-01-07T10:00:00Z", properties: { device: "phone" } },
      ...(buys ? [{ customer, at: "2025-01-06T10:05:00Z", touchpoint: "Order Completed", channel: "web" }] : []),
    ];
  }).flat();
}

const BOUGHT = { kind: "touchpoint", touchpoint: "Order Completed" } as const;

describe("analyzeProfile", () => {
  it.each(["journeys", "journeys_on_shards"] as const)("compares the chosen with all others (%s)", async (source) => {
    const context = await recorded.record(shop(), { source });
    const report = profileReportSchema.parse(await analyzeProfile(context, { select: BOUGHT }));
    // tier 2, channel 2, device 2; names and clicks have too few journeys a value.
    expect(report).toMatchObject({ unit: "journeys", n: 10, others: 30, comparisons: 6, confidence: 1 - 0.05 / 6 });
    const row = (field: string, value: string) =>
      report.fields.find((one) => one.field === field && one.value === value);
    expect(report.fields[0]).toMatchObject({ field: "customer.tier" });
    expect(row("customer.tier", "gold")).toMatchObject({
      selected: { count: 10, n: 10, share: 1 },
      rest: { count: 5, n: 30, share: 5 / 30 },
      difference: { value: expect.closeTo(25 / 30, 12) },
    });
    expect(row("channel", "web")).toMatchObject({
      selected: { count: 10, n: 10 },
      rest: { count: 10, n: 30 },
    });
    // A journey with several values has each of them; 28 and 36 are among the chosen with a desk.
    expect(row("prop.device", "phone")).toMatchObject({ selected: { count: 10 }, rest: { count: 30, n: 30 } });
    expect(row("prop.device", "desk")).toMatchObject({ selected: { count: 2, n: 10 }, rest: { count: 8, n: 30 } });
    expect(row("customer.name", "c1")).toBeUndefined();
  });

  it("takes the journeys of one customer for one voice, and widens for many looks", async () => {
    const context = await recorded.record(shop());
    const report = await analyzeProfile(context, { journey: "visit", select: BOUGHT });
    expect(report).toMatchObject({ n: 10, others: 70 });
    const gold = report.fields.find(({ value }) => value === "gold");
    expect(gold).toMatchObject({ selected: { count: 10, n: 10 }, rest: { count: 20, n: 70 } });
    const single = (hits: number, n: number) =>
      Array.from({ length: n }, (_, index) => ({ numerator: index < hits ? 1 : 0, denominator: 1 }));
    const simple = estimateClusteredDifference(single(10, 10), single(20, 70));
    if (!gold || isInsufficient(simple)) throw new Error("enough data were given");
    expect(gold.difference.value).toBeCloseTo(simple.value, 12);
    expect(gold.difference.low).toBeLessThan(simple.low);
    expect(gold.difference.high).toBeGreaterThanOrEqual(simple.high);
  });

  it("says nothing where nobody is left to compare with", async () => {
    const context = await recorded.record(shop());
    expect(await analyzeProfile(context, {})).toMatchObject({ n: 40, others: 0, comparisons: 0, fields: [] });
  });

  it("counts like a brute-force reading of random logs", async () => {
    const eventArbitrary = fc.record({
      customer: fc.constantFrom("c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8"),
      day: fc.nat(20),
      touchpoint: fc.constantFrom("A", "B"),
      channel: fc.constantFrom("", "web", "app"),
      k: fc.constantFrom("", "x", "y"),
    });
    const source = fc.constantFrom("journeys" as const, "journeys_on_shards" as const);
    await fc.assert(
      fc.asyncProperty(fc.array(eventArbitrary, { minLength: 30, maxLength: 60 }), source, async (drafts, from) => {
        // Every event is a visit of its own.
        const events = [...new Map(drafts.map((draft) => [`${draft.customer} ${draft.day}`, draft])).values()];
        if (!["A", "B"].every((name) => events.some(({ touchpoint }) => touchpoint === name))) return;
        const context = await recorded.record(
          events.map(({ customer, day, touchpoint, channel, k }): RecordedEvent => {
            const at = new Date(Date.UTC(2025, 0, 1 + day)).toISOString();
            return { customer, at, touchpoint, channel, properties: { k } };
          }),
          { source: from },
        );
        const select = { kind: "touchpoint", touchpoint: "A" } as const;
        const report = await analyzeProfile(context, { journey: "visit", select });
        const chosen = events.filter(({ touchpoint }) => touchpoint === "A");
        expect([report.n, report.others]).toEqual([chosen.length, events.length - chosen.length]);
        for (const { field, value, selected, rest } of report.fields) {
          const key = field === "channel" ? "channel" : "k";
          const count = (a: boolean) =>
            events.filter((event) => (event.touchpoint === "A") === a && event[key] === value).length;
          const n = (a: boolean) =>
            events.filter((event) => (event.touchpoint === "A") === a && event[key] !== "").length;
          expect([selected.count, selected.n, rest.count, rest.n]).toEqual([
            count(true),
            n(true),
            count(false),
            n(false),
          ]);
        }
        const values = (key: "channel" | "k") =>
          [...new Set(events.map((event) => event[key]))].filter(
            (value) => value !== "" && events.filter((event) => event[key] === value).length >= 5,
          );
        const both = (key: "channel" | "k") =>
          ["A", "B"].every((name) => events.some((event) => event.touchpoint === name && event[key] !== ""));
        const looked = (["channel", "k"] as const).filter(both).flatMap(values);
        expect(report.comparisons).toBe(looked.length);
      }),
      { numRuns: 5, seed: 20_261_124 },
    );
  }, 60_000);
});
