import { describe, expect, it } from "vitest";
import { type BrokenRule, type HealthThresholds, healthThresholdsSchema } from "../../domain/dsdm/health.ts";
import type { Initiative } from "../../domain/dsdm/initiative.ts";
import type { Requirement } from "../../domain/dsdm/requirement.ts";
import type { DeliveryRole } from "../../domain/dsdm/role.ts";
import type { Timebox } from "../../domain/dsdm/timebox.ts";
import {
  CASE_EFFECT,
  CASE_FINDING,
  caseRequirement,
  caseStandUp,
  doneOn,
  healthyContext,
  healthyInitiative,
} from "../initiative.case.ts";
import { checkHealth, RULES } from "./check-health.ts";
import type { HealthContext } from "./rule.ts";

type Change = (initiative: Initiative) => void;

const nothing: Change = () => {};

function requirement({ requirements }: Initiative, id: number): Requirement {
  const found = requirements.find((one) => one.id === id);
  if (!found) throw new Error(`no requirement ${id}`);
  return found;
}

function timebox({ timeboxes }: Initiative, id: number): Timebox {
  const found = timeboxes.find((one) => one.id === id);
  if (!found) throw new Error(`no timebox ${id}`);
  return found;
}

function closeOut(initiative: Initiative, id: number): NonNullable<Timebox["closeOut"]> {
  const found = timebox(initiative, id).closeOut;
  if (!found) throw new Error(`timebox ${id} is open`);
  return found;
}

function first<One>(list: readonly One[]): One {
  const [one] = list;
  if (one === undefined) throw new Error("nothing there");
  return one;
}

const release = (initiative: Initiative, role: DeliveryRole, until = "2026-01-31T09:00:00.000Z") => {
  for (const one of initiative.people) if (one.role === role) one.until = until;
};

/** All of a team's traces but those of the ambassador. */
function silenceAnna(initiative: Initiative): void {
  for (const one of initiative.timeboxes) for (const note of one.standups) note.author = "Lena";
  for (const one of initiative.feedback) one.author = "Viktor";
}

const thresholds = (change: Partial<HealthThresholds>): Partial<HealthContext> => ({
  thresholds: healthThresholdsSchema.parse(change),
});

/** A second closed timebox before the running one, as the first but for its ids and days. */
function addClosed(initiative: Initiative): Timebox {
  const copy = structuredClone(timebox(initiative, 1));
  copy.id = 4;
  copy.title = "Timebox 4";
  const end = copy.closeOut;
  if (end) end.at = "2026-02-27T17:00:00.000Z";
  initiative.timeboxes.push(copy);
  return copy;
}

interface Firing {
  readonly rule: number;
  readonly when: string;
  readonly change: Change;
  readonly context?: Partial<HealthContext>;
  readonly subject: string;
  readonly message: string;
  readonly severity?: BrokenRule["severity"];
  /** What the action has to name, where the rule makes it up. */
  readonly action?: string;
  /** Rules that cannot but be broken with it. */
  readonly also?: readonly number[];
}

