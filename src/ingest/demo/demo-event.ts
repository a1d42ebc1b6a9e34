/**
 * The event as the simulator makes it, and how a list of them is built in time order.
 * How it is written to a file is for write-demo-files.ts.
 */

/** What the demo's export has as property columns, in this order. */
export const PROPERTY_NAMES = [
  "source",
  "query",
  "category",
  "product",
  "price",
  "quantity",
  "step",
  "attempt",
  "checkout",
  "promotion",
  "coupon",
  "reason",
  "overdue",
  "daysLate",
  "topic",
  "hoursWaited",
  "about",
  "comment",
  "subject",
] as const;
/** An order's products stand in as many columns. */
export const MOST_PRODUCTS = 3;
type PropertyName = (typeof PROPERTY_NAMES)[number];

export interface DemoEvent {
  /** Milliseconds since 1970, UTC. */
  readonly time: number;
  /** Empty before the customer has signed up. */
  readonly customer: string;
  /** The browser's id; empty where no browser is involved. */
  readonly anonymous: string;
  readonly touchpoint: string;
  readonly channel: string;
  /** EUR, two decimals. */
  readonly value?: number;
  readonly score?: number;
  readonly scale?: string;
  readonly order?: string;
  readonly session?: string;
  readonly ticket?: string;
  /** What an order is about, by name; at most `MOST_PRODUCTS`. */
  readonly products?: readonly string[];
  readonly properties?: Readonly<Partial<Record<PropertyName, string | number | boolean>>>;
}

/** Everything of an event but its time, touchpoint and channel. */
export type EventDetails = Partial<Omit<DemoEvent, "time" | "touchpoint" | "channel">>;

/** Money with two decimals. */
export function roundCents(amount: number): number {
  return Math.round(amount * 100) / 100;
}
