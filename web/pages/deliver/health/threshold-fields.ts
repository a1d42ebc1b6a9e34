/**
 * The thresholds of the health rules as a form shows them: words, unit, default, and what of it has changed.
 * Which values are possible is said by the schema in src/domain/dsdm/health.ts.
 */
import { type HealthThresholds, healthThresholdsSchema } from "../../../../src/domain/dsdm/health.ts";

export type ThresholdKey = keyof HealthThresholds;

export interface ThresholdField {
  readonly key: ThresholdKey;
  readonly label: string;
  /** Number of the rule that asks it. */
  readonly rule: number;
  /** "%": stored as a fraction, shown as percent. */
  readonly unit: string;
}

export const THRESHOLD_FIELDS: readonly ThresholdField[] = [
  { key: "mostMust", label: "Most effort of Musts", rule: 9, unit: "%" },
  { key: "leastCould", label: "Least effort of Coulds", rule: 10, unit: "%" },
  { key: "benefitsWeeks", label: "Benefits assessment within", rule: 7, unit: "weeks" },
  { key: "ambassadorDays", label: "Business ambassador silent for", rule: 18, unit: "working days" },
  { key: "leastTeam", label: "Smallest team", rule: 19, unit: "people" },
  { key: "mostTeam", label: "Largest team", rule: 19, unit: "people" },
  { key: "incrementMonths", label: "Something deployed within", rule: 29, unit: "months" },
  { key: "carriedTimes", label: "Carried over without a new priority", rule: 32, unit: "times" },
  { key: "standUpDays", label: "No stand-up or blocker note for", rule: 33, unit: "days" },
  { key: "leastShouldDelivered", label: "Least share of Shoulds delivered, twice running", rule: 38, unit: "%" },
  { key: "feedbackDays", label: "Negative feedback undecided for", rule: 41, unit: "days" },
  { key: "dataDays", label: "Data behind a decision older than", rule: 43, unit: "days" },
  { key: "exceptionDays", label: "Exception unanswered for", rule: 39, unit: "days" },
];

export const DEFAULT_THRESHOLDS: HealthThresholds = healthThresholdsSchema.parse({});

/** As the form shows it: 0.6 → 60 for shares. */
export function toShown({ unit, key }: ThresholdField, thresholds: HealthThresholds): number {
  return unit === "%" ? Number((thresholds[key] * 100).toFixed(6)) : thresholds[key];
}

/** Typed values; "" is an emptied field. */
export type Typed = Readonly<Partial<Record<ThresholdKey, number | "">>>;

/** What is typed and differs from what is in force, as the API takes it. */
export function changedThresholds(typed: Typed, present: HealthThresholds): Partial<HealthThresholds> {
  return Object.fromEntries(
    THRESHOLD_FIELDS.flatMap((field) => {
      const value = typed[field.key];
      if (value === undefined || value === "" || value === toShown(field, present)) return [];
      return [[field.key, field.unit === "%" ? value / 100 : value]];
    }),
  );
}