const FIRING: readonly Firing[] = [
  {
    rule: 1,
    when: "a requirement names no need",
    change: (one) => {
      requirement(one, 6).need = { finding: null, kpi: null, goal: null };
    },
    subject: "requirement 6",
    message: "“Requirement 6” names no finding, KPI or goal that needs it.",
  },
  {
    rule: 2,
    when: "a requirement has no owner",
    change: (one) => {
      requirement(one, 11).owner = null;
    },
    subject: "requirement 11",
    message: "“Requirement 11” has no owner.",
  },
  {
    rule: 3,
    when: "nobody said what happens without a Must",
    change: (one) => {
      requirement(one, 8).ifNotMet = null;
    },
    subject: "requirement 8",
    message:
      "“Requirement 8” is a Must of the project, the increment and the timebox; nobody said what happens if it is not met.",
  },
  {
    rule: 4,
    when: "a KPI has no baseline",
    change: (one) => {
      first(one.kpis).baseline = null;
    },
    subject: "kpi checkout-conversion",
    message: "checkout-conversion has no baseline.",
  },
  {
    rule: 4,
    when: "a KPI has neither",
    change: (one) => {
      one.kpis.push({ kpi: "nps", baseline: null, target: null });
    },
    subject: "kpi nps",
    message: "nps has no baseline and no target.",
  },
  {
    rule: 4,
    when: "there is no KPI at all",
    change: (one) => {
      one.kpis = [];
    },
    subject: "initiative",
    message: "The initiative has no KPI, so it has neither a baseline nor a target.",
  },
  {
    rule: 5,
    when: "a deployed increment's case was not reviewed",
    change: (one) => {
      first(one.increments).caseReview = null;
    },
    subject: "increment 1",
    message: "“Pay on one page” was deployed on 2026-02-16; its business case was not reviewed.",
  },
  {
    rule: 5,
    when: "an increment is built and its case was not reviewed",
    change: (one) => {
      Object.assign(first(one.increments), { deployed: null, caseReview: null });
    },
    subject: "increment 1",
    message: "“Pay on one page” is built (1 of 1 timebox closed); its business case was not reviewed.",
  },
  {
    rule: 6,
    when: "nobody is sponsor",
    change: (one) => release(one, "business-sponsor"),
    subject: "role business-sponsor",
    message: "Nobody is business sponsor.",
  },
  {
    rule: 6,
    when: "nobody is visionary",
    change: (one) => release(one, "business-visionary"),
    subject: "role business-visionary",
    message: "Nobody is business visionary; one person has to be.",
  },
  {
    rule: 6,
    when: "two are visionary",
    change: (one) => {
      one.people.push({ person: "Vera", role: "business-visionary", from: "2026-02-01T09:00:00.000Z", until: null });
    },
    subject: "role business-visionary",
    message: "2 people are business visionary (Viktor and Vera); it has to be one.",
  },
  {
    rule: 7,
    when: "26 weeks went by after a deployment",
    change: (one) => {
      const { deployed } = first(one.increments);
      if (deployed) deployed.day = "2025-09-17";
    },
    context: thresholds({ incrementMonths: 12 }),
    subject: "increment 1",
    message:
      "“Pay on one page” was deployed 26 weeks ago (2025-09-17) and its benefits were not assessed; they are due after 26 weeks.",
  },
  {
    rule: 8,
    when: "the benefit is no longer expected",
    change: (one) => {
      one.benefit = { monthly: 20_000, text: "More orders.", expected: false };
    },
    subject: "initiative",
    message: "The benefit of 20000 a month is no longer expected; the initiative goes on.",
  },
  {
    rule: 8,
    when: "no benefit was written down, and the newest review says it is gone",
    change: (one) => {
      one.benefit = null;
      const { caseReview } = first(one.increments);
      if (caseReview) caseReview.stillExpected = false;
    },
    subject: "initiative",
    message:
      "The benefit is no longer expected, says the review of “Pay on one page” (2026-02-17); the initiative goes on.",
  },
  {
    rule: 9,
    when: "Must is over 60 % of the project",
    change: (one) => {
      one.requirements.push(caseRequirement(12, "must", 10, onLevels("must", null)));
    },
    subject: "initiative",
    message: "In the project, Must is 63 % of the effort (25 days of 40 days); at most 60 % leaves room to move.",
    action: "Take at least 1 day out of the Musts",
    also: [],
  },
  {
    rule: 9,
    when: "Must is over 60 % of a timebox, by its own priorities",
    change: (one) => {
      requirement(one, 9).priority.timebox = "must";
      requirement(one, 9).ifNotMet = "The bill is wrong.";
    },
    subject: "timebox 3",
    message:
      "In timebox “Timebox 3”, Must is 80 % of the effort (8 days of 10 days); at most 60 % leaves room to move.",
    action: "Take at least 2 days out of the Musts",
  },
  {
    rule: 9,
    when: "Must is over 60 % of an increment, by its own priorities",
    change: (one) => {
      requirement(one, 9).priority.increment = "must";
      requirement(one, 9).ifNotMet = "The bill is wrong.";
    },
    subject: "increment 2",
    message:
      "In increment “Pay later”, Must is 65 % of the effort (13 days of 20 days); at most 60 % leaves room to move.",
  },
  {
    rule: 10,
    when: "Could is under 15 % of a timebox",
    change: (one) => {
      requirement(one, 10).priority.timebox = "should";
    },
    subject: "timebox 3",
    message:
      "In timebox “Timebox 3”, Could is 0 % of the effort (0 days of 10 days); under 15 % there is little to drop.",
  },
  {
    rule: 11,
    when: "an end was moved",
    change: (one) => {
      const box = timebox(one, 2);
      const entry = { at: "2026-03-17T09:00:00.000Z", author: "Petra", exception: 1, reason: "The provider." };
      box.moves = [
        { ...entry, from: "2026-03-20", to: "2026-03-24" },
        { ...entry, from: "2026-03-24", to: "2026-03-27" },
      ];
      box.end = "2026-03-27";
    },
    subject: "timebox 2",
    message: "The end of “Timebox 2” was moved after the kick-off: 2 times, from 2026-03-20 to 2026-03-27.",
  },
  {
    rule: 12,
    when: "a Must was left open",
    change: (one) => {
      const end = closeOut(one, 1);
      end.delivered = { ...end.delivered, must: 0 };
      end.undone = [{ requirement: 1, to: null }];
    },
    subject: "timebox 1",
    message: "“Timebox 1” failed: 5 days of 5 days of Must were open when it was closed (“Requirement 1”).",
  },
  {
    rule: 12,
    when: "a Must without effort was left open",
    change: (one) => {
      closeOut(one, 1).undone = [{ requirement: 2, to: 3 }];
      requirement(one, 2).history.push({
        ...{ level: "timebox", from: "must", to: null, author: "Lena", reason: "Left timebox 1." },
        at: closeOut(one, 1).at,
      });
    },
    subject: "timebox 1",
    message: "“Timebox 1” failed: 0 days of 5 days of Must were open when it was closed (“Requirement 2”).",
  },
  {
    rule: 13,
    when: "a timebox is too short",
    change: (one) => {
      timebox(one, 3).end = "2026-04-02";
    },
    subject: "timebox 3",
    message: "“Timebox 3” has 9 working days (2026-03-23 to 2026-04-02), 1.8 weeks: outside two to four weeks.",
  },
  {
    rule: 13,
    when: "a timebox is too long",
    change: (one) => {
      timebox(one, 3).end = "2026-04-20";
    },
    subject: "timebox 3",
    message: "“Timebox 3” has 21 working days (2026-03-23 to 2026-04-20), 4.2 weeks: outside two to four weeks.",
  },
  {
    rule: 13,
    when: "a timebox is over six weeks",
    change: (one) => {
      timebox(one, 3).end = "2026-05-04";
    },
    severity: "error",
    subject: "timebox 3",
    message: "“Timebox 3” has 31 working days (2026-03-23 to 2026-05-04), 6.2 weeks: over six weeks.",
  },
  {
    rule: 14,
    when: "more is planned than fits",
    change: (one) => {
      timebox(one, 3).capacity = 8;
    },
    subject: "timebox 3",
    message: "“Timebox 3” holds 10 days of effort, 2 days more than its capacity of 8 days.",
  },
  {
    rule: 15,
    when: "a Must will be late and a Could is open",
    change: (one) => {
      Object.assign(requirement(one, 4), { state: "doing", remaining: 2.5, doneAt: null, evidence: [] });
      Object.assign(requirement(one, 5), { remaining: 1.5 });
      timebox(one, 2).burn.splice(1, 2, {
        at: "2026-03-17T16:00:00.000Z",
        remaining: { must: 4, should: 3, could: 2, undecided: 0, wont: 0 },
      });
    },
    subject: "timebox 2",
    message:
      "In “Timebox 2”, 3.57 days of Must are forecast to be missing on 2026-03-20 (“Requirement 4” and “Requirement 5”), while Coulds of 2 days remain.",
    action: "“Requirement 7”",
  },
  {
    rule: 16,
    when: "a Could is started before a Must",
    change: (one) => {
      Object.assign(requirement(one, 5), { state: "to-do", remaining: 2, startedAt: null });
      Object.assign(requirement(one, 7), { state: "doing", startedAt: "2026-03-17T09:00:00.000Z" });
    },
    subject: "requirement 7",
    message: "“Requirement 7” (Could) is started, while 1 of 2 Musts in its timebox is not: “Requirement 5”.",
    also: [15],
  },
  {
    rule: 17,
    when: "a running team has no ambassador",
    change: (one) => {
      release(one, "business-ambassador");
      for (const { kickOff } of one.timeboxes)
        if (kickOff) kickOff.members = kickOff.members.filter(({ person }) => person !== "Anna");
    },
    subject: "timebox 2",
    message: "“Timebox 2” runs with a team of 5 people and no business ambassador.",
  },
  {
    rule: 18,
    when: "the ambassador did nothing for five working days",
    change: (one) => {
      silenceAnna(one);
      timebox(one, 2).reviews[0] = {
        ...{ stage: "investigation", at: "2026-03-11T14:00:00.000Z", author: "Anna", feedback: "Fine." },
      };
    },
    subject: "timebox 2",
    message: "Anna (business ambassador) last acted on 2026-03-11: nothing for 5 working days of “Timebox 2”.",
  },
  {
    rule: 18,
    when: "the ambassador never did anything in the timebox",
    change: silenceAnna,
    subject: "timebox 2",
    message: "Anna (business ambassador) last acted on 2026-01-20: nothing for 7 working days of “Timebox 2”.",
  },
  {
    rule: 19,
    when: "a running team is too small",
    change: (one) => {
      for (const { kickOff } of one.timeboxes)
        if (kickOff) kickOff.members = kickOff.members.filter(({ person }) => person !== "Dora" && person !== "Lena");
      one.people = one.people.filter(({ person }) => person !== "Dora" && person !== "Lena");
    },
    subject: "timebox 2",
    message: "“Timebox 2” runs with a team of 4 people; it should be at least 5.",
  },
  {
    rule: 19,
    when: "a running team is too big",
    change: (one) => {
      for (const person of ["Dee", "Dirk", "Don", "Dunja"]) {
        one.people.push({ person, role: "solution-developer", from: "2026-01-12T15:00:00.000Z", until: null });
        for (const { kickOff } of one.timeboxes) kickOff?.members.push({ person, role: "solution-developer" });
      }
    },
    subject: "timebox 2",
    message: "“Timebox 2” runs with a team of 10 people; it should be at most 9.",
  },
  {
    rule: 20,
    when: "nobody speaks for a department",
    change: (one) => {
      one.departments.push({ department: "Warehouse", stakeholder: null, interest: null });
    },
    subject: "department Warehouse",
    message: "Nobody speaks for Warehouse, one of 2 affected departments.",
  },
  {
    rule: 21,
    when: "one left and one joined in mid-timebox",
    change: (one) => {
      for (const entry of one.people) if (entry.person === "Dora") entry.until = "2026-03-12T09:00:00.000Z";
      one.people.push({ person: "Dirk", role: "solution-developer", from: "2026-03-13T09:00:00.000Z", until: null });
    },
    subject: "timebox 2",
    message:
      "Of the 6 people at the kick-off of “Timebox 2”: Dora left and Dirk joined (today is working day 8 of 10).",
  },
  {
    rule: 22,
    when: "work began without criteria",
    change: (one) => {
      requirement(one, 5).acceptance = [];
    },
    subject: "requirement 5",
    message: "“Requirement 5” is worked on since 2026-03-13 and has no acceptance criterion.",
  },
  {
    rule: 23,
    when: "done was never tried",
    change: (one) => {
      requirement(one, 4).evidence = [];
    },
    subject: "requirement 4",
    message: "“Requirement 4” is done, and nobody tried it against its 1 criterion.",
  },
  {
    rule: 23,
    when: "the newest try did not pass",
    change: (one) => {
      const entry = { at: "2026-03-13T09:00:00.000Z", author: "Tom", text: "It breaks.", passed: false };
      requirement(one, 4).evidence.push(entry);
    },
    subject: "requirement 4",
    message: "“Requirement 4” is done, but the newest of 2 tries (2026-03-13, Tom) did not pass.",
  },
  {
    rule: 24,
    when: "the developer made all the evidence",
    change: (one) => {
      for (const entry of requirement(one, 4).evidence) entry.author = "Dan";
    },
    subject: "requirement 4",
    message: "Dan develops “Requirement 4” and made its only try.",
  },
  {
    rule: 24,
    when: "the developer is named as tester",
    change: (one) => {
      requirement(one, 8).tester = "Dan";
    },
    subject: "requirement 8",
    message: "Dan develops “Requirement 8” and is also its only tester.",
  },
  {
    rule: 25,
    when: "a criterion is gone",
    change: (one) => {
      requirement(one, 6).weakened = [
        { at: "2026-03-16T09:00:00.000Z", author: "Dan", timebox: 2, before: ["It works on a phone.", "In 2 s."] },
      ];
    },
    subject: "requirement 6",
    message: "1 of 2 criteria agreed for “Requirement 6” is gone since timebox 2 ran (2026-03-16, Dan): “In 2 s.”.",
  },
  {
    rule: 26,
    when: "there is no baseline",
    change: (one) => {
      one.baseline = null;
    },
    subject: "initiative",
    message:
      "There is no baseline, and development has begun: Functional model iteration entered, Design and build iteration entered, 2 timeboxes kicked off and 5 of 11 requirements started.",
  },
  {
    rule: 27,
    when: "a requirement in a running timebox has no priority",
    change: (one) => {
      requirement(one, 6).priority = { project: null, increment: null, timebox: null };
    },
    subject: "requirement 6",
    message: "“Requirement 6” has no priority for the project, increment and timebox.",
    also: [9],
  },
  {
    rule: 28,
    when: "the visionary has not agreed",
    change: (one) => {
      requirement(one, 9).breadth = {
        ...{ at: "2026-03-02T09:00:00.000Z", author: "Bea", what: "from Could to Must" },
        ...{ approvedBy: null, approvedAt: null },
      };
    },
    subject: "requirement 9",
    message: "“Requirement 9”: from Could to Must (Bea, 2026-03-02), and the visionary has not agreed.",
  },
  {
    rule: 29,
    when: "the last deployment is long ago",
    change: (one) => {
      const { deployed } = first(one.increments);
      if (deployed) deployed.day = "2025-09-15";
    },
    context: thresholds({ benefitsWeeks: 52 }),
    subject: "initiative",
    message: "6 months since the last deployment (2025-09-15) without a deployment; 1 of 2 increments is deployed.",
  },
  {
    rule: 29,
    when: "nothing was ever deployed",
    change: (one) => {
      first(one.increments).deployed = null;
    },
    context: thresholds({ incrementMonths: 1 }),
    subject: "initiative",
    message: "1.6 months since development began (2026-01-26) without a deployment; 0 of 2 increments are deployed.",
  },
  {
    rule: 30,
    when: "a review of a running timebox brought no feedback",
    change: (one) => {
      first(timebox(one, 2).reviews).feedback = null;
    },
    subject: "timebox 2",
    message: "“Timebox 2” has no feedback on investigation (1 review held).",
  },
  {
    rule: 30,
    when: "stages of the timebox closed last were never reviewed",
    change: (one) => {
      timebox(one, 1).reviews.splice(1, 2);
    },
    subject: "timebox 1",
    message: "“Timebox 1” has no feedback on refinement and consolidation (1 review held).",
  },
  {
    rule: 31,
    when: "nothing was decided about feedback",
    change: (one) => {
      Object.assign(first(one.feedback), { decision: null, negative: false });
    },
    subject: "feedback 1",
    message: "Anna said on 2026-03-11 about timebox 2: “The button is too small.”; nothing was decided.",
  },
  {
    rule: 32,
    when: "a requirement was carried over twice",
    change: (one) => {
      requirement(one, 8).carried = [
        { from: 1, at: "2026-02-13T17:00:00.000Z", reprioritised: false },
        { from: 4, at: "2026-02-27T17:00:00.000Z", reprioritised: false },
      ];
    },
    subject: "requirement 8",
    message: "“Requirement 8” was carried over 2 times (from timebox 1 and timebox 4) at the same priority.",
  },
  {
    rule: 33,
    when: "two working days have no stand-up",
    change: (one) => {
      timebox(one, 2).standups.splice(-2);
    },
    subject: "timebox 2",
    message: "“Timebox 2” has no stand-up and no word about a blocker since 2026-03-13: 2 of 7 working days gone.",
  },
  {
    rule: 34,
    when: "the close-out has neither retrospective nor one of the accepters",
    change: (one) => {
      const end = closeOut(one, 1);
      end.retrospective = null;
      end.accepters = end.accepters.filter(({ role }) => role === "business-visionary");
    },
    subject: "timebox 1",
    message:
      "“Timebox 1” was closed on 2026-02-13 without retrospective and acceptance by the technical coordinator (Tarek).",
  },
  {
    rule: 35,
    when: "a workshop had no objective and no outcome",
    change: (one) => {
      Object.assign(first(one.workshops), { objective: null, outcome: null });
    },
    subject: "workshop 1",
    message: "“Priorities” (2026-01-20) has no objective and no outcome.",
  },
  {
    rule: 36,
    when: "statements are not answered, and a weak one has no action",
    change: (one) => {
      one.questionnaire.foundations.splice(14, 3);
      Object.assign(first(one.questionnaire.foundations), { score: 2 });
    },
    subject: "questionnaire foundations",
    message: "Questionnaire of foundations: 3 of 17 statements are not answered and 1 weak one without an action (1).",
  },
  {
    rule: 37,
    when: "stand-ups hold hours and nothing went on",
    change: (one) => {
      for (const note of timebox(one, 2).standups) note.hours = 7.5;
      Object.assign(requirement(one, 4), { state: "to-do", remaining: 3, doneAt: null, startedAt: null, evidence: [] });
      Object.assign(requirement(one, 5), { remaining: 2 });
      timebox(one, 2).burn.splice(1);
    },
    subject: "timebox 2",
    message: "45 hours in 6 stand-ups of “Timebox 2”, and no progress on any of 4 requirements.",
    also: [15],
  },
  {
    rule: 38,
    when: "half of the Shoulds were missed twice running",
    change: (one) => {
      const second = addClosed(one);
      closeOut(one, 1).delivered = { ...closeOut(one, 1).delivered, should: 1 };
      if (second.closeOut) second.closeOut.delivered = { ...second.closeOut.delivered, should: 0 };
    },
    subject: "timebox 4",
    message:
      "Of the Should effort, 33 % in “Timebox 1” (1 day of 3 days) and 0 % in “Timebox 4” (0 days of 3 days) was delivered; under 50 % twice running.",
  },
  {
    rule: 39,
    when: "an exception waits for two days",
    change: (one) => {
      Object.assign(first(one.exceptions), { at: "2026-03-16T09:59:00.000Z", answer: null });
    },
    subject: "exception 1",
    message: "Lena raised on 2026-03-16: “The payment provider is late.”; nobody has answered for 2 days.",
  },
  {
    rule: 40,
    when: "a priority was changed without author and reason",
    change: (one) => {
      requirement(one, 9).history.push({
        ...{ level: "project", from: "could", to: "should", author: null, reason: " " },
        at: "2026-02-01T09:00:00.000Z",
      });
    },
    subject: "requirement 9",
    message: "The priority of “Requirement 9” was changed for the project on 2026-02-01 without author and reason.",
  },
  {
    rule: 41,
    when: "negative feedback waits for a week",
    change: (one) => {
      Object.assign(first(one.feedback), { decision: null });
    },
    subject: "feedback 1",
    message:
      "Anna said on 2026-03-11 about timebox 2: “The button is too small.”; it is negative, and for 7 days nothing was decided.",
  },
  {
    rule: 42,
    when: "a linked finding waits and no requirement needs it",
    change: (one) => {
      one.findings.push(2);
    },
    context: {
      findings: new Map([
        [1, CASE_FINDING],
        [2, { ...CASE_FINDING, id: 2, title: "Slow answers", reach: 341, waiting: true }],
      ]),
    },
    subject: "finding 2",
    message: "“Slow answers” (reach 341): nobody acted on it for two weeks, and none of 11 requirements needs it.",
  },
  {
    rule: 43,
    when: "the data are older than a running measurement needs",
    change: nothing,
    context: { dataEnd: "2026-02-15T23:00:00.000Z" },
    subject: "initiative",
    message:
      "The data end on 2026-02-15, 31 days before what the measurement “Orders per checkout, group B” (until 2026-04-16) needs; at most 30 are allowed.",
  },
  {
    rule: 43,
    when: "a gate that rests on data is ahead",
    change: (one) => {
      one.phases.push({ phase: "business-study", from: "2026-03-10T09:00:00.000Z", until: null });
      one.effects = [];
    },
    context: { dataEnd: "2025-12-31T22:00:00.000Z" },
    subject: "initiative",
    message:
      "The data end on 2025-12-31, 77 days before what the gate of Business study needs; at most 30 are allowed.",
  },
  {
    rule: 44,
    when: "a gate was passed over a constraint",
    change: (one) => {
      first(one.constraints).settled = null;
    },
    subject: "constraint 1",
    message:
      "Business study passed its gate on 2026-01-23 (Sofia) with a regulatory constraint unsettled: “Card data stay with the provider.”.",
  },
];

