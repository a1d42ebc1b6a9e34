import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openSeededRandom } from "../stats/seeded-random.ts";
import { type RecordedEvent, RecordedEvents } from "./recorded-events.case.ts";
import { analyzeRepurchaseSignals } from "./repurchase-signals.ts";
import { type RepurchaseSignalsReport, repurchaseSignalsReportSchema } from "./repurchase-signals-schema.ts";

let recorded: RecordedEvents;
beforeAll(async () => {
  recorded = await RecordedEvents.open();
});
afterAll(() => recorded.close());

const DAY = 86_400_000;
const START = Date.parse("2025-01-01T10:00:00Z");

/** An event so many days after New Year. */
function event(customer: string, day: number, touchpoint: string, more: Partial<RecordedEvent> = {}): RecordedEvent {
  return { customer, touchpoint, at: new Date(START + day * DAY).toISOString(), channel: "web", ...more };
}

let orders = 0;
function order(customer: string, day: number, product: string, more: Partial<RecordedEvent> = {}): RecordedEvent {
  const objects = { order: `o${++orders}`, product };
  return event(customer, day, "Order Completed", { value: "20", currency: "EUR", objects, ...more });
}

const signalOf = ({ signals }: RepurchaseSignalsReport, name: string) => signals.find((one) => one.name === name);

const due = (customer: string, day: number, overdue: boolean) =>
  event(customer, day, "Delivery Due", { properties: { overdue: String(overdue) } });
const answer = (customer: string, day: number, score: number) =>
  event(customer, day, "CSAT Answered", { score, scale: "1-5" });

/** First orders on day 10 (dan: 12), landmark day 40, second purchases count until day 100. The data end on day 102. */
const WORLD = [
  // Ann: late, writes to support on the landmark itself, low score; buys again on the last day that counts.
  ...[order("ann", 10, "P1", { channel: "app" }), due("ann", 14, true), event("ann", 40, "Ticket Opened")],
  ...[answer("ann", 16, 2), order("ann", 100, "P2")],
  // Bob: in time, high score; support a day too late, and a second purchase a day too late.
  ...[event("bob", 3, "Ticket Opened"), order("bob", 10, "P1"), due("bob", 14, false), answer("bob", 15, 5)],
  ...[event("bob", 41, "Ticket Opened"), order("bob", 101, "P1")],
  // Cat: nothing told of the delivery, a coupon; buys again the day after the landmark.
  ...[order("cat", 10, "P2", { properties: { coupon: "HELLO" } }), order("cat", 41, "P2")],
  // Dan: his windows end with the data. Eve bought again before the landmark, fay too late to be observed.
  ...[order("dan", 12, "P1", { properties: { coupon: "no" } }), due("dan", 16, true)],
  ...[order("eve", 10, "P1"), event("eve", 11, "Ticket Opened"), order("eve", 40, "P1")],
  ...[order("fay", 13, "P1"), event("gus", 102, "Ticket Opened")],
];

describe("signals", () => {
  it("count behaviours up to the landmark and second purchases after it, on two shards too", async () => {
    const context = await recorded.record(WORLD);
    const asked = { days: 30, withinDays: 60 };
    const report = repurchaseSignalsReportSchema.parse(await analyzeRepurchaseSignals(context, asked));
    expect(report).toMatchObject({ endOfData: "2025-04-13", customers: 4, base: 0.5, boughtBefore: 1, ...asked });
    const counts = Object.fromEntries(
      report.signals.map((one) => [one.name, [one.kind, one.with, one.without, one.shareWith, one.shareWithout]]),
    );
    expect(counts).toEqual({
      "Ticket Opened": ["support contact", 1, 3, 1, 1 / 3],
      "Delivery Due with overdue = yes": ["late delivery", 2, 1, 0.5, 0],
      "channel = app": ["channel", 1, 3, 1, 1 / 3],
      "channel = web": ["channel", 3, 1, 1 / 3, 1],
      "product = P1": ["first product", 3, 1, 1 / 3, 1],
      "product = P2": ["first product", 1, 3, 1, 1 / 3],
      "Survey answered": ["survey answer", 2, 2, 0.5, 0.5],
      "Survey answered with a low score": ["survey answer", 1, 1, 1, 0],
      "Survey answered with a high score": ["survey answer", 1, 1, 0, 1],
      "Order Completed with coupon": ["discount", 1, 3, 1, 1 / 3],
      "Delivery Due": ["touchpoint", 3, 1, 1 / 3, 1],
      "CSAT Answered": ["touchpoint", 2, 2, 0.5, 0.5],
    });
    for (const { verdict, adjusted, q, sentence } of report.signals) {
      expect({ verdict, adjusted, q }).toEqual({ verdict: "too few", adjusted: null, q: null });
      expect(sentence).toContain("too few to tell");
    }
    expect(await analyzeRepurchaseSignals({ ...context, source: "journeys_on_shards" }, asked)).toEqual(report);
    expect(report.adjustedFor.at(-1)).toBe("no second purchase in the first 30 days (1 customer with one is left out)");
  });

  it("are answered plainly where there is nothing to compare", async () => {
    const nobody = { customers: 0, base: null, signals: [], adjustedFor: [], boughtBefore: 0 };
    expect(await analyzeRepurchaseSignals(await recorded.record([]), {})).toMatchObject({ ...nobody, endOfData: null });
    expect(await analyzeRepurchaseSignals(await recorded.record(WORLD), {})).toMatchObject(nobody);
    const visits = await recorded.record([event("ann", 1, "Home Viewed")]);
    expect(await analyzeRepurchaseSignals(visits, {})).toMatchObject(nobody);
  });
});

