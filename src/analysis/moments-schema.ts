/**
 * What is asked about moments of truth and how it is answered: the schemas of the list, of one moment, and of promises kept.
 * How the numbers come about is in moments.ts, moment-detail.ts and expectations.ts.
 */
import { z } from "zod";
import { journeyScopeSchema } from "./journey-frame.ts";

const DAY_MS = 86_400_000;

const CONTRASTS = ["presence", "experience"] as const;

export const momentsQuerySchema = journeyScopeSchema.extend({
  /** An expression that is true for the events of the outcome, such as `touchpoint = "Order Completed"`; or `repurchase` (the next order after an order) or `silence` (no event at all). */
  outcome: z.string().min(1),
  /** How long after a touch the outcome may come, in milliseconds. Default 30 days. */
  withinMs: z
    .int()
    .min(1_000)
    .max(3_650 * DAY_MS)
    .default(30 * DAY_MS),
  /** Left out: whether the outcome came. `score`: how the first such event was scored; `nps`: +1, 0, −1 by that score. */
  of: z.enum(["score", "nps"]).optional(),
  /** Which contrasts are looked at; default both. */
  contrast: z.enum([...CONTRASTS, "both"]).default("both"),
  /** Only this property's experience contrasts. */
  property: z.string().optional(),
  /** What one outcome is worth, in the workspace's currency; default: the mean order when the outcome is an order. */
  worth: z.number().min(0).optional(),
});
export type MomentsQuery = z.input<typeof momentsQuerySchema>;

/** Why a candidate is no claim, in words for people. */
export const REJECTIONS = ["already different before", "too few", "no clear effect"] as const;

const candidateShape = {
  touchpoint: z.string(),
  contrast: z.enum(CONTRASTS),
  /** The property that tells good from bad; null for presence. */
  property: z.string().nullable(),
  /** What counts as bad, such as `= "true"` or `> 48`; null for presence. */
  bad: z.string().nullable(),
  /** The exposed events as an expression, for opening the customers. */
  where: z.string(),
};

const placeboSchema = z.object({
  /** What was compared instead of the outcome; it lies before the touch, so nothing the touch did can be in it. */
  of: z.enum(["an earlier outcome", "earlier activity"]),
  effect: z.number(),
  low: z.number(),
  high: z.number(),
  p: z.number(),
});

export const claimSchema = z.object({
  ...candidateShape,
  /** Fraction of touches that more (or fewer) lead to the outcome; points of the score with `of`. */
  effect: z.number(),
  low: z.number(),
  high: z.number(),
  /** effect over the rate of the comparison; null when that is 0, and for scores. */
  relative: z.number().nullable(),
  /** Of the minimum-effect test. */
  p: z.number(),
  q: z.number(),
  /** Exposed touches in cells that hold others too, and their customers. */
  reach: z.int(),
  customers: z.int(),
  /** reach × effect: outcomes more or fewer (points of the score in all). */
  impact: z.number(),
  /** impact in the workspace's currency; null when an outcome has no known worth. */
  money: z.number().nullable(),
  /** How strong an unseen common cause would have to be; null for scores. */
  eValue: z.number().nullable(),
  /** "likely cause" when a placebo was possible and showed nothing, else "association, adjusted". */
  label: z.enum(["likely cause", "association, adjusted"]),
  /** Plain difference between exposed and all others. */
  crude: z.number(),
  /** The outcome among exposed touches and among what they are compared with (adjusted: exposed − effect). */
  exposedRate: z.number(),
  comparisonRate: z.number(),
  /** Crude and adjusted point in different directions. */
  simpson: z.boolean(),
  placebo: placeboSchema.nullable(),
  /** Of score outcomes: how much more often (as fraction) the exposed answer; flagged above .05. */
  responseGap: z.number().nullable(),
});
export type MomentClaim = z.infer<typeof claimSchema>;

export const rejectedSchema = z.object({
  ...candidateShape,
  /** null when there was too little to estimate. */
  effect: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  /** Plain difference between exposed and all others; null where one side is empty. */
  crude: z.number().nullable(),
  /** Looked at only where the numbers alone would have made a claim. */
  placebo: placeboSchema.nullable(),
  reach: z.int(),
  reason: z.enum(REJECTIONS),
  /** One sentence with the numbers behind the reason. */
  detail: z.string(),
});
export type RejectedMoment = z.infer<typeof rejectedSchema>;

