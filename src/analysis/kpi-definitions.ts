/**
 * What every KPI means, in words that need no statistics, with its formula, its interval and which way is better.
 * How it is computed is in its family, kpi-*.ts; docs/kpis.md says the same with more detail.
 */
import { z } from "zod";

export const kpiDefinitionSchema = z.object({
  /** As in a report; a score's is its kind, which a report completes with the touchpoint: `csat:Review Answered`. */
  id: z.string(),
  title: z.string(),
  /** «currency» stands for the workspace's main one. */
  unit: z.string(),
  definition: z.string(),
  formula: z.string(),
  /** How the 95 % interval is made; null for complete counts and sums, which are not estimates. */
  interval: z.string().nullable(),
  /** Which way is better; null where it depends. */
  better: z.enum(["higher", "lower"]).nullable(),
  /** Whether there is one for every touchpoint with scores. */
  perTouchpoint: z.boolean(),
  /** Whether the values of the parts of a trend add up to the whole. */
  adds: z.boolean(),
});
export type KpiDefinition = z.infer<typeof kpiDefinitionSchema>;

const WILSON = "Wilson";
const CLUSTERED_WILSON = "Wilson on the effective n: several of one customer are not independent";
const CLUSTERED_T = "t, clustered by customer over 100 buckets";

const COUNT = { interval: null, better: "higher", perTouchpoint: false, adds: true } as const;
const ESTIMATE = { better: "higher", perTouchpoint: false, adds: false } as const;
const SCORE = { better: "higher", perTouchpoint: true, adds: false } as const;

const SIZE: readonly KpiDefinition[] = [
  {
    ...{ ...COUNT, id: "customers", title: "Active customers", unit: "customers", adds: false },
    definition: "Persons with at least one event. One who is there in two months counts in both.",
    formula: "persons with an event",
  },
  {
    ...{ ...COUNT, id: "events", title: "Events", unit: "events", better: null },
    definition: "Events in the journeys. One that stands in two journeys counts once.",
    formula: "events",
  },
  {
    ...{ ...COUNT, id: "journeys", title: "Journeys", unit: "journeys", better: null },
    definition: "Journeys of the definition in force: lives, visits, order cycles, cases, sessions …",
    formula: "journeys",
  },
  {
    ...{ ...ESTIMATE, id: "conversion", title: "Conversion", unit: "share of journeys" },
    definition: "The share of journeys that reach the target: an order, unless another touchpoint is named.",
    formula: "journeys with the target in them ÷ journeys",
    interval: "Wilson; of visits and order cycles on the effective n, as several of one customer are not independent",
  },
  {
    ...{ ...ESTIMATE, id: "journey-duration", title: "Duration of a journey", unit: "seconds", better: "lower" },
    definition: "Half of the journeys take longer than this from their first event to their last, half shorter.",
    formula: "median of (last event − first event)",
    interval: "order statistics, whatever the distribution",
  },
];

const ORDERS: readonly KpiDefinition[] = [
  {
    ...{ ...COUNT, id: "orders", title: "Orders", unit: "orders" },
    definition: "Orders of known customers. An order id that several events carry is one order.",
    formula: "distinct order ids of known customers",
  },
  {
    ...{ ...ESTIMATE, id: "purchase-frequency", title: "Orders per buyer", unit: "orders per customer" },
    definition: "How many orders a customer who orders at all places.",
    formula: "orders ÷ customers with an order",
    interval: "delta method over 100 buckets of customers, t",
  },
  {
    ...{
      ...ESTIMATE,
      id: "repeat-purchase-rate",
      title: "Repeat buyers",
      unit: "share of customers",
      interval: WILSON,
    },
    definition: "The share of buyers who have ordered at least twice so far. Recent buyers have had less time for it.",
    formula: "known customers with ≥ 2 orders ÷ with ≥ 1",
  },
  {
    ...{
      ...ESTIMATE,
      id: "repeat-purchase-rate-90d",
      title: "Repeat buyers within 90 days",
      unit: "share of customers",
    },
    definition:
      "Of the buyers who have been observed for 90 days after their first order: the share that ordered again by then.",
    formula: "buyers with a second order by day 90 ÷ buyers observed for 90 days",
    interval: WILSON,
  },
  {
    ...{ ...ESTIMATE, id: "repeat-purchase-days-rate", title: "Buyers on two days", unit: "share of customers" },
    definition:
      "The share of buyers with orders on at least two days. Two orders on one day are often one purchase in two parts.",
    formula: "buyers with orders on ≥ 2 days ÷ buyers",
    interval: WILSON,
  },
  {
    ...{ ...ESTIMATE, id: "time-to-second-order", title: "Time to the second order", unit: "days", better: "lower" },
    definition:
      "After this many days half of the buyers are expected to have ordered again. Those still without a second order count as still waiting.",
    formula: "Kaplan–Meier median of the days from first to second order",
    interval: "Greenwood, log(−log)",
  },
];

