/**
 * How soon products are bought again, who is due, and how well a customer's next products are foretold.
 * Products are the objects of type `product` that orders name; the parts are in repurchase/.
 */
import type { z } from "zod";
import { isInsufficient } from "../stats/estimate.ts";
import { estimateShare } from "../stats/proportion.ts";
import type { ReplenishmentFit } from "../stats/purchase/replenishment.ts";
import { dayToDate } from "./calendar-day.ts";
import { type AnalysisContext, seeHidden } from "./context.ts";
import { buildJourneyFrame } from "./journey-frame.ts";
import { findEndOfData } from "./kpi-frame.ts";
import { findLastDay } from "./repurchase/last-day.ts";
import { backTestNextProducts } from "./repurchase/next-products.ts";
import { countDue, fitIntervals } from "./repurchase/product-intervals.ts";
import { hasProducts, PRODUCT } from "./repurchase/product-lines.ts";
import { readProducts } from "./repurchase/products.ts";
import {
  type productReportSchema,
  type RepurchaseProductsQuery,
  type RepurchaseProductsReport,
  repurchaseProductsQuerySchema,
} from "./repurchase-products-schema.ts";

type ProductReport = z.infer<typeof productReportSchema>;

function summariseBuyers(buyers: number, repeatBuyers: number): Pick<ProductReport, "share" | "low" | "high"> {
  const share = estimateShare(repeatBuyers, buyers);
  // Nobody is listed without a buyer.
  if (isInsufficient(share)) return { share: 0, low: 0, high: 1 };
  return { share: share.value, low: share.low, high: share.high };
}

function describeInterval(fit: ReplenishmentFit | undefined): ProductReport["replenishment"] {
  return fit ? { days: fit.days, low: fit.low, high: fit.high, n: fit.n } : null;
}

/**
 * The products with the most orders: orders, buyers, who bought again, the interval between purchases, who is due; and
 * the back-test of foretelling next products. Days are the workspace's; hidden touchpoints count.
 * @throws AppError invalid (filter)
 */
export async function analyzeRepurchaseProducts(
  given: AnalysisContext,
  query: RepurchaseProductsQuery,
): Promise<RepurchaseProductsReport> {
  const { top, ...scope } = repurchaseProductsQuerySchema.parse(query);
  const context = seeHidden(given);
  const open = () => buildJourneyFrame(context, { ...scope, journey: "life" });
  const [end, lastDay] = [await findEndOfData(context), await findLastDay(context)];
  const rows = hasProducts(context) ? await readProducts(context, open(), top) : [];
  const basis = { journey: "life", endOfData: lastDay === null ? null : dayToDate(lastDay) } as const;
  if (end === null || rows.length === 0) return { ...basis, from: null, products: [], total: 0, backTest: null };
  const fits = await fitIntervals(
    context,
    open(),
    rows.map(({ product }) => product),
  );
  const due = await countDue(context, open(), end, fits);
  const products = rows.map(({ product, placed, buyers, repeatBuyers }) => ({
    ...{ product, orders: placed, buyers, repeatBuyers },
    ...summariseBuyers(buyers, repeatBuyers),
    replenishment: describeInterval(fits.get(product)),
    due: fits.has(product) ? (due.get(product) ?? 0) : null,
  }));
  return {
    ...basis,
    from: PRODUCT,
    products,
    total: rows[0]?.products ?? 0,
    backTest: await backTestNextProducts(context, open()),
  };
}
