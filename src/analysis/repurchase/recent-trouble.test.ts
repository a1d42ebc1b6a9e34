import { afterAll, beforeAll, expect, it } from "vitest";
import { dateToDay } from "../calendar-day.ts";
import { type RecordedEvent, RecordedEvents } from "../recorded-events.case.ts";
import { findRecentTrouble } from "./recent-trouble.ts";

let recorded: RecordedEvents;
beforeAll(async () => {
  recorded = await RecordedEvents.open();
});
afterAll(() => recorded.close());

const met = (customer: string, at: string, touchpoint: string, more: Partial<RecordedEvent> = {}): RecordedEvent => ({
  ...{ customer, at, touchpoint },
  ...more,
});

it("names the latest sign of trouble in the last thirty days, by the workspace's days", async () => {
  const context = await recorded.record(
    [
      met("scored", "2025-03-20", "Review Written", { score: 2, scale: "1-5" }),
      met("scored", "2025-03-21", "Product Viewed"),
      met("pleased", "2025-03-20", "Review Written", { score: 3, scale: "1-5" }),
      met("late", "2025-03-20", "Review Written", { score: 1, scale: "1-5" }),
      met("late", "2025-03-25", "Delivery Due", { properties: { onTime: "no" } }),
      met("back", "2025-03-31T23:30:00Z", "Order Refunded"),
      met("long ago", "2025-02-28", "Order Refunded"),
    ],
    { zone: "Europe/Berlin" },
  );
  const find = (customer: string) => findRecentTrouble(context, customer, dateToDay("2025-04-01"));
  expect(await find("scored")).toBe("12 days before the data end «Review Written» brought a score of 2 of 5");
  expect(await find("pleased")).toBeNull();
  expect(await find("late")).toBe("7 days before the data end «Delivery Due» says onTime = no");
  expect(await find("back")).toBe("On the last day of the data «Order Refunded» took an order back");
  expect(await find("long ago")).toBeNull();
});
