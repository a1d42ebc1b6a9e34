/**
 * What can be wrong with data: the kinds of findings, how they are called, why each matters.
 * How a finding is made, and from which numbers, is in analysis/quality.
 */

export const QUALITY_KINDS = [
  "gap",
  "stop",
  "start",
  "duplicate",
  "near-duplicate",
  "overlap",
  "future",
  "old",
  "wrong-zone",
  "date-only",
  "no-customer",
  "anonymous",
  "one-customer",
  "rejected",
  "no-stage",
  "no-order",
  "similar-names",
  "no-currency",
  "off-scale",
] as const;
export type QualityKind = (typeof QUALITY_KINDS)[number];

/** The worst first: numbers are wrong, numbers may mislead, good to know. */
export const SEVERITIES = ["serious", "warning", "note"] as const;
export type Severity = (typeof SEVERITIES)[number];

interface KindWords {
  /** What is checked, as a noun. */
  readonly title: string;
  /** What is counted when it is checked. */
  readonly unit: string;
  readonly why: string;
}

export const QUALITY_WORDS: Readonly<Record<QualityKind, KindWords>> = {
  gap: {
    title: "Gaps in time",
    unit: "days",
    why: "What happened in a gap is missing from every number, and a journey that crosses it looks shorter than it was.",
  },
  stop: {
    title: "Touchpoints that ceased",
    unit: "touchpoints",
    why: "A touchpoint that is no longer recorded looks as if customers had stopped using it.",
  },
  start: {
    title: "Touchpoints recorded later than the rest",
    unit: "touchpoints",
    why: "Nobody can be seen to have it before its first day: comparisons that reach back further are unfair.",
  },
  duplicate: {
    title: "Equal records inside one import",
    unit: "events",
    why: "Records that are equal in every column count as several events: they may be one, written twice.",
  },
  "near-duplicate": {
    title: "Events that come twice within a second",
    unit: "events",
    why: "A tracker that fires twice doubles counts, and makes steps from a touchpoint to itself that no customer took.",
  },
  overlap: {
    title: "Events that several imports brought",
    unit: "imports",
    why: "They count once, so no number is wrong; it says which exports overlap.",
  },
  future: {
    title: "Events from the future",
    unit: "events",
    why: "An event later than its own import cannot have happened: it moves the end of the data, and all that is measured from there.",
  },
  old: {
    title: "Implausibly old events",
    unit: "events",
    why: "Dates such as 1970-01-01 stand for a missing time: they begin journeys decades too early.",
  },
  "wrong-zone": {
    title: "Sources in another time zone",
    unit: "imports",
    why: "When one source is hours off, steps between it and the others come in the wrong order.",
  },
  "date-only": {
    title: "Times too coarse to order steps",
    unit: "touchpoints",
    why: "Events of the same time stand in the order of the file, and durations are only as fine as the times.",
  },
  "no-customer": {
    title: "Events of nobody",
    unit: "events",
    why: "An event without any customer stands in no person's journey; only counts of touchpoints and of objects see it.",
  },
  anonymous: {
    title: "Events of unknown customers",
    unit: "events",
    why: "Who comes back under a new anonymous id looks like somebody new: journeys are cut short, and repeat purchase is too low.",
  },
  "one-customer": {
    title: "One customer with far too many events",
    unit: "customers",
    why: "A test account, a robot or an id that many share weighs like thousands of customers in counts of events.",
  },
  rejected: {
    title: "Records that could not be read",
    unit: "records",
    why: "Rejected records are in no number, and seldom a fair sample of the rest.",
  },
  "no-stage": {
    title: "Touchpoints without a stage",
    unit: "touchpoints",
    why: "They are missing where a journey is shown by stage.",
  },
  "no-order": {
    title: "A touchpoint that counts as an order",
    unit: "touchpoints",
    why: "Without one there is no conversion, no revenue and no re-purchase.",
  },
  "similar-names": {
    title: "Touchpoints of nearly the same name",
    unit: "touchpoints",
    why: "Two spellings of one thing split its numbers in two.",
  },
  "no-currency": {
    title: "Values without a currency",
    unit: "events with a value",
    why: "Amounts of unknown currency cannot be added to the others.",
  },
  "off-scale": {
    title: "Scores outside their scale",
    unit: "events with a score",
    why: "A score that its scale does not have distorts means and NPS.",
  },
};
