/**
 * The data quality report: what may be wrong with the events, what to do about it, and what was checked.
 * Days are ISO days in the workspace's zone, moments ISO 8601 in UTC; the words of kinds are in domain/quality-words.ts.
 */
import { z } from "zod";
import { QUALITY_KINDS, SEVERITIES } from "../../domain/quality-words.ts";

export const qualityQuerySchema = z.strictObject({});
export type QualityQuery = z.output<typeof qualityQuerySchema>;

const count = z.int().nonnegative();

const periodSchema = z.object({
  /** First and last, both inside: ISO days, or hours such as 2024-05-01T14:00 in the workspace's zone. */
  from: z.string(),
  to: z.string(),
  /** Events that would have been usual in it. */
  expected: z.number(),
});
export type QualityPeriod = z.infer<typeof periodSchema>;

const qualityFindingSchema = z.object({
  kind: z.enum(QUALITY_KINDS),
  severity: z.enum(SEVERITIES),
  /** Null where the finding is not of one touchpoint, or not of one import. */
  touchpoint: z.string().nullable(),
  importId: z.int().nullable(),
  /** First and last day it concerns; null where no days belong to it. */
  from: z.string().nullable(),
  to: z.string().nullable(),
  /** How many, in the unit of its check, and of how many. */
  n: count,
  of: count.nullable(),
  share: z.number().nullable(),
  /** Stretches without events; empty for other kinds. The longest first, at most 10. */
  periods: z.array(periodSchema),
  /** What was seen, why it matters, what to do: a sentence each. */
  seen: z.string(),
  why: z.string(),
  action: z.string(),
  /** The action as a command, where it is one. */
  command: z.string().nullable(),
  /** Where in the app it is done: the path of a page below the workspace, and its parameters. */
  page: z.object({ to: z.string(), label: z.string(), search: z.record(z.string(), z.string()) }).nullable(),
});
export type QualityFinding = z.infer<typeof qualityFindingSchema>;

export const qualityReportSchema = z.object({
  /** Events in live imports, as they were brought: one that two imports brought counts twice here. */
  records: count,
  imports: count,
  touchpoints: count,
  /** First and last plausible event; null without any. */
  first: z.string().nullable(),
  last: z.string().nullable(),
  /** The worst first. */
  findings: z.array(qualityFindingSchema),
  /** Every check, also those that found nothing: of how many, and what could not be looked at. */
  checked: z.array(
    z.object({
      kind: z.enum(QUALITY_KINDS),
      title: z.string(),
      n: count,
      unit: z.string(),
      findings: count,
      note: z.string().nullable(),
    }),
  ),
  /** Events of persons by month, and those of customers known by an anonymous id only. */
  unknownByMonth: z.array(z.object({ month: z.string(), events: count, unknown: count, share: z.number() })),
});
export type QualityReport = z.infer<typeof qualityReportSchema>;

/** A live import, as far as its quality is judged by it. */
export interface ImportFacts {
  readonly id: number;
  /** Its first file. */
  readonly name: string;
  /** When it began: nothing in it can have happened later. Milliseconds since 1970. */
  readonly startedAt: number;
  readonly read: number;
  readonly rejected: number;
  readonly duplicate: number;
}
