/**
 * KPIs of ordering: how many orders, who orders again, how soon. An order is a distinct order id of a known customer.
 * What the orders were worth is in kpi-revenue.ts.
 */
import { estimateRatio } from "../stats/clustered.ts";
import { estimateShare } from "../stats/proportion.ts";
import { kaplanMeier, survivalMedian } from "../stats/survival.ts";
import type { AnalysisContext } from "./context.ts";
import type { JourneyFrame } from "./journey-frame.ts";
import { askFrame, BUCKET, bindRoles, dayNumber, hasRole } from "./kpi-frame.ts";
import { countKpi, estimateKpi, type Kpi, missingKpi } from "./kpi-report.ts";

export const ORDER_KPIS = [
  "orders",
  "repeat-purchase-rate",
  "repeat-purchase-rate-90d",
  "repeat-purchase-days-rate",
  "purchase-frequency",
  "time-to-second-order",
] as const;

/** Fixed age of the 90-day form. */
const AGE_DAYS = 90;
export const NO_ORDER_ROLE = "No touchpoint has the role «order»; give it to the one that stands for an order.";

/**
 * Aliases over one person's events: `orderAt` (milliseconds of each order id's first event, rising) and `orderKeys`.
 * An event without an order object is an order of its own, known by its event id.
 */
function orderAliases(context: AnalysisContext, frame: JourneyFrame): string[] {
  const orders = bindRoles(context, frame, "order");
  const keys = `arrayMap((object, event) -> if(object != 0, object, event), ${frame.kept("orders")}, ${frame.kept("eventIds")})`;
  return [
    `arrayMap(id -> has(${orders}, id), ids) AS ordering`,
    `arrayFilter((key, yes) -> yes, ${keys}, ordering) AS orderKeys`,
    "arrayEnumerateUniq(orderKeys) AS sightings",
    "arrayFilter((ms, nth) -> nth = 1, arrayFilter((ms, yes) -> yes, at, ordering), sightings) AS orderAt",
  ];
}

function ofKnownBuyers(context: AnalysisContext, frame: JourneyFrame): string[] {
  // Looking at `touchpoints` alone spares the other arrays of everybody who never ordered.
  return ["known = 1", `hasAny(touchpoints, ${bindRoles(context, frame, "order")})`, "notEmpty(orderKeys)"];
}

/** Distinct order ids over everybody: an id that two customers share is one order. */
async function countOrders(context: AnalysisContext, frame: JourneyFrame): Promise<number> {
  const [row] = await askFrame<{ distinctOrders: number }>(context, frame, {
    aliases: orderAliases(context, frame),
    select: ["uniqExactArray(orderKeys) AS distinctOrders"],
    where: ofKnownBuyers(context, frame),
  });
  return row?.distinctOrders ?? 0;
}

interface BuyerBucket {
  readonly bucket: number;
  readonly buyers: number;
  readonly ordered: number;
  readonly repeaters: number;
  readonly onTwoDays: number;
  readonly observed: number;
  readonly repeatedInTime: number;
}

async function countBuyers(context: AnalysisContext, frame: JourneyFrame, end: number): Promise<BuyerBucket[]> {
  const day = (ms: string) => dayNumber(context, frame, ms);
  const age = frame.bag.bind(AGE_DAYS, "Int32");
  return askFrame<BuyerBucket>(context, frame, {
    aliases: [
      ...orderAliases(context, frame),
      `${day("orderAt[1]")} AS firstDay`,
      `firstDay + ${age} <= ${day(frame.bag.bind(end, "Int64"))} AS isObserved`,
    ],
    select: [
      `${BUCKET} AS bucket`,
      "count() AS buyers",
      "sum(length(orderAt)) AS ordered",
      "countIf(length(orderAt) >= 2) AS repeaters",
      // Days do not fall, so the last differs from the first exactly when there are two.
      `countIf(${day("orderAt[-1]")} > firstDay) AS onTwoDays`,
      "countIf(isObserved) AS observed",
      `countIf(isObserved AND length(orderAt) >= 2 AND ${day("orderAt[2]")} - firstDay <= ${age}) AS repeatedInTime`,
    ],
    where: ofKnownBuyers(context, frame),
    groupBy: ["bucket"],
  });
}

/** Whole days from the first to the second order, or to the end of data for those still without one. */
async function timeToSecondOrder(context: AnalysisContext, frame: JourneyFrame, end: number): Promise<Kpi> {
  const day = (ms: string) => dayNumber(context, frame, ms);
  const rows = await askFrame<{ time: number; events: number; censored: number }>(context, frame, {
    aliases: orderAliases(context, frame),
    select: [
      `if(length(orderAt) >= 2, ${day("orderAt[2]")}, ${day(frame.bag.bind(end, "Int64"))}) - ${day("orderAt[1]")} AS time`,
      "countIf(length(orderAt) >= 2) AS events",
      "countIf(length(orderAt) < 2) AS censored",
    ],
    where: ofKnownBuyers(context, frame),
    groupBy: ["time"],
  });
  const id = "time-to-second-order";
  const events = rows.reduce((sum, row) => sum + row.events, 0);
  const buyers = events + rows.reduce((sum, row) => sum + row.censored, 0);
  const median = survivalMedian(kaplanMeier(rows));
  if (median) return { id, ...median, n: buyers, unit: "days" };
  const message = "Fewer than half of the buyers are expected to order again within the time observed: no median yet.";
  return missingKpi(
    id,
    buyers === 0 ? "No known customer has ordered." : message,
    events,
    Math.max(1, Math.ceil(buyers / 2)),
  );
}

function addUp(buckets: readonly BuyerBucket[], key: Exclude<keyof BuyerBucket, "bucket">): number {
  return buckets.reduce((sum, bucket) => sum + bucket[key], 0);
}

/**
 * The KPIs of ordering over persons' events.
 * @param end end of data, milliseconds since 1970
 */
export async function measureOrders(context: AnalysisContext, frame: JourneyFrame, end: number): Promise<Kpi[]> {
  if (!hasRole(context, "order")) return ORDER_KPIS.map((id) => missingKpi(id, NO_ORDER_ROLE));
  const orders = await countOrders(context, frame);
  const buckets = await countBuyers(context, frame, end);
  const buyers = addUp(buckets, "buyers");
  const share = (id: string, hits: number, n: number, message = "No known customer has ordered.") =>
    estimateKpi(id, "share of customers", estimateShare(hits, n), message);
  return [
    countKpi("orders", "orders", orders),
    share("repeat-purchase-rate", addUp(buckets, "repeaters"), buyers),
    share(
      "repeat-purchase-rate-90d",
      addUp(buckets, "repeatedInTime"),
      addUp(buckets, "observed"),
      `No buyer has been observed for ${AGE_DAYS} days after the first order.`,
    ),
    share("repeat-purchase-days-rate", addUp(buckets, "onTwoDays"), buyers),
    estimateKpi(
      "purchase-frequency",
      "orders per customer",
      estimateRatio(buckets.map(({ ordered, buyers: n }) => ({ numerator: ordered, denominator: n }))),
      "Buyers are needed in at least two of the 100 buckets of customers.",
    ),
    await timeToSecondOrder(context, frame, end),
  ];
}
