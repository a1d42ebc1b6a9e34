/**
 * Rules 11–16 and 45 protect the second principle, deliver on time: fixed ends, kept capacities, Musts first.
 * Shares of Must and Could are in moscow-balance.ts; how late a Must will be is worked out in timebox-facts.ts.
 */
import type { Initiative } from "../../domain/dsdm/initiative.ts";
import type { TimeboxFacts } from "../../domain/dsdm/report.ts";
import type { Requirement } from "../../domain/dsdm/requirement.ts";
import type { Timebox } from "../../domain/dsdm/timebox.ts";
import { describeTimebox } from "../timebox-facts.ts";
import { choosePace } from "../velocity.ts";
import { countDays, countWorkingDays } from "../working-days.ts";
import { quote, writeCount, writeEffort, writeNumber, writeTitles } from "./figures.ts";
import { groupByTimebox, isStarted, listAhead, listClosed, listRunning } from "./progress.ts";
import type { Breach, HealthContext, Rule } from "./rule.ts";

const TINY = 1e-9;
const WORKING_WEEK = 5;
const [SHORTEST_WEEKS, LONGEST_WEEKS, MOST_WEEKS] = [2, 4, 6];

const movedRule: Rule = {
  id: 11,
  principle: 2,
  severity: "error",
  title: "End of a timebox moved after its kick-off",
  when: "every timebox that was kicked off; of closed and stopped initiatives too",
  why: "A timebox whose end moves is a plan like any other: nothing has to be dropped in time.",
  action: "Keep the next end: drop Coulds, then Shoulds, and raise an exception before the last day.",
  history: true,
  check: ({ timeboxes }) =>
    timeboxes.flatMap(({ id, title, kickOff, end, moves }) => {
      if (kickOff === null || (moves.length === 0 && kickOff.end === end)) return [];
      const times = moves.length > 1 ? `${moves.length} times, ` : "";
      return [
        {
          subject: `timebox ${id}`,
          message: `The end of ${quote(title)} was moved after the kick-off: ${times}from ${kickOff.end} to ${end}.`,
        },
      ];
    }),
};

/** What left it undone although it was a Must there, by its history, or by what the kick-off agreed. */
function listOpenMusts({ kickOff, closeOut }: Timebox, requirements: ReadonlyMap<number, Requirement>): Requirement[] {
  return (closeOut?.undone ?? []).flatMap(({ requirement: id }) => {
    const requirement = requirements.get(id);
    if (requirement === undefined) return [];
    const left = requirement.history.findLast(({ level, at }) => level === "timebox" && at === closeOut?.at);
    const before = left?.from ?? kickOff?.scope.find((one) => one.requirement === id)?.priority;
    return before === "must" ? [requirement] : [];
  });
}

const failedRule: Rule = {
  id: 12,
  principle: 2,
  severity: "error",
  title: "Timebox closed with a Must open",
  when: "every closed timebox; of closed and stopped initiatives too",
  why: "What was promised for sure was not delivered: the timebox failed.",
  action: "Look at the business case again with the visionary, and decide anew what is Must in the next timebox.",
  history: true,
  check: (initiative) => {
    const requirements = new Map(initiative.requirements.map((one) => [one.id, one]));
    return listClosed(initiative).flatMap((timebox) => {
      const musts = listOpenMusts(timebox, requirements);
      const [planned, delivered] = [timebox.closeOut?.planned.must ?? 0, timebox.closeOut?.delivered.must ?? 0];
      if (musts.length === 0 && planned - delivered <= TINY) return [];
      const names = musts.length > 0 ? ` (${writeTitles(musts)})` : "";
      return [
        {
          subject: `timebox ${timebox.id}`,
          message: `${quote(timebox.title)} failed: ${writeEffort(planned - delivered, initiative)} of ${writeEffort(planned, initiative)} of Must were open when it was closed${names}.`,
        },
      ];
    });
  },
};

const lengthRule: Rule = {
  id: 13,
  principle: 2,
  severity: "warning",
  title: "Timebox outside two to four weeks",
  when: "planned and running timeboxes, by working days: a warning outside 10–20, an error (and no warning) over 30",
  why: "In less, little can be finished; in more, nobody feels the end.",
  action: "Plan an end two to four weeks after the start; split a long timebox into several.",
  check: (initiative) =>
    listAhead(initiative).flatMap(({ id, title, start, end }) => {
      const days = countWorkingDays(start, end);
      const weeks = days / WORKING_WEEK;
      if (weeks >= SHORTEST_WEEKS && weeks <= LONGEST_WEEKS) return [];
      const isFar = weeks > MOST_WEEKS;
      const limit = isFar ? "over six weeks" : "outside two to four weeks";
      return [
        {
          subject: `timebox ${id}`,
          message: `${quote(title)} has ${writeCount(days, "working day")} (${start} to ${end}), ${writeNumber(weeks)} weeks: ${limit}.`,
          ...(isFar ? { severity: "error" as const } : {}),
        },
      ];
    }),
};

/** Effort to be done in it: without what was done before it began, and without Won’ts. */
function findLoad({ state, kickOff, burn }: Timebox, requirements: readonly Requirement[]): number {
  const wanted = requirements.filter(({ priority }) => priority.timebox !== "wont");
  if (state === "planned") return wanted.reduce((sum, { remaining }) => sum + remaining, 0);
  const all = wanted.reduce((sum, { effort }) => sum + effort, 0);
  const [first] = burn;
  if (kickOff === null || first === undefined) return all;
  const agreed = kickOff.scope.reduce((sum, { priority, effort }) => sum + (priority === "wont" ? 0 : effort), 0);
  const { must, should, could, undecided } = first.remaining;
  return all - Math.max(0, agreed - (must + should + could + undecided));
}