export const momentsReportSchema = z.object({
  journey: z.string(),
  outcome: z.string(),
  of: z.enum(["score", "nps"]).nullable(),
  withinMs: z.int(),
  currency: z.string(),
  /** Rate of the outcome over all touches (mean score with `of`), and how many touches (answers) that are. */
  base: z.number().nullable(),
  n: z.int(),
  customers: z.int(),
  /** The least effect worth claiming: 5 % of the base rate, or of the scale's range. */
  minimumEffect: z.number().nullable(),
  /** Touches whose window ends after the data do; they count nowhere. */
  unfinished: z.int(),
  /** What one outcome is worth; null when unknown. */
  worth: z.number().nullable(),
  /** Months over which the touches spread: impact / months is the impact a month. */
  months: z.number(),
  /** Candidates that had enough data to be tested. */
  tested: z.int(),
  /** The largest impact first. */
  claims: z.array(claimSchema),
  rejected: z.array(rejectedSchema),
  /** Steps that at least 95 % of those who reach the outcome pass. */
  structural: z.array(z.object({ touchpoint: z.string(), share: z.number(), n: z.int() })),
  /** What would bias this, in sentences. */
  caveats: z.array(z.string()),
});
export type MomentsReport = z.infer<typeof momentsReportSchema>;

export const momentQuerySchema = momentsQuerySchema.omit({ contrast: true, property: true }).extend({
  touchpoint: z.string(),
  contrast: z.enum(CONTRASTS),
  property: z.string().optional(),
  bad: z.string().optional(),
  /** A trait (`plan`) or `customer so far` to compare segments by; default: the first of those that can be asked for. */
  segment: z.string().optional(),
});
export type MomentQuery = z.input<typeof momentQuerySchema>;

/** The split that every journey of customers has: by what came before the attempt. A trait of this name is not read. */
export const CUSTOMER_SO_FAR = "customer so far";

const splitSchema = z.object({
  /** Value of the trait, what came before the attempt, or first day of the month. */
  value: z.string(),
  effect: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  /** Plain difference within the part; null where it has too few for an effect. */
  crude: z.number().nullable(),
  n: z.int(),
});

/** What is known of a customer before the touch, and `rest`: what of the difference cannot be split further. */
export const REASON_KINDS = [
  "kind of attempt",
  "steps so far",
  "pace",
  "time since the last event",
  "what came right before",
  "funnel stage",
  "earlier outcomes",
  "earlier events",
  "first channel",
  "trait",
  "touchpoint seen",
  "other touchpoints seen",
  "rest",
] as const;

const reasonSchema = z.object({
  kind: z.enum(REASON_KINDS),
  /** Of the trait, or of the touchpoint seen. */
  name: z.string().nullable(),
  /** Its part of crude − adjusted, in the effect's unit. */
  difference: z.number(),
  /**
   * Of both sides: mean steps so far (at most 15), mean stages passed; the share of first attempts, of touches with an
   * earlier outcome, with more than 3 earlier events, of those who had seen the touchpoint. Null of all other kinds.
   */
  exposed: z.number().nullable(),
  others: z.number().nullable(),
});
export type MomentReason = z.infer<typeof reasonSchema>;

export const momentReportSchema = momentsReportSchema
  .pick({
    journey: true,
    outcome: true,
    of: true,
    withinMs: true,
    currency: true,
    base: true,
    n: true,
    minimumEffect: true,
    worth: true,
    months: true,
    tested: true,
    caveats: true,
  })
  .extend({
    /** Exactly one of the two. */
    claim: claimSchema.nullable(),
    rejected: rejectedSchema.nullable(),
    /** Why the plain and the adjusted difference differ, the largest part first, `rest` last: together crude − adjusted. */
    reasons: z.array(reasonSchema),
    /** What happened instead, in the same situations: the commonest other touches (presence), with their share. */
    instead: z.array(z.object({ touchpoint: z.string(), share: z.number() })),
    bySegment: z.object({
      trait: z.string().nullable(),
      /** What can be asked for: traits, and for journeys of customers `customer so far`. */
      traits: z.array(z.string()),
      rows: z.array(splitSchema),
      /** Of the test that the effect is the same in all of them; null with fewer than two. */
      p: z.number().nullable(),
    }),
    overTime: z.array(splitSchema),
  });
export type MomentReport = z.infer<typeof momentReportSchema>;

export const expectationsQuerySchema = journeyScopeSchema.extend({
  /** Only this touchpoint's promises. */
  touchpoint: z.string().optional(),
});
export type ExpectationsQuery = z.input<typeof expectationsQuerySchema>;

const shareSchema = z.object({ count: z.int(), share: z.number(), low: z.number(), high: z.number() });

export const expectationsReportSchema = z.object({
  promises: z.array(
    z.object({
      touchpoint: z.string(),
      property: z.string(),
      /** In words: "overdue is not true", "hoursWaited is at most 48". */
      promise: z.string(),
      /** What counts as missed, as in experience contrasts. */
      bad: z.string(),
      /** Where it comes from: a yes/no property of the events, or a target somebody set. */
      from: z.enum(["events", "target"]),
      n: z.int(),
      met: shareSchema,
      missed: shareSchema,
      /** Better than promised; null where that cannot be told. */
      exceeded: shareSchema.nullable(),
    }),
  ),
  /** Targets that somebody set, and that no event in scope has a number for. */
  untold: z.array(z.object({ touchpoint: z.string(), promise: z.string() })),
});
export type ExpectationsReport = z.infer<typeof expectationsReportSchema>;
