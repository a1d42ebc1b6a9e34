/** How trends, breakdowns and the overview read on a terminal. */
import { expect, test } from "vitest";
import { renderBreakdown, renderTrend } from "./render-kpi-parts.ts";
import { renderOverview } from "./render-overview.ts";

const BASIS = {
  ...{ zone: "UTC", dataVersion: 1, journey: "life" },
  filter: { from: null, to: null, outside: false, where: null },
};

test("a trend tells incomplete points from those that cannot be judged yet", () => {
  const day = { start: "2025-01-01", end: "2025-02-01" };
  const lines = renderTrend({
    ...{ ...BASIS, kpi: "conversion", every: "month", unit: "share of journeys", adds: false, endOfData: null },
    ...{ definition: "What it is.", placement: "Where it counts." },
    points: [
      { ...day, complete: true, value: 0.125, low: 0.1, high: 0.15, n: 800 },
      { ...day, complete: false, value: 0.5, low: 0.1, high: 0.9, n: 4 },
      {
        ...day,
        complete: false,
        value: null,
        reason: "not-yet-observable",
        n: 15,
        required: 90,
        message: "",
        denominator: 7,
      },
    ],
  }).join("\n");
  expect(lines).toMatch(/2025-01-01 +12\.5 % +10\.0–15\.0 % +800\n/u);
  expect(lines).toMatch(/50\.0 % +10\.0–90\.0 % +4 +incomplete\n/u);
  expect(lines).toMatch(/– +7 +not yet observable\n/u);
  expect(lines).toMatch(/What it is\.\n +Where it counts\.$/u);
});

test("a breakdown says what has no value and what is too little", () => {
  const missing = { id: "csat:A", value: null, reason: "insufficient-data" as const, n: 0, required: 1, message: "" };
  const lines = renderBreakdown({
    ...{ ...BASIS, kpi: "journey-duration", by: "channel", unit: "seconds", adds: false },
    ...{ definition: "What it is.", placement: "Where it counts." },
    rows: [
      { value: "web", kind: "value", kpi: { id: "x", value: 90, low: 60, high: 7200, n: 10, unit: "seconds" } },
      { value: "", kind: "none", kpi: missing },
    ],
  }).join("\n");
  expect(lines).toMatch(/web +90 s +60 s – 2\.0 h|web +90 s +60 s – 120\.0 min/u);
  expect(lines).toMatch(/\(none\) +– +0 +not enough data/u);
});

test("an overview reads shares in points, counts in per cent, and names empty stages", () => {
  const kpi = (id: string, unit: string, value: number) => ({ id, unit, value, low: null, high: null, n: 10 });
  const period = { from: "2025-04-01", to: "2025-05-01" };
  const before = { from: "2025-03-01", to: "2025-04-01" };
  const common = { better: null, periods: { current: period, previous: before }, trend: [], journey: "life" };
  const answer: Parameters<typeof renderOverview>[0] = {
    ...{ ...BASIS, events: 1200, customers: 1, anonymous: 0, imports: 2, currency: "EUR" },
    ...{ first: "2025-01-01T00:00:00.000Z", last: "2025-05-01T00:00:00.000Z", endOfData: null },
    journeys: [{ name: "life", journeys: 1 }],
    periods: { by: "month", current: period, previous: before },
    coverage: {
      ...{ stages: [{ stage: "setup", events: 0, touchpoints: 0 }], channels: [], withoutChannel: 1200 },
      ...{ unmapped: { touchpoints: 1, events: 300 }, withoutCustomer: { events: 0, share: 0 }, currencies: [] },
      anonymous: { customers: 0, share: 0, events: 0 },
    },
    headline: [
      {
        ...{ ...common, id: "orders", title: "Orders", unit: "orders" },
        ...{ current: kpi("orders", "orders", 80), previous: kpi("orders", "orders", 40) },
        change: { value: 40, low: 20, high: 60, relative: 1, beyondChance: true, method: "buckets" },
      },
      {
        ...{ ...common, id: "conversion", title: "Conversion", unit: "share of journeys", journey: "visit" },
        ...{
          current: kpi("conversion", "share of journeys", 0.1),
          previous: kpi("conversion", "share of journeys", 0.12),
        },
        change: { value: -0.02, low: -0.05, high: 0.01, relative: -0.1667, beyondChance: false, method: "intervals" },
      },
    ],
    changes: [{ kind: "new-touchpoint", touchpoint: "Page", firstSeen: "2025-04-03T00:00:00.000Z", events: 5 }],
  };
  const lines = renderOverview(answer).join("\n");
  expect(lines).toMatch(/^1,200 events of 1 customer from 2 imports/u);
  expect(lines).toMatch(/Orders +80 +10 +\+100\.0 % \(\+50\.0 % … \+150\.0 %\)/u);
  expect(lines).toMatch(/Conversion \(visit\) +10\.0 % +10 +-2\.0 points \(-5\.0 … \+1\.0\)/u);
  expect(lines).toContain("new: «Page», 5 events, first 2025-04-03");
  expect(lines).toContain("stages without events: setup");
  expect(lines).toContain("touchpoints without a stage: 1 (25.0 % of the events)");
});
