/**
 * What claimed frictions cost a month, so that no outcome is counted twice, and the order of what is to be fixed first.
 * Which frictions are claimed is decided in claims.ts; the formulas are in stats/friction-cost.ts.
 */
import { isHandled } from "../../domain/friction.ts";
import {
  type CostAmount,
  type MaskRows,
  priceHarm,
  shareTouches,
  type UncertainNumber,
} from "../../stats/friction-cost.ts";
import type { PainPoint } from "../pain-points-schema.ts";
import { harmOf, isExit, type MeasuredFriction, type PainRules } from "./measured-friction.ts";

/** Touches before the outcome, finished or not, of each touchpoint by the flags they carry. */
export type MasksByTouch = ReadonlyMap<number, readonly MaskRows[]>;

interface Loss {
  readonly measured: MeasuredFriction;
  /** Outcomes lost by one touch; above zero. */
  readonly harm: number;
}

/** The flags of one touchpoint share their touches; a month. */
function allocateFlags(
  flags: readonly MeasuredFriction[],
  claimed: ReadonlySet<MeasuredFriction>,
  masks: readonly MaskRows[],
  rules: PainRules,
): Map<MeasuredFriction, number> {
  const harms = flags.map((measured) => ({
    ...{ bit: measured.bit ?? 0, harm: harmOf(measured, rules)?.value ?? 0, claimed: claimed.has(measured) },
  }));
  const touches = shareTouches(masks, harms);
  return new Map(flags.map((measured, place) => [measured, (touches[place] ?? 0) / rules.months]));
}

/** The touches of a friction whose loss is partly counted elsewhere: as many as the rest of it needs. */
function restOf({ measured: { touchesPerMonth }, harm }: Loss, counted: number): number {
  return harm <= 0 ? 0 : Math.max(0, touchesPerMonth - counted / harm);
}

/** Outcomes that leave with the drop-offs which claimed flags make: those are in the costs of the flags already. */
function lostByExits(flags: ReadonlyMap<MeasuredFriction, number>, kept: number, rules: PainRules): number {
  return [...flags].reduce((sum, [measured, touches]) => {
    const harm = harmOf(measured, rules)?.value ?? 0;
    return sum + touches * Math.min(harm, measured.exits === null ? harm : Math.max(0, measured.exits) * kept);
  }, 0);
}

/** One touchpoint: its flags first, then the touch as such, then what drop-offs are left. */
function allocateTouchpoint(
  here: readonly MeasuredFriction[],
  claimed: ReadonlySet<MeasuredFriction>,
  masks: readonly MaskRows[],
  rules: PainRules,
): Map<MeasuredFriction, number> {
  const ofFlags = allocateFlags(
    here.filter(({ bit }) => bit !== null),
    claimed,
    masks,
    rules,
  );
  const lossOf = (measured: MeasuredFriction) => ({ measured, harm: harmOf(measured, rules)?.value ?? 0 });
  const byFlags = [...ofFlags].reduce((sum, [flag, touches]) => sum + touches * Math.max(0, lossOf(flag).harm), 0);
  const others = here.filter((one) => one.bit === null && claimed.has(one));
  const [presence, exit] = [others.find((one) => !isExit(one)), others.find(isExit)];
  const ofPresence = presence ? restOf(lossOf(presence), byFlags) : 0;
  const byPresence = presence ? ofPresence * lossOf(presence).harm : 0;
  return new Map([
    ...ofFlags,
    ...(presence ? [[presence, ofPresence] as const] : []),
    ...(exit
      ? [[exit, restOf(lossOf(exit), byPresence + lostByExits(ofFlags, exit.lossPerEffect, rules))] as const]
      : []),
  ]);
}

/**
 * The touches a month that each claimed friction answers for: all of its own where nothing else at the touchpoint is claimed,
 * else fewer, so that the costs of a touchpoint together are those of the union of its frictions. What a flag loses by making
 * customers leave is its own loss, not the drop-off's; what an error loses is lost once, whether or not they leave.
 */
export function allocateTouches(
  all: readonly MeasuredFriction[],
  claimed: readonly MeasuredFriction[],
  masks: MasksByTouch,
  rules: PainRules,
): Map<MeasuredFriction, number> {
  const chosen = new Set(claimed);
  const touches = [...new Set(claimed.map(({ friction }) => friction.touch))];
  const allocated = touches.flatMap((touch) => {
    const here = all.filter(({ friction }) => friction.touch === touch);
    return [...allocateTouchpoint(here, chosen, masks.get(touch) ?? [], rules)];
  });
  return new Map(allocated.filter(([measured]) => chosen.has(measured)));
}

/** The direct cost of a friction a month: what handling its events costs; null where its kind has none, or no price is set. */
export function directCostOf(
  { friction, facts }: MeasuredFriction,
  { handlingCosts, months }: PainRules,
): number | null {
  const price = isHandled(friction.kind) ? handlingCosts.get(friction.touch) : undefined;
  return price === undefined ? null : (facts.events / months) * price;
}

export interface Price {
  readonly outcomesAtRisk: CostAmount;
  readonly valueAtRisk: PainPoint["valueAtRisk"];
}

/** @param harm outcomes lost by one touch */
export function priceTouches(touches: number, harm: UncertainNumber, worth: UncertainNumber | null): Price {
  return {
    outcomesAtRisk: priceHarm(touches, harm, { value: 1, error: 0 }),
    valueAtRisk: worth === null ? { value: null, low: null, high: null } : priceHarm(touches, harm, worth),
  };
}

/**
 * What is to be fixed first: by the lower end of what it costs a month, money where an outcome has a known worth, else
 * outcomes; what is as sure to cost as much, by the estimate. Last comes what costs nobody knows how much.
 */
export function rankPainPoints(painPoints: readonly PainPoint[]): PainPoint[] {
  const priced = painPoints.some(({ valueAtRisk }) => valueAtRisk.value !== null);
  const isKnown = ({ outcomesAtRisk }: PainPoint) => Number(outcomesAtRisk.value !== null);
  const keyOf = ({ directCost, valueAtRisk, outcomesAtRisk }: PainPoint, end: "low" | "value") =>
    priced ? (directCost ?? 0) + (valueAtRisk[end] ?? 0) : (outcomesAtRisk[end] ?? 0);
  return painPoints.toSorted(
    (a, b) =>
      isKnown(b) - isKnown(a) ||
      keyOf(b, "low") - keyOf(a, "low") ||
      keyOf(b, "value") - keyOf(a, "value") ||
      b.perMonth - a.perMonth ||
      (a.name < b.name ? -1 : 1),
  );
}