/** In no increment, with a priority of the project alone. */
function onLevels(project: Requirement["priority"]["project"], other: null): Partial<Requirement> {
  return { priority: { project, increment: other, timebox: other } };
}

interface Silent {
  readonly rule: number;
  readonly when: string;
  readonly change: Change;
  readonly context?: Partial<HealthContext>;
}

const SILENT: readonly Silent[] = [
  {
    rule: 1,
    when: "a goal is the need",
    change: (one) => {
      requirement(one, 6).need = { finding: null, kpi: null, goal: 1 };
    },
  },
  {
    rule: 2,
    when: "an owner is named",
    change: (one) => {
      requirement(one, 6).owner = "Viktor";
    },
  },
  {
    rule: 3,
    when: "the Must is done",
    change: (one) => {
      requirement(one, 4).ifNotMet = null;
    },
  },
  {
    rule: 4,
    when: "there is no KPI in feasibility yet",
    change: (one) => {
      one.kpis = [];
      one.baseline = null;
      one.phases.splice(1);
    },
  },
  {
    rule: 5,
    when: "a requirement of the increment is still to do",
    change: (one) => {
      Object.assign(first(one.increments), { deployed: null, caseReview: null });
      Object.assign(requirement(one, 11), { increment: 1 });
    },
  },
  {
    rule: 6,
    when: "the business study has not begun",
    change: (one) => {
      release(one, "business-sponsor");
      release(one, "business-visionary");
      one.baseline = null;
      one.phases.splice(1);
    },
  },
  {
    rule: 6,
    when: "one visionary holds the role twice",
    change: (one) => {
      one.people.push({ person: "Viktor", role: "business-visionary", from: "2026-02-01T09:00:00.000Z", until: null });
    },
  },
  {
    rule: 7,
    when: "26 weeks less a day went by",
    change: (one) => {
      const { deployed } = first(one.increments);
      if (deployed) deployed.day = "2025-09-18";
    },
  },
  {
    rule: 7,
    when: "the benefits were assessed after the deployment",
    change: (one) => {
      const { deployed } = first(one.increments);
      if (deployed) deployed.day = "2025-03-01";
      const entry = {
        at: "2025-09-01T09:00:00.000Z",
        author: "Sofia",
        text: "It paid.",
        effects: [],
        decision: "Go on.",
      };
      one.assessments = [entry];
    },
  },
  {
    rule: 8,
    when: "the benefit is expected again after a review said no",
    change: (one) => {
      const { caseReview } = first(one.increments);
      if (caseReview) caseReview.stillExpected = false;
    },
  },
  {
    rule: 9,
    when: "Must is 60 % exactly",
    change: (one) => {
      Object.assign(requirement(one, 8), { effort: 6, remaining: 6 });
      Object.assign(requirement(one, 9), { effort: 2, remaining: 2 });
    },
  },
  {
    rule: 9,
    when: "the four criteria were stated",
    change: (one) => {
      requirement(one, 9).priority.timebox = "must";
      one.waiver = { at: "2026-01-23T15:00:00.000Z", author: "Petra", reason: "Done five times." };
    },
  },
  {
    rule: 9,
    when: "the timebox is closed",
    change: (one) => {
      requirement(one, 2).priority.timebox = "must";
      requirement(one, 2).priority.increment = "must";
    },
  },
  {
    rule: 9,
    when: "the project is still in feasibility, whatever its Musts",
    change: (one) => {
      one.timeboxes = [];
      one.baseline = null;
      one.phases.splice(1);
      for (const each of one.requirements) each.priority.project = "must";
    },
  },
  {
    rule: 10,
    when: "Could is 15 % exactly",
    change: (one) => {
      Object.assign(requirement(one, 10), { effort: 1.5, remaining: 1.5 });
      Object.assign(requirement(one, 9), { effort: 3.5, remaining: 3.5 });
    },
  },
  {
    rule: 10,
    when: "the four criteria were stated",
    change: (one) => {
      requirement(one, 10).priority.timebox = "should";
      one.waiver = { at: "2026-01-23T15:00:00.000Z", author: "Petra", reason: "Done five times." };
    },
  },
  {
    rule: 11,
    when: "a planned end was changed before the kick-off",
    change: (one) => {
      timebox(one, 3).end = "2026-04-10";
    },
  },
  {
    rule: 12,
    when: "a Should was left open",
    change: (one) => {
      const end = closeOut(one, 1);
      end.delivered = { ...end.delivered, should: 0 };
      end.undone = [{ requirement: 2, to: null }];
    },
  },
  {
    rule: 13,
    when: "a timebox has four weeks",
    change: (one) => {
      timebox(one, 3).end = "2026-04-17";
    },
  },
  {
    rule: 13,
    when: "a closed timebox was short",
    change: (one) => {
      timebox(one, 1).end = "2026-02-04";
    },
  },
  {
    rule: 14,
    when: "the effort is the capacity",
    change: (one) => {
      timebox(one, 3).capacity = 10;
    },
  },
  {
    rule: 14,
    when: "what was carried in half done fits with the rest of it",
    change: (one) => {
      Object.assign(requirement(one, 6), { effort: 8, remaining: 3 });
      for (const entry of timebox(one, 2).kickOff?.scope ?? []) if (entry.requirement === 6) entry.effort = 8;
    },
  },
  {
    rule: 15,
    when: "the Coulds are dropped already",
    change: (one) => {
      Object.assign(requirement(one, 4), { state: "doing", remaining: 2.5, doneAt: null, evidence: [] });
      Object.assign(requirement(one, 7), { timebox: null });
    },
  },
  {
    rule: 16,
    when: "all Musts are started",
    change: (one) => {
      Object.assign(requirement(one, 7), { state: "doing", startedAt: "2026-03-17T09:00:00.000Z" });
    },
  },
  {
    rule: 17,
    when: "no timebox runs",
    change: (one) => {
      release(one, "business-ambassador");
      one.timeboxes.splice(1, 1);
    },
  },
  {
    rule: 18,
    when: "four working days went by",
    change: (one) => {
      silenceAnna(one);
      timebox(one, 2).standups.push(caseStandUp("2026-03-12"));
    },
  },
  {
    rule: 18,
    when: "one of two ambassadors acts",
    change: (one) => {
      silenceAnna(one);
      one.people.push({ person: "Arne", role: "business-ambassador", from: "2026-02-01T09:00:00.000Z", until: null });
      first(requirement(one, 4).evidence).author = "Arne";
    },
  },
  {
    rule: 18,
    when: "the ambassador took the role yesterday",
    change: (one) => {
      release(one, "business-ambassador");
      one.people.push({ person: "Arne", role: "business-ambassador", from: "2026-03-17T09:00:00.000Z", until: null });
    },
  },
  {
    rule: 19,
    when: "a team of five runs it",
    change: (one) => {
      one.people = one.people.filter(({ person }) => person !== "Dora");
    },
  },
  {
    rule: 20,
    when: "no department is affected",
    change: (one) => {
      one.departments = [];
    },
  },
  {
    rule: 21,
    when: "a member takes another role in the team, and an advisor joins",
    change: (one) => {
      one.people.push({ person: "Dora", role: "solution-tester", from: "2026-03-12T09:00:00.000Z", until: null });
      one.people.push({ person: "Ada", role: "technical-advisor", from: "2026-03-12T09:00:00.000Z", until: null });
    },
  },
  {
    rule: 22,
    when: "nobody has begun",
    change: (one) => {
      requirement(one, 6).acceptance = [];
    },
  },
  {
    rule: 23,
    when: "an earlier try failed and the newest passed",
    change: (one) => {
      const entry = { at: "2026-03-10T09:00:00.000Z", author: "Tom", text: "It breaks.", passed: false };
      requirement(one, 4).evidence.unshift(entry);
    },
  },
  {
    rule: 24,
    when: "somebody else tried it too",
    change: (one) => {
      const { evidence } = requirement(one, 4);
      evidence.push({ ...first(evidence), author: "Dan" });
    },
  },
  {
    rule: 25,
    when: "the criterion is back",
    change: (one) => {
      requirement(one, 6).weakened = [
        { at: "2026-03-16T09:00:00.000Z", author: "Dan", timebox: 2, before: ["It works on a phone."] },
      ];
    },
  },
  {
    rule: 26,
    when: "neither baseline nor development is there",
    change: (one) => {
      one.baseline = null;
      one.phases.splice(1);
      one.timeboxes = [];
      one.requirements = [];
    },
  },
  {
    rule: 27,
    when: "a planned timebox has not been prioritised, or a requirement without priority is done",
    change: (one) => {
      requirement(one, 8).priority.timebox = null;
      requirement(one, 4).priority.timebox = null;
    },
  },
  {
    rule: 27,
    when: "the business study still goes on",
    change: (one) => {
      one.baseline = null;
      one.phases.splice(2);
      one.timeboxes = [];
      one.requirements = [caseRequirement(1, "must", 5, onLevels(null, null))];
    },
  },
  {
    rule: 28,
    when: "the visionary agreed",
    change: (one) => {
      requirement(one, 9).breadth = {
        ...{ at: "2026-03-02T09:00:00.000Z", author: "Bea", what: "from Could to Must" },
        ...{ approvedBy: "Viktor", approvedAt: "2026-03-03T09:00:00.000Z" },
      };
    },
  },
  {
    rule: 29,
    when: "nothing is being developed",
    change: (one) => {
      for (const stay of one.phases) stay.until ??= "2026-02-20T09:00:00.000Z";
      one.timeboxes.splice(1, 1);
    },
    context: thresholds({ incrementMonths: 0.5 }),
  },
  {
    rule: 30,
    when: "an earlier timebox had no reviews, the last one had",
    change: (one) => {
      timebox(one, 1).reviews = [];
      const later = addClosed(one);
      later.format = "free";
      later.reviews = [{ stage: "iteration", at: "2026-02-20T14:00:00.000Z", author: "Lena", feedback: "Better." }];
    },
  },
  {
    rule: 30,
    when: "feedback on a stage came with its second review",
    change: (one) => {
      const { reviews } = timebox(one, 2);
      reviews.unshift({ ...first(reviews), feedback: null });
    },
  },
  {
    rule: 31,
    when: "it is negative and waits for so long that rule 41 speaks",
    change: (one) => {
      Object.assign(first(one.feedback), { decision: null });
    },
  },
  {
    rule: 32,
    when: "its priority was decided anew in between",
    change: (one) => {
      requirement(one, 8).carried = [
        { from: 1, at: "2026-02-13T17:00:00.000Z", reprioritised: true },
        { from: 4, at: "2026-02-27T17:00:00.000Z", reprioritised: false },
      ];
    },
  },
  {
    rule: 33,
    when: "a weekend lies between, and one working day is missing",
    change: (one) => {
      timebox(one, 2).standups.splice(-2);
    },
    context: { today: "2026-03-17", now: "2026-03-17T10:00:00.000Z" },
  },
  {
    rule: 33,
    when: "a blocker was raised instead",
    change: (one) => {
      const box = timebox(one, 2);
      box.standups.splice(-2);
      box.blockers.push({
        ...{ id: 1, requirement: 6, text: "No test card.", at: "2026-03-16T09:00:00.000Z", author: "Dan" },
        ...{ clearedAt: "2026-03-17T09:00:00.000Z", clearedBy: "Tom", outcome: "There is one." },
      });
    },
  },
  {
    rule: 34,
    when: "an earlier close-out lacked both, the last one did not",
    change: (one) => {
      addClosed(one);
      Object.assign(closeOut(one, 1), { retrospective: null, accepters: [] });
    },
  },
  {
    rule: 35,
    when: "the workshop is today, and an earlier one was held again",
    change: (one) => {
      const held = first(one.workshops);
      one.workshops.unshift({ ...held, id: 2, objective: null, outcome: null });
      one.workshops.push({ ...held, id: 3, title: "Review", day: "2026-03-18", outcome: null });
    },
  },
  {
    rule: 36,
    when: "feasibility was never entered, and a weak statement has its action",
    change: (one) => {
      one.phases.shift();
      one.questionnaire.feasibility = [];
      Object.assign(first(one.questionnaire.foundations), { score: 1, action: "A coach for the first timebox." });
    },
  },
  {
    rule: 36,
    when: "a weak statement of feasibility was answered better in foundations",
    change: (one) => {
      Object.assign(first(one.questionnaire.feasibility), { score: 1 });
    },
  },
  {
    rule: 37,
    when: "hours stand beside progress",
    change: (one) => {
      for (const note of timebox(one, 2).standups) note.hours = 7.5;
    },
  },
  {
    rule: 38,
    when: "only the last one delivered few Shoulds",
    change: (one) => {
      const second = addClosed(one);
      if (second.closeOut) second.closeOut.delivered = { ...second.closeOut.delivered, should: 0 };
    },
  },
  {
    rule: 39,
    when: "an exception waits for less than 48 hours",
    change: (one) => {
      Object.assign(first(one.exceptions), { at: "2026-03-16T10:01:00.000Z", answer: null });
    },
  },
  {
    rule: 40,
    when: "the priority was decided again with a reason",
    change: (one) => {
      const { history } = requirement(one, 9);
      const entry = { ...first(history), author: null, at: "2026-01-15T09:00:00.000Z" };
      history.unshift(entry);
    },
  },
  {
    rule: 41,
    when: "feedback that is not negative waits",
    change: (one) => {
      Object.assign(first(one.feedback), { decision: null, negative: false });
    },
  },
  {
    rule: 42,
    when: "a requirement needs the waiting finding",
    change: nothing,
    context: { findings: new Map([[1, { ...CASE_FINDING, waiting: true }]]) },
  },
  {
    rule: 43,
    when: "the data reach to the last day of a measurement that is over",
    change: nothing,
    context: {
      dataEnd: "2025-12-31T22:00:00.000Z",
      effects: new Map([[1, { ...CASE_EFFECT, status: "ended", switchOn: "2025-08-01", until: "2025-12-31" }]]),
    },
  },
  {
    rule: 43,
    when: "a gate is ahead and no KPI was measured",
    change: (one) => {
      one.phases.push({ phase: "business-study", from: "2026-03-10T09:00:00.000Z", until: null });
      one.effects = [];
      first(one.kpis).baseline = null;
    },
    context: { dataEnd: "2025-12-31T22:00:00.000Z" },
  },
  {
    rule: 44,
    when: "the phase is open again",
    change: (one) => {
      first(one.constraints).settled = null;
      one.phases.push({ phase: "business-study", from: "2026-03-10T09:00:00.000Z", until: null });
    },
  },
];

