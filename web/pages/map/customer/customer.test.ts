/**
 * Gaps, events and journeys in words, and which events are drawn.
 */
import { describe, expect, it } from "vitest";
import { customerSearchSchema, PAGE_OF_EVENTS } from "./customer-search.ts";
import {
  type CustomerAnswer,
  describeEvent,
  describeObjects,
  isLongGap,
  type JourneyEvent,
  nameJourney,
  sayGap,
  takeEvents,
} from "./describe-event.ts";

const event = (id: string, time: string): JourneyEvent => ({
  id,
  time,
  touchpoint: "Order",
  stage: "purchase",
  channel: "web",
  value: 35.6,
  currency: "EUR",
  score: 4,
  scale: "csat",
  objects: [{ type: "order", id: "o1" }],
  properties: {},
  import: 1,
});

const journey = (owner: string, days: number[]) => {
  const events = days.map((day) => event(`${owner}${day}`, `2025-01-${String(day).padStart(2, "0")}T10:00:00.000Z`));
  return { owner, start: events[0]?.time ?? "", end: events.at(-1)?.time ?? "", durationSeconds: 0, events };
};

const ANSWER = {
  customer: "c1",
  journey: "session",
  known: true,
  traits: {},
  events: 5,
  journeys: [journey("s1", [1, 2]), journey("s2", [10, 11, 12])],
  unassigned: 0,
  zone: "UTC",
} as unknown as CustomerAnswer;

describe("sayGap", () => {
  it("says days from a day on, smaller units below, nothing below a second", () => {
    expect(sayGap("2025-01-01T00:00:00Z", "2025-01-13T05:00:00Z")).toBe("12 days later");
    expect(sayGap("2025-01-01T00:00:00Z", "2025-01-02T00:00:00Z")).toBe("1 day later");
    expect(sayGap("2025-01-01T00:00:00Z", "2025-01-01T01:30:00Z")).toBe("1 h 30 min later");
    expect(sayGap("2025-01-01T00:00:00Z", "2025-01-01T00:00:00.400Z")).toBe("");
    expect(sayGap(undefined, "2025-01-01T00:00:00Z")).toBe("");
  });

  it("knows which gaps are long", () => {
    expect(isLongGap("2025-01-01T00:00:00Z", "2025-01-02T00:00:00Z")).toBe(true);
    expect(isLongGap("2025-01-01T00:00:00Z", "2025-01-01T23:59:59Z")).toBe(false);
  });
});

describe("describeEvent", () => {
  it("says what there is, and no more", () => {
    const full = event("1", "2025-01-01T00:00:00Z");
    expect(describeEvent(full)).toBe("web · 35.60 EUR · score 4 (csat)");
    expect(describeObjects(full)).toBe("order o1");
    expect(describeObjects(full, "o1")).toBe("");
    expect(describeEvent({ ...full, channel: null, value: null, score: null })).toBe("");
  });
});

describe("nameJourney", () => {
  it("calls an object by its id and a person's journeys by their number", () => {
    const one = journey("c1#2", [1]);
    expect([
      nameJourney(one, 1, "visit"),
      nameJourney(one, 0, "life"),
      nameJourney(journey("t9", [1]), 0, "ticket"),
    ]).toEqual(["Visit 2", "The whole life", "ticket t9"]);
  });
});

describe("takeEvents", () => {
  it("draws the first events and says what a journey still has", () => {
    const drawn = takeEvents(ANSWER, undefined, 3);
    expect(drawn.map(({ owner, events, hidden }) => [owner, events.length, hidden])).toEqual([
      ["s1", 2, 0],
      ["s2", 1, 2],
    ]);
    expect(drawn[1]?.before).toBe("2025-01-02T10:00:00.000Z");
  });

  it("draws one journey alone", () => {
    expect(takeEvents(ANSWER, "s2", 100).map(({ owner, events }) => [owner, events.length])).toEqual([["s2", 3]]);
  });
});

describe("customerSearchSchema", () => {
  it("takes ids that look like numbers, and a bad link", () => {
    expect(customerSearchSchema.parse({ customer: 17850 }).customer).toBe("17850");
    expect(customerSearchSchema.parse({ shown: "all" })).toEqual({
      customer: undefined,
      owner: undefined,
      shown: PAGE_OF_EVENTS,
    });
  });
});
