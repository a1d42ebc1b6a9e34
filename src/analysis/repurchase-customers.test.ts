import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MBG_NBD } from "../stats/purchase/mbg-nbd.ts";
import { openSeededRandom } from "../stats/seeded-random.ts";
import { dateToDay } from "./calendar-day.ts";
import type { AnalysisContext } from "./context.ts";
import { type RecordedEvent, RecordedEvents } from "./recorded-events.case.ts";
import { type CustomerBasis, type ForecastBasis, readCustomerBasis } from "./repurchase/customer-basis.ts";
import { judgeStates } from "./repurchase/judge-states.ts";
import { sumStates } from "./repurchase/lifecycle.ts";
import { totalValue } from "./repurchase/outlook-value.ts";
import { readCustomer } from "./repurchase/read-customers.ts";
import { readPatterns } from "./repurchase/read-patterns.ts";
import { analyzeRepurchaseCustomer } from "./repurchase-customer.ts";
import { analyzeRepurchaseCustomers } from "./repurchase-customers.ts";
import {
  type RepurchaseCustomersReport,
  type RepurchaseQuery,
  repurchaseCustomerReportSchema,
  repurchaseCustomersReportSchema,
} from "./repurchase-schema.ts";

const DAY_MS = 86_400_000;
const START = Date.parse("2024-01-01T10:00:00Z");
const DAYS = 364;

const order = (customer: string, day: number, value = "30", product = "Coffee"): RecordedEvent => ({
  ...{ customer, at: new Date(START + day * DAY_MS).toISOString(), touchpoint: "Order Completed", value },
  ...{ currency: "EUR", objects: { order: `${customer}-${day}`, product } },
});

/** 450 customers who begin in the first 260 days, buy at a pace of their own and may leave after any purchase. */
function drawBuyers(): RecordedEvent[] {
  const random = openSeededRandom(7);
  return Array.from({ length: 450 }, (_, at) => `c${String(at).padStart(3, "0")}`).flatMap((customer) => {
    const gap = 15 + 80 * random();
    const worth = String(10 + Math.floor(60 * random()));
    const events: RecordedEvent[] = [];
    for (let day = Math.floor(260 * random()); day < DAYS; day += 1 - Math.round(gap * Math.log(1 - random()))) {
      events.push(order(customer, day, worth));
      if (random() < 0.12) break;
    }
    return events;
  });
}

const at = (day: number) => new Date(START + day * DAY_MS).toISOString();
/** Ann came back after 160 days and got a late delivery; two twins ordered alike; a visitor only looked. */
const WORLD = [
  ...drawBuyers(),
  ...[order("ann", 100, "10"), order("ann", 180, "20"), order("ann", 340, "40", "Tea")],
  { customer: "ann", at: at(350), touchpoint: "Delivery Due", properties: { overdue: "true" } },
  ...["twin b", "twin a"].flatMap((twin) => [order(twin, 50), order(twin, 333)]),
  { customer: "looker", at: at(DAYS - 1), touchpoint: "Product Viewed" },
] satisfies RecordedEvent[];

const QUICK: RepurchaseQuery = { models: ["mbg-nbd"], holdoutDays: 91, horizonDays: 91 };

let recorded: RecordedEvents;
let context: AnalysisContext;
let basis: CustomerBasis;
let all: RepurchaseCustomersReport;
beforeAll(async () => {
  recorded = await RecordedEvents.open();
  context = await recorded.record(WORLD);
  // As it is kept between two answers.
  basis = JSON.parse(JSON.stringify(await readCustomerBasis(context, QUICK)));
  all = repurchaseCustomersReportSchema.parse(
    await analyzeRepurchaseCustomers(context, { ...QUICK, top: 1_000 }, basis),
  );
});
afterAll(() => recorded.close());

