/**
 * The KPIs once more, in plain loops over plain events: slow, obvious, and written without a look at the SQL.
 * It is the oracle of the property tests, nothing else.
 */
import type { RecordedEvent } from "./recorded-events.case.ts";

const DAY_MS = 86_400_000;

export interface OracleKpis {
  readonly customers: number;
  readonly events: number;
  readonly orders: number;
  /** Ten-thousandths by currency. */
  readonly revenue: Readonly<Record<string, number>>;
  readonly netRevenue: Readonly<Record<string, number>>;
  readonly repeat: readonly [hits: number, n: number];
  readonly repeat90: readonly [hits: number, n: number];
  readonly repeatByDay: readonly [hits: number, n: number];
  readonly converted: number;
  readonly stickiness: number | null;
}

/** Number of the calendar day of a moment in a zone. */
export function dayIn(zone: string, at: string): number {
  const format = new Intl.DateTimeFormat("en-CA", {
    timeZone: zone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  });
  return Date.parse(`${format.format(new Date(at))}T00:00:00Z`) / DAY_MS;
}

function cents(value: string | undefined): number | undefined {
  return value === undefined ? undefined : Math.round(Number(value) * 10_000);
}

export function sortEvents(events: readonly RecordedEvent[]): RecordedEvent[] {
  return events.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

/** Each customer's events in order of time, ties in order of recording. */
export function groupByCustomer(events: readonly RecordedEvent[]): Map<string, RecordedEvent[]> {
  const groups = new Map<string, RecordedEvent[]>();
  for (const event of sortEvents(events)) {
    const owner = event.customer ?? event.anonymous ?? "";
    groups.set(owner, [...(groups.get(owner) ?? []), event]);
  }
  return groups;
}

interface OracleOrder {
  readonly first: RecordedEvent;
  priced: RecordedEvent | undefined;
}

/** One customer's orders by id, in order of their first event; an event without an order id is its own. */
function ordersOf(events: readonly RecordedEvent[]): OracleOrder[] {
  const orders = new Map<unknown, OracleOrder>();
  for (const event of events.filter(({ touchpoint }) => touchpoint === "Order Completed")) {
    const key = event.objects?.order ?? event;
    const order = orders.get(key) ?? { first: event, priced: undefined };
    if (event.value !== undefined) order.priced ??= event;
    orders.set(key, order);
  }
  return [...orders.values()];
}

function add(sums: Record<string, number>, currency: string, amount: number): void {
  sums[currency] = (sums[currency] ?? 0) + amount;
}

/** What refunds and cancellations take off one customer's orders, by currency. */
function deductionsOf(events: readonly RecordedEvent[], orders: readonly OracleOrder[]): Record<string, number> {
  const sums: Record<string, number> = {};
  const returned = new Map<OracleOrder, number>();
  for (const event of events.filter(({ touchpoint }) => /Refunded|Cancelled/u.test(touchpoint))) {
    const id = event.objects?.order;
    const order = orders.find(({ first, priced }) => id !== undefined && first.objects?.order === id && priced);
    const amount = cents(event.value);
    const currency = event.currency ?? "";
    if (order?.priced && (currency === "" || currency === (order.priced.currency ?? "")))
      returned.set(order, (returned.get(order) ?? 0) + (amount ?? cents(order.priced.value) ?? 0));
    else if (amount !== undefined) add(sums, currency, amount);
  }
  for (const [order, amount] of returned)
    add(sums, order.priced?.currency ?? "", Math.min(amount, cents(order.priced?.value) ?? 0));
  return sums;
}

function stickinessOf(zone: string, events: readonly RecordedEvent[]): number | null {
  const active = events.map((event) => ({ day: dayIn(zone, event.at), owner: event.customer ?? event.anonymous }));
  const days = active.map(({ day }) => day);
  const ratios: number[] = [];
  for (let day = Math.min(...days) + 29; day <= Math.max(...days); day++) {
    const daily = new Set(active.filter((one) => one.day === day).map(({ owner }) => owner));
    const monthly = new Set(active.filter((one) => one.day <= day && one.day > day - 30).map(({ owner }) => owner));
    if (monthly.size > 0) ratios.push(daily.size / monthly.size);
  }
  return ratios.length === 0 ? null : ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length;
}

/**
 * @param events those that a filter leaves
 * @param everything all events, for the end of data
 */
export function measureByHand(
  zone: string,
  events: readonly RecordedEvent[],
  everything: readonly RecordedEvent[],
): OracleKpis {
  const end = Math.max(...everything.map(({ at }) => dayIn(zone, at)));
  const revenue: Record<string, number> = {};
  const netRevenue: Record<string, number> = {};
  const [repeat, repeat90, repeatByDay] = [
    [0, 0] as [number, number],
    [0, 0] as [number, number],
    [0, 0] as [number, number],
  ];
  let [orderCount, converted] = [0, 0];
  for (const own of groupByCustomer(events).values()) {
    const orders = ordersOf(own);
    if (orders.length > 0) converted++;
    if (own[0]?.customer === undefined) continue;
    for (const { priced } of orders) {
      if (priced) add(revenue, priced.currency ?? "", cents(priced.value) ?? 0);
      if (priced) add(netRevenue, priced.currency ?? "", cents(priced.value) ?? 0);
    }
    for (const [currency, amount] of Object.entries(deductionsOf(own, orders))) add(netRevenue, currency, -amount);
    orderCount += orders.length;
    const [first, second] = orders.map((order) => dayIn(zone, order.first.at));
    if (first === undefined) continue;
    repeat[1]++;
    repeatByDay[1]++;
    if (second !== undefined) repeat[0]++;
    if (new Set(orders.map((order) => dayIn(zone, order.first.at))).size > 1) repeatByDay[0]++;
    if (first + 90 > end) continue;
    repeat90[1]++;
    if (second !== undefined && second - first <= 90) repeat90[0]++;
  }
  return {
    customers: groupByCustomer(events).size,
    events: events.length,
    orders: orderCount,
    revenue,
    netRevenue,
    repeat,
    repeat90,
    repeatByDay,
    converted,
    stickiness: stickinessOf(zone, events),
  };
}
