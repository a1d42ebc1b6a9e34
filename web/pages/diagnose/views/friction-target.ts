/**
 * Which journeys stand behind a friction: those in which it happened, or, of an incident, happened in its weeks to those it hit.
 */
import type { BehindTarget } from "../../../ui/behind.tsx";
import type { Asked, Friction } from "./pain-report.ts";
import type { IncidentName } from "./pain-search.ts";
import { describeWeeks, describeWhom } from "./pain-words.ts";

/** Within the scope of the page. */
export function frictionTarget(
  { kind, touchpoint, property, bad, name }: Pick<Friction, "kind" | "touchpoint" | "property" | "bad" | "name">,
  { outcome, withinMs }: Pick<Asked, "outcome" | "withinMs">,
  incident?: IncidentName | undefined,
): BehindTarget {
  const whose = incident ? `, ${describeWeeks({ window: incident })}, ${describeWhom(incident)}` : "";
  return {
    title: `Journeys with ${name}${whose}`,
    select: {
      ...{ kind: "friction" as const, friction: kind, touchpoint, outcome, withinMs },
      ...(property === null ? {} : { property }),
      ...(bad === null ? {} : { bad }),
      ...(incident ? { during: { from: incident.from.slice(0, 10), to: incident.to.slice(0, 10) } } : {}),
      ...(incident && incident.segment !== null ? { segment: incident.segment } : {}),
    },
  };
}
