/**
 * What is asked about pain points and how it is answered: the schemas of the list and of one pain point.
 * How the numbers come about is in pain-points.ts and the files of pain/.
 */
import { z } from "zod";
import { frictionKindSchema } from "../domain/friction.ts";
import { journeyScopeSchema } from "./journey-frame.ts";

const DAY_MS = 86_400_000;

export const painPointsQuerySchema = journeyScopeSchema.extend({
  /** As in `moments`: an expression, `repurchase`, or `silence` (which is bad when it comes, all others when they do not). */
  outcome: z.string().min(1),
  /** How long after a touch (of a wait: after it ended) the outcome may come, in milliseconds. Default 30 days. */
  withinMs: z
    .int()
    .min(1_000)
    .max(3_650 * DAY_MS)
    .default(30 * DAY_MS),
  /** What one outcome is worth, in the workspace's currency; default: the mean order when the outcome is an order. */
  worth: z.number().min(0).optional(),
  /** Only these kinds are shown; default all but `theme`, which costs a look at every text. All are measured together. */
  kinds: z.array(frictionKindSchema).min(1).optional(),
  /** The trait or property of events whose values incidents are looked for in; default: channel and the traits with few values. */
  segment: z.string().optional(),
});
export type PainPointsQuery = z.input<typeof painPointsQuerySchema>;

/** Why a friction is no pain point. */
export const PAIN_REJECTIONS = [
  "already different before",
  "too few",
  "no clear effect",
  "not worse",
  "cannot be told apart",
] as const;

/** What is lost: the estimate, and the ends of its 80 % interval. All null where it is not known. */
const lossSchema = z.object({ value: z.number().nullable(), low: z.number().nullable(), high: z.number().nullable() });
/** Days in the workspace's zone, ISO 8601; `to` is the first day after. */
const windowSchema = z.object({ from: z.string(), to: z.string() });

const frictionShape = {
  kind: frictionKindSchema,
  touchpoint: z.string(),
  /** What tells it, where a property does: `overdue`, `score`, of a theme the property with the text; else null. */
  property: z.string().nullable(),
  /** Its bad side: `= "true"`, `> 48`, `<= 2`; of a gap `> 26h`; of a theme its words; else null. */
  bad: z.string().nullable(),
  /** In words: "Waiting over 26 h after «Ticket Opened»". */
  name: z.string(),
  /** Facts, counted over all events in scope: how often, in how many journeys, of how many customers. */
  events: z.int(),
  journeys: z.int(),
  customers: z.int(),
  /** Of how many events of the touchpoint; of an error, of how many events in all. */
  of: z.int(),
  /** Of waits: hours that passed until the next event, of all events of the touchpoint before the outcome, a month. Else null. */
  hoursPerMonth: z.number().nullable(),
  /** Of waits: the bound, where it comes from, and the median of all gaps, in hours. Else null. */
  wait: z
    .object({ overHours: z.number(), from: z.enum(["target", "baseline"]), medianHours: z.number().nullable() })
    .nullable(),
  window: windowSchema,
} as const;

const placeboSchema = z.object({
  of: z.enum(["an earlier outcome", "earlier activity"]),
  effect: z.number(),
  low: z.number(),
  high: z.number(),
  p: z.number(),
});

export const TRENDS = ["growing", "steady", "shrinking"] as const;

