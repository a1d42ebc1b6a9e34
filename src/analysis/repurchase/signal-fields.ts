/**
 * Properties that tell of a late delivery or of a discount, by their names, and how each says yes.
 * In which events they are looked for is in signal-candidates.ts.
 */
import { spellProperty } from "../../domain/moment-condition.ts";
import { readPromiseName } from "../../domain/promise.ts";
import type { Touchpoint } from "../../domain/touchpoint.ts";
import { DAYS_LATE } from "../kpi-deliveries.ts";

/** How a property says that a parcel is late: yes or no, the other way round, days, or the day that was promised. */
export type LatenessForm = "late" | "in time" | "days" | "promised day";

const DELIVERY_NAME = /deliver|parcel|shipment|shipping|package|carrier/iu;
const PROMISED_DAY =
  /^(?:(?:order |delivery )?(?:promised|estimated|expected|due)(?: (?:date|day|at|on|delivery(?: date| day)?))?)$/u;
const DISCOUNT = /(?:^| )(?:discounts?|discounted|coupons?|vouchers?|rebates?|promo(?: code)?|promotion code)(?: |$)/u;

/** A coarse first look for the engine: one of these is in every name that the patterns know. */
export const FIELD_STEMS = [
  ...["overdue", "over due", "over_due", "late", "delay", "breach", "missed", "time", "punctual", "sla", "target"],
  ...["promise", "deadline", "due", "estimated", "expected", "discount", "coupon", "voucher", "rebate", "promo"],
] as const;

/** Whether events of a touchpoint tell of a delivery: by its role or by its name. */
export function isDelivery({ role, name }: Touchpoint): boolean {
  return role === "delivery" || DELIVERY_NAME.test(name);
}

/**
 * What a property at a delivery says of lateness; undefined: nothing.
 * @example "overdue" // "late"; "onTime" // "in time"; "daysLate" // "days"; "promisedDate" // "promised day"
 */
export function readLateness(property: string, { role }: Touchpoint): LatenessForm | undefined {
  if (DAYS_LATE.includes(property)) return "days";
  const promise = readPromiseName(property);
  if (promise !== undefined) return promise === "missed" ? "late" : "in time";
  // The day of another event than the delivery itself says nothing of it.
  return role === "delivery" && PROMISED_DAY.test(spellProperty(property)) ? "promised day" : undefined;
}

/** @example "couponCode", "discount" // true; "accountNumber" // false */
export function tellsDiscount(property: string): boolean {
  return DISCOUNT.test(spellProperty(property));
}

/** Values that say that there was none. */
export const NO_DISCOUNT = ["", "0", "0.0", "0.00", "false", "no", "none", "null", "n"] as const;
