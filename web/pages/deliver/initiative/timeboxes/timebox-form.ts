/**
 * A timebox that is being planned: its fields, what it would hold, and what speaks against it before it is there. Pure.
 * The rules of what is there already come with the report.
 */
import type { ActionOf } from "../../../../../src/domain/dsdm/action.ts";
import type { BrokenRule } from "../../../../../src/domain/dsdm/health.ts";
import type { Initiative } from "../../../../../src/domain/dsdm/initiative.ts";
import { addEffort, findShares, type Priority } from "../../../../../src/domain/dsdm/moscow.ts";
import type { Requirement } from "../../../../../src/domain/dsdm/requirement.ts";
import { formatShare } from "../../../../ui/format.ts";
import { formatEffort } from "../../priority-words.ts";

export interface TimeboxFields {
  readonly title: string;
  readonly objective: string;
  readonly format: "structured" | "free";
  readonly start: string;
  readonly end: string;
  readonly capacity: number | "";
  /** Whether what has no priority in the increment gets that of the project there. */
  readonly decideIncrement: boolean;
  /** Requirements to put into it, each with its priority there. */
  readonly picks: ReadonlyMap<number, Priority>;
}

const DAY_MS = 86_400_000;
const shift = (day: string, days: number) => new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);

/** The next Monday to the Friday of the week after next: two working weeks. @example 2026-11-22 → 2026-11-23, 2026-12-04 */
export function beginTimebox(today: string, number: number): TimeboxFields {
  const weekday = new Date(today).getUTCDay();
  const start = shift(today, (8 - weekday) % 7 || 7);
  const dates = { start, end: shift(start, 11) };
  return {
    title: `Timebox ${number}`,
    objective: "",
    format: "structured",
    ...dates,
    capacity: "",
    decideIncrement: true,
    picks: new Map(),
  };
}

/** What may be put into a planned timebox: whatever is not done and not in another one that is open. */
export function listPickable({ requirements, timeboxes }: Initiative): Requirement[] {
  const open = new Set(timeboxes.filter(({ state }) => state === "planned" || state === "running").map(({ id }) => id));
  return requirements.filter(
    ({ state, timebox, priority }) =>
      state !== "done" && priority.project !== "wont" && (timebox === null || !open.has(timebox)),
  );
}

/** The priority that a picked requirement begins with there: that of the increment, else of the project. */
export function proposePriority({ priority }: Requirement): Priority {
  return priority.timebox ?? priority.increment ?? priority.project ?? "could";
}

export function findTimeboxLacks({ title, objective, start, end, capacity }: TimeboxFields): readonly string[] {
  return [
    ...(title.trim() === "" ? ["a title"] : []),
    ...(objective.trim() === "" ? ["an objective"] : []),
    ...(start === "" || end === "" ? ["its first and last day"] : end < start ? ["a last day after the first"] : []),
    ...(capacity === "" ? ["its capacity"] : []),
  ];
}

export function makeTimebox(fields: TimeboxFields, increment: number): ActionOf<"plan-timebox"> {
  const { title, objective, format, start, end, capacity } = fields;
  const texts = { title: title.trim(), objective: objective.trim() };
  return { type: "plan-timebox", increment, ...texts, format, start, end, capacity: capacity === "" ? 0 : capacity };
}

/** What the increment is decided with where nobody has: the priority of the project, else the one in the timebox. */
export function proposeForIncrement(requirement: Requirement, increment: number, picked: Priority): Priority | null {
  const { priority } = requirement;
  if (requirement.increment === increment && priority.increment !== null) return null;
  return priority.project ?? picked;
}

/** Effort and shares of what is picked. */
export function weighPicks(picks: TimeboxFields["picks"], requirements: readonly Requirement[]) {
  const effort = addEffort(
    requirements.flatMap((one) => {
      const timebox = picks.get(one.id);
      return timebox === undefined ? [] : [{ effort: one.effort, priority: { ...one.priority, timebox } }];
    }),
    "timebox",
  );
  return { effort, planned: effort.must + effort.should + effort.could, shares: findShares(effort) };
}

/** Calendar days, both ends counted. */
export function countDays({ start, end }: Pick<TimeboxFields, "start" | "end">): number {
  return Math.round((Date.parse(end) - Date.parse(start)) / DAY_MS) + 1;
}

function objectToLength(fields: TimeboxFields): string[] {
  const days = countDays(fields);
  if (!(days > 0)) return [];
  if (days > 42) return [`It would take ${days} days: six weeks are the most.`];
  if (days > 28) return [`It would take ${days} days: two to four weeks are usual.`];
  // Two working weeks are twelve calendar days from Monday to Friday.
  return days < 12 ? [`It would take ${days} days: two to four weeks are usual.`] : [];
}

/** What speaks against the plan as it is typed, in sentences with figures. */
export function objectToPlan(fields: TimeboxFields, initiative: Initiative): string[] {
  const { planned, shares } = weighPicks(fields.picks, initiative.requirements);
  const unit = initiative.effortUnit;
  const { capacity } = fields;
  const tooMuchMust = shares !== null && shares.must > 0.6 && initiative.waiver === null;
  return [
    ...(tooMuchMust
      ? [`${formatShare(shares.must, 0)} of the effort is Must; at most 60 % leaves room to give way.`]
      : []),
    ...(capacity !== "" && planned > capacity
      ? [`${formatEffort(planned, unit)} are planned, and the capacity is ${formatEffort(capacity, unit)}.`]
      : []),
    ...objectToLength(fields),
  ];
}

/** Rules of the whole initiative that a timebox should not be planned over. */
const BEFORE_PLANNING: ReadonlySet<number> = new Set([4, 6, 9, 17, 19, 26, 28]);
/** Rules of single requirements that matter once they are planned. */
const OF_PICKED: ReadonlySet<number> = new Set([1, 2, 3, 22, 27, 28, 32]);

/** Broken rules that concern the plan: of the whole, and of what is picked; errors first. */
export function findObjections(health: readonly BrokenRule[], picks: TimeboxFields["picks"]): BrokenRule[] {
  const concerns = ({ id, subject }: BrokenRule) => {
    const requirement = Number(/^requirement (\d+)$/u.exec(subject)?.[1]);
    if (requirement > 0) return OF_PICKED.has(id) && picks.has(requirement);
    return BEFORE_PLANNING.has(id) && !subject.startsWith("timebox");
  };
  const weigh = ({ severity }: BrokenRule) => (severity === "error" ? 0 : 1);
  return health.filter(concerns).toSorted((a, b) => weigh(a) - weigh(b) || a.id - b.id);
}
