import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AnalysisContext } from "../context.ts";
import { buildJourneyFrame } from "../journey-frame.ts";
import { askFrame } from "../kpi-frame.ts";
import { type RecordedEvent, RecordedEvents } from "../recorded-events.case.ts";
import { ofPurchasers, purchaseDayAliases } from "./purchase-days.ts";

let recorded: RecordedEvents;
beforeAll(async () => {
  recorded = await RecordedEvents.open();
});
afterAll(() => recorded.close());

const event = (customer: string, at: string, touchpoint: string, order: string, value?: string): RecordedEvent => ({
  ...{ customer, at, touchpoint, currency: "EUR" },
  ...(order && { objects: { order } }),
  ...(value !== undefined && { value }),
});
const bought = (customer: string, at: string, order: string, value?: string) =>
  event(customer, at, "Order Completed", order, value);

async function readDays(context: AnalysisContext): Promise<Record<string, [number[], number[]]>> {
  const frame = buildJourneyFrame(context, { journey: "life" });
  const rows = await askFrame<{ ownerId: string; purchaseDays: number[]; daySpend: number[] }>(context, frame, {
    aliases: purchaseDayAliases(context, frame),
    select: ["ownerId", "purchaseDays", "daySpend"],
    where: ofPurchasers(context, frame),
    tail: "ORDER BY ownerId",
  });
  return Object.fromEntries(rows.map((row) => [row.ownerId, [row.purchaseDays, row.daySpend]]));
}

const MARCH_1 = 20_148;

const WORLD = [
  // Two orders of one day, and one event told twice.
  ...[bought("ann", "2025-03-03T08:00:00Z", "a2", "5"), bought("ann", "2025-03-03T09:00:00Z", "a3", "5")],
  ...[bought("ann", "2025-03-01", "a1", "10"), bought("ann", "2025-03-04", "a1", "10")],
  event("ann", "2025-03-05", "Order Cancelled", "a3", "5"),
  // Partly back, wholly back in two parts that do not add up in binary, wholly back without an amount.
  ...[bought("bob", "2025-03-01", "b1", "10"), event("bob", "2025-03-02", "Order Refunded", "b1", "4")],
  ...[bought("bob", "2025-03-03", "b2", "0.8"), event("bob", "2025-03-04", "Order Refunded", "b2", "0.7")],
  event("bob", "2025-03-05", "Order Refunded", "b2", "0.1"),
  ...[bought("bob", "2025-03-06", "b3", "7"), event("bob", "2025-03-06", "Order Cancelled", "b3")],
  // A credit note of its own, and one written as a negative order of the same object.
  ...[bought("cat", "2025-03-01", "c1", "10"), bought("cat", "2025-03-02", "c2", "-3")],
  ...[bought("cat", "2025-03-04", "c3", "6"), bought("cat", "2025-03-05", "c3", "-6")],
  // Nothing to pay, no amount, no object, another currency: all are purchases.
  ...[bought("dan", "2025-03-01", "d1", "0"), bought("dan", "2025-03-02", "d2"), bought("dan", "2025-03-03", "")],
  { ...bought("dan", "2025-03-04", "d4", "9"), currency: "USD" },
  // Half past eleven at night in London is the next day in Vienna.
  bought("eve", "2025-03-01T23:30:00Z", "e1", "2"),
  // All that was bought was sent back.
  ...[bought("fay", "2025-03-01", "f1", "3"), event("fay", "2025-03-02", "Order Refunded", "f1", "3")],
  { ...bought("", "2025-03-01", "g1", "3"), anonymous: "visitor" },
];

describe("purchaseDayAliases", () => {
  it("has one purchase a day, net of what came back", async () => {
    const context = await recorded.record(WORLD);
    const days = await readDays(context);
    expect(days).toEqual({
      ann: [
        [MARCH_1, MARCH_1 + 2],
        [10, 5],
      ],
      bob: [[MARCH_1], [6]],
      cat: [[MARCH_1], [10]],
      dan: [
        [MARCH_1, MARCH_1 + 1, MARCH_1 + 2, MARCH_1 + 3],
        [0, 0, 0, 0],
      ],
      eve: [[MARCH_1], [2]],
    });
    expect(await readDays({ ...context, source: "journeys_on_shards" })).toEqual(days);
    expect((await readDays({ ...context, zone: "Europe/Vienna" })).eve).toEqual([[MARCH_1 + 1], [2]]);
  });
});
