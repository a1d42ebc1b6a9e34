/**
 * KPIs of money: what the orders of known customers were worth, before and after refunds and cancellations.
 * Amounts are summed as decimals and never converted: each currency stands for itself.
 */
import type { AnalysisContext } from "./context.ts";
import type { JourneyFrame } from "./journey-frame.ts";
import { askFrame, bindRoles, hasRole } from "./kpi-frame.ts";
import { NO_ORDER_ROLE } from "./kpi-orders.ts";
import { type Kpi, missingKpi } from "./kpi-report.ts";

export const REVENUE_KPIS = ["revenue", "net-revenue"] as const;

interface MoneyRow {
  readonly money: string;
  readonly gross: string;
  readonly deducted: string;
  readonly pricedOrders: number;
}

/** A tuple of `money`: currency, gross value of an order, what was taken back, 1 for an order. */
const ZERO = "toDecimal128(0, 4)";
const AMOUNT = (event: string) => `toDecimal128(abs(assumeNotNull(${event}.5)), 4)`;

/**
 * One person's money, order by order. Events are sorted by order key, orders with a value first and in order of time,
 * then cut into groups of one key: the first order event gives the value, the refunds and cancellations follow.
 * What an order gives back is never more than it brought; one that is cancelled or refunded without an amount gives back all.
 */
function moneyAliases(context: AnalysisContext, frame: JourneyFrame): string[] {
  const orders = bindRoles(context, frame, "order");
  const back = bindRoles(context, frame, "cancellation", "refund");
  const columns = ["orders", "eventIds", "values", "currencies"].map((column) => frame.kept(column));
  const event = `(if(object != 0, object, event), toUInt8(has(${back}, id)), nth, toString(currency), value, toUInt8(has(${orders}, id)))`;
  const ofOrder = "group[1].6 = 1";
  const same = "(event.4 = group[1].4 OR event.4 = '')";
  const returns = "arrayFilter(event -> event.2 = 1, group)";
  const returned = `arraySum(arrayMap(event -> multiIf(NOT ${same}, ${ZERO}, isNull(event.5), ${AMOUNT("group[1]")}, ${AMOUNT("event")}), ${returns}))`;
  const brought = "toDecimal128(assumeNotNull(group[1].5), 4)";
  return [
    `arrayFilter(event -> event.2 = 1 OR (event.6 = 1 AND isNotNull(event.5)),
    arrayMap((id, object, event, value, currency, nth) -> ${event}, ids, ${columns.join(", ")}, arrayEnumerate(ids))) AS moneyEvents`,
    "arraySort(event -> (event.1, event.2, event.3), moneyEvents) AS byOrder",
    "arraySplit((event, nth) -> nth = 1, byOrder, arrayEnumerateUniq(byOrder.1)) AS orderGroups",
    `arrayFlatten(arrayMap(group -> if(${ofOrder},
    arrayConcat([(group[1].4, ${brought}, least(greatest(${brought}, ${ZERO}), ${returned}), toUInt8(1))],
      arrayMap(event -> (event.4, ${ZERO}, ${AMOUNT("event")}, toUInt8(0)),
        arrayFilter(event -> NOT ${same} AND isNotNull(event.5), ${returns}))),
    arrayMap(event -> (event.4, ${ZERO}, ${AMOUNT("event")}, toUInt8(0)), arrayFilter(event -> isNotNull(event.5), group))),
    orderGroups)) AS amounts`,
  ];
}

async function sumMoney(context: AnalysisContext, frame: JourneyFrame): Promise<MoneyRow[]> {
  return askFrame<MoneyRow>(context, frame, {
    aliases: [...moneyAliases(context, frame), "arrayJoin(amounts) AS amount"],
    select: [
      "amount.1 AS money",
      "toString(sum(amount.2)) AS gross",
      "toString(sum(amount.3)) AS deducted",
      "sum(amount.4) AS pricedOrders",
    ],
    where: ["known = 1", `hasAny(touchpoints, ${bindRoles(context, frame, "order", "cancellation", "refund")})`],
    groupBy: ["money"],
  });
}

/** Tells "nobody ordered", which is a revenue of 0, from "orders without amounts", of which no sum is known. */
async function hasOrders(context: AnalysisContext, frame: JourneyFrame): Promise<boolean> {
  const [row] = await askFrame<{ buyers: number }>(context, frame, {
    select: ["count() AS buyers"],
    where: ["known = 1", `hasAny(ids, ${bindRoles(context, frame, "order")})`],
  });
  return (row?.buyers ?? 0) > 0;
}

/** A decimal with at most four places as whole ten-thousandths. */
function toTenThousandths(decimal: string): bigint {
  const [whole = "0", fraction = ""] = decimal.replace("-", "").split(".");
  const magnitude = BigInt(whole + fraction.padEnd(4, "0").slice(0, 4));
  return decimal.startsWith("-") ? -magnitude : magnitude;
}

/** Rounded once, at the end, half away from zero: unit prices may have fractions of a cent, a sum of money has none. */
function toHundredths(tenThousandths: bigint): number {
  const half = tenThousandths < 0n ? -50n : 50n;
  return Number((tenThousandths + half) / 100n) / 100;
}

/** The two sums of money over persons' events, in the main currency and in every currency. */
export async function measureRevenue(context: AnalysisContext, frame: JourneyFrame): Promise<Kpi[]> {
  if (!hasRole(context, "order")) return REVENUE_KPIS.map((id) => missingKpi(id, NO_ORDER_ROLE));
  const rows = await sumMoney(context, frame);
  const main = rows.find(({ money }) => money === context.currency);
  if (!main?.pricedOrders && (await hasOrders(context, frame))) {
    const message = `No order carries an amount${context.currency === "" ? "" : ` in ${context.currency}`}.`;
    return REVENUE_KPIS.map((id) => missingKpi(id, message));
  }
  const sum = (id: string, amount: (row: MoneyRow) => number): Kpi => ({
    id,
    value: main ? amount(main) : 0,
    low: null,
    high: null,
    n: main?.pricedOrders ?? 0,
    unit: context.currency === "" ? "money" : context.currency,
    byCurrency: Object.fromEntries(rows.map((row) => [row.money, amount(row)])),
  });
  return [
    sum("revenue", ({ gross }) => toHundredths(toTenThousandths(gross))),
    sum("net-revenue", ({ gross, deducted }) => toHundredths(toTenThousandths(gross) - toTenThousandths(deducted))),
  ];
}
