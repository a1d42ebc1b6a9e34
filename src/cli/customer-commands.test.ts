/** How the customers behind a number, their profile and the fields read, and which choice the words make. */
import { expect, test } from "vitest";
import { readSelection } from "./customer-commands.ts";
import { renderCustomers, renderFields, renderProfile } from "./render-customers.ts";

const BASIS = {
  zone: "Europe/Berlin",
  filter: { from: null, to: null, outside: false, where: null },
  dataVersion: 1,
};

test("words make one choice", () => {
  expect(readSelection({})).toEqual({ kind: "all" });
  expect(readSelection({ step: ["A", "B"] })).toEqual({ kind: "step", from: "A", to: "B" });
  const funnel = { kind: "funnel", steps: ["A", "B"] };
  expect(readSelection({ funnel: ["A", "B"] })).toEqual({ ...funnel, reached: 1 });
  expect(readSelection({ funnel: ["A", "B"], reached: 1, next: "C", within: 5 })).toEqual({
    ...funnel,
    ...{ reached: 0, next: "C", stopped: true, withinMs: 5 },
  });
  expect(() => readSelection({ step: ["A"] })).toThrow("two ends");
  expect(() => readSelection({ touchpoint: "A", kpi: "orders" })).toThrow("Say one of");
});

test("customers are named, visitors and shared journeys too", () => {
  const row = {
    ...{ owner: "s1", customer: "ann", customers: 1, known: true, events: 3, durationSeconds: 60, value: 12.5 },
    ...{ start: "2025-01-06T10:00:00.000Z", end: "2025-01-06T10:01:00.000Z" },
  };
  const text = renderCustomers({
    ...BASIS,
    ...{ journey: "session", unit: "journeys", total: 5, customers: 4, currency: "EUR" },
    rows: [
      row,
      { ...row, owner: "s2", customer: "x7", known: false, value: null },
      { ...row, owner: "s3", customers: 3 },
      { ...row, owner: "s4", customer: null, customers: 0, known: false },
    ],
  }).join("\n");
  expect(text).toContain("Customers: 5 session journeys of 4 customers");
  expect(text).toMatch(/ann +s1 +2025-01-06 11:00:00 +3 +60 s +12\.50 EUR/u);
  expect(text).toMatch(/x7 \(visitor\) +s2/u);
  expect(text).toMatch(/ann and 2 more +s3/u);
  expect(text).toMatch(/nobody known +s4/u);
  expect(text).toContain("The newest 4 are listed.");
});

test("a profile says how many values were looked at", () => {
  const text = renderProfile({
    ...BASIS,
    ...{ journey: "case", unit: "journeys", n: 10, others: 30, comparisons: 6, confidence: 1 - 0.05 / 6 },
    fields: [
      {
        ...{ field: "channel", value: "web" },
        ...{ selected: { count: 9, n: 10, share: 0.9 }, rest: { count: 3, n: 30, share: 0.1 } },
        difference: { value: 0.8, low: 0.5, high: 0.9 },
      },
    ],
  }).join("\n");
  expect(text).toContain("Profile: 10 case journeys against 30 others");
  expect(text).toMatch(/channel +web +90\.0 % of 10 +10\.0 % of 30 +\+80\.0 \(\+50\.0 … \+90\.0\) \*/u);
  expect(text).toContain("6 values looked at, so each interval is widened to 99.17 %.");
});

test("fields are written as a filter writes them", () => {
  const text = renderFields({
    ...BASIS,
    touchpoints: [{ name: "Wait", stage: null, hidden: true, events: 1463 }],
    channels: [],
    properties: [{ name: "org:resource", distinct: 2, events: 3, values: [{ value: "v1", events: 2 }] }],
    traits: [{ name: "tier", distinct: 1, customers: 4, values: [{ value: "gold", customers: 4 }] }],
    journeys: ["life", "case"],
    sampled: { properties: true, traits: false },
  }).join("\n");
  expect(text).toMatch(/Wait \(hidden\) +– +1,463/u);
  expect(text).toMatch(/prop\."org:resource" +2 +v1 2\n +customer\.tier +1 +gold 4/u);
  expect(text).not.toContain("channel");
  expect(text).toContain("The properties are read from a sample");
});
