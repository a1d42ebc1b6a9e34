/**
 * How soon buyers order again: the Kaplan–Meier median of days from the first to the second order.
 * How many do so at all is in kpi-orders.ts.
 */
import { kaplanMeier, survivalMedian } from "../stats/survival.ts";
import type { AnalysisContext } from "./context.ts";
import type { JourneyFrame } from "./journey-frame.ts";
import { askFrame, dayNumber, hasRole } from "./kpi-frame.ts";
import { cutRows, type Grouping, type KpiCut } from "./kpi-group.ts";
import { NO_ORDER_ROLE, ofKnownBuyers, orderAliases } from "./kpi-orders.ts";
import { type KpiPart, missingKpi } from "./kpi-report.ts";

const ID = "time-to-second-order";

interface WaitRow {
  readonly part: string;
  readonly time: number;
  readonly events: number;
  readonly censored: number;
}

function waitPart(rows: readonly WaitRow[]): KpiPart {
  const events = rows.reduce((sum, row) => sum + row.events, 0);
  const buyers = events + rows.reduce((sum, row) => sum + row.censored, 0);
  const sums = { numerator: events, denominator: buyers };
  const median = survivalMedian(kaplanMeier(rows));
  if (median) return { kpi: { id: ID, ...median, n: buyers, unit: "days" }, ...sums };
  const message = "Fewer than half of the buyers are expected to order again within the time observed: no median yet.";
  const required = Math.max(1, Math.ceil(buyers / 2));
  return { kpi: missingKpi(ID, buyers === 0 ? "No known customer has ordered." : message, events, required), ...sums };
}

/**
 * Whole days from the first to the second order, or to the end of data for those still without one; by the label of the first order.
 * @param end end of data, milliseconds since 1970
 */
export async function measureSecondOrder(
  context: AnalysisContext,
  frame: JourneyFrame,
  grouping: Grouping,
  end: number,
): Promise<KpiCut> {
  if (!hasRole(context, "order")) return cutRows([], () => [{ kpi: missingKpi(ID, NO_ORDER_ROLE) }]);
  const day = (ms: string) => dayNumber(context, frame, ms);
  const rows = await askFrame<WaitRow>(context, frame, {
    aliases: orderAliases(context, frame, grouping),
    select: [
      "toString(orderLabels[1]) AS part",
      `if(length(orderAt) >= 2, ${day("orderAt[2]")}, ${day(frame.bag.bind(end, "Int64"))}) - ${day("orderAt[1]")} AS time`,
      "countIf(length(orderAt) >= 2) AS events",
      "countIf(length(orderAt) < 2) AS censored",
    ],
    where: ofKnownBuyers(context, frame),
    groupBy: ["part", "time"],
  });
  return cutRows(rows, (own) => [waitPart(own)]);
}
