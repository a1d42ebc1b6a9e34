/**
 * Rules 33–35 protect the seventh principle, communicate continuously and clearly: stand-ups, close-outs, workshops.
 * What was said is not judged, only whether it was said and written down.
 */
import { findHolders } from "../../domain/dsdm/initiative.ts";
import { ACCEPTING_ROLES, ROLE_FACTS } from "../../domain/dsdm/role.ts";
import type { Timebox } from "../../domain/dsdm/timebox.ts";
import { addDays, countWorkingDays } from "../working-days.ts";
import { quote, writeCount, writeList } from "./figures.ts";
import {
  countWorkingDaysAfter,
  dayOf,
  findEarlier,
  findFirstDay,
  findLatest,
  listClosed,
  listRunning,
} from "./progress.ts";
import type { HealthContext, Rule } from "./rule.ts";

/** Day of the newest stand-up or word about a blocker, not after today; the kick-off counts as one. */
function findLastNote(timebox: Timebox, context: HealthContext): string {
  const days = [
    findFirstDay(timebox, context),
    ...timebox.standups.map(({ day }) => day),
    ...timebox.blockers.flatMap(({ at, clearedAt }) => [
      dayOf(at, context),
      ...(clearedAt === null ? [] : [dayOf(clearedAt, context)]),
    ]),
  ];
  return findLatest(days.filter((day) => day <= context.today));
}

const standUpRule: Rule = {
  id: 33,
  principle: 7,
  severity: "warning",
  title: "Stand-up or blocker note missing",
  when: "running timeboxes in which {standUpDays} working days in a row, today not counted, have neither a stand-up nor a blocker raised or cleared",
  why: "What stands in the way is heard of when it is late.",
  action: "Hold the stand-up each day and write down its three answers.",
  check: (initiative, context) =>
    listRunning(initiative).flatMap((timebox) => {
      const last = findLastNote(timebox, context);
      // After its last day there is nothing to stand up for; it is to be closed.
      const yesterday = addDays(context.today, -1);
      const until = findEarlier(yesterday, timebox.end);
      const days = last === "" ? 0 : countWorkingDaysAfter(last, until);
      if (days < context.thresholds.standUpDays) return [];
      const gone = countWorkingDays(timebox.start, until);
      return [
        {
          subject: `timebox ${timebox.id}`,
          message: `${quote(timebox.title)} has no stand-up and no word about a blocker since ${last}: ${days} of ${writeCount(gone, "working day")} gone.`,
        },
      ];
    }),
};

const closeOutRule: Rule = {
  id: 34,
  principle: 7,
  severity: "warning",
  title: "Close-out without a retrospective or without the accepters",
  when: "the timebox closed last: visionary and technical coordinator accept, and a retrospective is written down",
  why: "What was delivered is not accepted by anybody, or nothing is learnt for the next timebox.",
  action:
    "Make up for it before the next close-out: hold the retrospective, show the result to who accepts, and write it down.",
  check: (initiative, context) =>
    listClosed(initiative)
      .slice(-1)
      .flatMap(({ id, title, closeOut }) => {
        const missing = ACCEPTING_ROLES.filter((role) => !closeOut?.accepters.some((one) => one.role === role));
        const lacks = [
          ...(closeOut?.retrospective ? [] : ["retrospective"]),
          ...missing.map((role) => {
            const [holder] = findHolders(initiative, role);
            return `acceptance by the ${ROLE_FACTS[role].name.toLowerCase()}${holder === undefined ? "" : ` (${holder})`}`;
          }),
        ];
        if (lacks.length === 0) return [];
        const when = dayOf(closeOut?.at ?? "", context);
        return [
          { subject: `timebox ${id}`, message: `${quote(title)} was closed on ${when} without ${writeList(lacks)}.` },
        ];
      }),
};

const workshopRule: Rule = {
  id: 35,
  principle: 7,
  severity: "warning",
  title: "Workshop lacks objective, facilitator or outcome",
  when: "every workshop that was not held again under its title; the outcome from the day after it",
  why: "Without an objective and somebody neutral who leads it, a workshop ends with talk.",
  action:
    "Name what it is for and who facilitates it; afterwards write down what came out. What is over is held again, under the same title.",
  check: ({ workshops }, { today }) =>
    [...new Map(workshops.map((one) => [one.title.toLowerCase(), one])).values()].flatMap(
      ({ id, title, day, objective, facilitator, outcome }) => {
        const lacks = [
          ...(objective === null ? ["objective"] : []),
          ...(facilitator === null ? ["facilitator"] : []),
          ...(outcome === null && day < today ? ["outcome"] : []),
        ];
        if (lacks.length === 0) return [];
        return [{ subject: `workshop ${id}`, message: `${quote(title)} (${day}) has no ${lacks.join(" and no ")}.` }];
      },
    ),
};

export const COMMUNICATION: readonly Rule[] = [standUpRule, closeOutRule, workshopRule];
