/**
 * Rules 36–40 protect the eighth principle, demonstrate control: risks asked for, progress that is progress, decisions on record.
 * What the gates rest on, data and constraints, is in gate-basis.ts.
 */
import type { Initiative } from "../../domain/dsdm/initiative.ts";
import { PRIORITY_LEVELS } from "../../domain/dsdm/moscow.ts";
import { STATEMENTS, WEAK_SCORE } from "../../domain/dsdm/questionnaire.ts";
import type { Requirement } from "../../domain/dsdm/requirement.ts";
import type { Timebox } from "../../domain/dsdm/timebox.ts";
import { quote, writeCount, writeEffort, writeList, writeShare } from "./figures.ts";
import { dayOf, groupByTimebox, hasDeveloped, hasReached, listClosed, listRunning } from "./progress.ts";
import type { Breach, HealthContext, Rule } from "./rule.ts";

const DAY_MS = 86_400_000;
const TINY = 1e-9;

type Stage = keyof Initiative["questionnaire"];

/** Whether its phase is over: then the answers are due. */
function isDue(initiative: Initiative, stage: Stage): boolean {
  if (stage === "foundations") return initiative.baseline !== null || hasDeveloped(initiative);
  // Who began with the business study had no feasibility to answer for.
  return initiative.phases.some(({ phase }) => phase === "feasibility") && hasReached(initiative, "business-study");
}

function checkStage(initiative: Initiative, stage: Stage): Breach[] {
  const answers = initiative.questionnaire[stage];
  const later = new Set(
    stage === "feasibility" ? initiative.questionnaire.foundations.map((one) => one.statement) : [],
  );
  const weak = answers.filter(
    ({ statement, score, action }) => score <= WEAK_SCORE && action === null && !later.has(statement),
  );
  const answered = new Set(answers.map(({ statement }) => statement)).size;
  const parts = [
    ...(isDue(initiative, stage) && answered < STATEMENTS.length
      ? [`${STATEMENTS.length - answered} of ${STATEMENTS.length} statements are not answered`]
      : []),
    ...(weak.length > 0
      ? [
          `${writeCount(weak.length, "weak one")} without an action (${writeList(weak.map(({ statement }) => `${statement}`))})`,
        ]
      : []),
  ];
  if (parts.length === 0) return [];
  return [{ subject: `questionnaire ${stage}`, message: `Questionnaire of ${stage}: ${writeList(parts)}.` }];
}

const questionnaireRule: Rule = {
  id: 36,
  principle: 8,
  severity: "warning",
  title: "Questionnaire missing, or a weak statement without an action",
  when: "each stage once its phase is over (feasibility only where it was entered); weak statements, 1 or 2 of 5, at once, and of feasibility only until foundations answers them anew",
  why: "Whether the method fits is known early and forgotten, and comes back as a surprise.",
  action: "Answer the rest with those involved, and say for each weak statement what is done about it.",
  check: (initiative) => (["feasibility", "foundations"] as const).flatMap((stage) => checkStage(initiative, stage)),
};

const sumAll = ({ must, should, could, undecided }: Timebox["burn"][number]["remaining"]) =>
  must + should + could + undecided;

/** Something done, tried or brought nearer to its end since the kick-off; what was dropped is no progress. */
function hasProgressed({ kickOff, burn }: Timebox, requirements: readonly Requirement[]): boolean {
  const since = kickOff?.at ?? "";
  const [first, last] = [burn.at(0), burn.at(-1)];
  const fell = first !== undefined && last !== undefined && sumAll(last.remaining) < sumAll(first.remaining) - TINY;
  return requirements.some(
    ({ doneAt, evidence, carried, remaining, effort }) =>
      (doneAt !== null && doneAt >= since) ||
      evidence.some(({ at }) => at >= since) ||
      // What came half done had less than its effort left from the first day on.
      (remaining < effort - TINY && (carried.length === 0 || fell)),
  );
}

