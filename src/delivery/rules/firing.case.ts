/**
 * For each rule what breaks it, and nothing else: where it fires, and in which words.
 */
import { CASE_FINDING, caseRequirement } from "../initiative.case.ts";
import {
  addClosed,
  closeOut,
  type Firing,
  first,
  nothing,
  onLevels,
  release,
  requirement,
  silenceAnna,
  thresholds,
  timebox,
} from "./break-initiative.case.ts";

export const FIRING: readonly Firing[] = [
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
  {
    rule: 45,
    when: "the last day has gone by",
    change: (one) => {
      const running = one.timeboxes.find(({ state }) => state === "running");
      if (!running?.kickOff) throw new Error("no timebox runs");
      running.start = "2026-03-03";
      running.end = "2026-03-17";
      running.kickOff.end = "2026-03-17";
    },
    subject: "timebox 2",
    message: "“Timebox 2” ended on 2026-03-17, 1 day ago, and was not closed out.",
  },
];
