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
import { type KpiPart, missingKpi } from "./kpi-report.ts";
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

/** Whether a KPI exists once for every touchpoint with scores. */
export function isScore(id: string): boolean {
  return SCORE_KPIS.some((kind) => kind === id.split(":", 1)[0]);
}

/**
 * A trend or breakdown is of one KPI: a score's has its touchpoint named.
 * @throws AppError invalid (no touchpoint named), not-found (no such touchpoint, or none with such scores)
 */
export function expectKpi(context: AnalysisContext, cut: KpiCut, id: string): void {
  if (!isScore(id)) return;
  const [kind = "", ...rest] = id.split(":");
  const name = rest.join(":");
  const known = cut.of("").map(({ kpi }) => kpi.id);
  if (known.includes(id)) return;
  const same = known.filter((each) => each.startsWith(`${kind}:`)).map((each) => `«${each}»`);
  const hint = same.length > 0 ? `There is ${same.join(", ")}.` : "No touchpoint has such scores here.";
  if (rest.length === 0)
    throw new AppError("invalid", `Name the touchpoint of «${id}», as in «${kind}:TOUCHPOINT». ${hint}`, { kpi: id });
  // A touchpoint whose answers the filter left out has a trend of nothing; a misspelt one must not look like it.
  if (!context.touchpoints.some((touchpoint) => name === touchpoint.name || name.startsWith(`${touchpoint.name} (`)))
    throw new AppError("not-found", `There is no KPI «${id}». ${hint}`, { kpi: id });
}

/** One KPI in one part; missing where no answer of its touchpoint is left. */
export function partOf(cut: KpiCut, part: string, id: string): KpiPart {
  return (
    cut.of(part).find(({ kpi }) => kpi.id === id) ?? { kpi: missingKpi(id, "No answer is left under this filter.") }
  );
}
