/** Sentences about pain points: what they say of amounts, of outcomes without a worth, of silence and of incidents. */
import { expect, it } from "vitest";
import { describePainPoint, roundEnds, roundEstimate, type SaidPainPoint } from "./pain-words.ts";

const ORDER = { outcome: 'touchpoint = "Order Completed"', currency: "EUR" };
const NO_MONEY = { value: null, low: null, high: null };
const REWORK: SaidPainPoint = {
  ...{ kind: "rework", name: "«Address Entered» again", segment: null, incident: false, excess: null, perMonth: 1_234 },
  ...{ window: { from: "2025-01-01", to: "2026-01-01" }, directCost: 220.4 },
  valueAtRisk: { value: 3_412, low: 2_040, high: 4_851 },
  outcomesAtRisk: { value: 34.1, low: 20.4, high: 48.5 },
};

it("rounds to what an estimate bears", () => {
  expect([0, 0.01, 0.34, 9.94, 12.4, 1_234, 98_765].map((value) => roundEstimate(value))).toEqual([
    ...["0", "under 0.1", "0.3", "9.9", "12", "1,200", "99,000"],
  ]);
});

it("says the ends of a narrow interval one digit finer", () => {
  expect(roundEnds(2_040, 4_851)).toEqual(["2,000", "4,900"]);
  expect(roundEnds(13_151, 14_449)).toEqual(["13,200", "14,400"]);
  expect(roundEnds(21.2, 22.9)).toEqual(["21", "23"]);
  expect(roundEnds(0, 14_000)).toEqual(["0", "14,000"]);
});

it("says the estimate with its interval, and the handling apart", () => {
  expect(describePainPoint(REWORK, ORDER)).toBe(
    "«Address Entered» again: about 1,200 a month; 3,400 EUR (80 %: 2,000 to 4,900) a month at risk; handling costs 220 EUR a month",
  );
  expect(describePainPoint({ ...REWORK, directCost: 0 }, { ...ORDER, currency: "" })).toMatch(
    /3,400 \(80 %.*at risk$/u,
  );
});

it("counts outcomes where one has no worth; too much silence is what is lost", () => {
  const unknown = { ...REWORK, valueAtRisk: NO_MONEY, directCost: null };
  expect(describePainPoint(unknown, ORDER)).toMatch(
    /; 34 \(80 %: 20 to 49\) fewer times it comes to «Order Completed» a month$/u,
  );
  expect(describePainPoint(unknown, { ...ORDER, outcome: "silence" })).toMatch(
    /; 34 \(80 %: 20 to 49\) more fall silent a month$/u,
  );
});

it("says of an incident when, whom and how many, and that its cost is not known where nothing is claimed of one", () => {
  const excess = { events: 150, usual: 19.4, outcomes: { value: 33, low: 21, high: 45 }, money: NO_MONEY };
  const incident: SaidPainPoint = {
    ...REWORK,
    incident: true,
    window: { from: "2024-05-20", to: "2024-06-10" },
    excess,
  };
  const head = "«Address Entered» again from 2024-05-20 up to 2024-06-10";
  expect(describePainPoint(incident, ORDER)).toBe(
    `${head}: 150 instead of the usual 19; 33 (80 %: 21 to 45) fewer times it comes to «Order Completed» in all`,
  );
  const none = { ...excess, outcomes: NO_MONEY };
  expect(describePainPoint({ ...incident, segment: 'channel = "app"', excess: none }, ORDER)).toBe(
    `${head}, where channel = "app": 150 instead of the usual 19; what it cost is not known`,
  );
});
