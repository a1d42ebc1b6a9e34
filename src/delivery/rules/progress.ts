/**
 * How far an initiative is, as rules ask for it: phases begun, timeboxes that run or come, the team, and days since something.
 * What of it breaks a rule is the rules' matter.
 */
import type { Initiative } from "../../domain/dsdm/initiative.ts";
import { ITERATIONS, PHASES, type Phase } from "../../domain/dsdm/phase.ts";
import type { Requirement } from "../../domain/dsdm/requirement.ts";
import { type DeliveryRole, ROLE_FACTS } from "../../domain/dsdm/role.ts";
import type { Timebox } from "../../domain/dsdm/timebox.ts";
import { findDay } from "../instant-day.ts";
import { addDays, countWorkingDays } from "../working-days.ts";
import type { HealthContext } from "./rule.ts";

/** The day of an instant in the workspace's zone. */
export const dayOf = (instant: string, { zone = "UTC" }: Pick<HealthContext, "zone">) => findDay(instant, zone);

/** Of days, or of instants; "" without any. */
export const findLatest = (days: readonly string[]) => [...days].sort().at(-1) ?? "";

export const findEarlier = (a: string, b: string) => [a, b].sort()[0] ?? a;

/** Whether this phase or a later one was ever entered; a baseline shows that the business study was. */
export function hasReached({ phases, baseline }: Initiative, phase: Phase): boolean {
  const wanted = PHASES.indexOf(phase);
  if (baseline !== null && wanted <= PHASES.indexOf("business-study")) return true;
  return phases.some((stay) => PHASES.indexOf(stay.phase) >= wanted);
}

export const isOpen = ({ phases }: Initiative, phase: Phase) =>
  phases.some((stay) => stay.phase === phase && stay.until === null);

export const listRunning = ({ timeboxes }: Initiative) => timeboxes.filter(({ state }) => state === "running");

/** Planned or running: what can still be put right. */
export const listAhead = ({ timeboxes }: Initiative) =>
  timeboxes.filter(({ state }) => state === "planned" || state === "running");

/** The oldest close-out first. */
export const listClosed = ({ timeboxes }: Initiative) =>
  timeboxes
    .filter(({ state, closeOut }) => state === "closed" && closeOut !== null)
    .sort((a, b) => ((a.closeOut?.at ?? "") < (b.closeOut?.at ?? "") ? -1 : 1));

export const isStarted = ({ state }: Requirement) => state !== "to-do";

/** Whether building has begun, by the phase's name or by what was done. */
export const hasDeveloped = (initiative: Initiative) =>
  initiative.phases.some(({ phase }) => ITERATIONS.includes(phase)) ||
  initiative.timeboxes.some(({ kickOff }) => kickOff !== null) ||
  initiative.requirements.some(isStarted);

export function groupByTimebox({ requirements }: Initiative): ReadonlyMap<number, readonly Requirement[]> {
  const groups = new Map<number, Requirement[]>();
  for (const one of requirements) {
    if (one.timebox === null) continue;
    const group = groups.get(one.timebox);
    if (group) group.push(one);
    else groups.set(one.timebox, [one]);
  }
  return groups;
}

/** The business analyst works on both levels. */
const isTeamRole = (role: DeliveryRole) => ROLE_FACTS[role].level === "team" || role === "business-analyst";

/** Who works in the team, each once. */
export const listTeam = (people: readonly { readonly person: string; readonly role: DeliveryRole }[]) => [
  ...new Set(people.filter(({ role }) => isTeamRole(role)).map(({ person }) => person)),
];

export const listPresent = ({ people }: Initiative) => people.filter(({ until }) => until === null);

/** Working days that began after a day, up to and with another. @example Friday to Monday → 1 */
export const countWorkingDaysAfter = (day: string, last: string) => countWorkingDays(addDays(day, 1), last);

/** The day from which a running timebox is under way: of its kick-off, but not before its first day. */
export function findFirstDay({ kickOff, start }: Timebox, context: HealthContext): string {
  const day = kickOff === null ? start : dayOf(kickOff.at, context);
  return findLatest([day, start]);
}
