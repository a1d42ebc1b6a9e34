/**
 * Late deliveries: the share of deliveries that came after the promised day, where the events say so.
 * When a delivery is late is decided by the mapping that wrote the property, not here.
 */
import { estimateClusteredShare } from "../stats/clustered.ts";
import type { AnalysisContext } from "./context.ts";
import type { JourneyFrame } from "./journey-frame.ts";
import { askFrame, BUCKET, bindRoles, hasRole } from "./kpi-frame.ts";
import { estimateKpi, type Kpi, missingKpi } from "./kpi-report.ts";

/** Properties that hold days late (above 0 is late), then those that hold yes or no. */
const DAYS_LATE = ["daysLate", "days_late", "days late", "lateDays", "late_days"];
const IS_LATE = ["late", "isLate", "is_late"];

/** The first of some properties that is filled, else ''. */
function firstFilled(names: readonly string[]): string {
  return `arrayFirst(text -> text != '', [${names.map((name) => `property['${name}']`).join(", ")}])`;
}

/** Share of deliveries with a lateness property that were late; insufficient where no delivery has one. */
export async function measureDeliveries(context: AnalysisContext, frame: JourneyFrame): Promise<Kpi> {
  const id = "late-delivery-share";
  if (!hasRole(context, "delivery")) return missingKpi(id, "No touchpoint has the role «delivery».");
  const deliveries = bindRoles(context, frame, "delivery");
  const rows = await askFrame<{ bucket: number; numerator: number; denominator: number }>(context, frame, {
    aliases: [
      `arrayFilter((property, id) -> has(${deliveries}, id), ${frame.kept("properties")}, ids) AS delivered`,
      "arrayJoin(delivered) AS property",
      `toFloat64OrNull(${firstFilled(DAYS_LATE)}) AS daysLate`,
      `lower(${firstFilled(IS_LATE)}) AS isLate`,
    ],
    select: [
      `${BUCKET} AS bucket`,
      "countIf(if(isNotNull(daysLate), daysLate > 0, isLate IN ('1', 'true', 'yes', 'y', 't'))) AS numerator",
      "countIf(isNotNull(daysLate) OR isLate != '') AS denominator",
    ],
    where: [`hasAny(touchpoints, ${deliveries})`],
    groupBy: ["bucket"],
  });
  const message = "No delivery carries the property daysLate or late.";
  return estimateKpi(id, "share of deliveries", estimateClusteredShare(rows), message);
}
