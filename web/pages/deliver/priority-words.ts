/**
 * Priorities, efforts, phases and states of delivery as people read them, for all Deliver pages.
 * Rules and principles in words are health-words.ts; nothing is worked out here.
 */
import type { Initiative } from "../../../src/domain/dsdm/initiative.ts";
import { PRIORITY_NAMES, type Priority } from "../../../src/domain/dsdm/moscow.ts";
import { PHASE_FACTS, type Phase } from "../../../src/domain/dsdm/phase.ts";
import type { Timebox } from "../../../src/domain/dsdm/timebox.ts";
import { formatDay, formatShare, formatValue, NONE } from "../../ui/format.ts";

export type EffortUnit = Initiative["effortUnit"];

/** Short enough for a badge. */
export const PRIORITY_SHORT: Readonly<Record<Priority, string>> = { ...PRIORITY_NAMES, wont: "Won’t" };

/** What each asks of whoever chooses it. */
export const PRIORITY_TESTS: Readonly<Record<Priority, string>> = {
  must: "Without it we would cancel.",
  should: "Important, painful to leave out, but there is a way without it.",
  could: "Wanted, with less harm when it is left out. The first to be dropped.",
  wont: "Agreed to stay out this time.",
};

/** "Must", "not decided". */
export function namePriority(priority: Priority | null): string {
  return priority === null ? "not decided" : PRIORITY_NAMES[priority];
}

export interface Shares {
  readonly must: number;
  readonly should: number;
  readonly could: number;
}

/** "Must 60 %, Should 20 %, Could 20 %"; says when there is nothing to share. */
export function describeShares(shares: Shares | null): string {
  if (shares === null) return "no effort with a priority yet";
  return (["must", "should", "could"] as const)
    .map((priority) => `${PRIORITY_NAMES[priority]} ${formatShare(shares[priority], 0)}`)
    .join(", ");
}

/** "12 days", "1 day", "7.5 points". */
export function formatEffort(effort: number | null, unit: EffortUnit): string {
  if (effort === null) return NONE;
  const said = formatValue(effort, unit);
  return effort === 1 ? said.replace(/s$/u, "") : said;
}

/** "24 of 60 days (40 %)". */
export function describeDone(done: number, effort: number, unit: EffortUnit): string {
  if (effort <= 0) return "no effort yet";
  return `${formatValue(done, unit).replace(` ${unit}`, "")} of ${formatEffort(effort, unit)} (${formatShare(done / effort, 0)})`;
}

/** A plain day, "19 May 2026": it has no zone. */
export function formatPlainDay(day: string | null): string {
  return formatDay(day, "UTC");
}

/** "19 – 30 May 2026", "28 May – 5 June 2026". */
export function formatDays(from: string, to: string): string {
  if (from === to) return formatPlainDay(from);
  const sameMonth = from.slice(0, 7) === to.slice(0, 7);
  const sameYear = from.slice(0, 4) === to.slice(0, 4);
  const first = new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    ...(sameMonth ? {} : { month: "short" }),
    ...(sameYear ? {} : { year: "numeric" }),
    timeZone: "UTC",
  }).format(new Date(from));
  return `${first} – ${formatPlainDay(to)}`;
}

/** "Functional model iteration and Design and build iteration". */
export function describePhases(phases: readonly Phase[]): string {
  return phases.length === 0 ? "no phase open" : phases.map((phase) => PHASE_FACTS[phase].name).join("; ");
}

export const INITIATIVE_STATES: Readonly<Record<Initiative["state"], string>> = {
  active: "active",
  closed: "closed",
  stopped: "stopped",
};

export const TIMEBOX_STATES: Readonly<Record<Timebox["state"], string>> = {
  planned: "planned",
  running: "running",
  closed: "closed",
  cancelled: "cancelled",
};