export const painPointSchema = z.object({
  ...frictionShape,
  /** Of an incident in one part of the customers, as an expression: `customer.platform = "mobile"`, `channel = "web"`. Else null. */
  segment: z.string().nullable(),
  /** A dated incident: `window` is its weeks, all numbers are of what was too much in it. */
  incident: z.boolean(),
  /** Frictions a month that the outcome could still follow. perMonth × |effect| × worth is the value at risk, less what other frictions of the same touch share. */
  perMonth: z.number(),
  /** A month, in the workspace's currency: a fact. Null where no price of handling is set, or the kind has none. */
  directCost: z.number().nullable(),
  /** A month, in the workspace's currency, with its 80 % interval: an estimate. Null where an outcome has no known worth. */
  valueAtRisk: lossSchema,
  /** The same in outcomes lost a month. Both are null of an incident whose friction has no claimed effect. */
  outcomesAtRisk: lossSchema,
  /** Change of the outcome's share by one friction; of drop-offs, the share of drop-offs beyond the usual ones. Null of an incident that has none measured. */
  effect: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  /** Of the minimum-effect test; of an incident, of the scan over all frictions, values and windows. */
  p: z.number(),
  q: z.number(),
  /** Touches with the friction in cells that hold others too. */
  reach: z.int(),
  crude: z.number().nullable(),
  label: z.enum(["likely cause", "association, adjusted", "dated incident"]),
  placebo: placeboSchema.nullable(),
  trend: z.enum(TRENDS).nullable(),
  /** Of an incident: frictions in its window, as many as usual would have been, and what it cost in all, as far as that is known. Else null. */
  excess: z.object({ events: z.int(), usual: z.number(), outcomes: lossSchema, money: lossSchema }).nullable(),
});
export type PainPoint = z.infer<typeof painPointSchema>;

export const rejectedFrictionSchema = z.object({
  ...frictionShape,
  perMonth: z.number(),
  directCost: z.number().nullable(),
  effect: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  crude: z.number().nullable(),
  placebo: placeboSchema.nullable(),
  reach: z.int(),
  reason: z.enum(PAIN_REJECTIONS),
  /** One sentence with the numbers behind the reason. */
  detail: z.string(),
});
export type RejectedFriction = z.infer<typeof rejectedFrictionSchema>;

export const painPointsReportSchema = z.object({
  journey: z.string(),
  outcome: z.string(),
  withinMs: z.int(),
  currency: z.string(),
  /** The outcome's share over all touches that count, and how many these are. */
  base: z.number().nullable(),
  n: z.int(),
  customers: z.int(),
  minimumEffect: z.number().nullable(),
  /** What one outcome is worth, null when unknown; and half the width of its 95 % interval where it is a mean. */
  worth: z.number().nullable(),
  worthError: z.number().nullable(),
  months: z.number(),
  window: windowSchema,
  /** From where the bounds of waits are: the period before the data that are looked at, or their own first half. */
  baseline: windowSchema.nullable(),
  tested: z.int(),
  /** By the lower end of the money (directCost + valueAtRisk), or of the outcomes lost where an outcome has no known worth; last what has no known cost. */
  painPoints: z.array(painPointSchema),
  /** Those that cost handling first, then by how often a month. */
  rejected: z.array(rejectedFrictionSchema),
  caveats: z.array(z.string()),
});
export type PainPointsReport = z.infer<typeof painPointsReportSchema>;

export const painPointQuerySchema = painPointsQuerySchema.extend({
  kind: frictionKindSchema,
  touchpoint: z.string(),
  property: z.string().optional(),
  bad: z.string().optional(),
});
export type PainPointQuery = z.input<typeof painPointQuerySchema>;

const partSchema = z.object({
  value: z.string(),
  /** Touches of the touchpoint, and those with the friction. */
  of: z.int(),
  events: z.int(),
  share: z.number().nullable(),
  perMonth: z.number(),
  /** Null where too few to estimate. */
  effect: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  valueAtRisk: lossSchema,
});

export const painPointReportSchema = painPointsReportSchema.omit({ painPoints: true, rejected: true }).extend({
  /** Exactly one of the two. */
  painPoint: painPointSchema.nullable(),
  rejected: rejectedFrictionSchema.nullable(),
  /** By each trait with few values, and by channel: where it hurts most, the largest share of frictions first. */
  bySegment: z.array(z.object({ trait: z.string(), rows: z.array(partSchema) })),
  /** By month, `value` its first day. */
  overTime: z.array(partSchema),
  /** Since when: the first month whose share is beyond the usual of the months before; null where it always was so. */
  since: z.string().nullable(),
  /** Frictions that stand on the same touches, with how many they share. */
  overlaps: z.array(z.object({ name: z.string(), events: z.int() })),
  /** Dated incidents of this friction. */
  incidents: z.array(painPointSchema),
  /** One sentence: what was compared, and how. */
  method: z.string(),
});
export type PainPointReport = z.infer<typeof painPointReportSchema>;
