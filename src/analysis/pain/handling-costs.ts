/**
 * What handling one event of a touchpoint costs, by the catalogue's id of the touchpoint, which outlives a rename.
 * Which events have such a cost is said by `isHandled` in domain/friction.ts; prices are set in api/pain-operations.ts.
 */
import type { HandlingCost } from "../../domain/friction.ts";
import type { AnalysisContext } from "../context.ts";

/** A price bound to its touchpoint as that is called now. */
interface BoundCost extends HandlingCost {
  readonly id: number;
}

/** The prices of touchpoints that are still there, in the order they were set. */
export function bindHandlingCosts({
  touchpoints,
  handlingCosts = [],
}: Pick<AnalysisContext, "touchpoints" | "handlingCosts">): BoundCost[] {
  return handlingCosts.flatMap(({ touchpoint: name, amount }) => {
    const found =
      touchpoints.find((touchpoint) => touchpoint.name === name) ??
      touchpoints.find((touchpoint) => touchpoint.rawNames.includes(name));
    return found ? [{ touchpoint: found.name, amount, id: found.id }] : [];
  });
}
