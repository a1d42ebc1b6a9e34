/**
 * What of Model · Re-purchase stands in the address: the side, how long the hold-out and the forecast are, and each side's choices.
 * From it the questions are made.
 */
import { z } from "zod";
import { LIFECYCLE_STATES, SEGMENTS } from "../../../../src/domain/repurchase-words.ts";
import type { Input } from "../../../api/types.ts";
import type { ScopeInput } from "../../../scope/scope.ts";

export const SIDES = ["forecast", "customers", "cohorts", "products", "signals"] as const;
export type Side = (typeof SIDES)[number];

export const SIDE_NAMES: Readonly<Record<Side, string>> = {
  forecast: "Forecast",
  customers: "Customers",
  cohorts: "Cohorts",
  products: "Products",
  signals: "Early signals",
};

/** As many weeks as a question may ask for. */
const MOST_WEEKS = 261;
const weeks = z.coerce.number().int().min(1).max(MOST_WEEKS).optional().catch(undefined);
const whole = (least: number) => z.coerce.number().int().min(least).max(1_000_000).optional().catch(undefined);
const within = (least: number, most: number, usual: number) =>
  z.coerce.number().int().min(least).max(most).catch(usual);

export const repurchaseSearchSchema = z.object({
  side: z.enum(SIDES).catch("forecast"),
  /** Weeks; absent: a third of the data, at most 39. */
  holdout: weeks,
  /** Weeks; absent: as long as the hold-out. */
  horizon: weeks,
  tracking: z.enum(["cumulative", "weekly"]).catch("cumulative"),
  segment: z.enum(SEGMENTS).optional().catch(undefined),
  state: z.enum(LIFECYCLE_STATES).optional().catch(undefined),
  top: within(1, 100_000, 100),
  /** A cell of the alive map: days since the last order, and orders. */
  sinceFrom: whole(0),
  sinceTo: whole(1),
  ordersFrom: whole(1),
  ordersTo: whole(1),
  cohort: z.enum(["month", "quarter"]).catch("quarter"),
  show: z.enum(["active", "repeated", "orders", "revenue"]).catch("repeated"),
  days: within(1, 180, 30),
  within: within(7, 730, 180),
});
export type RepurchaseSearch = z.output<typeof repurchaseSearchSchema>;

/** What a change of the customers asked for takes away first. */
export const NO_CUSTOMERS = {
  ...{ segment: undefined, state: undefined },
  ...{ sinceFrom: undefined, sinceTo: undefined, ordersFrom: undefined, ordersTo: undefined },
} as const;

/** How the models are tried and how far they look, of any question; nothing where nothing is said. */
export function spanQuestion({ holdout, horizon }: Pick<RepurchaseSearch, "holdout" | "horizon">) {
  return {
    ...(holdout === undefined ? {} : { holdoutDays: holdout * 7 }),
    ...(horizon === undefined ? {} : { horizonDays: horizon * 7 }),
  };
}

/** Customers have whole lives: the scope without its journey. */
export function withoutJourney({ journey: _, ...scope }: ScopeInput): Omit<ScopeInput, "journey"> {
  return scope;
}

export function customersQuestion(scope: ScopeInput, search: RepurchaseSearch): Input<"repurchase-customers"> {
  const { top, segment, state, sinceFrom, sinceTo, ordersFrom, ordersTo } = search;
  const said = Object.entries({ segment, state, sinceFrom, sinceTo, ordersFrom, ordersTo }).filter(
    ([, value]) => value !== undefined,
  );
  return { ...withoutJourney(scope), ...spanQuestion(search), top, ...Object.fromEntries(said) };
}
