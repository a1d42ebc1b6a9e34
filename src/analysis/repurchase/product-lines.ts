/**
 * Which products a customer bought, when and in which order, as SQL aliases over one person's events.
 * Products are objects of type `product` on the events of orders; what follows from them is in products.ts and next-products.ts.
 */
import type { AnalysisContext } from "../context.ts";
import type { JourneyFrame } from "../journey-frame.ts";
import { bindRoles, dayNumber } from "../kpi-frame.ts";

/** The type of the objects that are products. */
export const PRODUCT = "product";

/** Whether any event names a product: without, nobody's events need be looked at. */
export function hasProducts(context: AnalysisContext): boolean {
  return context.objectTypes.includes(PRODUCT);
}

/**
 * `body` with a name for a value in it. An alias would stand in the query of each shard as often as it is used, and with
 * it all that it is made of.
 */
export const bindOnce = (name: string, value: string, body: string): string =>
  `arrayMap(${name} -> ${body}, [${value}])[1]`;

/** Each product of `lines` (as in `productLines`) once, as an array of its lines: [(bread, 3, a), (bread, 5, b)], [(milk, 5, b)]. */
export const runsOf = (lines: string): string =>
  `arraySplit((line, nth) -> nth = 1, ${lines}, arrayEnumerateUniq(${lines}.1))`;

/**
 * The alias `productLines` over one person's events in a frame of the journey `life`: tuples (product, day, order key) of
 * all orders, by product, then day, each once. Days count since 1970 in the workspace's zone; an order is known by its
 * object `order` or else its event. What comes back later is not taken off: it was wanted when it was bought.
 * @param named only these products; default all
 */
export function productLineAliases(
  context: AnalysisContext,
  frame: JourneyFrame,
  named?: readonly string[],
): readonly string[] {
  const orders = bindRoles(context, frame, "order");
  const chosen = named ? ` AND has(${frame.bag.bind(named, "Array(String)")}, product)` : "";
  const ofOrders = (array: string) => `arrayFilter((element, id) -> has(${orders}, id), ${array}, ids)`;
  const columns = ["objectTypes", "objectIds", "orders", "eventIds"].map((column) => ofOrders(frame.kept(column)));
  const wanted = `arrayFilter((product, kind) -> kind = '${PRODUCT}'${chosen}, things, kinds)`;
  const ofOrder = `arrayMap(product -> (product, ${dayNumber(context, frame, "ms")}, if(object != 0, object, event)), ${wanted})`;
  return [
    `arraySort(arrayDistinct(arrayFlatten(arrayMap((kinds, things, object, event, ms) -> ${ofOrder},
    ${columns.join(", ")}, ${ofOrders("at")})))) AS productLines`,
  ];
}

/** Places in a tuple of `productBuys`. */
export const BUY = { product: 1, repeats: 2, firstDay: 3, lastDay: 4, orders: 5, logGaps: 6 } as const;

/**
 * The same, and `productBuys`: per product a tuple of its name, on how many days after the first it was bought again, its
 * first and last day, the keys of its orders, and Σ ln(days) over the gaps between its days.
 */
export function productBuyAliases(
  context: AnalysisContext,
  frame: JourneyFrame,
  named?: readonly string[],
): readonly string[] {
  const logGaps = "arraySum(arrayMap(gap -> log(gap), arrayPopFront(arrayDifference(days))))";
  const buy = `(run.1[1], toInt32(length(days)) - 1, days[1], days[-1], run.3, ${logGaps})`;
  return [
    ...productLineAliases(context, frame, named),
    `${bindOnce("lines", "productLines", `arrayMap(run -> ${bindOnce("days", "arrayDistinct(run.2)", buy)}, ${runsOf("lines")})`)} AS productBuys`,
  ];
}

/** Conditions on the rows of customers who are known and ordered. */
export function ofKnownBuyers(context: AnalysisContext, frame: JourneyFrame): readonly string[] {
  // Looking at `touchpoints` alone spares the other arrays of everybody who never ordered.
  return ["known = 1", `hasAny(touchpoints, ${bindRoles(context, frame, "order")})`];
}
