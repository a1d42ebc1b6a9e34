/**
 * A visit under way: its luck, its clock, and how a step of it is recorded.
 * Which steps are taken is for visit.ts (up to the cart) and checkout.ts (from there on).
 */
import { type CustomerState, recordEvent } from "./customer-state.ts";
import type { DemoEvent, EventDetails } from "./demo-event.ts";
import { drawExponential } from "./distributions.ts";
import type { Random } from "./random.ts";

const MEAN_SECONDS_A_STEP = 35;

/** Every decision's luck, drawn before anything happens: a shop without some plant shares it decision by decision. */
export interface VisitLuck {
  readonly add: number;
  readonly checkout: number;
  readonly pay: number;
  readonly chat: number;
  readonly coupon: number;
  readonly deliveryOptions: number;
  readonly loop: number;
  readonly secondLoop: number;
  readonly failure: number;
  readonly giveUp: number;
  readonly wishlist: number;
  readonly promotion: number;
}

/** A visit under way. `time` moves on with every step. */
export interface Visit {
  readonly state: CustomerState;
  readonly id: string;
  readonly channel: string;
  readonly luck: VisitLuck;
  /** Luck of what decides nothing: products, seconds between steps. */
  readonly details: Random;
  /** Nobody is logged in: only the browser is known. */
  readonly isAnonymous: boolean;
  time: number;
}

/** Records the visit's next step, some seconds after the one before. */
export function takeStep(
  visit: Visit,
  touchpoint: string,
  properties: DemoEvent["properties"] = {},
  details: EventDetails & { readonly channel?: string } = {},
): void {
  const { channel = visit.channel, ...rest } = details;
  recordEvent(visit.state, visit.time, touchpoint, channel, {
    anonymous: visit.state.profile.anonymous,
    session: visit.id,
    properties,
    ...(visit.isAnonymous ? { customer: "" } : {}),
    ...rest,
  });
  visit.time += 2000 + Math.floor(drawExponential(visit.details, MEAN_SECONDS_A_STEP) * 1000);
}
