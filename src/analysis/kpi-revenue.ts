/**
 * KPIs of money: what the orders of known customers were worth, before and after refunds and cancellations.
 * Amounts are summed as decimals and never converted: each currency stands for itself.
 */
import { estimateRatio } from "../stats/clustered.ts";
import type { AnalysisContext } from "./context.ts";
import type { JourneyFrame } from "./journey-frame.ts";
import { askFrame, BUCKET, bindRoles, hasRole } from "./kpi-frame.ts";
import { cutRows, type Grouping, type KpiCut, labelAlias } from "./kpi-group.ts";
import { NO_ORDER_ROLE } from "./kpi-orders.ts";
import { estimateKpi, type KpiPart, missingKpi } from "./kpi-report.ts";

export const REVENUE_KPIS = ["revenue", "net-revenue", "average-order-value"] as const;

interface MoneyRow {
  readonly part: string;
  readonly bucket: number;
  readonly money: string;
  readonly gross: string;
  readonly deducted: string;
  readonly pricedOrders: number;
}

/** A tuple of `money`: currency, gross value of an order, what was taken back, 1 for an order, label of its part. */
const ZERO = "toDecimal128(0, 4)";
const AMOUNT = (event: string) => `toDecimal128(abs(assumeNotNull(${event}.5)), 4)`;

/**
 * One person's money, order by order. Events are sorted by order key, orders with a value first and in order of time,
 * then cut into groups of one key: the first order event gives the value, the refunds and cancellations follow.
 * An order stands in the part of its valued event, with all it gives back; what names no known order in its own.
 * What an order gives back is never more than it brought; one that is cancelled or refunded without an amount gives back all.
 */
function moneyAliases(context: AnalysisContext, frame: JourneyFrame, grouping: Grouping): string[] {
  const orders = bindRoles(context, frame, "order");
  const back = bindRoles(context, frame, "cancellation", "refund");
  const columns = ["orders", "eventIds", "values", "currencies"].map((column) => frame.kept(column));
  const event = `(if(object != 0, object, event), toUInt8(has(${back}, id)), nth, toString(currency), value, toUInt8(has(${orders}, id)), label)`;
  const ofOrder = "group[1].6 = 1";
  const same = "(event.4 = group[1].4 OR event.4 = '')";
  const returns = "arrayFilter(event -> event.2 = 1, group)";
  const returned = `arraySum(arrayMap(event -> multiIf(NOT ${same}, ${ZERO}, isNull(event.5), ${AMOUNT("group[1]")}, ${AMOUNT("event")}), ${returns}))`;
  const brought = "toDecimal128(assumeNotNull(group[1].5), 4)";
  return [
    labelAlias(context, frame, grouping),
    `arrayFilter(event -> event.2 = 1 OR (event.6 = 1 AND isNotNull(event.5)),
    arrayMap((id, object, event, value, currency, nth, label) -> ${event}, ids, ${columns.join(", ")}, arrayEnumerate(ids), labels)) AS moneyEvents`,
    "arraySort(event -> (event.1, event.2, event.3), moneyEvents) AS byOrder",
    "arraySplit((event, nth) -> nth = 1, byOrder, arrayEnumerateUniq(byOrder.1)) AS orderGroups",
    `arrayFlatten(arrayMap(group -> if(${ofOrder},
    arrayConcat([(group[1].4, ${brought}, least(greatest(${brought}, ${ZERO}), ${returned}), toUInt8(1), group[1].7)],
      arrayMap(event -> (event.4, ${ZERO}, ${AMOUNT("event")}, toUInt8(0), event.7),
        arrayFilter(event -> NOT ${same} AND isNotNull(event.5), ${returns}))),
    arrayMap(event -> (event.4, ${ZERO}, ${AMOUNT("event")}, toUInt8(0), event.7), arrayFilter(event -> isNotNull(event.5), group))),
    orderGroups)) AS amounts`,
  ];
}

