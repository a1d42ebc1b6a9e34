/**
 * Which KPIs there are, by the family that reads them together, and what a part of a cut means for each.
 * What a KPI is, in words and as a formula, is in kpi-definitions.ts.
 */
import { AppError } from "../domain/app-error.ts";
import type { AnalysisContext } from "./context.ts";
import { buildJourneyFrame, type JourneyFrame, type JourneyScope } from "./journey-frame.ts";
import { measureStickiness } from "./kpi-activity.ts";
import { measureDeliveries } from "./kpi-deliveries.ts";
import { measureDuration } from "./kpi-duration.ts";
import type { Grouping, KpiCut } from "./kpi-group.ts";
import { measureOrders, measureRepeats, ORDERING_KPIS, REPEAT_KPIS } from "./kpi-orders.ts";
import { measureRevenue, REVENUE_KPIS } from "./kpi-revenue.ts";
import { measureScores, SCORE_KPIS } from "./kpi-scores.ts";
import { measureSecondOrder } from "./kpi-second-order.ts";
import { measureConversion, measureCustomers, measureEvents } from "./kpi-traffic.ts";

/** Journeys of the definition in force, and persons' events under the same filter. */
export interface KpiFrames {
  readonly frame: JourneyFrame;
  readonly people: JourneyFrame;
}

export interface KpiQuestion extends KpiFrames {
  readonly context: AnalysisContext;
  readonly grouping: Grouping;
  /** End of data, milliseconds since 1970; 0 without any event. */
  readonly end: number;
  /** Touchpoint that counts as converted. */
  readonly target: string | undefined;
}

/** Which moment puts a KPI's units into a part. */
export type Placement = "event" | "day" | "order" | "journey-start" | "first-order";

export interface KpiFamily {
  readonly ids: readonly string[];
  readonly placement: Placement;
  /** Whether it looks at journeys of the definition in force rather than at persons. */
  readonly ofJourneys: boolean;
  readonly measure: (question: KpiQuestion) => Promise<KpiCut>;
}

export const KPI_FAMILIES: readonly KpiFamily[] = [
  {
    ...{ ids: ["customers"], placement: "event", ofJourneys: false },
    measure: ({ context, people, grouping }) => measureCustomers(context, people, grouping),
  },
  {
    ...{ ids: ["events"], placement: "event", ofJourneys: true },
    measure: ({ context, frame, grouping }) => measureEvents(context, frame, grouping),
  },
  {
    ...{ ids: ["journeys", "conversion"], placement: "journey-start", ofJourneys: true },
    measure: ({ context, frame, grouping, target }) => measureConversion(context, frame, grouping, target),
  },
  {
    ...{ ids: ["journey-duration"], placement: "journey-start", ofJourneys: true },
    measure: ({ context, frame, grouping }) => measureDuration(context, frame, grouping),
  },
  {
    ...{ ids: ORDERING_KPIS, placement: "order", ofJourneys: false },
    measure: ({ context, people, grouping }) => measureOrders(context, people, grouping),
  },
  {
    ...{ ids: REPEAT_KPIS, placement: "first-order", ofJourneys: false },
    measure: ({ context, people, grouping, end }) => measureRepeats(context, people, grouping, end),
  },
  {
    ...{ ids: ["time-to-second-order"], placement: "first-order", ofJourneys: false },
    measure: ({ context, people, grouping, end }) => measureSecondOrder(context, people, grouping, end),
  },
  {
    ...{ ids: REVENUE_KPIS, placement: "order", ofJourneys: false },
    measure: ({ context, people, grouping }) => measureRevenue(context, people, grouping),
  },
  {
    ...{ ids: ["stickiness"], placement: "day", ofJourneys: false },
    measure: ({ context, people, grouping }) => measureStickiness(context, people, grouping),
  },
  {
    ...{ ids: ["late-delivery-share"], placement: "event", ofJourneys: false },
    measure: ({ context, people, grouping }) => measureDeliveries(context, people, grouping),
  },
  {
    ...{ ids: SCORE_KPIS, placement: "event", ofJourneys: false },
    measure: ({ context, people, grouping }) => measureScores(context, people, grouping),
  },
];

/** The family of an id, a score's with or without its touchpoint. @throws AppError invalid when there is no such KPI */
export function findFamily(id: string): KpiFamily {
  const kind = id.split(":", 1)[0] ?? "";
  const family = KPI_FAMILIES.find(({ ids }) => ids.includes(kind));
  if (family && (kind === id || family.ids === SCORE_KPIS)) return family;
  const known = KPI_FAMILIES.flatMap(({ ids }) => ids).join(", ");
  throw new AppError("invalid", `There is no KPI «${id}». Known: ${known}.`, { kpi: id });
}

/** @throws AppError not-found (journey), invalid (filter) */
export function buildFrames(context: AnalysisContext, scope: JourneyScope): KpiFrames {
  const frame = buildJourneyFrame(context, scope);
  const people = frame.person ? frame : buildJourneyFrame(context, { ...scope, journey: "life" });
  return { frame, people };
}
