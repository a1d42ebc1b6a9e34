/**
 * Rules 1–8 and 42 protect the first principle, focus on the business need: what each thing is for, whose it is, and whether it paid.
 * Whether a figure is right is not asked here; where it comes from is the analyses' matter.
 */
import { findHolders, type Initiative } from "../../domain/dsdm/initiative.ts";
import { PRIORITY_LEVELS } from "../../domain/dsdm/moscow.ts";
import type { Requirement } from "../../domain/dsdm/requirement.ts";
import { countDays } from "../working-days.ts";
import { quote, writeCount, writeList, writeNumber } from "./figures.ts";
import { dayOf, hasReached } from "./progress.ts";
import type { Breach, HealthContext, Rule } from "./rule.ts";

const ofRequirement = ({ id }: Requirement, message: string): Breach => ({ subject: `requirement ${id}`, message });

const needRule: Rule = {
  id: 1,
  principle: 1,
  severity: "error",
  title: "Requirement without a business need",
  when: "every requirement, whatever its priority",
  why: "Nobody can tell whether it is worth its effort, or whether it helped.",
  action: "Link the finding, KPI or goal that needs it; where none does, ask whether it belongs on the list.",
  check: ({ requirements }) =>
    requirements
      .filter(({ need }) => need.finding === null && need.kpi === null && need.goal === null)
      .map((one) => ofRequirement(one, `${quote(one.title)} names no finding, KPI or goal that needs it.`)),
};

const ownerRule: Rule = {
  id: 2,
  principle: 1,
  severity: "error",
  title: "Requirement without an owner",
  when: "every requirement, whatever its priority",
  why: "Questions about it, and its acceptance, have nobody to go to.",
  action: "Name who speaks for it, usually a business role.",
  check: ({ requirements }) =>
    requirements
      .filter(({ owner }) => owner === null)
      .map((one) => ofRequirement(one, `${quote(one.title)} has no owner.`)),
};

const mustRule: Rule = {
  id: 3,
  principle: 1,
  severity: "warning",
  title: "Must without an answer to “what if it is not met?”",
  when: "requirements that are Must on any level and not done",
  why: "A Must is what the initiative would be cancelled for; unasked, it may be a Should.",
  action: "Write down what happens if it is not met; if there is a way around, make it a Should.",
  check: ({ requirements }) =>
    requirements.flatMap((one) => {
      const levels = PRIORITY_LEVELS.filter((level) => one.priority[level] === "must");
      if (levels.length === 0 || one.ifNotMet !== null || one.state === "done") return [];
      const where = writeList(levels.map((level) => `the ${level}`));
      return [
        ofRequirement(one, `${quote(one.title)} is a Must of ${where}; nobody said what happens if it is not met.`),
      ];
    }),
};

const kpiRule: Rule = {
  id: 4,
  principle: 1,
  severity: "error",
  title: "KPI without a baseline or a target",
  when: "every KPI of the initiative; from the business study on there is at least one",
  why: "Without where it started and where it should get to, no effect can be told.",
  action: "Measure the KPI before anything is changed, and agree on the target.",
  check: (initiative) => {
    if (initiative.kpis.length === 0 && hasReached(initiative, "business-study"))
      return [
        {
          subject: "initiative",
          message: "The initiative has no KPI, so it has neither a baseline nor a target.",
          action: "Name the KPI that it moves, measure it as it is now, and agree on the target.",
        },
      ];
    return initiative.kpis.flatMap(({ kpi, baseline, target }) => {
      const lacks = [...(baseline === null ? ["baseline"] : []), ...(target === null ? ["target"] : [])];
      return lacks.length === 0 ? [] : [{ subject: `kpi ${kpi}`, message: `${kpi} has no ${lacks.join(" and no ")}.` }];
    });
  },
};

/** Deployed, or built to its last requirement: nothing of it is to come. */
function findEnd(initiative: Initiative, increment: Initiative["increments"][number]): string | null {
  if (increment.deployed !== null) return `was deployed on ${increment.deployed.day}`;
  const boxes = initiative.timeboxes.filter(({ increment: of, state }) => of === increment.id && state !== "cancelled");
  if (boxes.length === 0 || boxes.some(({ state }) => state !== "closed")) return null;
  const open = initiative.requirements.some(
    (one) => one.increment === increment.id && one.state !== "done" && one.priority.increment !== "wont",
  );
  return open ? null : `is built (${boxes.length} of ${writeCount(boxes.length, "timebox", "timeboxes")} closed)`;
}

const caseRule: Rule = {
  id: 5,
  principle: 1,
  severity: "warning",
  title: "Business case not reviewed at the end of an increment",
  when: "increments that are deployed, or whose timeboxes are closed with nothing left to do",
  why: "What was learnt from it may change whether the rest is still worth doing.",
  action: "Look at the business case again with the sponsor, and write down whether the benefit is still expected.",
  check: (initiative) =>
    initiative.increments.flatMap((one) => {
      const end = one.caseReview === null ? findEnd(initiative, one) : null;
      if (end === null) return [];
      return [
        { subject: `increment ${one.id}`, message: `${quote(one.title)} ${end}; its business case was not reviewed.` },
      ];
    }),
};

