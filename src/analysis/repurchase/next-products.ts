/**
 * What a customer's next order is likely to hold: their own most frequent products, topped up with everybody's.
 * How that does is measured on the last order of customers who bought on two days; how soon is in product-intervals.ts.
 */

import { estimateRatio } from "../../stats/clustered.ts";
import { isInsufficient } from "../../stats/estimate.ts";
import { customerInterval } from "../../stats/purchase/replenishment.ts";
import { dayToDate } from "../calendar-day.ts";
import type { AnalysisContext } from "../context.ts";
import type { JourneyFrame } from "../journey-frame.ts";
import { askFrame, BUCKET, bindRoles } from "../kpi-frame.ts";
import type { RepurchaseProductsReport } from "../repurchase-products-schema.ts";
import type { RepurchaseCustomerReport } from "../repurchase-schema.ts";
import { fitIntervals, PURCHASES_OF_BUY, type Purchases } from "./product-intervals.ts";
import {
  BUY,
  bindOnce,
  hasProducts,
  ofKnownBuyers,
  productBuyAliases,
  productLineAliases,
  runsOf,
} from "./product-lines.ts";

type NextProduct = RepurchaseCustomerReport["nextProducts"][number];

/** Foretold products, of which the back-test counts the hits. */
const FORETOLD = 10;
const MIN_CUSTOMERS = 100;
/** More customers are sampled down to about as many: the interval is then below half a point. */
const MOST_CUSTOMERS = 50_000;

/**
 * Products of runs, most frequent first; ties: bought last, then by name. Tuples (−orders, −last day, product).
 * Source of the method: Hu, He, Gao & Zhang (2020), SIGIR, "Modeling personalized item frequency information for
 * next-basket recommendation", where it is the baseline that is hard to beat.
 */
const habitsOf = (runs: string): string =>
  `arraySort(arrayMap(run -> (-toInt32(length(run)), -run[-1].2, run[1].1), ${runs}))`;

/** The products that most orders name, most first; of the lines that the SQL `lines` gives. */
async function rankProducts(
  context: AnalysisContext,
  frame: JourneyFrame,
  lines: string,
  top: number,
): Promise<string[]> {
  const rows = await askFrame<{ product: string; placed: number }>(context, frame, {
    aliases: [...productLineAliases(context, frame), `arrayJoin(${lines}.1) AS product`],
    select: ["product", "count() AS placed"],
    where: ofKnownBuyers(context, frame),
    groupBy: ["product"],
    tail: `ORDER BY placed DESC, product LIMIT ${frame.bag.bind(top, "UInt32")}`,
  });
  return rows.map(({ product }) => product);
}

/** A customer's lines before the last day with a product. */
const beforeDay = (lines: string, last: string) => `arrayFilter(line -> line.2 < ${last}, ${lines})`;
const EARLIER = bindOnce("lines", "productLines", bindOnce("last", "arrayMax(lines.2)", beforeDay("lines", "last")));

/** One customer in so many is looked at; told from those who ordered twice, for that needs no look at the products. */
async function chooseStride(context: AnalysisContext, frame: JourneyFrame): Promise<number> {
  const orders = bindRoles(context, frame, "order");
  const [row] = await askFrame<{ ordered: number }>(context, frame, {
    select: ["count() AS ordered"],
    where: ["known = 1", `arrayCount(id -> has(${orders}, id), touchpoints) >= 2`],
  });
  return Math.max(1, Math.ceil((row?.ordered ?? 0) / MOST_CUSTOMERS));
}

interface OwnProduct extends Purchases {
  readonly product: string;
  readonly placed: number;
  readonly lastDay: number;
}

/** What one customer bought, in the order of `habitsOf`. */
async function readHabits(
  context: AnalysisContext,
  frame: JourneyFrame,
  customer: string,
  limit: number,
): Promise<OwnProduct[]> {
  return askFrame<OwnProduct>(context, frame, {
    aliases: [...productBuyAliases(context, frame), "arrayJoin(productBuys) AS buy"],
    select: [
      `buy.${BUY.product} AS product`,
      `length(buy.${BUY.orders}) AS placed`,
      `buy.${BUY.lastDay} AS lastDay`,
      ...PURCHASES_OF_BUY,
    ],
    where: [`owner = cityHash64(${frame.bag.bind(customer, "String")})`, ...ofKnownBuyers(context, frame)],
    tail: `ORDER BY placed DESC, lastDay DESC, product LIMIT ${frame.bag.bind(limit, "UInt32")}`,
  });
}

