/**
 * Which journeys stand behind a candidate: those with the touch, within what the scope leaves.
 */
import { nameMoment } from "../../../../src/domain/moment-words.ts";
import type { ScopeInput } from "../../../scope/scope.ts";
import type { BehindTarget } from "../../../ui/behind.tsx";
import type { Claim, Rejected } from "./effect-words.ts";

export function customersTarget(
  candidate: Claim | Rejected,
  { journey: _, where, ...period }: ScopeInput,
): BehindTarget {
  const both = where === undefined ? candidate.where : `(${where}) and (${candidate.where})`;
  return {
    title: `Journeys with ${nameMoment(candidate)}`,
    select: { kind: "all" },
    scope: { ...period, where: both },
  };
}
