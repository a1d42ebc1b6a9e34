/**
 * How soon a product is bought again, over the times between purchases of those who did; and who of them is due.
 * The fit itself is in src/stats/purchase/replenishment.ts; here its counts are asked for, and its answer is asked back.
 */
import { isNoAnswer } from "../../stats/no-answer.ts";
import { fitReplenishment, type RepeatCounts, type ReplenishmentFit } from "../../stats/purchase/replenishment.ts";
import type { AnalysisContext } from "../context.ts";
import type { JourneyFrame } from "../journey-frame.ts";
import { askFrame, dayNumber } from "../kpi-frame.ts";
import { BUY, bindOnce, ofKnownBuyers, productBuyAliases } from "./product-lines.ts";

/** This soon after the end of the data counts as due. */
const DUE_WITHIN_DAYS = 14;
const AHEAD = `ahead <= ${DUE_WITHIN_DAYS} AND ahead > -days`;

/** Whole days a product's repeat purchases took one customer, and how many they were. */
export interface Purchases {
  readonly repeats: number;
  /** From the first to the last purchase day. */
  readonly span: number;
}

const SPAN = `(buy.${BUY.lastDay} - buy.${BUY.firstDay})`;
/** The same in SQL, of a tuple `buy` of `productBuys` (product-lines.ts). */
export const PURCHASES_OF_BUY = [`buy.${BUY.repeats} AS repeats`, `${SPAN} AS span`];
const BOUGHT_AGAIN = `arrayFilter(buy -> buy.${BUY.repeats} > 0, productBuys)`;

interface PurchasesRow extends Purchases {
  readonly product: string;
  readonly buyers: number;
  /** Σ ln(days of a gap), over all gaps of all of them. */
  readonly logGaps: number;
}

/** What the named products' buyers did who bought one again, those with the same numbers as one. */
async function readPurchases(
  context: AnalysisContext,
  frame: JourneyFrame,
  products: readonly string[],
): Promise<PurchasesRow[]> {
  return askFrame<PurchasesRow>(context, frame, {
    aliases: [...productBuyAliases(context, frame, products), `arrayJoin(${BOUGHT_AGAIN}) AS buy`],
    select: [
      `buy.${BUY.product} AS product`,
      ...PURCHASES_OF_BUY,
      "count() AS buyers",
      `sum(buy.${BUY.logGaps}) AS logGaps`,
    ],
    where: ofKnownBuyers(context, frame),
    groupBy: ["product", "repeats", "span"],
    // One order whatever the shards: the fit's last digits do not depend on who answered first.
    tail: "ORDER BY product, repeats, span",
  });
}

function countRepeats(rows: readonly PurchasesRow[]): RepeatCounts {
  return {
    repeats: Float64Array.from(rows, ({ repeats }) => repeats),
    exposure: Float64Array.from(rows, ({ span }) => span),
    customers: Float64Array.from(rows, ({ buyers }) => buyers),
    logGaps: rows.reduce((sum, { logGaps }) => sum + logGaps, 0),
  };
}

/**
 * The interval of each of the named products, over completed gaps: what it is for customers who do buy it again.
 * @returns products with under 20 repeat purchases are not in it
 */
export async function fitIntervals(
  context: AnalysisContext,
  frame: JourneyFrame,
  products: readonly string[],
): Promise<Map<string, ReplenishmentFit>> {
  if (products.length === 0) return new Map();
  const byProduct = new Map<string, PurchasesRow[]>();
  for (const row of await readPurchases(context, frame, products)) {
    const rows = byProduct.get(row.product);
    if (rows) rows.push(row);
    else byProduct.set(row.product, [row]);
  }
  const fits = new Map<string, ReplenishmentFit>();
  for (const [product, rows] of byProduct) {
    const fit = fitReplenishment(countRepeats(rows));
    if (!isNoAnswer(fit)) fits.set(product, fit);
  }
  return fits;
}

/**
 * Median of a Gamma distribution with unit rate in SQL, for shapes above 1: off by less than 0.1 %.
 * Source: Choi (1994), Proc. Am. Math. Soc. 121, 245–251. Example: shape 2 → 1.6784 (1.67835).
 */
const gammaMedian = (shape: string): string =>
  `(${shape} - 1 / 3 + 8 / (405 * ${shape}) + 184 / (25515 * ${shape} * ${shape}))`;

/**
 * How many customers are due for each product: those who bought it again, and whose own interval (`customerInterval`)
 * after their last purchase ends at most 14 days after the end of the data, or ended less than one interval before it.
 * @param end end of data, milliseconds since 1970
 */
export async function countDue(
  context: AnalysisContext,
  frame: JourneyFrame,
  end: number,
  fits: ReadonlyMap<string, ReplenishmentFit>,
): Promise<Map<string, number>> {
  const products = [...fits.keys()];
  if (products.length === 0) return new Map();
  const names = frame.bag.bind(products, "Array(String)");
  const ofProduct = (value: (fit: ReplenishmentFit) => number) =>
    `${frame.bag.bind([...fits.values()].map(value), "Array(Float64)")}[indexOf(${names}, buy.${BUY.product})]`;
  const k = ofProduct(({ regularity }) => regularity);
  const shape = `${ofProduct(({ r }) => r)} + ${k} * buy.${BUY.repeats}`;
  const rate = `${ofProduct(({ alpha }) => alpha)} + ${SPAN}`;
  const today = dayNumber(context, frame, frame.bag.bind(end, "Int64"));
  const days = bindOnce("shape", shape, `round(${k} * (${rate}) / ${gammaMedian("shape")})`);
  const isDue = bindOnce("days", days, bindOnce("ahead", `buy.${BUY.lastDay} + days - ${today}`, AHEAD));
  const rows = await askFrame<{ product: string; waiting: number }>(context, frame, {
    aliases: [
      ...productBuyAliases(context, frame, products),
      `arrayJoin(arrayFilter(buy -> ${isDue}, ${BOUGHT_AGAIN}).${BUY.product}) AS product`,
    ],
    select: ["product", "count() AS waiting"],
    where: ofKnownBuyers(context, frame),
    groupBy: ["product"],
  });
  return new Map(rows.map(({ product, waiting }) => [product, waiting]));
}
