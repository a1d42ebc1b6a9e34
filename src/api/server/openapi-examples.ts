/**
 * Examples of requests for the description; each of them works on the demo workspace, which a test proves.
 */
import type { Json } from "./json.ts";

export const EXAMPLES: Readonly<Record<string, Json>> = {
  map: { journey: "session", minShare: 0.01 },
  variants: { journey: "session", top: 10 },
  funnel: { journey: "session", steps: ["Product Viewed", "Product Added", "Checkout Started", "Order Completed"] },
  kpis: { where: 'customer.region = "east"' },
  retention: { event: "order" },
  imports: { all: true },
};
