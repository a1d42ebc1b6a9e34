/**
 * KPIs of size and of reaching a goal: customers, events, journeys, and the share of journeys with a touchpoint in them.
 * Journeys and events are those of the journey definition in force, customers are persons whatever the definition.
 */
import { findTouchpoint } from "../domain/touchpoint.ts";
import { estimateShare } from "../stats/proportion.ts";
import type { AnalysisContext } from "./context.ts";
import type { JourneyFrame } from "./journey-frame.ts";
import { askFrame, bindRoles } from "./kpi-frame.ts";
import { NO_ORDER_ROLE } from "./kpi-orders.ts";
import { countKpi, estimateKpi, type Kpi, missingKpi } from "./kpi-report.ts";

export const TRAFFIC_KPIS = ["customers", "events", "journeys", "conversion"] as const;

/** Persons with an event left. */
export async function countCustomers(context: AnalysisContext, people: JourneyFrame): Promise<number> {
  const [row] = await askFrame<{ persons: number }>(context, people, { select: ["count() AS persons"] });
  return row?.persons ?? 0;
}

interface TrafficRow {
  readonly eventCount: number;
  readonly journeyCount: number;
  readonly converted: number;
}

async function countTraffic(context: AnalysisContext, frame: JourneyFrame, targets: string): Promise<TrafficRow> {
  const hits = frame.single
    ? `toUInt64(hasAny(ids, ${targets}))`
    : `arrayUniq(arrayFilter((number, id) -> has(${targets}, id), numbers, ids))`;
  const [row] = await askFrame<TrafficRow>(context, frame, {
    select: [
      // An event with two objects of a type stands in both journeys and is still one event.
      frame.person ? "sum(length(ids)) AS eventCount" : `uniqExactArray(${frame.kept("eventIds")}) AS eventCount`,
      "sum(remaining) AS journeyCount",
      `sum(${hits}) AS converted`,
    ],
  });
  return row ?? { eventCount: 0, journeyCount: 0, converted: 0 };
}

function bindTargets(context: AnalysisContext, frame: JourneyFrame, target: string | undefined): string {
  if (target === undefined) return bindRoles(context, frame, "order");
  const found = findTouchpoint(target, context.touchpoints, "the conversion target");
  return frame.bag.bind([found.id], "Array(UInt16)");
}

/**
 * @param frame journeys of the definition in force
 * @param customers persons, counted by countCustomers
 * @param target touchpoint to convert to; the order touchpoints by default
 * @throws AppError not-found when there is no such touchpoint
 */
export async function measureTraffic(
  context: AnalysisContext,
  frame: JourneyFrame,
  customers: number,
  target: string | undefined,
): Promise<Kpi[]> {
  const row = await countTraffic(context, frame, bindTargets(context, frame, target));
  const { eventCount, journeyCount, converted } = row;
  const hasTarget = target !== undefined || context.touchpoints.some(({ role }) => role === "order");
  return [
    countKpi("customers", "customers", customers),
    countKpi("events", "events", eventCount),
    countKpi("journeys", "journeys", journeyCount),
    hasTarget
      ? estimateKpi("conversion", "share of journeys", estimateShare(converted, journeyCount), "There is no journey.")
      : missingKpi("conversion", `${NO_ORDER_ROLE} Or name a target.`),
  ];
}
