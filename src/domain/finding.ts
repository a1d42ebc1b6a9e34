/**
 * A finding: a result that somebody keeps because it matters, with its numbers as they were, its status and its owner.
 * How results come about is in analysis/; where findings are kept is the state store's matter.
 */
import { z } from "zod";

export const FINDING_STATUSES = ["open", "accepted", "dismissed", "being-fixed", "fixed", "verified"] as const;
export const findingStatusSchema = z.enum(FINDING_STATUSES);
export type FindingStatus = z.infer<typeof findingStatusSchema>;

/** Said to whoever would write "verified" down. */
const VERIFIED_BY =
  "a finding turns verified only by a measured effect: the benefits assessment of its initiative does it (assess-benefits)";
/** What people say of a finding. Verified is measured, not said. */
export const saidStatusSchema = findingStatusSchema.exclude(["verified"], {
  error: ({ input }) => (input === "verified" ? VERIFIED_BY : undefined),
});

export const FINDING_KINDS = ["moment", "pain-point"] as const;

/** The numbers of one measurement, as they were shown; null: there was too little to estimate. */
export const findingMeasureSchema = z.object({
  measuredAt: z.string(),
  dataVersion: z.int(),
  /** One line: what was done to get the numbers. */
  method: z.string(),
  effect: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  q: z.number().nullable(),
  reach: z.int(),
  /** Outcomes gained or lost, and what they are worth, with what handling costs: negative is a loss. Over `months`. */
  impact: z.number().nullable(),
  money: z.number().nullable(),
  /** The months that impact and money add up over; null of measurements that were kept without. */
  months: z.number().nullable(),
  /** Whether it would be claimed on this data, and why not. */
  claimed: z.boolean(),
  reason: z.string().nullable(),
});
export type FindingMeasure = z.infer<typeof findingMeasureSchema>;

export const findingCommentSchema = z.object({
  id: z.int(),
  at: z.string(),
  by: z.string().nullable(),
  text: z.string(),
});
export type FindingComment = z.infer<typeof findingCommentSchema>;

export const findingSchema = z.object({
  id: z.int(),
  kind: z.enum(FINDING_KINDS),
  /** The sentence it was kept with. */
  title: z.string(),
  status: findingStatusSchema,
  /** Why it was dismissed; null otherwise. */
  reason: z.string().nullable(),
  owner: z.string().nullable(),
  createdAt: z.string(),
  /** Of status, owner or a comment. */
  lastActionAt: z.string(),
  /** The question that gives its numbers again: the input of the operation `moment` or `pain-point`, by its kind. */
  question: z.record(z.string(), z.unknown()),
  /** The first is the one it was kept with; the newest last. */
  measures: z.array(findingMeasureSchema),
  comments: z.array(findingCommentSchema),
});
export type Finding = z.infer<typeof findingSchema>;

/** What an amount that adds up over months is a month; null where either is unknown. */
export function amountPerMonth(amount: number | null, months: number | null | undefined): number | null {
  return amount === null || !months ? null : amount / months;
}

const PATIENCE_DAYS = 14;
const DAY_MS = 86_400_000;
const SETTLED: readonly FindingStatus[] = ["dismissed", "verified"];

/** Whether nobody has acted on a finding for two weeks although it is not settled. */
export function isWaiting({ status, lastActionAt }: Pick<Finding, "status" | "lastActionAt">, now: Date): boolean {
  return !SETTLED.includes(status) && now.getTime() - Date.parse(lastActionAt) > PATIENCE_DAYS * DAY_MS;
}
