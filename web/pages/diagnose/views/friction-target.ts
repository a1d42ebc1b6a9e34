/**
 * Which journeys stand behind a friction: those in which it happened, or, of an incident, happened in its weeks to those it hit.
 */
import type { BehindTarget } from "../../../ui/behind.tsx";
import { type Asked, type Friction, isClaimed } from "./pain-report.ts";
import { describeWeeks, describeWhom } from "./pain-words.ts";

export function frictionTarget(
  friction: Friction,
  { outcome, withinMs }: Pick<Asked, "outcome" | "withinMs">,
): BehindTarget {
  const { kind, touchpoint, property, bad, name } = friction;
  const incident = isClaimed(friction) && friction.incident ? friction : undefined;
  return {
    title: `Journeys with ${name}${incident ? `, ${describeWeeks(incident)}, ${describeWhom(incident)}` : ""}`,
    select: {
      ...{ kind: "friction" as const, friction: kind, touchpoint, outcome, withinMs },
      ...(property === null ? {} : { property }),
      ...(bad === null ? {} : { bad }),
      ...(incident ? { during: { from: incident.window.from, to: incident.window.to } } : {}),
      ...(incident && incident.segment !== null ? { segment: incident.segment } : {}),
    },
  };
}
