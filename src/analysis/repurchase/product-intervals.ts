/**
 * How soon a product is bought again, over the times between purchases of those who did; and who of them is due.
 * The fit itself is in src/stats/purchase/replenishment.ts; here its counts are asked for, and its answer is asked back.
 */
import { isNoAnswer } from "../../stats/no-answer.ts";
import { fitReplenishment, type RepeatCounts, type ReplenishmentFit } from "../../stats/purchase/replenishment.ts";
import type { AnalysisContext } from "../context.ts";
import type { JourneyFrame } from "../journey-frame.ts";
import { askFrame, dayNumber } from "../kpi-frame.ts";
import { ofProductBuyers, productLineAliases, runsOf } from "./product-lines.ts";

/** This soon after the end of the data counts as due. */
const DUE_WITHIN_DAYS = 14;

/** Whole days a product's repeat purchases took one customer, and how many they were. */
export interface Purchases {
  readonly repeats: number;
  /** From the first to the last purchase day. */
  readonly span: number;
}

/** The same in SQL, of the alias `run` (product-lines.ts). */
export const PURCHASES_OF_RUN = [
  "toInt32(length(arrayDistinct(run.2))) - 1 AS repeats",
  "run.2[-1] - run.2[1] AS span",
];

interface PurchasesRow extends Purchases {
  readonly product: string;
  readonly buyers: number;
}

/** What the named products' buyers did who bought one again, those with the same numbers as one. */
async function readPurchases(
  context: AnalysisContext,
  frame: JourneyFrame,
  products: readonly string[],
): Promise<PurchasesRow[]> {
  return askFrame<PurchasesRow>(context, frame, {
    aliases: [...productLineAliases(context, frame, products), `arrayJoin(${runsOf("productLines")}) AS run`],
    select: ["run.1[1] AS product", ...PURCHASES_OF_RUN, "count() AS buyers"],
    where: [...ofProductBuyers(context, frame), "repeats > 0"],
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
  const names = frame.bag.bind(products, "Array(String)");
  const ofProduct = (values: readonly number[]) =>
    `${frame.bag.bind(values, "Array(Float64)")}[indexOf(${names}, run.1[1])]`;
  const today = dayNumber(context, frame, frame.bag.bind(end, "Int64"));
  const rows = await askFrame<{ product: string; waiting: number }>(context, frame, {
    aliases: [
      ...productLineAliases(context, frame, products),
      `arrayJoin(${runsOf("productLines")}) AS run`,
      `toInt32(length(arrayDistinct(run.2))) - 1 AS repeats`,
      `repeats + ${ofProduct(products.map((product) => fits.get(product)?.r ?? 0))} AS shape`,
      `run.2[-1] - run.2[1] + ${ofProduct(products.map((product) => fits.get(product)?.alpha ?? 0))} AS rate`,
      `round(rate / ${gammaMedian("shape")}) AS days`,
      `run.2[-1] + days - ${today} AS ahead`,
    ],
    select: ["run.1[1] AS product", `countIf(ahead <= ${DUE_WITHIN_DAYS} AND ahead > -days) AS waiting`],
    where: [...ofProductBuyers(context, frame), "repeats > 0"],
    groupBy: ["product"],
  });
  return new Map(rows.map(({ product, waiting }) => [product, waiting]));
}
