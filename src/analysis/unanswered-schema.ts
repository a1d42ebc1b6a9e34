/**
 * What is asked about negative feedback that nobody answered, and how it is answered.
 * How it is counted is in unanswered.ts.
 */
import { z } from "zod";
import { journeyScopeSchema } from "./journey-frame.ts";

const DAY_MS = 86_400_000;

export const unansweredQuerySchema = journeyScopeSchema.omit({ journey: true }).extend({
  /** An answer counts when it comes within this time after the feedback. Default 7 days. */
  withinMs: z
    .int()
    .min(1_000)
    .max(365 * DAY_MS)
    .default(7 * DAY_MS),
  /** Feedback of so many days before the end of the data. Default 90. */
  days: z.int().min(1).max(3_650).default(90),
  limit: z.int().min(1).max(100).default(10),
});
export type UnansweredQuery = z.input<typeof unansweredQuerySchema>;

export const unansweredReportSchema = z.object({
  /** Negative feedback whose whole waiting time lies in the data; of it unanswered, with a Wilson interval of the share. */
  negative: z.int(),
  unanswered: z.int(),
  share: z.object({ value: z.number(), low: z.number(), high: z.number() }).nullable(),
  /** Negative feedback that may still be answered in time. */
  waiting: z.int(),
  /** Customers of the unanswered. */
  customers: z.int(),
  /** The span that was looked at, up to the end of the data. */
  from: z.string().nullable(),
  to: z.string().nullable(),
  /**
   * Touchpoints by which the company answers: those of the stage support that carry no score and are not the customer's own
   * acts. Without any, nothing is called unanswered: it cannot be told.
   */
  answers: z.array(z.string()),
  /** The newest unanswered first. */
  newest: z.array(
    z.object({
      customer: z.string(),
      time: z.string(),
      touchpoint: z.string(),
      score: z.number(),
      scale: z.string(),
      text: z.string().nullable(),
      /** Days since, to the end of the data. */
      days: z.number(),
    }),
  ),
});
export type UnansweredReport = z.infer<typeof unansweredReportSchema>;
