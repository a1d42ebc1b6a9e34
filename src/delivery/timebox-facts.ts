/**
 * Everything that is worked out of a timebox on a day: efforts and shares, burn-down, forecast, Musts at risk and what to drop.
 * Which of it breaks a rule is said in src/delivery/rules; nothing here decides anything.
 */
import type { Initiative } from "../domain/dsdm/initiative.ts";
import { addEffort, type EffortByPriority, findShares, PRIORITIES } from "../domain/dsdm/moscow.ts";
import type { TimeboxFacts } from "../domain/dsdm/report.ts";
import type { Requirement } from "../domain/dsdm/requirement.ts";
import type { Timebox } from "../domain/dsdm/timebox.ts";
import { type DatedBurn, dateBurn, drawBurnDown, findSteps } from "./burn-down.ts";
import { proposeDrops } from "./drop-proposal.ts";
import { type Forecast, forecastTimebox, type Work } from "./forecast-timebox.ts";
import { addRemaining, findMustsAtRisk, type Outlook } from "./must-risk.ts";
import { sumPromised, type Velocity } from "./velocity.ts";
import { addDays, countWorkingDays } from "./working-days.ts";

/** How far it is on a day. */
interface DatedWork extends Work {
  readonly today: string;
}

type Efforts = Pick<TimeboxFacts, "effort" | "done" | "remaining">;

function subtract(from: EffortByPriority, what: EffortByPriority): EffortByPriority {
  const rest = { must: 0, should: 0, could: 0, undecided: 0, wont: 0 };
  for (const priority of [...PRIORITIES, "undecided"] as const)
    rest[priority] = Math.max(0, from[priority] - what[priority]);
  return rest;
}

/** A closed timebox keeps its figures: what was undone in it stands elsewhere by now. */
function addEfforts({ closeOut }: Timebox, requirements: readonly Requirement[]): Efforts {
  if (closeOut !== null) {
    const { planned, delivered } = closeOut;
    return { effort: planned, done: delivered, remaining: subtract(planned, delivered) };
  }
  const left = requirements.map(({ remaining, priority }) => ({ effort: remaining, priority }));
  return {
    effort: addEffort(requirements, "timebox"),
    done: addEffort(
      requirements.filter(({ state }) => state === "done"),
      "timebox",
    ),
    remaining: addEffort(left, "timebox"),
  };
}

/** Effort already done when the timebox began: requirements that were carried into it half done. */
function findHeadStart({ kickOff }: Timebox, burn: readonly DatedBurn[]): number {
  const [first] = burn;
  if (kickOff === null || first === undefined) return 0;
  const promised = kickOff.scope.filter(({ priority }) => priority !== null && priority !== "wont");
  return Math.max(0, promised.reduce((sum, { effort }) => sum + effort, 0) - sumPromised(first.remaining));
}

function measureWork(
  timebox: Timebox,
  { effort, remaining }: Efforts,
  burn: readonly DatedBurn[],
  today: string,
): DatedWork {
  const workingDays = countWorkingDays(timebox.start, timebox.end);
  const elapsedDays = Math.min(workingDays, countWorkingDays(timebox.start, addDays(today, -1)));
  const burnt = Math.max(0, sumPromised(effort) - sumPromised(remaining));
  const worked = Math.max(0, burnt - findHeadStart(timebox, burn));
  return { today, burnt, worked, workingDays, elapsedDays, steps: findSteps(timebox, burn, elapsedDays) };
}

/** What the forecast leaves to be done, and how much of the work has gone to Musts so far. */
function findOutlook(
  { end }: Timebox,
  unit: string,
  requirements: readonly Requirement[],
  work: DatedWork,
  forecast: Forecast | null,
): Outlook {
  const over = work.today > end;
  const still = over ? 0 : forecast === null ? null : Math.max(0, forecast.middle - work.burnt);
  const musts = requirements.filter(({ priority }) => priority.timebox === "must");
  const burnt = musts.reduce((sum, { effort }) => sum + effort, 0) - addRemaining(musts, ["must"]);
  const tells = forecast?.basis === "this timebox" && work.burnt > 0;
  return { still, mustPart: tells ? Math.min(1, Math.max(0, burnt / work.burnt)) : 1, over, end, unit };
}

/** What is at risk, and the way out; only while the timebox runs. */
function findRisk(
  initiative: Initiative,
  timebox: Timebox,
  requirements: readonly Requirement[],
  work: DatedWork,
  forecast: Forecast | null,
): Pick<TimeboxFacts, "atRisk" | "proposal"> {
  if (timebox.state !== "running") return { atRisk: [], proposal: null };
  const outlook = findOutlook(timebox, initiative.effortUnit, requirements, work, forecast);
  const atRisk = findMustsAtRisk(requirements, timebox.blockers, outlook);
  const { still } = outlook;
  return { atRisk, proposal: still === null ? null : proposeDrops(initiative, requirements, atRisk, still) };
}

/**
 * @param pace of past timeboxes (choosePace in velocity.ts); null before the first
 * @param today YYYY-MM-DD in the workspace's zone
 * @param zone IANA name of that zone: the day of an entry of the burn-down
 */
export function describeTimebox(
  initiative: Initiative,
  timebox: Timebox,
  pace: Velocity | null,
  today: string,
  zone = "UTC",
): TimeboxFacts {
  const requirements = initiative.requirements.filter((one) => one.timebox === timebox.id);
  const efforts = addEfforts(timebox, requirements);
  const burn = dateBurn(timebox, zone);
  const work = measureWork(timebox, efforts, burn, today);
  const open = timebox.state === "running" || timebox.state === "planned";
  const forecast = open ? forecastTimebox(work, pace) : null;
  const undone = timebox.closeOut?.undone.map(({ requirement }) => requirement) ?? [];
  return {
    timebox: timebox.id,
    requirements: [...new Set([...requirements.map(({ id }) => id), ...undone])],
    ...efforts,
    shares: findShares(efforts.effort),
    workingDays: work.workingDays,
    elapsedDays: work.elapsedDays,
    burnDown: drawBurnDown(timebox, burn, sumPromised(efforts.remaining), today),
    forecast,
    ...findRisk(initiative, timebox, requirements, work, forecast),
  };
}
