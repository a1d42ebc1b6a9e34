/**
 * MoSCoW priorities, their three levels, and the shares of effort they make up.
 * What is wrong with a share is said by the health rules in src/delivery/rules.
 */
import { z } from "zod";

export const PRIORITIES = ["must", "should", "could", "wont"] as const;
export const prioritySchema = z.enum(PRIORITIES);
export type Priority = z.infer<typeof prioritySchema>;

export const PRIORITY_NAMES: Readonly<Record<Priority, string>> = {
  must: "Must",
  should: "Should",
  could: "Could",
  wont: "Won’t this time",
};

/** A Should of the project may be the Must of an increment: each level has priorities of its own. */
export const PRIORITY_LEVELS = ["project", "increment", "timebox"] as const;
export const priorityLevelSchema = z.enum(PRIORITY_LEVELS);
export type PriorityLevel = z.infer<typeof priorityLevelSchema>;

/** Effort by priority; Won't and what has no priority yet are outside the denominator of every share. */
export interface EffortByPriority {
  readonly must: number;
  readonly should: number;
  readonly could: number;
  /** Without a priority on this level. */
  readonly undecided: number;
  readonly wont: number;
}

interface Weighed {
  readonly effort: number;
  readonly priority: Readonly<Record<PriorityLevel, Priority | null>>;
}

export function addEffort(requirements: Iterable<Weighed>, level: PriorityLevel): EffortByPriority {
  const sums = { must: 0, should: 0, could: 0, undecided: 0, wont: 0 };
  for (const { effort, priority } of requirements) sums[priority[level] ?? "undecided"] += effort;
  return sums;
}

/** Fractions of Must + Should + Could effort; null without any. @example 6, 2, 2 → .6, .2, .2 */
export function findShares({ must, should, could }: EffortByPriority) {
  const total = must + should + could;
  return total > 0 ? { must: must / total, should: should / total, could: could / total } : null;
}
