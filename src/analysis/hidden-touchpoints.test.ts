/** Hidden touchpoints leave the views and nothing else; a period can be the one left out. */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { AnalysisContext } from "./context.ts";
import { analyzeFunnel } from "./funnel.ts";
import { analyzeKpis } from "./kpis.ts";
import { analyzeMeasuredJourney } from "./measured-journey.ts";
import { RecordedEvents } from "./recorded-events.case.ts";
import { analyzeRetention } from "./retention.ts";
import { analyzeVariants } from "./variants.ts";

let recorded: RecordedEvents;
let context: AnalysisContext;

beforeAll(async () => {
  recorded = await RecordedEvents.open();
  const shown = await recorded.record([
    { customer: "ann", at: "2025-03-01T10:00:00Z", touchpoint: "Ping" },
    { customer: "ann", at: "2025-03-01T10:05:00Z", touchpoint: "Product Viewed" },
    { customer: "ann", at: "2025-03-01T10:10:00Z", touchpoint: "Ping" },
    { customer: "ann", at: "2025-03-01T10:15:00Z", touchpoint: "Order Completed" },
    { customer: "bob", at: "2025-03-05T10:00:00Z", touchpoint: "Ping" },
    { customer: "cat", at: "2025-03-09T10:00:00Z", touchpoint: "Product Viewed" },
  ]);
  const touchpoints = shown.touchpoints.map((touchpoint) => ({ ...touchpoint, hidden: touchpoint.name === "Ping" }));
  context = { ...shown, touchpoints };
});
afterAll(() => recorded.close());

test("their events are dropped, neighbours close up, and a journey of nothing else is emptied", async () => {
  const map = await analyzeMeasuredJourney(context, {});
  expect(map).toMatchObject({ journeys: 2, customers: 2, other: { emptied: 1, excluded: 0 } });
  expect(map.nodes.map(({ touchpoint, events }) => [touchpoint, events])).toEqual([
    ["Product Viewed", 2],
    ["Order Completed", 1],
  ]);
  expect(map.edges).toMatchObject([{ from: "Product Viewed", to: "Order Completed", medianSeconds: 600 }]);
  const { variants } = await analyzeVariants(context, {});
  expect(variants.map(({ path }) => path)).toEqual(
    expect.arrayContaining([["Product Viewed", "Order Completed"], ["Product Viewed"]]),
  );
  const funnel = await analyzeFunnel(context, { steps: ["Product Viewed", "Order Completed"], strict: true });
  expect(funnel.steps.map(({ count }) => count)).toEqual([2, 1]);
});

test("filters and the start of a journey still see them", async () => {
  expect(await analyzeMeasuredJourney(context, { where: 'has("Ping")' })).toMatchObject({
    journeys: 1,
    other: { emptied: 1, excluded: 1 },
  });
  // Ann's journey starts with her hidden event, five minutes before the first one shown.
  expect(await analyzeMeasuredJourney(context, { from: "2025-03-01T10:01:00Z" })).toMatchObject({ journeys: 1 });
});

test("KPIs and retention count them all the same", async () => {
  const { kpis } = await analyzeKpis(context, { kpis: ["events", "customers", "journeys"] });
  expect(kpis.map(({ id, value }) => [id, value])).toEqual([
    ["customers", 3],
    ["events", 6],
    ["journeys", 3],
  ]);
  expect((await analyzeRetention(context, {})).all.customers).toBe(3);
});

test("a period can be the one left out, also with one end, but not all time", async () => {
  const count = async (scope: object) => (await analyzeMeasuredJourney(context, { ...scope, outside: true })).journeys;
  expect(await count({ from: "2025-03-02", to: "2025-03-06" })).toBe(2);
  expect(await count({ from: "2025-03-02" })).toBe(1);
  expect(await count({ to: "2025-03-02" })).toBe(1);
  expect((await analyzeRetention(context, { from: "2025-03-02", to: "2025-03-06", outside: true })).all.customers).toBe(
    2,
  );
  await expect(count({})).rejects.toMatchObject({ code: "invalid", message: expect.stringContaining("outside") });
});
