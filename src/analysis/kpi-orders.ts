/**
 * KPIs of ordering: how many orders, how often, and how many of the buyers order again. An order is a distinct order id of
 * a known customer. How soon they order again is in kpi-second-order.ts, what the orders were worth in kpi-revenue.ts.
 */
import { estimateRatio } from "../stats/clustered.ts";
import { estimateShare } from "../stats/proportion.ts";
import type { AnalysisContext } from "./context.ts";
import type { JourneyFrame } from "./journey-frame.ts";
import { askFrame, BUCKET, bindRoles, dayNumber, hasRole } from "./kpi-frame.ts";
import { cutRows, type Grouping, type KpiCut, labelAlias } from "./kpi-group.ts";
import { countKpi, estimateKpi, type KpiPart, missingKpi } from "./kpi-report.ts";

export const ORDERING_KPIS = ["orders", "purchase-frequency"] as const;
export const REPEAT_KPIS = ["repeat-purchase-rate", "repeat-purchase-rate-90d", "repeat-purchase-days-rate"] as const;

/** Fixed age of the 90-day form. */
export const AGE_DAYS = 90;
export const NO_ORDER_ROLE = "No touchpoint has the role «order»; give it to the one that stands for an order.";

/**
 * Aliases over one person's events, an element an order: `orderAt` (milliseconds of its first event, rising), `orderIds`
 * and `orderLabels` (the part its first event is in). An event without an order object is an order of its own, known by its event id.
 */
export function orderAliases(context: AnalysisContext, frame: JourneyFrame, grouping: Grouping): string[] {
  const orders = bindRoles(context, frame, "order");
  const keys = `arrayMap((object, event) -> if(object != 0, object, event), ${frame.kept("orders")}, ${frame.kept("eventIds")})`;
  const ofOrders = (array: string) => `arrayFilter((element, yes) -> yes, ${array}, ordering)`;
  const firstSightings = (array: string) => `arrayFilter((element, nth) -> nth = 1, ${array}, sightings)`;
  return [
    labelAlias(context, frame, grouping),
    `arrayMap(id -> has(${orders}, id), ids) AS ordering`,
    `${ofOrders(keys)} AS orderKeys`,
    "arrayEnumerateUniq(orderKeys) AS sightings",
    `${firstSightings("orderKeys")} AS orderIds`,
    `${firstSightings(ofOrders("at"))} AS orderAt`,
    `${firstSightings(ofOrders("labels"))} AS orderLabels`,
  ];
}

export function ofKnownBuyers(context: AnalysisContext, frame: JourneyFrame): string[] {
  // Looking at `touchpoints` alone spares the other arrays of everybody who never ordered.
  return ["known = 1", `hasAny(touchpoints, ${bindRoles(context, frame, "order")})`, "notEmpty(orderKeys)"];
}

/** Aliases after those of the orders: `firstDay`, and `isObserved` for 90 days from it, by the end of data (milliseconds). */
function observationAliases(context: AnalysisContext, frame: JourneyFrame, end: number): string[] {
  const age = frame.bag.bind(AGE_DAYS, "Int32");
  return [
    `${dayNumber(context, frame, "orderAt[1]")} AS firstDay`,
    `firstDay + ${age} <= ${dayNumber(context, frame, frame.bag.bind(end, "Int64"))} AS isObserved`,
  ];
}

interface OrderRow {
  readonly part: string;
  readonly bucket: number;
  readonly ordered: number;
  readonly buyers: number;
}

/** Distinct order ids over everybody: an id that two customers share is one order. */
async function countOrders(
  context: AnalysisContext,
  frame: JourneyFrame,
  grouping: Grouping,
): Promise<Map<string, number>> {
  const rows = await askFrame<{ part: string; distinctOrders: number }>(context, frame, {
    aliases: [...orderAliases(context, frame, grouping), "arrayJoin(arrayZip(orderLabels, orderIds)) AS placed"],
    select: ["toString(placed.1) AS part", "uniqExact(placed.2) AS distinctOrders"],
    where: ofKnownBuyers(context, frame),
    groupBy: ["part"],
  });
  return new Map(rows.map(({ part, distinctOrders }) => [part, distinctOrders]));
}

