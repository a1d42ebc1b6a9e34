/**
 * An effect: what a change did to a KPI, as it is asked of the events.
 * The plan of a measurement is in effect-plan.ts; how an effect is estimated is in analysis/effect/.
 */
import { z } from "zod";
import { parseMoment } from "./moment.ts";

const DAY_MS = 86_400_000;

const momentSchema = z
  .string()
  .refine((text) => !Number.isNaN(parseMoment(text, "UTC")), "write a time like 2025-03-31 or 2025-03-31T12:00:00Z");
const expressionSchema = z.string().trim().min(1).max(10_000);
const nameSchema = z.string().trim().min(1).max(200);

export const EVENT_EFFECT_DESIGNS = ["randomised", "staged", "synthetic", "series"] as const;

/** Checks of a report that must pass before anything is claimed; others only say how far to trust it. */
export const BLOCKING_CHECKS: ReadonlySet<string> = new Set(["sample-ratio", "stop-date"]);

/** What is measured, made of the events of one unit in a stretch of time. */
export const metricSchema = z
  .strictObject({
    /**
     * share: units with at least one such event · count: events a unit · sum: their values added up, a unit ·
     * mean: the mean of such events · ratio: such events for each event of `per`.
     */
    kind: z.enum(["share", "count", "sum", "mean", "ratio"]),
    /** Which events, such as `touchpoint = "Order Completed"`. */
    event: expressionSchema,
    /** ratio: what it is divided by, such as `touchpoint = "Checkout Started"`. */
    per: expressionSchema.optional(),
    /** sum, mean: "value", "score", "nps" (+100, 0, −100 by the score), or the name of a property that holds numbers. */
    of: nameSchema.optional(),
  })
  .refine(({ kind, per }) => (kind === "ratio") === (per !== undefined), {
    path: ["per"],
    error: "a ratio, and nothing else, needs the events it is divided by (per)",
  })
  .refine(({ kind, of }) => (kind === "sum" || kind === "mean") === (of !== undefined), {
    path: ["of"],
    error: "a sum or a mean, and nothing else, needs the number it is made of (of): value, score, nps or a property",
  });
export type Metric = z.infer<typeof metricSchema>;

/** Who got the change and when: the rest of a question to the events. */
export const effectQuestionSchema = z
  .strictObject({
    design: z.enum(EVENT_EFFECT_DESIGNS),
    metric: metricSchema,
    /** What is compared: customers, objects of a type (orders, tickets …), or the days of a series. */
    unit: z.string().default("customer"),
    /** Field that tells the arms or groups apart: `customer.group`, `prop.variant`, `channel`. */
    by: z.string().max(200).optional(),
    /** Instead of `by`: who gets the change, such as `customer.country = "BR"`; all others are the control. */
    audience: expressionSchema.optional(),
    /** randomised: the events that put a unit into its arm (the first counts), such as `has a variant`; without it `since`. */
    at: expressionSchema.optional(),
    /** Values of `by`. Left out: all others. */
    control: z.array(nameSchema).min(1).max(100).optional(),
    treatment: z.array(nameSchema).min(1).max(100).optional(),
    /** The switch-on. */
    since: momentSchema.optional(),
    /** staged: the switch-on of each value of `by` that got the change; all others never got it. */
    switchOn: z.record(nameSchema, momentSchema).optional(),
    /** Where what is known from before begins; left out: as long before the switch-on as is measured after it, or all. */
    from: momentSchema.optional(),
    /** The stop date: nothing from then on counts. */
    until: momentSchema.optional(),
    /** randomised: how long after its assignment a unit is watched, in milliseconds; left out: until the stop date. */
    withinMs: z
      .int()
      .min(60_000)
      .max(3_650 * DAY_MS)
      .optional(),
    /** Periods of the designs over time. */
    period: z.enum(["day", "week", "month"]).default("week"),
    /** Filter expression: events and customers that take part. */
    where: expressionSchema.optional(),
    /** randomised: adjust for the same metric before the assignment (CUPED) where it tells something. */
    adjust: z.boolean().default(true),
    peeking: z.boolean().default(false),
    /** randomised: the planned shares of control and treatment. */
    split: z.tuple([z.number().positive(), z.number().positive()]).optional(),
    controls: z.enum(["never", "not-yet"]).default("never"),
    /** series: periods of one season. */
    season: z.int().min(1).max(400).optional(),
    minEffect: z.number().min(0).default(0),
    lowerIsBetter: z.boolean().default(false),
    confidence: z.number().gt(0.5).lt(1).default(0.95),
  })
  .refine(({ by, audience }) => by === undefined || audience === undefined, {
    path: ["audience"],
    error: "give either by or audience, not both",
  });
export type EffectQuestion = z.infer<typeof effectQuestionSchema>;
export type EffectQuestionInput = z.input<typeof effectQuestionSchema>;
