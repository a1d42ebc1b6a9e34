/** A target that somebody set is a way to go badly: the list of moments tests it, once, whatever else is found. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { analyzeMoments } from "./moments.ts";
import { type RecordedEvent, RecordedEvents } from "./recorded-events.case.ts";

let recorded: RecordedEvents;
beforeAll(async () => {
  recorded = await RecordedEvents.open();
});
afterAll(() => recorded.close());

/** 800 answers after 1 to 80 hours; of those after more than 48, 1 in 4 order, of the others 3 in 4. */
const LOG = Array.from({ length: 800 }, (_, nth): RecordedEvent[] => {
  const hours = (nth % 80) + 1;
  const orders = Math.floor(nth / 80) % 4 < (hours > 48 ? 1 : 3);
  const customer = `c${nth}`;
  return [
    { customer, at: "2025-03-01", touchpoint: "Ticket Answered", properties: { hoursWaited: String(hours) } },
    ...(orders ? [{ customer, at: "2025-03-02", touchpoint: "Order Placed" }] : []),
  ];
}).flat();
const LATER: RecordedEvent = { customer: "z", at: "2025-06-01", touchpoint: "Visit" };
const QUESTION = { outcome: 'touchpoint = "Order Placed"', withinMs: 7 * 86_400_000 };
const WAIT = { touchpoint: "Ticket Answered", property: "hoursWaited" };

it("what misses a target is compared with what keeps it", async () => {
  const context = await recorded.record([...LOG, LATER]);
  const ways = async (promises: NonNullable<typeof context.promises>, property?: string) => {
    const { claims, rejected } = await analyzeMoments(
      { ...context, promises },
      { ...QUESTION, ...(property ? { property } : {}) },
    );
    return [...claims, ...rejected].filter(({ contrast }) => contrast === "experience");
  };
  expect((await ways([])).map(({ bad }) => bad)).not.toContain("> 48");
  const promised = await ways([{ ...WAIT, atMost: 48, atLeast: null }]);
  const [late, ...others] = promised.filter(({ bad }) => bad === "> 48");
  expect(others).toEqual([]);
  // Rounds 0 to 9 of 80: 1 in 4 is 3 of 10 here, 3 in 4 is 8 of 10.
  expect(late?.effect).toBeCloseTo(-0.5, 2);
  expect((await ways([{ ...WAIT, atMost: null, atLeast: 20 }], "hoursWaited")).map(({ bad }) => bad)).toContain("< 20");
  const gone = [
    { ...WAIT, touchpoint: "Gone", atMost: 1, atLeast: null },
    { ...WAIT, property: "agents", atMost: 1, atLeast: null },
  ];
  expect((await ways(gone)).map(({ bad }) => bad)).toEqual((await ways([])).map(({ bad }) => bad));
});