const capacityRule: Rule = {
  id: 14,
  principle: 2,
  severity: "error",
  title: "Planned effort over capacity",
  when: "planned and running timeboxes; Won’t and what was done before the kick-off are left out",
  why: "More than fits will not be done in time, whatever its priority.",
  action: "Take Coulds, then Shoulds out of it until it fits.",
  check: (initiative) => {
    const groups = groupByTimebox(initiative);
    return listAhead(initiative).flatMap((timebox) => {
      const { id, title, capacity } = timebox;
      const load = findLoad(timebox, groups.get(id) ?? []);
      if (load <= capacity + TINY) return [];
      return [
        {
          subject: `timebox ${id}`,
          message: `${quote(title)} holds ${writeEffort(load, initiative)} of effort, ${writeEffort(load - capacity, initiative)} more than its capacity of ${writeEffort(capacity, initiative)}.`,
        },
      ];
    });
  },
};

function writeDrops(
  { proposal }: TimeboxFacts,
  requirements: readonly Requirement[],
  initiative: Initiative,
): { action?: string } {
  const ids = new Set((proposal?.drop ?? []).map(({ requirement }) => requirement));
  const dropped = requirements.filter(({ id }) => ids.has(id));
  if (proposal === null || dropped.length === 0) return {};
  const enough = proposal.enough ? "" : "; that is not enough: split the Must, then raise an exception";
  return {
    action: `Let a business role drop ${writeTitles(dropped)}: it frees ${writeEffort(proposal.freed, initiative)}, and ${writeNumber(proposal.needed)} are needed${enough}.`,
  };
}

function checkLateMusts(initiative: Initiative, { today, velocity, zone }: HealthContext): Breach[] {
  // Past its end nothing is forecast any more; rule 45 tells of it.
  const running = listRunning(initiative).filter(({ end }) => end >= today);
  if (running.length === 0) return [];
  const pace = choosePace(initiative, velocity ?? null);
  const groups = groupByTimebox(initiative);
  return running.flatMap((timebox) => {
    const requirements = groups.get(timebox.id) ?? [];
    const open = requirements.filter(({ state }) => state !== "done");
    const coulds = open.filter(({ priority }) => priority.timebox === "could");
    if (coulds.length === 0 || open.every(({ priority }) => priority.timebox !== "must")) return [];
    const facts = describeTimebox(initiative, timebox, pace, today, zone);
    const late = facts.atRisk.filter(({ missing }) => missing > TINY);
    if (late.length === 0) return [];
    const missing = writeEffort(
      late.reduce((sum, one) => sum + one.missing, 0),
      initiative,
    );
    const names = writeTitles(requirements.filter(({ id }) => late.some(({ requirement }) => requirement === id)));
    const left = writeEffort(
      coulds.reduce((sum, { remaining }) => sum + remaining, 0),
      initiative,
    );
    return [
      {
        subject: `timebox ${timebox.id}`,
        message: `In ${quote(timebox.title)}, ${missing} of Must are forecast to be missing on ${timebox.end} (${names}), while Coulds of ${left} remain.`,
        ...writeDrops(facts, requirements, initiative),
      },
    ];
  });
}

const lateRule: Rule = {
  id: 15,
  principle: 2,
  severity: "warning",
  title: "A Must is forecast late while Coulds remain",
  when: "running timeboxes up to their last day, with a forecast and a Could that is not done",
  why: "Time is fixed; what can be left out has to be left out while that still helps.",
  action: "Let a business role drop Coulds, then Shoulds, until the Must is met.",
  check: checkLateMusts,
};

const orderRule: Rule = {
  id: 16,
  principle: 2,
  severity: "warning",
  title: "Could started while a Must is not",
  when: "running timeboxes, by the priorities of the timebox",
  why: "Effort goes where it may be dropped, while what has to be delivered waits.",
  action: "Start the Must first.",
  check: (initiative) => {
    const groups = groupByTimebox(initiative);
    return listRunning(initiative).flatMap(({ id }) => {
      const requirements = groups.get(id) ?? [];
      const waiting = requirements.filter((one) => one.priority.timebox === "must" && !isStarted(one));
      if (waiting.length === 0) return [];
      const musts = requirements.filter(({ priority }) => priority.timebox === "must").length;
      return requirements
        .filter((one) => one.priority.timebox === "could" && isStarted(one))
        .map((one) => ({
          subject: `requirement ${one.id}`,
          message: `${quote(one.title)} (Could) is started, while ${waiting.length} of ${writeCount(musts, "Must")} in its timebox ${waiting.length === 1 ? "is" : "are"} not: ${writeTitles(waiting)}.`,
        }));
    });
  },
};

const overdueRule: Rule = {
  id: 45,
  principle: 2,
  severity: "error",
  title: "Timebox past its end and not closed out",
  when: "running timeboxes after their last day",
  why: "An end that passes unnoticed is an end that was moved without an exception.",
  action: "Close it out now with what is done; what is not done goes back to the list or into a later timebox.",
  check: (initiative, { today }) =>
    listRunning(initiative)
      .filter(({ end }) => end < today)
      .map(({ id, title, end }) => ({
        subject: `timebox ${id}`,
        message: `${quote(title)} ended on ${end}, ${writeCount(countDays(end, today), "day")} ago, and was not closed out.`,
      })),
};

export const ON_TIME: readonly Rule[] = [
  movedRule,
  failedRule,
  lengthRule,
  capacityRule,
  lateRule,
  orderRule,
  overdueRule,
];