async function sumMoney(context: AnalysisContext, frame: JourneyFrame, grouping: Grouping): Promise<MoneyRow[]> {
  return askFrame<MoneyRow>(context, frame, {
    aliases: [...moneyAliases(context, frame, grouping), "arrayJoin(amounts) AS amount"],
    select: [
      "toString(amount.5) AS part",
      `${BUCKET} AS bucket`,
      "amount.1 AS money",
      "toString(sum(amount.2)) AS gross",
      "toString(sum(amount.3)) AS deducted",
      "sum(amount.4) AS pricedOrders",
    ],
    where: ["known = 1", `hasAny(touchpoints, ${bindRoles(context, frame, "order", "cancellation", "refund")})`],
    groupBy: ["part", "bucket", "money"],
  });
}

/** The parts with orders: tells "nobody ordered", which is a revenue of 0, from "orders without amounts", of which no sum is known. */
async function findOrders(context: AnalysisContext, frame: JourneyFrame, grouping: Grouping): Promise<Set<string>> {
  const orders = bindRoles(context, frame, "order");
  const rows = await askFrame<{ part: string }>(context, frame, {
    aliases: [
      labelAlias(context, frame, grouping),
      `arrayJoin(arrayDistinct(arrayFilter((label, id) -> has(${orders}, id), labels, ids))) AS label`,
    ],
    select: ["toString(label) AS part"],
    where: ["known = 1", `hasAny(ids, ${orders})`],
    groupBy: ["part"],
  });
  return new Set(rows.map(({ part }) => part));
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

type Amount = (row: MoneyRow) => bigint;
const GROSS: Amount = ({ gross }) => toTenThousandths(gross);
const NET: Amount = ({ gross, deducted }) => toTenThousandths(gross) - toTenThousandths(deducted);

function addAmounts(rows: readonly MoneyRow[], amount: Amount): number {
  return toHundredths(rows.reduce((sum, row) => sum + amount(row), 0n));
}

function sumPart(id: string, currency: string, rows: readonly MoneyRow[], amount: Amount): KpiPart {
  const main = rows.filter(({ money }) => money === currency);
  const currencies = [...new Set(rows.map(({ money }) => money))];
  const byCurrency = currencies.map((money) => [
    money,
    addAmounts(
      rows.filter((row) => row.money === money),
      amount,
    ),
  ]);
  return {
    kpi: {
      ...{ id, value: addAmounts(main, amount), low: null, high: null },
      ...{
        n: main.reduce((sum, { pricedOrders }) => sum + pricedOrders, 0),
        unit: currency === "" ? "money" : currency,
      },
      byCurrency: Object.fromEntries(byCurrency),
    },
    byBucket: new Map(main.map((row) => [row.bucket, Number(amount(row)) / 10_000])),
  };
}

function averagePart(currency: string, rows: readonly MoneyRow[]): KpiPart {
  const id = "average-order-value";
  const priced = rows.filter(({ money, pricedOrders }) => money === currency && pricedOrders > 0);
  const sums = priced.map((row) => ({ numerator: Number(GROSS(row)) / 10_000, denominator: row.pricedOrders }));
  const message = "Buyers are needed in at least two of the 100 buckets of customers.";
  const unit = currency === "" ? "money" : currency;
  return {
    kpi: estimateKpi(id, unit, estimateRatio(sums), message),
    numerator: addAmounts(priced, GROSS),
    denominator: sums.reduce((sum, { denominator }) => sum + denominator, 0),
  };
}

/** The sums of money over persons' events and the value of an order, in the main currency and in every currency. */
export async function measureRevenue(
  context: AnalysisContext,
  frame: JourneyFrame,
  grouping: Grouping,
): Promise<KpiCut> {
  const missing = (message: string): KpiPart[] => REVENUE_KPIS.map((id) => ({ kpi: missingKpi(id, message) }));
  if (!hasRole(context, "order")) return cutRows([], () => missing(NO_ORDER_ROLE));
  const { currency } = context;
  const rows = await sumMoney(context, frame, grouping);
  const withOrders = await findOrders(context, frame, grouping);
  const unpriced = `No order carries an amount${currency === "" ? "" : ` in ${currency}`}.`;
  const cut = cutRows(rows, (own, part) => {
    const priced = own.some(({ money, pricedOrders }) => money === currency && pricedOrders > 0);
    if (!priced && withOrders.has(part)) return missing(unpriced);
    return [
      sumPart("revenue", currency, own, GROSS),
      sumPart("net-revenue", currency, own, NET),
      averagePart(currency, own),
    ];
  });
  return { ...cut, parts: [...new Set([...cut.parts, ...withOrders])] };
}