/**
 * Regulars look at a product before they order, write to support more often and come back more often; writing itself does
 * nothing. One in three is called, whoever it is, and comes back with 15 points more. Who comes by more often comes back more
 * often too, by 10 points a visit; what is put on a wishlist then does nothing.
 */
function plantWorld(customers: number): RecordedEvent[] {
  const random = openSeededRandom(11);
  const happens = (chance: number) => random() < chance;
  return Array.from({ length: customers }, (_, index) => {
    const [id, first] = [`c${index}`, 10 + Math.floor(random() * 40)];
    const [regular, called] = [happens(0.5), happens(1 / 3)];
    const visits = Array.from({ length: Math.floor(random() * 4) }, (_, nth) => first + 6 + 3 * nth);
    const chance = (regular ? 0.35 : 0.05) + (called ? 0.15 : 0) + 0.1 * visits.length;
    const [writes, returns] = [happens(regular ? 0.5 : 0.15), happens(chance)];
    return [
      ...(regular ? [event(id, first - 5, "Product Viewed")] : []),
      order(id, first, "P1"),
      ...visits.flatMap((day) => [
        event(id, day, "Product Viewed"),
        ...(happens(0.4) ? [event(id, day, "Product Added to Wishlist")] : []),
      ]),
      ...(writes ? [event(id, first + 4, "Ticket Opened")] : []),
      ...(called ? [event(id, first + 2, "Advice Call Received", { channel: "phone" })] : []),
      ...(returns ? [order(id, first + 31 + Math.floor(random() * 60), "P1")] : []),
    ];
  })
    .flat()
    .concat(event("last", 200, "Home Viewed"));
}

describe("a planted world", () => {
  it("a signal that does something survives, one that only regulars show does not", async () => {
    const context = await recorded.record(plantWorld(3000));
    const report = await analyzeRepurchaseSignals(context, { days: 30, withinDays: 60 });
    expect(report.customers).toBe(3000);
    expect(report.adjustedFor).toContain("visits, events and touchpoints before it");
    const call = signalOf(report, "Advice Call Received");
    expect(call).toMatchObject({ kind: "touchpoint", verdict: "survives" });
    expect(call?.adjusted?.low).toBeLessThan(0.15);
    expect(call?.adjusted?.high).toBeGreaterThan(0.15);
    expect(call?.q).toBeLessThan(1e-6);
    // Of those who write .25/.325 are regulars, of the others .25/.675, and regulars come back 30 points more often: 12 points that writing did not make.
    const support = signalOf(report, "Ticket Opened");
    expect(support).toMatchObject({ kind: "support contact", verdict: "does not survive" });
    expect(support?.crude?.low).toBeGreaterThan(0.05);
    expect(support?.crude?.low).toBeLessThan(0.1197);
    expect(support?.crude?.high).toBeGreaterThan(0.1197);
    expect(support?.adjusted?.low).toBeLessThan(0);
    expect(support?.adjusted?.high).toBeGreaterThan(0);
    expect(support?.sentence).toMatch(
      /^Customers who contact support buy again more: \+\d+\.\d points\. Among customers alike before it is .* \(−.* to \+.*\): it does not survive\.$/u,
    );
    const wishlist = signalOf(report, "Product Added to Wishlist");
    expect(wishlist).toMatchObject({ verdict: "does not survive" });
    expect(wishlist?.crude?.low).toBeGreaterThan(0.05);
    // Whoever comes by looks at a product: there is nobody else who came by as often.
    expect(signalOf(report, "Product Viewed")).toMatchObject({ verdict: "too few", reach: 0, adjusted: null });
    // Everybody begins with the one product, over the one channel, and nobody is asked: nothing to compare.
    expect(report.signals).toHaveLength(4);
  });
});
