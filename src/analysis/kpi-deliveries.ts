/**
 * Late deliveries: the share of deliveries that came after the promised day, where the events say so.
 * When a delivery is late is decided by the mapping that wrote the property, not here.
 */
import { estimateClusteredShare } from "../stats/clustered.ts";
import type { AnalysisContext } from "./context.ts";
import type { JourneyFrame } from "./journey-frame.ts";
import { askFrame, BUCKET, bindRoles, hasRole } from "./kpi-frame.ts";
import { cutRows, type Grouping, type KpiCut, labelAlias } from "./kpi-group.ts";
import { estimateKpi, missingKpi } from "./kpi-report.ts";

const ID = "late-delivery-share";

/** Properties that hold days late (above 0 is late), then those that hold yes or no. */
export const DAYS_LATE = ["daysLate", "days_late", "days late", "lateDays", "late_days"];
export const IS_LATE = ["late", "isLate", "is_late"];

/** The first of some properties that is filled, else ''. */
function firstFilled(names: readonly string[]): string {
  return `arrayFirst(text -> text != '', [${names.map((name) => `property['${name}']`).join(", ")}])`;
}

const DAYS = `toFloat64OrNull(${firstFilled(DAYS_LATE)})`;
const WORD = `lower(${firstFilled(IS_LATE)})`;

/** Whether a delivery's `property` map says if it was late. */
const SAYS_LATENESS = `(isNotNull(${DAYS}) OR ${WORD} != '')`;

/** Alias `delivered`: the property maps of the deliveries among the events that stay. */
function deliveryAlias(context: AnalysisContext, frame: JourneyFrame): string {
  const deliveries = bindRoles(context, frame, "delivery");
  return `arrayFilter((property, id) -> has(${deliveries}, id), ${frame.kept("properties")}, ids) AS delivered`;
}

interface DeliveryRow {
  readonly part: string;
  readonly bucket: number;
  readonly numerator: number;
  readonly denominator: number;
}

async function readDeliveries(
  context: AnalysisContext,
  frame: JourneyFrame,
  grouping: Grouping,
): Promise<DeliveryRow[]> {
  const deliveries = bindRoles(context, frame, "delivery");
  return askFrame<DeliveryRow>(context, frame, {
    aliases: [
      labelAlias(context, frame, grouping),
      deliveryAlias(context, frame),
      `arrayJoin(arrayZip(delivered, arrayFilter((label, id) -> has(${deliveries}, id), labels, ids))) AS delivery`,
      "delivery.1 AS property",
      `${DAYS} AS daysLate`,
    ],
    select: [
      "toString(delivery.2) AS part",
      `${BUCKET} AS bucket`,
      `countIf(if(isNotNull(daysLate), daysLate > 0, ${WORD} IN ('1', 'true', 'yes', 'y', 't'))) AS numerator`,
      `countIf(${SAYS_LATENESS}) AS denominator`,
    ],
    where: [`hasAny(touchpoints, ${deliveries})`],
    groupBy: ["part", "bucket"],
  });
}

/** Share of deliveries with a lateness property that were late; insufficient where no delivery has one. */
export async function measureDeliveries(
  context: AnalysisContext,
  frame: JourneyFrame,
  grouping: Grouping,
): Promise<KpiCut> {
  if (!hasRole(context, "delivery"))
    return cutRows([], () => [{ kpi: missingKpi(ID, "No touchpoint has the role «delivery».") }]);
  const message = "No delivery carries the property daysLate or late.";
  return cutRows(await readDeliveries(context, frame, grouping), (rows) => [
    {
      kpi: estimateKpi(ID, "share of deliveries", estimateClusteredShare(rows), message),
      numerator: rows.reduce((sum, row) => sum + row.numerator, 0),
      denominator: rows.reduce((sum, row) => sum + row.denominator, 0),
    },
  ]);
}
