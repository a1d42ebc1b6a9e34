/**
 * How tests change the healthy initiative, and what they then expect of a rule: what fires, where and with which words.
 * The cases themselves are in firing.case.ts and silent.case.ts.
 */
import { type BrokenRule, type HealthThresholds, healthThresholdsSchema } from "../../domain/dsdm/health.ts";
import type { Initiative } from "../../domain/dsdm/initiative.ts";
import type { Requirement } from "../../domain/dsdm/requirement.ts";
import type { DeliveryRole } from "../../domain/dsdm/role.ts";
import type { Timebox } from "../../domain/dsdm/timebox.ts";
import type { HealthContext } from "./rule.ts";

export type Change = (initiative: Initiative) => void;

export const nothing: Change = () => {};

export function requirement({ requirements }: Initiative, id: number): Requirement {
  const found = requirements.find((one) => one.id === id);
  if (!found) throw new Error(`no requirement ${id}`);
  return found;
}

export function timebox({ timeboxes }: Initiative, id: number): Timebox {
  const found = timeboxes.find((one) => one.id === id);
  if (!found) throw new Error(`no timebox ${id}`);
  return found;
}

export function closeOut(initiative: Initiative, id: number): NonNullable<Timebox["closeOut"]> {
  const found = timebox(initiative, id).closeOut;
  if (!found) throw new Error(`timebox ${id} is open`);
  return found;
}

export function first<One>(list: readonly One[]): One {
  const [one] = list;
  if (one === undefined) throw new Error("nothing there");
  return one;
}

export const release = (initiative: Initiative, role: DeliveryRole, until = "2026-01-31T09:00:00.000Z") => {
  for (const one of initiative.people) if (one.role === role) one.until = until;
};

/** All of a team's traces but those of the ambassador. */
export function silenceAnna(initiative: Initiative): void {
  for (const one of initiative.timeboxes) for (const note of one.standups) note.author = "Lena";
  for (const one of initiative.feedback) one.author = "Viktor";
}

export const thresholds = (change: Partial<HealthThresholds>): Partial<HealthContext> => ({
  thresholds: healthThresholdsSchema.parse(change),
});

/** A second closed timebox before the running one, as the first but for its ids and days. */
export function addClosed(initiative: Initiative): Timebox {
  const copy = structuredClone(timebox(initiative, 1));
  copy.id = 4;
  copy.title = "Timebox 4";
  const end = copy.closeOut;
  if (end) end.at = "2026-02-27T17:00:00.000Z";
  initiative.timeboxes.push(copy);
  return copy;
}

/** In no increment, with a priority of the project alone. */
export function onLevels(project: Requirement["priority"]["project"], other: null): Partial<Requirement> {
  return { priority: { project, increment: other, timebox: other } };
}

export interface Firing {
  readonly rule: number;
  readonly when: string;
  readonly change: Change;
  readonly context?: Partial<HealthContext>;
  readonly subject: string;
  readonly message: string;
  readonly severity?: BrokenRule["severity"];
  /** What the action has to name, where the rule makes it up. */
  readonly action?: string;
  /** Rules that cannot but be broken with it. */
  readonly also?: readonly number[];
}

export interface Silent {
  readonly rule: number;
  readonly when: string;
  readonly change: Change;
  readonly context?: Partial<HealthContext>;
}
