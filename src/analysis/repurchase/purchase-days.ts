/**
 * On which days a customer bought and what was spent, as SQL aliases over one person's events.
 * What follows from those days is asked elsewhere: patterns in read-patterns.ts, single customers in the customers' analysis.
 */
import type { AnalysisContext } from "../context.ts";
import type { JourneyFrame } from "../journey-frame.ts";
import { bindRoles, dayNumber } from "../kpi-frame.ts";

/** Tuple of an event: order key, 1 for what takes back, 1 without an amount, place in time, milliseconds, amount, currency, 1 for what counts. */
const TAKES_BACK = 2;
const UNPRICED = 3;

/**
 * Tuple of an order from its events, those that take back last: milliseconds of its first event, what is left of its value,
 * 1 while it stands. Amounts have four decimals: less than half of the last is nothing left.
 */
function orderTuple(main: string): string {
  const same = "(event.7 = group[1].7 OR event.7 = '')";
  const returned = `arraySum(arrayMap(event -> multiIf(event.${TAKES_BACK} = 0 OR NOT ${same}, 0., event.${UNPRICED} = 1, inf, abs(event.6)), group))`;
  const left = `(group[1].6 - ${returned})`;
  const gone = `(group[-1].${TAKES_BACK} = 1 AND if(group[1].${UNPRICED} = 1, isInfinite(${left}), ${left} < 0.00005))`;
  return `(arrayMin(arrayMap(event -> if(event.${TAKES_BACK} = 1, toInt64(9000000000000000), event.5), group)),
    if(group[1].7 = ${main}, greatest(${left}, 0.), 0.), NOT ${gone})`;
}

/** Sorted tuples, split where their first element changes. Mapping over a list of one names them once: an alias repeats its whole text. */
function splitByFirst(tuples: string): string {
  return `arrayMap(tuples -> arraySplit((tuple, nth) -> nth = 1, tuples, arrayEnumerateUniq(tuples.1)), [${tuples}])[1]`;
}

/**
 * Aliases over one person's events in a frame of the journey `life`:
 * `purchaseDays`, the distinct days with an order, rising (Array(Int32), days since 1970 in the workspace's zone), and
 * `daySpend`, parallel to it, what those orders brought less what came back for them (Array(Float64), in the workspace's
 * currency, never negative; 0 where no order of the day has an amount in that currency).
 * Several orders of a day are one purchase. Cancellations, refunds and negative amounts are taken off the order of the
 * same object, without an amount all of it; an order of which nothing is left is no purchase, and what names no known
 * order changes nothing. All is as known at the end of the data, also for cut-offs before it.
 * Example: 10 on 2025-03-01, twice 5 on 2025-03-03, one of these cancelled → days 20148, 20150; spend 10, 5.
 */
export function purchaseDayAliases(context: AnalysisContext, frame: JourneyFrame): string[] {
  const orders = bindRoles(context, frame, "order");
  const back = bindRoles(context, frame, "cancellation", "refund");
  const main = frame.bag.bind(context.currency, "String");
  const columns = ["orders", "eventIds", "values", "currencies"].map((column) => frame.kept(`\`${column}\``));
  const takesBack = `(has(${back}, id) OR ifNull(value < 0, 0))`;
  const event = `(if(object != 0, object, event), toUInt8(${takesBack}), toUInt8(isNull(value)), nth, ms,
    toFloat64(ifNull(value, 0)), toString(currency), has(${back}, id) OR has(${orders}, id))`;
  return [
    `arraySort(event -> (event.1, event.${TAKES_BACK}, event.${UNPRICED}, event.4), arrayFilter(event -> event.8,
    arrayMap((id, object, event, value, currency, ms, nth) -> ${event}, ids, ${columns.join(", ")}, at, arrayEnumerate(ids)))) AS orderEvents`,
    `arrayMap(group -> ${orderTuple(main)}, arrayFilter(group -> group[1].${TAKES_BACK} = 0, ${splitByFirst("orderEvents")})) AS netOrders`,
    `arrayMap(order -> (${dayNumber(context, frame, "order.1")}, order.2), arrayFilter(order -> order.3, netOrders)) AS standingOrders`,
    `${splitByFirst("arraySort(order -> order.1, standingOrders)")} AS ordersByDay`,
    "arrayMap(orders -> orders[1].1, ordersByDay) AS purchaseDays",
    "arrayMap(orders -> arraySum(orders.2), ordersByDay) AS daySpend",
  ];
}

/** Conditions on the rows of known customers with an order, be it one that was taken back. */
export function ofOrderers(context: AnalysisContext, frame: JourneyFrame): string[] {
  // Looking at `touchpoints` alone spares the other arrays of everybody who never ordered.
  return ["known = 1", `hasAny(touchpoints, ${bindRoles(context, frame, "order")})`];
}

/** Conditions on the rows of known customers who bought on a day at least; they use `purchaseDays`. */
export function ofPurchasers(context: AnalysisContext, frame: JourneyFrame): string[] {
  return [...ofOrderers(context, frame), "notEmpty(purchaseDays)"];
}
