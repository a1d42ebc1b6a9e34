/**
 * What was worked in a timebox so far, as effort: in what stands in it, and in what was dropped from it half done.
 * Hours are no part of it; what comes of the pace is in forecast-timebox.ts.
 */
import type { Initiative } from "../domain/dsdm/initiative.ts";
import type { EffortByPriority } from "../domain/dsdm/moscow.ts";
import type { Requirement } from "../domain/dsdm/requirement.ts";
import type { Timebox } from "../domain/dsdm/timebox.ts";
import { type DatedBurn, findSteps } from "./burn-down.ts";
import type { Work } from "./forecast-timebox.ts";
import { sumPromised } from "./velocity.ts";
import { addDays, countWorkingDays } from "./working-days.ts";

/** How far it is on a day. */
export interface DatedWork extends Work {
  readonly today: string;
  /** The part of all that was done on its requirements that went to Musts; 0 while nothing was. */
  readonly mustPart: number;
}

const findDone = (requirements: readonly Requirement[]) =>
  requirements.reduce((sum, { effort, remaining }) => sum + effort - remaining, 0);

/** Agreed at the kick-off or dropped since, and now elsewhere: the team's pace has gone into these too. */
function listGone({ requirements }: Initiative, { id, kickOff, drops }: Timebox): Requirement[] {
  const once = new Set([
    ...(kickOff?.scope ?? []).flatMap(({ requirement, priority }) =>
      priority === null || priority === "wont" ? [] : requirement,
    ),
    ...drops.flatMap((drop) => drop.requirements),
  ]);
  return requirements.filter((one) => once.has(one.id) && one.timebox !== id && one.state !== "done");
}

/** Effort already done when the timebox began: requirements that were carried into it half done. */
function findHeadStart({ kickOff }: Timebox, burn: readonly DatedBurn[]): number {
  const [first] = burn;
  if (kickOff === null || first === undefined) return 0;
  const promised = kickOff.scope.filter(({ priority }) => priority !== null && priority !== "wont");
  return Math.max(0, promised.reduce((sum, { effort }) => sum + effort, 0) - sumPromised(first.remaining));
}

/**
 * @param effort and remaining: of the timebox, by priority
 * @param burn its burn-down, by days
 */
export function measureWork(
  initiative: Initiative,
  timebox: Timebox,
  { effort, remaining }: { readonly effort: EffortByPriority; readonly remaining: EffortByPriority },
  burn: readonly DatedBurn[],
  today: string,
): DatedWork {
  const workingDays = countWorkingDays(timebox.start, timebox.end);
  const elapsedDays = Math.min(workingDays, countWorkingDays(timebox.start, addDays(today, -1)));
  const burnt = Math.max(0, sumPromised(effort) - sumPromised(remaining));
  const all = burnt + findDone(listGone(initiative, timebox));
  return {
    ...{ today, burnt, workingDays, elapsedDays },
    worked: Math.max(0, all - findHeadStart(timebox, burn)),
    steps: findSteps(timebox, burn, elapsedDays),
    mustPart: all > 0 ? Math.min(1, Math.max(0, effort.must - remaining.must) / all) : 0,
  };
}
