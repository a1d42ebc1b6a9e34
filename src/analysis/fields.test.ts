import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fieldsReportSchema, listFields } from "./fields.ts";
import { type RecordedEvent, RecordedEvents } from "./recorded-events.case.ts";

let recorded: RecordedEvents;
beforeAll(async () => {
  recorded = await RecordedEvents.open();
});
afterAll(() => recorded.close());

const LOG: readonly RecordedEvent[] = [
  { customer: "ann", at: "2025-01-06", touchpoint: "Page Viewed", channel: "web", traits: { tier: "gold" } },
  { customer: "ann", at: "2025-01-07", touchpoint: "Page Viewed", channel: "app", properties: { page: "home" } },
  { customer: "bob", at: "2025-01-07", touchpoint: "Page Viewed", properties: { page: "home", size: "" } },
  { customer: "bob", at: "2025-01-08", touchpoint: "Order Completed", channel: "web", objects: { order: "o1" } },
  {
    customer: "cat",
    at: "2025-01-09",
    touchpoint: "Page Viewed",
    channel: "web",
    traits: { tier: "gold", city: "Rome" },
  },
  // Nobody's event, in two objects: it is one event all the same.
  {
    at: "2025-01-10",
    touchpoint: "Ticket Opened",
    channel: "phone",
    properties: { page: "help" },
    objects: { ticket: "t1", order: "o1" },
  },
];

describe("listFields", () => {
  it.each(["journeys", "journeys_on_shards"] as const)("counts each event and customer once (%s)", async (source) => {
    const context = await recorded.record(LOG, { source });
    expect(fieldsReportSchema.parse(await listFields(context))).toEqual({
      touchpoints: [
        { name: "Page Viewed", stage: "awareness", hidden: false, events: 4 },
        { name: "Order Completed", stage: "purchase", hidden: false, events: 1 },
        { name: "Ticket Opened", stage: "support", hidden: false, events: 1 },
      ],
      channels: [
        { channel: "web", events: 3 },
        { channel: "app", events: 1 },
        { channel: "phone", events: 1 },
      ],
      properties: [
        {
          ...{ name: "page", distinct: 2, events: 3 },
          values: [
            { value: "home", events: 2 },
            { value: "help", events: 1 },
          ],
        },
      ],
      traits: [
        { name: "tier", distinct: 1, customers: 2, values: [{ value: "gold", customers: 2 }] },
        { name: "city", distinct: 1, customers: 1, values: [{ value: "Rome", customers: 1 }] },
      ],
      journeys: ["life", "visit", "order-cycle", "order", "ticket"],
      sampled: { properties: false, traits: false },
    });
  });

  it("is empty before anything came in", async () => {
    const report = await listFields(await recorded.record([]));
    expect(report).toMatchObject({ touchpoints: [], channels: [], properties: [], traits: [] });
  });

  it("reads the properties of large workspaces from a sample, names the commonest values and no long texts", async () => {
    const events = Array.from({ length: 120_000 }, (_, index): RecordedEvent => {
      const properties = { letter: "abcdefghijklmnopqrstuvwxyz"[index % 26] ?? "", note: "long".repeat(60) };
      return { customer: `c${index % 20_000}`, at: "2025-01-06", touchpoint: "Page Viewed", properties };
    });
    const report = await listFields(await recorded.record(events));
    expect(report.sampled).toEqual({ properties: true, traits: false });
    expect(report.touchpoints).toMatchObject([{ events: 120_000 }]);
    const letter = report.properties.find(({ name }) => name === "letter");
    expect(letter?.distinct).toBe(26);
    expect(letter?.values.length).toBe(20);
    // About 4,000 of the 20,000 customers, six events each.
    expect(letter?.events).toBeGreaterThan(20_000);
    expect(letter?.events).toBeLessThan(28_000);
    expect(report.properties.find(({ name }) => name === "note")).toMatchObject({ distinct: 1, values: [] });
  });
});
