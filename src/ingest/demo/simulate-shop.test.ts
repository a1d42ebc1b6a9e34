import { describe, expect, it } from "vitest";
import { AppError } from "../../domain/app-error.ts";
import { DAY } from "./calendar.ts";
import type { DemoEvent } from "./demo-event.ts";
import { plantedTruth } from "./planted.ts";
import { LASTS_DAYS } from "./product-names.ts";
import { type CustomerYear, DEMO_SHOP, type ShopOptions, simulateShop } from "./simulate-shop.ts";

const SMALL: ShopOptions = { ...DEMO_SHOP, customers: 200 };
const whole = [...simulateShop(DEMO_SHOP)];
const start = Date.parse("2024-12-31T23:00:00Z");
const end = Date.parse("2025-12-31T23:00:00Z");

function purchaseDays(year: CustomerYear): number[] {
  const orders = year.events.filter((event) => event.touchpoint === "Order Completed");
  return [...new Set(orders.map((event) => Math.floor((event.time - start) / DAY)))];
}

describe("the demo shop", () => {
  it("has its size: 5,000 customers, 250,000 to 400,000 events, within the year and in time order", () => {
    expect(whole).toHaveLength(5000);
    expect(whole.every((year) => year.events.some(({ customer }) => customer === year.customer))).toBe(true);
    const events = whole.reduce((sum, year) => sum + year.events.length, 0);
    expect(events).toBeGreaterThan(250_000);
    expect(events).toBeLessThan(400_000);
    const isOrdered = ({ events: all }: CustomerYear) =>
      all.every((event, at) => at === 0 || (all[at - 1]?.time ?? 0) <= event.time);
    expect(whole.every(isOrdered)).toBe(true);
    expect(whole.every((year) => year.events.every(({ time }) => time >= start && time < end))).toBe(true);
  });

  it("gives re-purchase models enough: second purchase days before and after the calibration's end", () => {
    const calibrationDays = 365 - 39 * 7;
    let [calibration, holdOut] = [0, 0];
    for (const year of whole) {
      const days = purchaseDays(year);
      const before = days.filter((day) => day < calibrationDays).length;
      if (before >= 2) calibration += 1;
      if (before >= 1 && days.length > before) holdOut += 1;
    }
    expect(calibration).toBeGreaterThanOrEqual(300);
    expect(holdOut).toBeGreaterThanOrEqual(100);
  });

  it("repeats itself exactly, and gives a customer the same year whatever number of others there are", () => {
    expect([...simulateShop(SMALL)]).toEqual(whole.slice(0, 200));
    expect([...simulateShop({ ...SMALL, seed: 2 })]).not.toEqual(whole.slice(0, 200));
  });

  it("switches plants on by date and group: none before, none elsewhere", () => {
    for (const id of ["live-chat", "advice-call", "promotion-banner"] as const) {
      const { touchpoint, group, since } = plantedTruth[id];
      const hits = whole.flatMap((year) =>
        year.events.filter((event) => event.touchpoint === touchpoint).map((event) => ({ event, traits: year.traits })),
      );
      expect(hits.length).toBeGreaterThanOrEqual(200);
      expect(group).not.toBeNull();
      for (const { event, traits } of hits) {
        expect(group?.values).toContain(group === null ? "" : traits[group.trait]);
        expect(event.time).toBeGreaterThanOrEqual(Date.parse(`${since}T00:00:00+02:00`));
      }
    }
  });

  it("keeps every visit a funnel: no order without cart, checkout, payment, and one order at most", () => {
    const steps = ["Product Added", "Cart Viewed", "Checkout Started", "Payment Info Entered", "Payment Approved"];
    const visits = new Map<string, DemoEvent[]>();
    for (const event of whole.flatMap((year) => year.events))
      if (event.session !== undefined) visits.set(event.session, [...(visits.get(event.session) ?? []), event]);
    for (const events of visits.values()) {
      const names = events.map((event) => event.touchpoint);
      const orders = names.filter((name) => name === "Order Completed").length;
      expect(orders).toBeLessThanOrEqual(1);
      if (orders === 1) expect(steps.every((step) => names.indexOf(step) >= 0)).toBe(true);
    }
  });

  it("has people who look around unknown before they sign up, and nobody unknown after", () => {
    const unknown = whole.filter((year) => year.events.some((event) => event.customer === ""));
    expect(unknown.length).toBeGreaterThan(500);
    for (const year of unknown) {
      const signedUp = year.events.findIndex((event) => event.touchpoint === "Signed Up");
      expect(year.events.slice(signedUp).every((event) => event.customer !== "")).toBe(true);
    }
  });

  it("shows satisfaction in the scores: late parcels are rated worse, and nobody rates off the scale", () => {
    const events = whole.flatMap((year) => year.events);
    const late = new Set(events.filter(({ properties }) => properties?.overdue === true).map(({ order }) => order));
    const ratings = events.filter(
      (event) => event.touchpoint === "CSAT Answered" && event.properties?.about === "delivery",
    );
    const mean = (some: DemoEvent[]) => some.reduce((sum, { score = 0 }) => sum + score, 0) / some.length;
    const [bad, good] = [
      ratings.filter(({ order }) => late.has(order)),
      ratings.filter(({ order }) => !late.has(order)),
    ];
    expect(bad.length).toBeGreaterThan(50);
    expect(mean(good) - mean(bad)).toBeGreaterThan(0.8);
    expect(ratings.every(({ score = 0 }) => Number.isInteger(score) && score >= 1 && score <= 5)).toBe(true);
    const nps = events.filter((event) => event.touchpoint === "NPS Answered");
    expect(nps.every(({ score = -1 }) => score >= 0 && score <= 10)).toBe(true);
  });

  it("names up to three products of every order, and those that are used up come again after their time", () => {
    const gaps = new Map(Object.keys(LASTS_DAYS).map((product) => [product, [] as number[]]));
    const isNamed = ({ touchpoint, products = [] }: DemoEvent) =>
      touchpoint === "Order Completed"
        ? products.length > 0 && products.length <= 3 && new Set(products).size === products.length
        : products.length === 0;
    expect(whole.every(({ events }) => events.every(isNamed))).toBe(true);
    for (const { events } of whole) {
      const last = new Map<string, number>();
      for (const { time, products = [] } of events)
        for (const product of products) {
          gaps.get(product)?.push((time - (last.get(product) ?? Number.NaN)) / DAY);
          last.set(product, time);
        }
    }
    for (const [product, median] of Object.entries(LASTS_DAYS)) {
      const again = (gaps.get(product) ?? []).filter((gap) => !Number.isNaN(gap));
      expect(again.length).toBeGreaterThan(75);
      // A pack lasts one in 400 customers less than half as long as the median.
      expect(again.filter((gap) => gap < median / 2).length / again.length).toBeLessThan(0.02);
      expect(again.toSorted((a, b) => a - b)[again.length >> 1] ?? 0).toBeGreaterThan(median);
    }
  });

  it("refuses dates that are no span", () => {
    expect(() => [...simulateShop({ ...SMALL, to: "2024-12-31" })]).toThrow(AppError);
    expect(() => [...simulateShop({ ...SMALL, from: "soon" })]).toThrow(AppError);
  });
});
