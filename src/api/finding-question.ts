/**
 * The question behind a finding: what is asked by which kind, and when two questions are the same.
 * How an answer becomes the numbers of a finding is in finding-from-moment.ts and finding-from-pain-point.ts.
 */
import { createHash } from "node:crypto";
import { z } from "zod";
import { type MomentQuery, momentQuerySchema } from "../analysis/moments-schema.ts";
import { painPointQuerySchema } from "../analysis/pain-points-schema.ts";
import type { Finding } from "../domain/finding.ts";

const LONGEST_QUESTION = 20_000;
const isShort = (question: unknown) => JSON.stringify(question).length <= LONGEST_QUESTION;
const TOO_LONG = "is too long to be kept";

/** The input of `moment`. */
export const momentQuestionSchema = momentQuerySchema;
/** The input of `pain-point`; and of a dated incident which one: its part of the customers and its weeks. */
export const painQuestionSchema = painPointQuerySchema.extend({
  incident: z
    .strictObject({ segment: z.string().nullable(), from: z.string().max(40), to: z.string().max(40) })
    .optional(),
});
export type PainQuestion = z.input<typeof painQuestionSchema>;

/** What is to be kept names nothing else; what was kept by an earlier version may. */
export const keptMomentSchema = momentQuestionSchema.strict().refine(isShort, TOO_LONG);
export const keptPainSchema = painQuestionSchema.strict().refine(isShort, TOO_LONG);

/** Equal for questions about the same thing: how it is cut into segments and what it is worth are other looks at it. */
export function hashQuestion(kind: Finding["kind"], question: MomentQuery | PainQuestion): string {
  const { segment: _, worth: __, ...same } = question;
  const said = Object.entries(same).filter(([, value]) => value !== undefined);
  const text = JSON.stringify([kind, said.toSorted(([a], [b]) => (a < b ? -1 : 1))]);
  return createHash("sha256").update(text).digest("hex");
}