/**
 * The likeliest products of a customer's next order: their own, most frequent first, then those most orders of everybody
 * name. `due` is the last day with it plus the customer's interval, everybody's for one bought once; null for what is topped
 * up and for products with under 20 repeat purchases.
 * @param frame of the journey `life`, of everybody; `limit` ≥ 1 products at most
 * @returns empty when orders name no products
 */
export async function foretellProducts(
  context: AnalysisContext,
  frame: JourneyFrame,
  customer: string,
  limit: number,
): Promise<NextProduct[]> {
  if (!hasProducts(context)) return [];
  const own = await readHabits(context, frame, customer, limit);
  const fits = await fitIntervals(
    context,
    frame,
    own.map(({ product }) => product),
  );
  const everybody = await rankProducts(context, frame, "productLines", 2 * limit);
  const known = new Set(own.map(({ product }) => product));
  const habits = own.map(({ product, placed, lastDay, repeats, span }) => {
    const fit = fits.get(product);
    const due = fit ? dayToDate(lastDay + Math.round(customerInterval(fit, repeats, span).days)) : null;
    return { product, orders: placed, due };
  });
  const topped = everybody
    .filter((product) => !known.has(product))
    .map((product) => ({ product, orders: 0, due: null }));
  return [...habits, ...topped].slice(0, limit);
}

interface RecallRow {
  readonly bucket: number;
  readonly tested: number;
  readonly recalled: number;
  readonly globally: number;
}

/** One pair (recall, recall of everybody's) of a customer with an earlier day; of others none. */
function recallSql(everybody: readonly string[], frame: JourneyFrame): string {
  const all = frame.bag.bind(everybody, "Array(String)");
  const share = (foretold: string) => `length(arrayIntersect(basket, ${foretold})) / length(basket)`;
  const topped = `arraySlice(arrayConcat(personal, arrayFilter(name -> NOT has(personal, name), ${all})), 1, ${FORETOLD})`;
  const personal = `arraySlice(${habitsOf(runsOf("earlier"))}.3, 1, ${FORETOLD})`;
  const both = `(${bindOnce("personal", personal, share(topped))}, ${share(`arraySlice(${all}, 1, ${FORETOLD})`)})`;
  const basket = "arrayDistinct(arrayFilter(line -> line.2 = last, lines).1)";
  const ofEarlier = `arrayMap(earlier -> ${bindOnce("basket", basket, both)},
    arrayFilter(earlier -> notEmpty(earlier), [${beforeDay("lines", "last")}]))`;
  return bindOnce("lines", "productLines", bindOnce("last", "arrayMax(lines.2)", ofEarlier));
}

/**
 * Mean over customers of the share of the last day's products that are among the ten foretold from the days before,
 * beside the ten everybody bought most; the latter are learnt on everybody's earlier days, too.
 * @returns null under 100 customers with products on two days
 */
export async function backTestNextProducts(
  context: AnalysisContext,
  frame: JourneyFrame,
): Promise<RepurchaseProductsReport["backTest"]> {
  const everybody = await rankProducts(context, frame, EARLIER, 2 * FORETOLD);
  const stride = await chooseStride(context, frame);
  const rows = await askFrame<RecallRow>(context, frame, {
    aliases: [...productLineAliases(context, frame), `arrayJoin(${recallSql(everybody, frame)}) AS recalls`],
    select: [`${BUCKET} AS bucket`, "count() AS tested", "sum(recalls.1) AS recalled", "sum(recalls.2) AS globally"],
    where: [`intDiv(owner, 100) % ${frame.bag.bind(stride, "UInt32")} = 0`, ...ofKnownBuyers(context, frame)],
    groupBy: ["bucket"],
  });
  return summarise(rows);
}

function summarise(rows: readonly RecallRow[]): RepurchaseProductsReport["backTest"] {
  const customers = rows.reduce((sum, row) => sum + row.tested, 0);
  if (customers < MIN_CUSTOMERS) return null;
  const recall = estimateRatio(rows.map((row) => ({ numerator: row.recalled, denominator: row.tested })));
  if (isInsufficient(recall)) return null;
  const globally = rows.reduce((sum, row) => sum + row.globally, 0);
  return {
    customers,
    recall: recall.value,
    low: Math.max(0, recall.low),
    high: Math.min(1, recall.high),
    global: globally / customers,
  };
}
