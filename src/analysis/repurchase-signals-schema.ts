/**
 * What is asked about early signals, and how it is answered: behaviours in the first days after the first order, and
 * their crude and adjusted difference in second purchases. The numbers come from repurchase-signals.ts.
 */
import { z } from "zod";
import { SIGNAL_VERDICTS } from "../domain/repurchase-words.ts";
import { repurchaseScopeSchema } from "./repurchase-schema.ts";

export const SIGNAL_KINDS = [
  "support contact",
  "late delivery",
  "channel",
  "first product",
  "survey answer",
  "discount",
  "touchpoint",
] as const;

export const repurchaseSignalsQuerySchema = repurchaseScopeSchema.extend({
  /** Behaviours count in this many days from the first order. */
  days: z.int().min(1).max(180).default(30),
  /** A second purchase counts in this many days after them. */
  withinDays: z.int().min(7).max(730).default(180),
});
export type RepurchaseSignalsQuery = z.input<typeof repurchaseSignalsQuerySchema>;

const differenceSchema = z.object({ value: z.number(), low: z.number(), high: z.number() });

export const signalSchema = z.object({
  kind: z.enum(SIGNAL_KINDS),
  /** "Ticket Opened", "channel = app", "Delivery Due with overdue = true". */
  name: z.string(),
  /** Customers with and without it (of those of whom it is known), and the share of each with a second purchase in time. */
  with: z.int(),
  without: z.int(),
  shareWith: z.number().nullable(),
  shareWithout: z.number().nullable(),
  /** Differences of shares with 95 % intervals; adjusted: among customers alike before. Null where too few are comparable. */
  crude: differenceSchema.nullable(),
  adjusted: differenceSchema.nullable(),
  /** Benjamini–Hochberg over all signals of the answer, of the adjusted difference. */
  q: z.number().nullable(),
  /** Customers with the signal who have somebody to be compared with. */
  reach: z.int(),
  verdict: z.enum(SIGNAL_VERDICTS),
  /** One sentence for people: what was seen and whether it survives. */
  sentence: z.string(),
});
export type Signal = z.infer<typeof signalSchema>;

export const repurchaseSignalsReportSchema = z.object({
  journey: z.literal("life"),
  endOfData: z.string().nullable(),
  days: z.int(),
  withinDays: z.int(),
  /** First buyers whose windows both lie within the data, whose second purchase had not come within the first days (landmark); and their share with a second purchase. */
  customers: z.int(),
  base: z.number().nullable(),
  /** First buyers left out because their second purchase came within the first days: there was no outcome left to tell. */
  boughtBefore: z.int(),
  /** Surest first. */
  signals: z.array(signalSchema),
  /** What was held equal, in words. */
  adjustedFor: z.array(z.string()),
});
export type RepurchaseSignalsReport = z.infer<typeof repurchaseSignalsReportSchema>;
