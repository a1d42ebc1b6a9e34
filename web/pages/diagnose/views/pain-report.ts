/**
 * The answers about pain points as the pages take them: the list, one friction in full, and what a price makes of it.
 * It reads, it computes nothing but what adds up on screen.
 */
import type { Answer } from "../../../api/types.ts";

export type PainReport = Answer<"pain-points">;
export type PainPoint = PainReport["painPoints"][number];
export type Rejected = PainReport["rejected"][number];
export type PainDetail = Answer<"pain-point">;
/** What names a friction, of a pain point or of one without a claim. */
export type Friction = PainPoint | Rejected;

/** Everything that pages say of a friction depends on these of its report. */
export type Asked = Pick<PainReport, "outcome" | "withinMs" | "currency" | "months">;

export interface Amount {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** A month's cost in one unit: money where an outcome has a known worth, else outcomes lost. */
export interface MonthlyCost {
  readonly unit: "money" | "outcomes";
  /** What is counted: handling. In outcomes nothing is. */
  readonly fact: number;
  /** What is estimated on top. */
  readonly estimate: Amount;
}

type Costly = Pick<PainPoint, "directCost" | "valueAtRisk" | "outcomesAtRisk">;

/** Undefined where it is not known: of an incident whose friction has no claimed effect. */
export function monthlyCost({ directCost, valueAtRisk, outcomesAtRisk }: Costly): MonthlyCost | undefined {
  const inMoney = valueAtRisk.value !== null;
  const { value, low, high } = inMoney ? valueAtRisk : outcomesAtRisk;
  if (value === null || low === null || high === null) return undefined;
  return {
    unit: inMoney ? "money" : "outcomes",
    fact: inMoney ? (directCost ?? 0) : 0,
    estimate: { value, low, high },
  };
}

/** Fact and estimate together; what is not known adds nothing. */
export function wholeCost(cost: MonthlyCost | undefined): number {
  return cost === undefined ? 0 : cost.fact + cost.estimate.value;
}

/** The pain point or the rejected friction of a detail; undefined in an answer without either. */
export function frictionOf({ painPoint, rejected }: Pick<PainDetail, "painPoint" | "rejected">): Friction | undefined {
  return painPoint ?? rejected ?? undefined;
}

export function isClaimed(friction: Friction): friction is PainPoint {
  return !("reason" in friction);
}

/** One word for what stands in for a friction in keys; an incident also by whom and when. */
export function frictionKey(friction: Friction): string {
  const { kind, touchpoint, property, bad } = friction;
  const own = isClaimed(friction) && friction.incident ? [friction.segment, friction.window.from] : [];
  return JSON.stringify([kind, touchpoint, property, bad, ...own]);
}

/** What names an incident; undefined of a friction as a whole. */
export function incidentName(friction: Friction) {
  if (!isClaimed(friction) || !friction.incident) return undefined;
  const { segment, window } = friction;
  return { segment, from: window.from, to: window.to };
}
