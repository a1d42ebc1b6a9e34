/**
 * Which Musts of a running timebox are at risk, and how much effort they miss: by the forecast, or by a blocker nobody has cleared.
 * What could be dropped for them is in drop-proposal.ts.
 */
import type { Priority } from "../domain/dsdm/moscow.ts";
import type { TimeboxFacts } from "../domain/dsdm/report.ts";
import type { Requirement } from "../domain/dsdm/requirement.ts";
import type { Timebox } from "../domain/dsdm/timebox.ts";

export interface Outlook {
  /** Effort that the middle forecast still does by the end; null without a forecast. */
  readonly still: number | null;
  /** The part of what was worked so far that went to Musts; 1 where the timebox has no pace of its own yet. */
  readonly mustPart: number;
  /** Its last day has passed. */
  readonly over: boolean;
  readonly end: string;
  readonly unit: string;
}

/** Sums of decimal efforts: what is less than that is no shortage. */
export const TINY = 1e-9;

/** Effort as people read it. @example 2.3333 → "2.3" */
export function writeEffort(effort: number): string {
  return String(Math.round(effort * 10) / 10);
}

export function addRemaining(requirements: readonly Requirement[], priorities: readonly Priority[]): number {
  return requirements
    .filter(({ priority }) => priority.timebox !== null && priorities.includes(priority.timebox))
    .reduce((sum, { remaining }) => sum + remaining, 0);
}

/**
 * Effort that reaches the Musts: the part of the pace that goes to them now, or what is left once the Shoulds and Coulds are
 * done. More of the pace gets there only by dropping some of these.
 */
function findReach(requirements: readonly Requirement[], still: number, mustPart: number): number {
  return Math.max(still * mustPart, still - addRemaining(requirements, ["should", "could"]));
}

function explainShortage(missing: number, { still, mustPart, over, end, unit }: Outlook): string {
  const short = `${count(missing, unit)} of it would be missing on ${end}`;
  if (over || still === null) return `Its timebox is over: ${short}.`;
  const part = mustPart < 1 ? `, and ${Math.round(mustPart * 100)} % of the work goes to Musts` : "";
  return `At this pace, ${count(still, unit)} more will be done by the end${part}: ${short}.`;
}

/** @param unit days or points */
function count(effort: number, unit: string): string {
  const written = writeEffort(effort);
  return `${written} ${written === "1" ? unit.replace(/s$/u, "") : unit}`;
}

/**
 * The Musts in the order of the list take what reaches them; whom it does not reach is at risk, and so is a blocked one, of
 * which `missing` is only what the forecast misses.
 * @param requirements of the timebox, in the order of the list
 */
export function findMustsAtRisk(
  requirements: readonly Requirement[],
  blockers: Timebox["blockers"],
  outlook: Outlook,
): TimeboxFacts["atRisk"] {
  const { still, mustPart } = outlook;
  let left = still === null ? Number.POSITIVE_INFINITY : findReach(requirements, still, mustPart);
  return requirements.flatMap((must) => {
    if (must.priority.timebox !== "must" || must.state === "done") return [];
    const missing = Math.max(0, must.remaining - left);
    left = Math.max(0, left - must.remaining);
    const blocker = blockers.find((one) => one.requirement === must.id && one.clearedAt === null);
    if (missing <= TINY && blocker === undefined) return [];
    const reasons = [
      ...(missing > TINY ? [explainShortage(missing, outlook)] : []),
      ...(blocker === undefined ? [] : [`It is blocked: ${blocker.text}`]),
    ];
    return [{ requirement: must.id, missing: missing > TINY ? missing : 0, why: reasons.join(" ") }];
  });
}
