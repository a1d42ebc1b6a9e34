/**
 * A friction with everything that was counted and estimated of it, and the rules by which it is claimed and priced.
 * Numbers come from facts.ts, tallies.ts and stats/joint-effects.ts; what they decide is in claims.ts and costs.ts.
 */

import type { UncertainNumber } from "../../stats/friction-cost.ts";
import type { FlagEffect } from "../../stats/joint-effects.ts";
import type { PeriodCount } from "../../stats/share-trend.ts";
import type { RejectedFriction } from "../pain-points-schema.ts";
import type { Friction } from "./friction.ts";

/** The words and the facts of a friction, as answers show them. */
export type FrictionFacts = Pick<
  RejectedFriction,
  | "kind"
  | "touchpoint"
  | "property"
  | "bad"
  | "name"
  | "events"
  | "journeys"
  | "customers"
  | "of"
  | "hoursPerMonth"
  | "wait"
  | "window"
>;

/** Of a flag from stats/joint-effects.ts, of a touch or an exit from stats/stratified-effect.ts. */
export type FrictionEffect = Pick<FlagEffect, "effect" | "error" | "rows" | "high" | "low" | "crude"> &
  Partial<Pick<FlagEffect, "twin">>;

export interface MeasuredFriction {
  readonly friction: Friction;
  readonly facts: FrictionFacts;
  /** Of a flag its bit in the masks of its touchpoint; null of a touch or an exit. */
  readonly bit: number | null;
  /** Change of the outcome's share by the friction; of an exit, of the drop-offs' share by the touchpoint. Undefined where no touch counts. */
  readonly effect: FrictionEffect | undefined;
  /** Distinct customers of the touches with the friction that count. */
  readonly exposed: number;
  /** Frictions a month before the outcome, their window finished or not. */
  readonly perMonth: number;
  /** Touches a month that the effect is of: of an exit all touches of the touchpoint, of all others `perMonth`. */
  readonly touchesPerMonth: number;
  /** Outcomes lost by a unit of the effect: of an exit the outcome's share among touches that went on, of all others 1. */
  readonly lossPerEffect: number;
  /** Of a flag, how much more often nothing follows where it stands; null of all others, and where that is not known. */
  readonly exits: number | null;
  /** Frictions, and touches of the touchpoint, month by month without gaps; of exits only touches whose window is over. */
  readonly months: readonly PeriodCount[];
}

export interface PainRules {
  /** The least change of the outcome's share, and of that of drop-offs, that is worth a claim. */
  readonly least: number;
  readonly leastExit: number;
  /** Of one outcome, with its standard error; null when unknown. */
  readonly worth: UncertainNumber | null;
  readonly months: number;
  /** Whether the outcome is bad when it comes: of `silence`. */
  readonly badOutcome: boolean;
  /** What handling one event costs, by touchpoint. */
  readonly handlingCosts: ReadonlyMap<number, number>;
}

export function isExit({ friction }: Pick<MeasuredFriction, "friction">): boolean {
  return friction.sign.by === "exit";
}

/** Outcomes lost by one touch that the effect is of, with the error: below zero where the friction helps. Null where it is not known. */
export function harmOf(
  measured: MeasuredFriction,
  { badOutcome }: Pick<PainRules, "badOutcome">,
): UncertainNumber | null {
  const { effect = null, error = null } = measured.effect ?? {};
  if (effect === null || error === null) return null;
  const sign = isExit(measured) || badOutcome ? 1 : -1;
  return { value: sign * effect * measured.lossPerEffect, error: error * measured.lossPerEffect };
}
