/**
 * The words of re-purchase, the same in the report, on the command line and on the pages: models, baselines, segments,
 * lifecycle states, verdicts. It holds sentences and names, no numbers.
 */

/** Names of the models, and what each believes of customers, in one sentence. */
export const MODEL_WORDS = {
  nbd: { name: "NBD", means: "Everybody buys at a pace of their own, for ever." },
  "bg-nbd": { name: "BG/NBD", means: "Customers may leave right after a purchase, from the first repeat on." },
  "mbg-nbd": { name: "MBG/NBD", means: "Customers may leave right after any purchase, the first one too." },
  "pareto-nbd": { name: "Pareto/NBD", means: "Customers may leave at any time, unseen." },
  "cnbd-k": {
    name: "MBG/CNBD-k",
    means: "Customers buy at steadier intervals than by chance, and may leave after any purchase.",
  },
} as const;

export const BASELINE_WORDS = {
  zeros: { name: "Nobody buys", means: "Forecasts no order for anybody." },
  recency: { name: "Recency only", means: "Forecasts what customers with the same recency bought before." },
  rfm: {
    name: "Recency × frequency",
    means: "Forecasts what customers in the same fifths of recency and frequency bought before.",
  },
} as const;

/** RFM segments by one pinned table (docs/repurchase.md): fifths of recency and of frequency, 5 the best. */
export const SEGMENTS = [
  "champions",
  "loyal",
  "potential loyalists",
  "new customers",
  "promising",
  "need attention",
  "about to sleep",
  "at risk",
  "cannot lose them",
  "hibernating",
] as const;
export type Segment = (typeof SEGMENTS)[number];

/** Where a customer stands in time; one each. */
export const LIFECYCLE_STATES = ["new", "active", "at risk", "lapsed", "returned"] as const;
export type LifecycleState = (typeof LIFECYCLE_STATES)[number];

/** Overdue: silent for more than three times the usual gap, which is the mean of the customer's own gaps and one of everybody's. */
export const LIFECYCLE_WORDS: Readonly<Record<LifecycleState, string>> = {
  new: "Bought once, and has not been silent for three times the usual gap between orders.",
  active: "Bought again, and has not been silent for three times their usual gap since.",
  "at risk":
    "Silent for more than three times their usual gap; at least one in five like them buy again within a year.",
  lapsed: "Silent for more than three times their usual gap; fewer than one in five like them buy again within a year.",
  returned: "Came back after a gap longer than nine in ten gaps of all customers, and is not overdue since.",
};

/** Whether a signal's difference in second purchases is still there among customers alike. */
export const SIGNAL_VERDICTS = [
  "survives",
  "weaker",
  "does not survive",
  "reversed",
  "nothing there",
  "too few",
] as const;
export type SignalVerdict = (typeof SIGNAL_VERDICTS)[number];
