/**
 * The products that orders name: how many orders and buyers each has, and how many bought it again on another day.
 * How soon they do is in product-intervals.ts, what a customer buys next in next-products.ts.
 */
import type { AnalysisContext } from "../context.ts";
import type { JourneyFrame } from "../journey-frame.ts";
import { askFrame } from "../kpi-frame.ts";
import { BUY, ofKnownBuyers, productBuyAliases } from "./product-lines.ts";

export interface ProductRow {
  readonly product: string;
  /** Distinct orders with it: one that two customers share is one. */
  readonly placed: number;
  readonly buyers: number;
  /** Buyers with it on two or more purchase days. */
  readonly repeatBuyers: number;
  /** How many products there are, the same on every row. */
  readonly products: number;
}

/** The products with the most orders; ties by name. */
export async function readProducts(context: AnalysisContext, frame: JourneyFrame, top: number): Promise<ProductRow[]> {
  return askFrame<ProductRow>(context, frame, {
    aliases: [...productBuyAliases(context, frame), "arrayJoin(productBuys) AS buy"],
    select: [
      `buy.${BUY.product} AS product`,
      `uniqExactArray(buy.${BUY.orders}) AS placed`,
      "count() AS buyers",
      `countIf(buy.${BUY.repeats} > 0) AS repeatBuyers`,
      "count() OVER () AS products",
    ],
    where: ofKnownBuyers(context, frame),
    groupBy: ["product"],
    tail: `ORDER BY placed DESC, product LIMIT ${frame.bag.bind(top, "UInt32")}`,
  });
}
