/**
 * Rules 17–21 protect the third principle, collaborate: who is in the team while it works, and who speaks for whom.
 * Sponsor and visionary are rule 6 (business-need.ts); every role that is missing is listed in missing-roles.ts.
 */
import { findHolders, type Initiative } from "../../domain/dsdm/initiative.ts";
import { countWorkingDays } from "../working-days.ts";
import { quote, writeCount, writeList } from "./figures.ts";
import {
  countWorkingDaysAfter,
  dayOf,
  findFirstDay,
  findLatest,
  listPresent,
  listRunning,
  listTeam,
} from "./progress.ts";
import type { HealthContext, Rule } from "./rule.ts";

/** One team works in all timeboxes that run: what it lacks is said once, at the first. */
const findFirstRunning = (initiative: Initiative) => listRunning(initiative).at(0);

const ambassadorRule: Rule = {
  id: 17,
  principle: 3,
  severity: "error",
  title: "No business ambassador in a running team",
  when: "while a timebox runs; once, at the first of them",
  why: "The daily business questions have nobody who may answer them.",
  action: "Give the role to somebody from the business who has time for it every day.",
  check: (initiative) => {
    const running = findFirstRunning(initiative);
    if (running === undefined || findHolders(initiative, "business-ambassador").length > 0) return [];
    const people = writeCount(listTeam(listPresent(initiative)).length, "person", "people");
    return [
      {
        subject: `timebox ${running.id}`,
        message: `${quote(running.title)} runs with a team of ${people} and no business ambassador.`,
      },
    ];
  },
};

/** The day on which one of them last did anything that left a trace; null without any. */
function findLastAct(initiative: Initiative, people: ReadonlySet<string>, context: HealthContext): string | null {
  let last: string | null = null;
  const see = (person: string | null | undefined, day: string | null | undefined) => {
    if (!person || !day || !people.has(person)) return;
    if (last === null || day > last) last = day;
  };
  for (const one of initiative.requirements) seeRequirement(one, see);
  for (const one of initiative.timeboxes) seeTimebox(one, see);
  for (const one of initiative.feedback) {
    see(one.author, one.at);
    see(one.decision?.author, one.decision?.at);
  }
  for (const one of initiative.exceptions) {
    see(one.author, one.at);
    see(one.answer?.author, one.answer?.at);
  }
  for (const { day, facilitator, participants } of initiative.workshops)
    for (const person of [facilitator, ...participants]) see(person, day);
  for (const { author, at } of initiative.gates) see(author, at);
  for (const { caseReview } of initiative.increments) see(caseReview?.author, caseReview?.at);
  for (const stage of [initiative.questionnaire.feasibility, initiative.questionnaire.foundations])
    for (const { author, at } of stage) see(author, at);
  for (const { settled } of initiative.constraints) see(settled?.author, settled?.at);
  return last === null ? null : dayOf(last, context);
}

type See = (person: string | null | undefined, at: string | null | undefined) => void;

function seeRequirement(one: Initiative["requirements"][number], see: See): void {
  see(one.changedBy, one.changedAt);
  see(one.breadth?.author, one.breadth?.at);
  see(one.breadth?.approvedBy, one.breadth?.approvedAt);
  for (const { author, at } of [...one.history, ...one.evidence, ...one.weakened]) see(author, at);
}

function seeTimebox(one: Initiative["timeboxes"][number], see: See): void {
  see(one.kickOff?.author, one.kickOff?.at);
  for (const { author, at } of [...one.reviews, ...one.standups, ...one.moves]) see(author, at);
  for (const { author, at, clearedBy, clearedAt } of one.blockers) {
    see(author, at);
    see(clearedBy, clearedAt);
  }
  for (const { decidedBy, at } of one.drops) see(decidedBy, at);
  see(one.closeOut?.author, one.closeOut?.at);
  for (const { person } of one.closeOut?.accepters ?? []) see(person, one.closeOut?.at);
}

