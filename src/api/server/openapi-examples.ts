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
  "pain-points": { outcome: 'touchpoint = "Order Completed"', kinds: ["wait", "rework"], worth: 80 },
  "pain-point": { outcome: "repurchase", kind: "repeat-contact", touchpoint: "Ticket Opened" },
  unanswered: { days: 30 },
  "set-handling-cost": { touchpoint: "Ticket Opened", amount: 8.5 },
  "estimate-effect": {
    ...{ design: "staged", by: "customer.group", switchOn: { B: "2025-08-01" }, minEffect: 0.02 },
    metric: { kind: "ratio", event: 'touchpoint = "Order Completed"', per: 'touchpoint = "Checkout Started"' },
  },
  "plan-effect": {
    name: "One-page checkout for everybody",
    why: "It helped group B.",
    question: {
      ...{ design: "randomised", by: "prop.variant", at: 'touchpoint = "Checkout Started"' },
      metric: { kind: "share", event: 'touchpoint = "Order Completed"' },
      ...{ since: "2027-01-11", until: "2027-02-08", minEffect: 0.02 },
    },
  },
  "update-effect": { id: 1, why: "It helped group B; the app follows in March." },
  "create-initiative": { title: "Tell customers when their parcel is late", findings: [1], author: "Ada" },
  "change-initiative": {
    ...{ id: 1, author: "Vera", reason: "Nobody would order again without it." },
    action: { type: "prioritise", requirement: 3, version: 2, level: "project", priority: "must" },
  },
  "assess-benefits": { id: 1, author: "Vera", text: "Fewer customers ask where their parcel is." },
  "initiative-records": { id: 1, subject: "requirement 3" },
  "set-health-thresholds": { mostMust: 0.65 },
  "add-goal": { title: "More customers come back", kpis: ["repeat-purchase-rate-90d"], owner: "Sofia" },
  "update-finding": { id: 1, status: "being-fixed", owner: "Ada" },
};