const hoursRule: Rule = {
  id: 37,
  principle: 8,
  severity: "warning",
  title: "Progress recorded only as hours",
  when: "running timeboxes with hours at a stand-up, in which since the kick-off nothing was done or tried and no effort went down",
  why: "Hours say what was spent, not what is there.",
  action: "Set the effort that is still to do on what was worked on, and try what is finished against its criteria.",
  check: (initiative) => {
    const groups = groupByTimebox(initiative);
    return listRunning(initiative).flatMap((timebox) => {
      const noted = timebox.standups.flatMap(({ hours }) => (hours !== null && hours > 0 ? [hours] : []));
      const requirements = groups.get(timebox.id) ?? [];
      if (noted.length === 0 || hasProgressed(timebox, requirements)) return [];
      const hours = noted.reduce((sum, one) => sum + one, 0);
      return [
        {
          subject: `timebox ${timebox.id}`,
          message: `${writeCount(hours, "hour")} in ${writeCount(noted.length, "stand-up")} of ${quote(timebox.title)}, and no progress on any of ${writeCount(requirements.length, "requirement")}.`,
        },
      ];
    });
  },
};

const shouldRule: Rule = {
  id: 38,
  principle: 8,
  severity: "warning",
  title: "Few Shoulds delivered, twice running",
  when: "the last two closed timeboxes that had Shoulds both delivered under {leastShouldDelivered} of their Should effort",
  why: "Plans hold more than the team does; soon a Must will be what is missing.",
  action: "Plan the next timebox by what was delivered, not by what was hoped.",
  check: (initiative, { thresholds: { leastShouldDelivered } }) => {
    const facts = listClosed(initiative).flatMap(({ id, title, closeOut }) => {
      const [planned, delivered] = [closeOut?.planned.should ?? 0, closeOut?.delivered.should ?? 0];
      return planned > 0 ? [{ id, title, planned, delivered, share: delivered / planned }] : [];
    });
    const last = facts.slice(-2);
    const newest = last[1];
    if (newest === undefined || last.some(({ share }) => share >= leastShouldDelivered - TINY)) return [];
    const parts = last.map(
      ({ title, planned, delivered, share }) =>
        `${writeShare(share, leastShouldDelivered)} in ${quote(title)} (${writeEffort(delivered, initiative)} of ${writeEffort(planned, initiative)})`,
    );
    return [
      {
        subject: `timebox ${newest.id}`,
        message: `Of the Should effort, ${writeList(parts)} was delivered; under ${writeShare(leastShouldDelivered, 0)} twice running.`,
      },
    ];
  },
};

/** Whole days that have gone by. */
const findAge = (at: string, { now }: HealthContext) => Math.floor((Date.parse(now) - Date.parse(at)) / DAY_MS);

const exceptionRule: Rule = {
  id: 39,
  principle: 8,
  severity: "warning",
  title: "Exception unanswered",
  when: "exceptions without an answer after {exceptionDays} days of 24 hours",
  why: "The team waits, or goes on as if nothing were wrong.",
  action: "Project manager, visionary or sponsor: answer it.",
  check: ({ exceptions }, context) =>
    exceptions
      .filter(({ at, answer }) => answer === null && findAge(at, context) >= context.thresholds.exceptionDays)
      .map(({ id, at, author, text }) => ({
        subject: `exception ${id}`,
        message: `${author} raised on ${dayOf(at, context)}: ${quote(text)}; nobody has answered for ${writeCount(findAge(at, context), "day")}.`,
      })),
};

const historyRule: Rule = {
  id: 40,
  principle: 8,
  severity: "error",
  title: "Priority changed without author or reason",
  when: "the newest change on each level of every requirement; of closed and stopped initiatives too",
  why: "A priority that nobody stands for cannot be held against the next wish.",
  action: "Decide it again, with a name and a reason.",
  history: true,
  check: ({ requirements }, context) =>
    requirements.flatMap(({ id, title, history }) => {
      const bad = PRIORITY_LEVELS.flatMap((level) => {
        const newest = history.findLast((one) => one.level === level);
        if (newest === undefined || (newest.author?.trim() && newest.reason?.trim())) return [];
        const lacks = [...(newest.author?.trim() ? [] : ["author"]), ...(newest.reason?.trim() ? [] : ["reason"])];
        return [`for the ${level} on ${dayOf(newest.at, context)} without ${writeList(lacks)}`];
      });
      if (bad.length === 0) return [];
      return [
        { subject: `requirement ${id}`, message: `The priority of ${quote(title)} was changed ${writeList(bad)}.` },
      ];
    }),
};

export const CONTROL: readonly Rule[] = [questionnaireRule, hoursRule, shouldRule, exceptionRule, historyRule];
