/**
 * A promise: what customers may expect at a touchpoint, told by a yes/no property of its events or by a target somebody set.
 * How often promises are kept is counted in analysis/expectations.ts.
 */
import { z } from "zod";
import { WAIT_PROPERTY } from "./friction.ts";
import { spellProperty } from "./moment-condition.ts";

/** The setting under which the targets stand. */
export const PROMISES_SETTING = "promises";

export const promiseTargetSchema = z.strictObject({
  touchpoint: z.string().min(1),
  /** A property that holds a number; or `wait`, the hours until the next event, whatever properties there are. */
  property: z.string().min(1),
  /** Exactly one of the two. */
  atMost: z.number().nullable(),
  atLeast: z.number().nullable(),
});
export type PromiseTarget = z.infer<typeof promiseTargetSchema>;

/** "hoursWaited is at most 48", "the next event comes within 24 h". */
export function describeTarget({ property, atMost, atLeast }: PromiseTarget): string {
  if (property === WAIT_PROPERTY && atMost !== null) return `the next event comes within ${atMost} h`;
  return atMost === null ? `${property} is at least ${atLeast}` : `${property} is at most ${atMost}`;
}

/**
 * Yes/no properties that tell of a promise, spelled in small letters with blanks (`slaBreached` is "sla breached",
 * `isLate` is "late"), by what yes means.
 */
const YES_IS_MISSED = [
  /^(?:over ?due|past due|late|delayed|breached|missed)$/u,
  /^(?:sla|target|promise|deadline) (?:breach(?:ed)?|missed|violated|exceeded|failed|overdue|late)$/u,
  /^(?:breached|missed|violated|exceeded|outside) (?:sla|target|promise|deadline)$/u,
];
const YES_IS_KEPT = [
  /^(?:on|in) time$/u,
  /^punctual$/u,
  /^sla$/u,
  /^(?:sla|target|promise|deadline) (?:met|kept|ok|reached)$/u,
  /^(?:met|kept|within|inside) (?:sla|target|promise|deadline)$/u,
];

/** One of these is in every name that the lists above know; a coarse first look for the engine. */
export const PROMISE_STEMS = [
  ...["overdue", "over due", "over_due", "over-due", "pastdue", "past due", "past_due", "past-due"],
  ...["late", "delayed", "breach", "missed", "time", "punctual", "sla", "target", "promise", "deadline", "Due"],
] as const;

/** What yes means in a property of this name; undefined when the name tells of no promise. */
export function readPromiseName(property: string): "kept" | "missed" | undefined {
  const name = spellProperty(property);
  if (YES_IS_MISSED.some((pattern) => pattern.test(name))) return "missed";
  return YES_IS_KEPT.some((pattern) => pattern.test(name)) ? "kept" : undefined;
}
