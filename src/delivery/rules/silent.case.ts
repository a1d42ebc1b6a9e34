/**
 * For each rule what is near to breaking it and does not.
 */
import { CASE_EFFECT, CASE_FINDING, caseRequirement, caseStandUp } from "../initiative.case.ts";
import {
  addClosed,
  closeOut,
  first,
  nothing,
  onLevels,
  release,
  requirement,
  type Silent,
  silenceAnna,
  thresholds,
  timebox,
} from "./break-initiative.case.ts";

export const SILENT: readonly Silent[] = [
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
  {
    rule: 45,
    when: "the last day is today",
    change: (one) => {
      const running = one.timeboxes.find(({ state }) => state === "running");
      if (!running?.kickOff) throw new Error("no timebox runs");
      running.start = "2026-03-04";
      running.end = "2026-03-18";
      running.kickOff.end = "2026-03-18";
    },
  },
];