const inactiveRule: Rule = {
  id: 18,
  principle: 3,
  severity: "warning",
  title: "Business ambassador inactive",
  when: "{ambassadorDays} working days after anybody with the role last acted (stand-up, evidence, priority, feedback, review, decision …), or since the timebox began or the role was taken; while a timebox runs",
  why: "The team builds what it guesses, and learns at the review that it guessed wrong.",
  action: "Ask the ambassador to the stand-ups, or give the role to somebody who has the time.",
  check: (initiative, context) => {
    const { today, thresholds } = context;
    const running = findFirstRunning(initiative);
    const holders = initiative.people.filter(({ role, until }) => role === "business-ambassador" && until === null);
    if (running === undefined || holders.length === 0) return [];
    const names = new Set(holders.map(({ person }) => person));
    const acted = findLastAct(initiative, names, context);
    const taken = holders.map(({ from }) => dayOf(from, context));
    const since = findLatest([...taken, findFirstDay(running, context), acted ?? ""]);
    const days = countWorkingDaysAfter(since, today);
    if (days < thresholds.ambassadorDays) return [];
    const when = acted === null ? "never acted" : `last acted on ${acted}`;
    return [
      {
        subject: `timebox ${running.id}`,
        message: `${writeList([...names])} (business ambassador) ${when}: nothing for ${writeCount(days, "working day")} of ${quote(running.title)}.`,
      },
    ];
  },
};

const sizeRule: Rule = {
  id: 19,
  principle: 3,
  severity: "warning",
  title: "Team too small or too big",
  when: "under {leastTeam} or over {mostTeam} people with a role in the team (leader, ambassador, analyst, developer, tester), while a timebox runs",
  why: "A small team lacks skills and falls with one absence; a big one spends its time on talking.",
  action: "Add the skills that are missing, or split the team.",
  check: (initiative, { thresholds: { leastTeam, mostTeam } }) => {
    const running = findFirstRunning(initiative);
    const team = listTeam(listPresent(initiative));
    if (running === undefined || (team.length >= leastTeam && team.length <= mostTeam)) return [];
    const limit = team.length < leastTeam ? `at least ${leastTeam}` : `at most ${mostTeam}`;
    return [
      {
        subject: `timebox ${running.id}`,
        message: `${quote(running.title)} runs with a team of ${writeCount(team.length, "person", "people")}; it should be ${limit}.`,
      },
    ];
  },
};

const departmentRule: Rule = {
  id: 20,
  principle: 3,
  severity: "warning",
  title: "Affected department without a stakeholder",
  when: "every department of the initiative",
  why: "Whoever is not asked finds out at the deployment, and may stop it.",
  action: "Find out who speaks for the department, and what it cares about.",
  check: ({ departments }) =>
    departments
      .filter(({ stakeholder }) => stakeholder === null)
      .map(({ department }) => ({
        subject: `department ${department}`,
        message: `Nobody speaks for ${department}, one of ${writeCount(departments.length, "affected department")}.`,
      })),
};

const changeRule: Rule = {
  id: 21,
  principle: 3,
  severity: "warning",
  title: "Team changed in mid-timebox",
  when: "running timeboxes: the people of the team now against those at the kick-off; another role in the team is no change",
  why: "Who comes has to be brought in, and what was agreed was agreed by others.",
  action: "Keep the team to the close-out; if it cannot be, look at the timebox’s scope again with the team.",
  check: (initiative, { today }) => {
    const now = listTeam(listPresent(initiative));
    return listRunning(initiative).flatMap(({ id, title, kickOff, start, end }) => {
      const before = kickOff === null ? now : listTeam(kickOff.members);
      const left = before.filter((person) => !now.includes(person));
      const joined = now.filter((person) => !before.includes(person));
      if (left.length + joined.length === 0) return [];
      const parts = [
        ...(left.length > 0 ? [`${writeList(left)} left`] : []),
        ...(joined.length > 0 ? [`${writeList(joined)} joined`] : []),
      ];
      const day = `working day ${countWorkingDays(start, today)} of ${countWorkingDays(start, end)}`;
      return [
        {
          subject: `timebox ${id}`,
          message: `Of the ${writeCount(before.length, "person", "people")} at the kick-off of ${quote(title)}: ${parts.join(" and ")} (today is ${day}).`,
        },
      ];
    });
  },
};

export const COLLABORATION: readonly Rule[] = [ambassadorRule, inactiveRule, sizeRule, departmentRule, changeRule];