const MONEY: readonly KpiDefinition[] = [
  {
    ...{ ...COUNT, id: "revenue", title: "Revenue", unit: "currency" },
    definition: "What the orders of known customers were worth, before refunds and cancellations.",
    formula: "sum of the values of orders in the main currency",
  },
  {
    ...{ ...COUNT, id: "net-revenue", title: "Net revenue", unit: "currency" },
    definition: "Revenue less what refunds and cancellations took back of it.",
    formula: "revenue − refunds − cancellations",
  },
  {
    ...{ ...ESTIMATE, id: "average-order-value", title: "Average order value", unit: "currency" },
    definition:
      "What an order with an amount in the main currency is worth on average, before refunds and cancellations.",
    formula: "revenue ÷ orders with an amount",
    interval: CLUSTERED_T,
  },
];

const SERVICE: readonly KpiDefinition[] = [
  {
    ...{ ...ESTIMATE, id: "stickiness", title: "Stickiness", unit: "share of customers" },
    definition: "On an average day, the share of the customers of the last 30 days who are there.",
    formula: "mean over days of active that day ÷ active within 30 days",
    interval: "delete-one-bucket jackknife, t",
  },
  {
    ...{
      ...ESTIMATE,
      id: "late-delivery-share",
      title: "Late deliveries",
      unit: "share of deliveries",
      better: "lower",
    },
    definition: "The share of deliveries that came after the promised day, of those that say whether they did.",
    formula: "late deliveries ÷ deliveries that say so",
    interval: CLUSTERED_WILSON,
  },
];

const SCORES: readonly KpiDefinition[] = [
  {
    ...{ ...SCORE, id: "mean-score", title: "Mean score", unit: "score", interval: CLUSTERED_T },
    definition: "The mean of all scores given at a touchpoint. Who did not answer is unknown.",
    formula: "sum of scores ÷ answers",
  },
  {
    ...{ ...SCORE, id: "csat", title: "Satisfied customers (CSAT)", unit: "share of answers", interval: WILSON },
    definition:
      "On a scale of 1 to 5, the share of answers that are 4 or 5; of answers that are bad or good (0 or 1), the share of good.",
    formula: "answers of 4 and 5 ÷ answers from 1 to 5; good answers ÷ good and bad ones",
  },
  {
    ...{ ...SCORE, id: "nps", title: "Net promoter score", unit: "points", interval: "adjusted Wald" },
    definition:
      "Would you recommend us, from 0 to 10: promoters (9, 10) less detractors (0 to 6), in points from −100 to 100.",
    formula: "100 × (share of 9–10 − share of 0–6)",
  },
  {
    ...{ ...SCORE, id: "ces", title: "Ease (customer effort score)", unit: "score", interval: CLUSTERED_T },
    definition: "How easy was it, from 1 to 7: the mean of the answers.",
    formula: "sum of scores from 1 to 7 ÷ answers on the scale",
  },
  {
    ...{ ...SCORE, id: "ces-share", title: "Easy enough", unit: "share of answers", interval: CLUSTERED_WILSON },
    definition: "How easy was it, from 1 to 7: the share of answers of 5 and more.",
    formula: "answers of 5 to 7 ÷ answers from 1 to 7",
  },
];

export const KPI_DEFINITIONS: readonly KpiDefinition[] = [...SIZE, ...ORDERS, ...MONEY, ...SERVICE, ...SCORES];

export const kpiDefinitionsReportSchema = z.object({ kpis: z.array(kpiDefinitionSchema) });

/** The definition behind an id, a score's with or without its touchpoint; undefined when there is none. */
export function findDefinition(id: string): KpiDefinition | undefined {
  const kind = id.split(":", 1)[0];
  return KPI_DEFINITIONS.find((definition) => definition.id === kind);
}

/** "Satisfied customers (CSAT) · Review Answered" for csat:Review Answered. */
export function titleOf(id: string): string {
  const colon = id.indexOf(":");
  const title = findDefinition(id)?.title ?? id;
  return colon < 0 ? title : `${title} · ${id.slice(colon + 1)}`;
}

/** The unit with the workspace's currency in it. */
export function unitOf(id: string, currency: string): string {
  const unit = findDefinition(id)?.unit ?? "";
  return unit === "currency" ? currency || "money" : unit;
}