const check = (change: Change, context?: Partial<HealthContext>) =>
  checkHealth([healthyInitiative(change)], healthyContext(context));

describe("health rules", () => {
  it("find nothing wrong with a healthy initiative", () => {
    expect(check(nothing)).toEqual([]);
  });

  for (const { rule, when, change, context, subject, message, severity, action, also } of FIRING) {
    it(`${rule} fires when ${when}`, () => {
      const known = RULES.find(({ id }) => id === rule);
      const broken = check(change, context);
      const own = broken.filter(({ id }) => id === rule);
      expect(own).toEqual([
        {
          id: rule,
          principle: known?.principle,
          severity: severity ?? known?.severity,
          initiative: 1,
          subject,
          message,
          action: action === undefined ? expect.any(String) : expect.stringContaining(action),
        },
      ]);
      // Nothing else is broken by it: no cause is told twice.
      expect(broken.filter(({ id }) => id !== rule).map(({ id }) => id)).toEqual(also ?? []);
    });
  }

  for (const { rule, when, change, context } of SILENT) {
    it(`${rule} is silent when ${when}`, () => {
      expect(check(change, context).filter(({ id }) => id === rule)).toEqual([]);
    });
  }

  it("each have a case that fires and one that stays silent", () => {
    const ids = RULES.map(({ id }) => id);
    expect(ids).toEqual(Array.from({ length: 44 }, (_, index) => index + 1));
    expect([...new Set(FIRING.map(({ rule }) => rule))]).toEqual(ids);
    expect([...new Set(SILENT.map(({ rule }) => rule))]).toEqual(ids);
  });
});