const sponsorRule: Rule = {
  id: 6,
  principle: 1,
  severity: "error",
  title: "No sponsor, or not exactly one visionary",
  when: "from the business study on",
  why: "The sponsor owns the case and the budget; the vision has one voice, or none.",
  action: "Give the role to somebody.",
  check: (initiative) => {
    if (!hasReached(initiative, "business-study")) return [];
    const visionaries = [...new Set(findHolders(initiative, "business-visionary"))];
    const breaches: Breach[] = [];
    if (findHolders(initiative, "business-sponsor").length === 0)
      breaches.push({
        subject: "role business-sponsor",
        message: "Nobody is business sponsor.",
        action: "Name the person who owns the business case and the budget.",
      });
    if (visionaries.length === 0)
      breaches.push({
        subject: "role business-visionary",
        message: "Nobody is business visionary; one person has to be.",
        action: "Name the one person who holds the vision and decides about the scope’s breadth.",
      });
    if (visionaries.length > 1)
      breaches.push({
        subject: "role business-visionary",
        message: `${visionaries.length} people are business visionary (${writeList(visionaries)}); it has to be one.`,
        action: "Let one of them keep the role; the others may be ambassadors or advisors.",
      });
    return breaches;
  },
};

const benefitsRule: Rule = {
  id: 7,
  principle: 1,
  severity: "warning",
  title: "No benefits assessment after deployment",
  when: "{benefitsWeeks} weeks after a deployment that no benefits assessment followed; once, for the oldest",
  why: "Only measured benefits tell whether it was worth it, and what to do next.",
  action: "Hold the post-project review and assess the benefits from the registered measurements.",
  history: true,
  check: ({ increments, assessments }, context) => {
    const { today, thresholds } = context;
    const { benefitsWeeks } = thresholds;
    const assessed = dayOf(assessments.at(-1)?.at ?? "", context);
    const waiting = increments
      .flatMap(({ id, title, deployed }) => (deployed === null ? [] : [{ id, title, day: deployed.day }]))
      .filter(({ day }) => day > assessed && countDays(day, today) >= benefitsWeeks * 7)
      .sort((a, b) => (a.day < b.day ? -1 : 1));
    const [oldest] = waiting;
    if (oldest === undefined) return [];
    const weeks = Math.floor(countDays(oldest.day, today) / 7);
    const others = waiting.length > 1 ? ` So do ${waiting.length - 1} of the later deployments.` : "";
    const message = `${quote(oldest.title)} was deployed ${weeks} weeks ago (${oldest.day}) and its benefits were not assessed; they are due after ${writeNumber(benefitsWeeks)} weeks.${others}`;
    return [{ subject: `increment ${oldest.id}`, message }];
  },
};

const benefitRule: Rule = {
  id: 8,
  principle: 1,
  severity: "warning",
  title: "Expected benefit is gone",
  when: "the benefit is marked as no longer expected; where none was written down, by the newest review of the business case",
  why: "Effort goes on into something that nobody expects to pay any more.",
  action: "Ask the sponsor: change the scope so that it pays again, or stop it at a gate.",
  check: ({ benefit, increments }, context) => {
    const newest = increments
      .flatMap(({ title, caseReview }) => (caseReview === null ? [] : [{ title, ...caseReview }]))
      .sort((a, b) => (a.at < b.at ? -1 : 1))
      .at(-1);
    const isGone = benefit === null ? newest?.stillExpected === false : !benefit.expected;
    if (!isGone) return [];
    const figure = benefit?.monthly ? ` of ${writeNumber(benefit.monthly)} a month` : "";
    const said =
      newest?.stillExpected === false
        ? `, says the review of ${quote(newest.title)} (${dayOf(newest.at, context)})`
        : "";
    return [
      {
        subject: "initiative",
        message: `The benefit${figure} is no longer expected${said}; the initiative goes on.`,
      },
    ];
  },
};

function isLeftAlone({ requirements }: Initiative, finding: number, { findings }: HealthContext): boolean {
  const state = findings.get(finding);
  return (
    state?.waiting === true &&
    !requirements.some(({ need, priority }) => need.finding === finding && priority.project !== "wont")
  );
}

const findingRule: Rule = {
  id: 42,
  principle: 1,
  severity: "warning",
  title: "Finding that nobody acted on",
  when: "linked findings that wait (no action for two weeks, not settled) and that no requirement but a Won’t needs",
  why: "The initiative was made for it, and it goes on costing what was measured.",
  action: "Write a requirement for it, or dismiss it with a reason, or take it out of the initiative.",
  check: (initiative, context) =>
    initiative.findings
      .filter((finding) => isLeftAlone(initiative, finding, context))
      .map((finding) => {
        const state = context.findings.get(finding);
        return {
          subject: `finding ${finding}`,
          message: `${quote(state?.title ?? "")} (reach ${state?.reach ?? 0}): nobody acted on it for two weeks, and none of ${writeCount(initiative.requirements.length, "requirement")} needs it.`,
        };
      }),
};

export const BUSINESS_NEED: readonly Rule[] = [
  needRule,
  ownerRule,
  mustRule,
  kpiRule,
  caseRule,
  sponsorRule,
  benefitsRule,
  benefitRule,
  findingRule,
];