function orderParts(rows: readonly OrderRow[], distinct: number): KpiPart[] {
  const frequency = estimateRatio(rows.map(({ ordered, buyers }) => ({ numerator: ordered, denominator: buyers })));
  const message = "Buyers are needed in at least two of the 100 buckets of customers.";
  return [
    { kpi: countKpi("orders", "orders", distinct), byBucket: new Map(rows.map((row) => [row.bucket, row.ordered])) },
    {
      kpi: estimateKpi("purchase-frequency", "orders per customer", frequency, message),
      numerator: rows.reduce((sum, { ordered }) => sum + ordered, 0),
      denominator: rows.reduce((sum, { buyers }) => sum + buyers, 0),
    },
  ];
}

/** `orders`, and how many a buyer places: both by the label of each order's first event. */
export async function measureOrders(
  context: AnalysisContext,
  frame: JourneyFrame,
  grouping: Grouping,
): Promise<KpiCut> {
  if (!hasRole(context, "order"))
    return cutRows([], () => ORDERING_KPIS.map((id) => ({ kpi: missingKpi(id, NO_ORDER_ROLE) })));
  const distinct = await countOrders(context, frame, grouping);
  const rows = await askFrame<OrderRow>(context, frame, {
    aliases: [...orderAliases(context, frame, grouping), "arrayJoin(orderLabels) AS label"],
    select: ["toString(label) AS part", `${BUCKET} AS bucket`, "count() AS ordered", "uniqExact(owner) AS buyers"],
    where: ofKnownBuyers(context, frame),
    groupBy: ["part", "bucket"],
  });
  return cutRows(rows, (own, part) => orderParts(own, distinct.get(part) ?? 0));
}

interface BuyerRow {
  readonly part: string;
  readonly buyers: number;
  readonly repeaters: number;
  readonly onTwoDays: number;
  readonly observed: number;
  readonly repeatedInTime: number;
}

async function countBuyers(
  context: AnalysisContext,
  frame: JourneyFrame,
  grouping: Grouping,
  end: number,
): Promise<BuyerRow[]> {
  const day = (ms: string) => dayNumber(context, frame, ms);
  const age = frame.bag.bind(AGE_DAYS, "Int32");
  return askFrame<BuyerRow>(context, frame, {
    aliases: [...orderAliases(context, frame, grouping), ...observationAliases(context, frame, end)],
    select: [
      "toString(orderLabels[1]) AS part",
      "count() AS buyers",
      "countIf(length(orderAt) >= 2) AS repeaters",
      // Days do not fall, so the last differs from the first exactly when there are two.
      `countIf(${day("orderAt[-1]")} > firstDay) AS onTwoDays`,
      "countIf(isObserved) AS observed",
      `countIf(isObserved AND length(orderAt) >= 2 AND ${day("orderAt[2]")} - firstDay <= ${age}) AS repeatedInTime`,
    ],
    where: ofKnownBuyers(context, frame),
    groupBy: ["part"],
  });
}

function repeatPart(id: string, hits: number, n: number, message: string): KpiPart {
  return {
    kpi: estimateKpi(id, "share of customers", estimateShare(hits, n), message),
    numerator: hits,
    denominator: n,
  };
}

/**
 * Who orders again, by the label of the first order.
 * @param end end of data, milliseconds since 1970
 */
export async function measureRepeats(
  context: AnalysisContext,
  frame: JourneyFrame,
  grouping: Grouping,
  end: number,
): Promise<KpiCut> {
  if (!hasRole(context, "order"))
    return cutRows([], () => REPEAT_KPIS.map((id) => ({ kpi: missingKpi(id, NO_ORDER_ROLE) })));
  const none = "No known customer has ordered.";
  const young = `No buyer has been observed for ${AGE_DAYS} days after the first order.`;
  return cutRows(await countBuyers(context, frame, grouping, end), ([row]) => [
    repeatPart("repeat-purchase-rate", row?.repeaters ?? 0, row?.buyers ?? 0, none),
    repeatPart("repeat-purchase-rate-90d", row?.repeatedInTime ?? 0, row?.observed ?? 0, young),
    repeatPart("repeat-purchase-days-rate", row?.onTwoDays ?? 0, row?.buyers ?? 0, none),
  ]);
}
