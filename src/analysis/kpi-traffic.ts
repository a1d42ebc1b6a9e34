/**
 * KPIs of size and of reaching a goal: customers, events, journeys, and the share of journeys with a touchpoint in them.
 * Journeys and events are those of the journey definition in force, customers are persons whatever the definition.
 */
import { findTouchpoint } from "../domain/touchpoint.ts";
import { estimateClusteredShare } from "../stats/clustered.ts";
import { estimateShare } from "../stats/proportion.ts";
import type { AnalysisContext } from "./context.ts";
import type { JourneyFrame } from "./journey-frame.ts";
import { askFrame, BUCKET, bindRoles } from "./kpi-frame.ts";
import { cutRows, type Grouping, type KpiCut, labelAlias } from "./kpi-group.ts";
import { NO_ORDER_ROLE } from "./kpi-orders.ts";
import { countPart, estimateKpi, type KpiPart, missingKpi } from "./kpi-report.ts";

interface CountRow {
  readonly part: string;
  readonly bucket: number;
  readonly counted: number;
}

/** Persons with an event left; with an event of the part. */
export async function measureCustomers(
  context: AnalysisContext,
  people: JourneyFrame,
  grouping: Grouping,
): Promise<KpiCut> {
  const rows = await askFrame<CountRow>(context, people, {
    aliases:
      grouping.kind === "none"
        ? ["0 AS label"]
        : [labelAlias(context, people, grouping), "arrayJoin(arrayDistinct(labels)) AS label"],
    select: ["toString(label) AS part", `${BUCKET} AS bucket`, "count() AS counted"],
    groupBy: ["part", "bucket"],
  });
  return cutRows(rows, (own) => [countPart("customers", "customers", own)]);
}

/**
 * Events by their own label. In an object's journeys an event may stand twice and is still one: it is counted by its id,
 * and what one bucket of owners adds is then not known.
 */
export async function measureEvents(
  context: AnalysisContext,
  frame: JourneyFrame,
  grouping: Grouping,
): Promise<KpiCut> {
  const whole = grouping.kind === "none";
  const ids = frame.kept("eventIds");
  const perPerson = whole ? "sum(length(ids))" : "count()";
  const perObject = whole ? `uniqExactArray(${ids})` : "uniqExact(labelled.2)";
  const joined = frame.person ? "arrayJoin(labels) AS label" : `arrayJoin(arrayZip(labels, ${ids})) AS labelled`;
  const rows = await askFrame<CountRow>(context, frame, {
    aliases: whole ? [] : [labelAlias(context, frame, grouping), joined],
    select: [
      `${whole ? "'0'" : `toString(${frame.person ? "label" : "labelled.1"})`} AS part`,
      `${frame.person ? BUCKET : "toUInt8(0)"} AS bucket`,
      `${frame.person ? perPerson : perObject} AS counted`,
    ],
    groupBy: ["part", "bucket"],
  });
  return cutRows(rows, (own) => [countPart("events", "events", own)]);
}

interface JourneyRow extends CountRow {
  readonly converted: number;
}

function bindTargets(context: AnalysisContext, frame: JourneyFrame, target: string | undefined): string {
  if (target === undefined) return bindRoles(context, frame, "order");
  const found = findTouchpoint(target, context.touchpoints, "the conversion target");
  return frame.bag.bind([found.id], "Array(UInt16)");
}

/** Aliases over a row's journeys: `startLabels`, the label of each one's first event, and `hits`, 1 where it converts. */
function journeyAliases(context: AnalysisContext, frame: JourneyFrame, grouping: Grouping, targets: string): string[] {
  return [
    labelAlias(context, frame, grouping),
    "arrayFilter((label, first) -> first, labels, firsts) AS startLabels",
    `arrayCumSum(arrayMap(id -> toUInt32(has(${targets}, id)), ids)) AS running`,
    `arrayMap(hit -> toUInt8(hit > 0), arrayPopFront(arrayDifference(
    arrayPushFront(arrayFilter((sum, last) -> last, running, lasts), toUInt64(0))))) AS hits`,
  ];
}

/**
 * `journeys` and `conversion`, by the label of each journey's first event.
 * @param target touchpoint to convert to; the order touchpoints by default
 * @throws AppError not-found when there is no such touchpoint
 */
export async function measureConversion(
  context: AnalysisContext,
  frame: JourneyFrame,
  grouping: Grouping,
  target: string | undefined,
): Promise<KpiCut> {
  const rows = await askFrame<JourneyRow>(context, frame, {
    aliases: [
      ...journeyAliases(context, frame, grouping, bindTargets(context, frame, target)),
      "arrayJoin(arrayZip(startLabels, hits)) AS started",
    ],
    select: ["toString(started.1) AS part", `${BUCKET} AS bucket`, "count() AS counted", "sum(started.2) AS converted"],
    groupBy: ["part", "bucket"],
  });
  const hasTarget = target !== undefined || context.touchpoints.some(({ role }) => role === "order");
  return cutRows(rows, (own) => [countPart("journeys", "journeys", own), conversionPart(own, hasTarget, frame.single)]);
}

/** Several visits or cycles of one customer are not independent; lives and cases are one an owner. */
function conversionPart(rows: readonly JourneyRow[], hasTarget: boolean, single: boolean): KpiPart {
  if (!hasTarget) return { kpi: missingKpi("conversion", `${NO_ORDER_ROLE} Or name a target.`) };
  const converted = rows.reduce((sum, row) => sum + row.converted, 0);
  const journeys = rows.reduce((sum, row) => sum + row.counted, 0);
  const buckets = rows.map((row) => ({ numerator: row.converted, denominator: row.counted }));
  const share = single ? estimateShare(converted, journeys) : estimateClusteredShare(buckets);
  return {
    kpi: estimateKpi("conversion", "share of journeys", share, "There is no journey."),
    numerator: converted,
    denominator: journeys,
  };
}
