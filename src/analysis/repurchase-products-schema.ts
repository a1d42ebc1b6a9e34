/**
 * What is asked about products and re-purchase, and how it is answered: how soon each is bought again, and how well the
 * next products of a customer are foretold. The numbers come from repurchase/products.ts and next-products.ts.
 */
import { z } from "zod";
import { repurchaseScopeSchema } from "./repurchase-schema.ts";

export const repurchaseProductsQuerySchema = repurchaseScopeSchema.extend({
  /** This many products, those with the most orders first. */
  top: z.int().min(1).max(10_000).default(50),
});
export type RepurchaseProductsQuery = z.input<typeof repurchaseProductsQuerySchema>;

export const productReportSchema = z.object({
  product: z.string(),
  /** Distinct orders with it; customers; customers with it on two or more purchase days. */
  orders: z.int(),
  buyers: z.int(),
  repeatBuyers: z.int(),
  /** repeatBuyers ÷ buyers, with its 95 % interval. */
  share: z.number(),
  low: z.number(),
  high: z.number(),
  /** Typical days until a customer buys it again (Poisson-Gamma over inter-purchase times), with the middle 80 % of customers. Null under 20 repeat purchases. */
  replenishment: z.object({ days: z.number(), low: z.number(), high: z.number(), n: z.int() }).nullable(),
  /** Customers whose interval says they are due within 14 days of the end of the data, or overdue by less than one interval. */
  due: z.int().nullable(),
});

export const repurchaseProductsReportSchema = z.object({
  journey: z.literal("life"),
  endOfData: z.string().nullable(),
  /** Where products are read from: objects of type `product` of orders; null when orders name none. */
  from: z.string().nullable(),
  products: z.array(productReportSchema),
  total: z.int(),
  /** How many of the products of each customer's last order are among the ten that were foretold before it, beside the ten everybody buys. Null under 100 customers. */
  backTest: z
    .object({
      customers: z.int(),
      recall: z.number(),
      low: z.number(),
      high: z.number(),
      global: z.number(),
    })
    .nullable(),
});
export type RepurchaseProductsReport = z.infer<typeof repurchaseProductsReportSchema>;
