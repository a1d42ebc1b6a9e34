/**
 * The questions about re-purchase: the fit with its back-test, customers with their forecasts, products, early signals, cohorts.
 */
import { type CustomerBasis, readCustomerBasis } from "../analysis/repurchase/customer-basis.ts";
import { analyzeRepurchase } from "../analysis/repurchase.ts";
import { analyzeRepurchaseCohorts } from "../analysis/repurchase-cohorts.ts";
import { repurchaseCohortsQuerySchema, repurchaseCohortsReportSchema } from "../analysis/repurchase-cohorts-schema.ts";
import { analyzeRepurchaseCustomer } from "../analysis/repurchase-customer.ts";
import { analyzeRepurchaseCustomers } from "../analysis/repurchase-customers.ts";
import { analyzeRepurchaseProducts } from "../analysis/repurchase-products.ts";
import {
  repurchaseProductsQuerySchema,
  repurchaseProductsReportSchema,
} from "../analysis/repurchase-products-schema.ts";
import {
  type RepurchaseQuery,
  repurchaseCustomerQuerySchema,
  repurchaseCustomerReportSchema,
  repurchaseCustomersQuerySchema,
  repurchaseCustomersReportSchema,
  repurchaseQuerySchema,
  repurchaseReportSchema,
} from "../analysis/repurchase-schema.ts";
import { analyzeRepurchaseSignals } from "../analysis/repurchase-signals.ts";
import { repurchaseSignalsQuerySchema, repurchaseSignalsReportSchema } from "../analysis/repurchase-signals-schema.ts";
import type { Platform } from "../platform.ts";
import { answer, type Insufficiency } from "./answer.ts";
import { ask, insufficient, type Lack } from "./ask.ts";

/** The study behind every forecast of customers: the next page or customer of the same question needs none of its own. */
function askBasis(
  platform: Platform,
  { from, to, outside, where, models, holdoutDays, horizonDays }: RepurchaseQuery,
  signal: AbortSignal,
): Promise<CustomerBasis> {
  const study = { from, to, outside, where, models, holdoutDays, horizonDays };
  return answer(platform, "repurchase-basis", study, readCustomerBasis, signal);
}

/** Below the floor there is no forecast, and the sentence says what is missing. */
function lackPurchases({ lack }: { readonly lack: Omit<Insufficiency, "status"> | null }): Insufficiency | undefined {
  return lack === null ? undefined : { status: "insufficient-data", ...lack };
}

const lackProducts: Lack<{ readonly from: string | null }> = ({ from }) =>
  from === null
    ? insufficient("No order names a product: give orders an object of type «product» in the mapping (docs/import.md).")
    : undefined;

const lackOrders: Lack<{ readonly all: { readonly customers: number } }> = ({ all }) =>
  all.customers === 0
    ? insufficient("No known customer has ordered; give the touchpoint that stands for an order the role «order».")
    : undefined;

const lackFirstOrders: Lack<{ readonly customers: number }> = ({ customers }) =>
  customers === 0
    ? insufficient("No first order has both its windows within the data: take shorter ones, or bring more data.")
    : undefined;

export const REPURCHASE_OPERATIONS = {
  repurchase: ask(
    "repurchase",
    "How many orders to expect of today's customers, by the model that did best on a hold-out, and how sure that is.",
    repurchaseQuerySchema,
    repurchaseReportSchema,
    analyzeRepurchase,
    lackPurchases,
  ),
  "repurchase-customers": ask(
    "repurchase-customers",
    "Who will buy again, when, how often and for how much, the most expected orders first.",
    repurchaseCustomersQuerySchema,
    repurchaseCustomersReportSchema,
    analyzeRepurchaseCustomers,
    lackPurchases,
    askBasis,
  ),
  "repurchase-customer": ask(
    "repurchase-customer",
    "What comes next for one customer: the forecast and why, the next best step, the likeliest products.",
    repurchaseCustomerQuerySchema,
    repurchaseCustomerReportSchema,
    analyzeRepurchaseCustomer,
    lackPurchases,
    askBasis,
  ),
  "repurchase-products": ask(
    "repurchase-products",
    "How soon each product is bought again, and how well a customer's next products are foretold.",
    repurchaseProductsQuerySchema,
    repurchaseProductsReportSchema,
    analyzeRepurchaseProducts,
    lackProducts,
  ),
  "repurchase-signals": ask(
    "repurchase-signals",
    "Which behaviours after the first order go with a second one, and whether that survives among customers alike before.",
    repurchaseSignalsQuerySchema,
    repurchaseSignalsReportSchema,
    analyzeRepurchaseSignals,
    lackFirstOrders,
  ),
  "repurchase-cohorts": ask(
    "repurchase-cohorts",
    "Repeat purchase, orders and revenue at fixed age by cohort, time to the second order, and what is to come.",
    repurchaseCohortsQuerySchema,
    repurchaseCohortsReportSchema,
    analyzeRepurchaseCohorts,
    lackOrders,
  ),
} as const;