describe("analyzeRepurchaseCustomers", () => {
  it("ranks everybody who bought by expected orders, equal ones by id", () => {
    expect(all).toMatchObject({ chosen: "mbg-nbd", endOfData: "2024-12-29", total: 453, lack: null });
    expect(all.customers).toHaveLength(453);
    const ranked = all.customers.toSorted(
      (a, b) => b.expectedOrders - a.expectedOrders || (a.customer < b.customer ? -1 : 1),
    );
    expect(all.customers.map(({ customer }) => customer)).toEqual(ranked.map(({ customer }) => customer));
    expect(all.customers.findIndex(({ customer }) => customer === "twin b")).toBe(
      all.customers.findIndex(({ customer }) => customer === "twin a") + 1,
    );
    for (const { low, high, atLeastOne, pAlive } of all.customers) {
      expect(low).toBeLessThanOrEqual(high);
      expect(atLeastOne).toBeLessThanOrEqual(pAlive);
    }
  });

  it("says what is known of one of them", () => {
    const ann = all.customers.find(({ customer }) => customer === "ann");
    expect(ann).toMatchObject({ frequency: 2, recency: 240 / 7, age: 263 / 7, lastOrder: "2024-12-06" });
    expect(ann?.state).toBe("returned");
    expect(ann?.because).toMatch(
      /^Bought 3 times, every 120 days on average, the last time 23 days before the data end: no longer than usual, and MBG\/NBD gives them \d+ % /u,
    );
    // Between the own mean of repeats, 30, and everybody's.
    expect((ann?.expectedValue ?? 0) / (ann?.expectedOrders ?? 1)).toBeCloseTo(33, -1);
  });

  it("adds up to what the states and the outlook say of everybody", async () => {
    const { span, gaps } = basis.forecast as ForecastBasis;
    const { patterns } = await readPatterns(context, {}, { end: span.end, until: span.end });
    const forecast = { ...(basis.forecast as ForecastBasis), model: MBG_NBD, patterns };
    const expected = MBG_NBD.expected(forecast.fit.parameters, patterns, span.horizonDays / 7);
    const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
    const states = sumStates(patterns, await judgeStates(context, {}, span.end, forecast, gaps), expected);
    for (const { state, customers, expected: orders } of states) {
      const own = all.customers.filter((customer) => customer.state === state);
      expect(own).toHaveLength(customers);
      expect(orders).toBeCloseTo(sum(own.map(({ expectedOrders }) => expectedOrders)), 9);
    }
    expect(states.filter(({ customers }) => customers > 5).length).toBeGreaterThan(3);
    const orders = { value: sum(states.map((state) => state.expected)), low: 0, high: 1_000 };
    const value = await totalValue(context, {}, span.end, { patterns }, expected, orders);
    expect(value?.value).toBeCloseTo(sum(all.customers.map(({ expectedValue }) => expectedValue ?? 0)), 6);
  });

  it("reads only the first of those asked for, the same on two shards as on one", async () => {
    const sharded: AnalysisContext = { ...context, source: "journeys_on_shards" };
    const top = { ...QUICK, state: "returned", sinceFrom: 14, top: 4 } as const;
    const returned = await analyzeRepurchaseCustomers(sharded, top);
    const expected = all.customers.filter(
      ({ state, age, recency }) => state === "returned" && Math.round(7 * (age - recency)) >= 14,
    );
    expect(expected.length).toBeGreaterThan(4);
    expect(returned.total).toBe(expected.length);
    expect(returned.customers).toEqual(expected.slice(0, 4));
  });
});

describe("analyzeRepurchaseCustomer", () => {
  it("joins forecast, next step and next products of one customer", async () => {
    const ann = repurchaseCustomerReportSchema.parse(
      await analyzeRepurchaseCustomer(context, { ...QUICK, customer: "ann" }, basis),
    );
    expect(ann.forecast).toEqual(all.customers.find(({ customer }) => customer === "ann"));
    expect(ann.nextStep?.reason).toContain("13 days before the data end «Delivery Due» says overdue = true");
    expect(ann.nextProducts.map(({ product, orders }) => [product, orders])).toEqual([
      ["Coffee", 2],
      ["Tea", 1],
    ]);
  });

  it("knows no strangers, and nothing of who never bought", async () => {
    const stranger = analyzeRepurchaseCustomer(context, { ...QUICK, customer: "nobody" });
    await expect(stranger).rejects.toMatchObject({ code: "not-found" });
    expect(await readCustomer(context, {}, dateToDay("2024-12-29"), "looker")).toBeNull();
  });

  it("says that there is too little to forecast from, and still what is likely bought next", async () => {
    const few = await recorded.record(WORLD.filter(({ customer }) => customer === "ann"));
    const customers = await analyzeRepurchaseCustomers(few, QUICK);
    expect(customers).toMatchObject({ chosen: null, total: 0, customers: [], lack: { n: 1, required: 300 } });
    const ann = await analyzeRepurchaseCustomer(few, { ...QUICK, customer: "ann" });
    expect(ann).toMatchObject({ forecast: null, nextStep: null, lack: { required: 300 } });
    expect(ann.nextProducts[0]).toMatchObject({ product: "Coffee", orders: 2 });
  });
});