describe("checkHealth", () => {
  it("asks closed and stopped initiatives only about what happened", () => {
    const everything: Change = (one) => {
      for (const { rule, change } of FIRING) if (rule !== 26) change(one);
      for (const each of one.increments) if (each.deployed) each.deployed.day = "2025-01-01";
      const end = closeOut(one, 1);
      end.delivered = { ...end.delivered, must: 0 };
    };
    for (const state of ["closed", "stopped"] as const) {
      const broken = check((one) => {
        everything(one);
        one.state = state;
      });
      expect([...new Set(broken.map(({ id }) => id))]).toEqual([11, 12, 40]);
    }
    const assessed = check((one) => {
      one.state = "closed";
      const { deployed } = first(one.increments);
      if (deployed) deployed.day = "2025-01-01";
    });
    expect(assessed.map(({ id, subject }) => [id, subject])).toEqual([[7, "increment 1"]]);
  });

  it("tells 4, 6 and 9 apart from everything else in a business study", () => {
    const planted = healthyInitiative((one) => {
      one.phases.splice(2);
      first(one.phases.slice(1)).until = null;
      one.gates.splice(1);
      one.baseline = null;
      one.timeboxes = [];
      one.increments = [];
      one.effects = [];
      one.exceptions = [];
      one.feedback = [];
      one.constraints = [];
      one.requirements = [
        caseRequirement(1, "must", 15, onLevels("must", null)),
        caseRequirement(2, "should", 2, onLevels("should", null)),
        caseRequirement(3, "could", 3, onLevels("could", null)),
      ];
      release(one, "business-visionary");
      first(one.kpis).baseline = null;
    });
    // The demo's data end long before today.
    const broken = checkHealth([planted], healthyContext({ dataEnd: "2025-12-31T22:00:00.000Z" }));
    expect(broken.map(({ id, subject }) => [id, subject])).toEqual([
      [4, "kpi checkout-conversion"],
      [6, "role business-visionary"],
      [9, "initiative"],
    ]);
    expect(broken[2]?.message).toContain("Must is 75 % of the effort (15 days of 20 days)");
  });

  it("finds nothing wrong with an initiative that was only just begun", () => {
    const begun = healthyInitiative((one) => {
      Object.assign(one, { goal: null, findings: [], kpis: [], effects: [], benefit: null, baseline: null });
      Object.assign(one, { phases: [], gates: [], people: [], departments: [], requirements: [], increments: [] });
      Object.assign(one, { timeboxes: [], exceptions: [], feedback: [], workshops: [], constraints: [] });
      one.questionnaire = { feasibility: [], foundations: [] };
    });
    expect(checkHealth([begun], healthyContext())).toEqual([]);
  });

  it("names the initiative, in the order of initiatives and then of rules", () => {
    const two = healthyInitiative((one) => {
      one.id = 2;
      requirement(one, 6).need = { finding: null, kpi: null, goal: null };
      first(one.kpis).target = null;
    });
    const one = healthyInitiative((each) => {
      each.departments.push({ department: "Warehouse", stakeholder: null, interest: null });
    });
    const broken = checkHealth([two, one], healthyContext());
    expect(broken.map(({ initiative, id }) => [initiative, id])).toEqual([
      [2, 1],
      [2, 4],
      [1, 20],
    ]);
  });

  it("counts days in the workspace's zone", () => {
    // 23:30 UTC on the 10th is the 11th in Berlin: six days before the 17th, seven before the 18th.
    const late: Change = (one) => {
      Object.assign(first(one.feedback), { decision: null, at: "2026-03-10T23:30:00.000Z" });
    };
    const at = { today: "2026-03-17", now: "2026-03-17T10:00:00.000Z" };
    expect(check(late, at).map(({ id }) => id)).toEqual([41]);
    expect(check(late, { ...at, zone: "Europe/Berlin" }).map(({ id }) => id)).toEqual([31]);
  });

  it("leaves what it looks at as it was", () => {
    const initiative = healthyInitiative();
    checkHealth([initiative], healthyContext());
    expect(initiative).toEqual(healthyInitiative());
  });

  it("counts an effort that was done in a closed timebox for the project", () => {
    const broken = check((one) => {
      one.requirements.push(
        caseRequirement(12, "must", 40, { ...onLevels("must", null), ...doneOn("2026-02-06", "2026-02-02") }),
      );
    });
    expect(broken.map(({ id, subject }) => [id, subject])).toEqual([
      [9, "initiative"],
      [10, "initiative"],
    ]);
  });
});
