/**
 * Examples of requests for the description, for the demo workspace.
 * That each is right input for its operation is proved by a test.
 */
import type { Json } from "./json.ts";

export const EXAMPLES: Readonly<Record<string, Json>> = {
  map: { journey: "session", minShare: 0.01 },
  variants: { journey: "session", top: 10 },
  funnel: { journey: "session", steps: ["Product Viewed", "Product Added", "Checkout Started", "Order Completed"] },
  kpis: { where: 'customer.region = "east"' },
  retention: { event: "order" },
  imports: { all: true },
  "keep-finding": {
    question: {
      ...{ touchpoint: "Live Chat Conversation Started", contrast: "presence" },
      ...{ outcome: 'touchpoint = "Order Completed"', withinMs: 7 * 86_400_000 },
    },
  },
  "update-finding": { id: 1, status: "being-fixed", owner: "Ada" },
};
