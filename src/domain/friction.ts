/**
 * A friction: a sign in the events that a customer met trouble at a touchpoint, and the words for it.
 * Which frictions a workspace has, and what they cost, is found in analysis/pain; prices of handling are settings.
 */
import { z } from "zod";

export const FRICTION_KINDS = [
  /** Nothing follows and the outcome never comes. */
  "drop-off",
  /** The same touchpoint again, without any later stage in between: a loop, or work done twice. */
  "rework",
  /** The next thing comes later than promised, or than nine in ten of all gaps before the data that are looked at. */
  "wait",
  /** The same matter brings the customer back to support within days. */
  "repeat-contact",
  /** A score at or below what counts as bad on its scale: 2 of 5, 6 of 10, 3 of 7. */
  "bad-score",
  /** An error: a touchpoint that is one, or an event that says it failed. */
  "error-event",
  /** A text speaks of it. */
  "theme",
] as const;
export const frictionKindSchema = z.enum(FRICTION_KINDS);
export type FrictionKind = z.infer<typeof frictionKindSchema>;

/** The setting under which the prices of handling stand. */
export const HANDLING_COSTS_SETTING = "handlingCosts";

/** What one event of a touchpoint costs the company, in the workspace's currency: a contact answered, a ticket taken again. */
export const handlingCostSchema = z.strictObject({
  touchpoint: z.string().min(1).max(1_000),
  amount: z.number().min(0).max(1e9),
});
export type HandlingCost = z.infer<typeof handlingCostSchema>;

/** Frictions whose event itself would not have been needed, so that handling it is a direct cost. */
const HANDLED: ReadonlySet<FrictionKind> = new Set(["rework", "repeat-contact", "error-event"]);

/** Whether each event of this kind costs its handling. */
export function isHandled(kind: FrictionKind): boolean {
  return HANDLED.has(kind);
}

/** The property under which `waymark expectations set` promises how many hours pass at most until the next event. */
export const WAIT_PROPERTY = "wait";
