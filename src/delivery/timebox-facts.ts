/**
 * Everything that is worked out of a timebox on a day: efforts and shares, burn-down, forecast, Musts at risk and what to drop.
 * Which of it breaks a rule is said in src/delivery/rules; nothing here decides anything.
 */
import type { Initiative } from "../domain/dsdm/initiative.ts";
import { addEffort, type EffortByPriority, findShares, PRIORITIES } from "../domain/dsdm/moscow.ts";
import type { TimeboxFacts } from "../domain/dsdm/report.ts";
import type { Requirement } from "../domain/dsdm/requirement.ts";
import type { Timebox } from "../domain/dsdm/timebox.ts";
import { dateBurn, drawBurnDown } from "./burn-down.ts";
import { proposeDrops } from "./drop-proposal.ts";
import { type Forecast, forecastTimebox } from "./forecast-timebox.ts";
import { findMustsAtRisk, type Outlook } from "./must-risk.ts";
import { type DatedWork, measureWork } from "./timebox-work.ts";
import { sumPromised, type Velocity } from "./velocity.ts";

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

/** What the forecast leaves to be done, and how much of the work goes to Musts. */
function findOutlook({ end }: Timebox, unit: string, work: DatedWork, forecast: Forecast | null): Outlook {
  const over = work.today > end;
  const still = over ? 0 : forecast === null ? null : Math.max(0, forecast.middle - work.burnt);
  // Before it has a pace of its own, the team is taken to do its Musts first.
  const mustPart = forecast?.basis === "this timebox" ? work.mustPart : 1;
  return { still, mustPart, over, end, unit };
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
  const outlook = findOutlook(timebox, initiative.effortUnit, work, forecast);
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
  const work = measureWork(initiative, timebox, efforts, burn, today);
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
