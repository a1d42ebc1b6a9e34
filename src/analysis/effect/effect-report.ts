/**
 * The shape of the answer to "what did the change do?", the same for all designs, and how its verdict is reached.
 * How the numbers are found is in the file of each design.
 */
import { z } from "zod";
import { AppError } from "../../domain/app-error.ts";
import { BLOCKING_CHECKS } from "../../domain/effect.ts";
import { type Judged, judgeEffect } from "../../stats/effect-verdict.ts";
import type { Interval } from "../../stats/estimate.ts";
import type { NoAnswer } from "../../stats/no-answer.ts";
import type { Unstaged } from "../../stats/staged-panel.ts";

export const EFFECT_DESIGNS = ["randomised", "staged", "synthetic", "series"] as const;

const VERDICTS = [
  "better",
  "worse",
  "no meaningful change",
  "inconclusive",
  "indicative better",
  "indicative worse",
  "indicative no meaningful change",
] as const;

const number = z.number();

/** One arm, one group of equal start, the treated or the controls. */
const groupSchema = z.strictObject({
  name: z.string(),
  role: z.enum(["control", "treatment", "before", "after"]),
  /** Units, or periods in a series. */
  n: number,
  /** Mean, share or ratio; null where the design has none. */
  mean: number.nullable(),
  /** The interval of this mean, where the design knows it. */
  meanLow: number.optional(),
  meanHigh: number.optional(),
  /** What the change did to this group alone, where the design says so. */
  estimate: number.nullable(),
  low: number.nullable(),
  high: number.nullable(),
});

/** What the numbers were made of, where they come from events. Times are ISO, UTC. */
const basisSchema = z.strictObject({
  /** customer, an object type, or day. */
  unit: z.string(),
  /** Units compared. */
  units: number,
  /** Units that could have been compared and were not. */
  leftOut: z.array(z.strictObject({ reason: z.string(), n: number })),
  /** The first moment that counts, from before the switch-on too; null: all there is. */
  from: z.string().nullable(),
  /** Null where each unit has its own. */
  switchOn: z.string().nullable(),
  /** The first moment that no longer counts: the stop date, or just after the last event. */
  until: z.string(),
  /** Null where the design has no periods. */
  period: z.enum(["day", "week", "month"]).nullable(),
});
export type EffectBasis = z.infer<typeof basisSchema>;

export const effectReportSchema = z.strictObject({
  design: z.enum(EFFECT_DESIGNS),
  /** How the estimate and its interval are made, in a few words. */
  method: z.string(),
  /** Units compared, or periods of a series. */
  n: number,
  /** In the unit of the value; shares as fractions. */
  estimate: number,
  low: number,
  high: number,
  p: number,
  confidence: number,
  /** Relative to what there would be without the change: .1 is 10 % more. Null where that may be 0. */
  relative: z.strictObject({ estimate: number, low: number, high: number }).nullable(),
  minEffect: number,
  verdict: z.enum(VERDICTS),
  checks: z.array(z.strictObject({ id: z.string(), passed: z.boolean(), detail: z.string() })),
  groups: z.array(groupSchema),
  /** Staged design: the effect so many periods since the start, below 0 before it. */
  eventStudy: z.array(z.strictObject({ at: number, estimate: number, low: number, high: number })).optional(),
  /** Randomised design: P(the treatment is better), flat prior. */
  chanceToWin: number.optional(),
  /** Designs over time: each period as it was, and as it would have been without the change, with an interval. `at` is ISO. */
  series: z
    .array(z.strictObject({ at: z.string(), actual: number, expected: number, low: number, high: number }))
    .optional(),
  /** Randomised design: the answer as it was at each look, with an interval that holds at all of them; units so far. `at` is ISO. */
  overTime: z
    .array(z.strictObject({ at: z.string(), estimate: number, low: number, high: number, n: number }))
    .optional(),
  basis: basisSchema.optional(),
});

export type EffectReport = z.infer<typeof effectReportSchema>;
export type EffectGroup = EffectReport["groups"][number];

/** What is asked alike of every design. */
export interface EffectQuestion {
  /** The least effect worth having, in the unit of the value; 0: any. */
  readonly minEffect: number;
  readonly confidence: number;
  readonly lowerIsBetter: boolean;
}

type Measured = Omit<EffectReport, "verdict" | "minEffect" | "confidence">;

/** The verdict of one series is at most indicative: whatever else happened at that time counts as the change's doing. */
function judge({ design, checks, estimate, low, high }: Measured, question: EffectQuestion): EffectReport["verdict"] {
  if (checks.some(({ id, passed }) => !passed && BLOCKING_CHECKS.has(id))) return "inconclusive";
  const verdict = judgeEffect({ value: estimate, low, high }, question.minEffect, !question.lowerIsBetter);
  return design === "series" && verdict !== "inconclusive" ? `indicative ${verdict}` : verdict;
}

export function completeReport(measured: Measured, question: EffectQuestion): EffectReport {
  const { minEffect, confidence } = question;
  return { ...measured, minEffect, confidence, verdict: judge(measured, question) };
}

/** The part of the report that every estimate has. */
export function estimateOf({ value, low, high, p }: Judged & { readonly p: number }) {
  return { estimate: value, low, high, p };
}

export function relativeOf(
  effect: (Interval & { readonly value: number }) | NoAnswer | null,
): EffectReport["relative"] {
  return effect === null || "noAnswer" in effect
    ? null
    : { estimate: effect.value, low: effect.low, high: effect.high };
}

/** A statistic that has no answer, as an error that says why. */
export function refuse({ reason, field }: NoAnswer | Unstaged): AppError {
  return new AppError("invalid", reason, { field });
}
