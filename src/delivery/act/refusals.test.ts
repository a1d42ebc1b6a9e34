import { describe, expect, it } from "vitest";
import { AppError } from "../../domain/app-error.ts";
import { type ActionContext, type ActionOf, type DeliveryAction, NEEDS_REASON } from "../../domain/dsdm/action.ts";
import type { Initiative } from "../../domain/dsdm/initiative.ts";
import { onDay, PREPARED, play, RUNNING, START } from "./act.case.ts";
import { act } from "./act.ts";

const refusalOf = (before: Initiative, action: DeliveryAction, context: ActionContext = onDay(5)): AppError => {
  try {
    act(before, action, context);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error(`«${action.type}» was not refused`);
};

const DONE = act(RUNNING, { type: "progress-requirement", requirement: 1, state: "done" }, onDay(4));
const CLOSE: ActionOf<"close-out"> = { type: "close-out", timebox: 1, accepters: [], retrospective: null, carry: [] };
/** Requirement 1 was delivered in timebox 1, 2 and 3 were not; timebox 2 is cancelled. */
const CLOSED = act(act(DONE, CLOSE, onDay(13)), { type: "cancel-timebox", timebox: 2 }, onDay(13));
const ASKED = play(RUNNING, [
  { type: "raise-exception", text: "ill", timebox: 1 },
  { type: "raise-exception", text: "the budget", timebox: null },
  { type: "answer-exception", exception: 2, text: "yes", granted: true },
  { type: "give-feedback", text: "slow", negative: true, timebox: null },
  { type: "decide-feedback", feedback: 1, text: "looked at" },
  { type: "raise-blocker", timebox: 1, requirement: 1, text: "no data" },
  { type: "clear-blocker", timebox: 1, blocker: 1, outcome: null },
  { type: "add-constraint", kind: "budget", text: "10 k", phase: "feasibility" },
  { type: "settle-constraint", constraint: 1, text: "kept" },
  { type: "set-kpi", kpi: "nps", baseline: null, target: 3 },
]);

const DROP: ActionOf<"drop-requirements"> = {
  type: "drop-requirements",
  timebox: 1,
  requirements: [3],
  saved: 1,
  decidedBy: "Amal",
};
const MOVE = { type: "move-end", timebox: 1, end: "2026-03-20", exception: 1 } as const;
const NOTE = { type: "stand-up", done: "a", next: "b", inTheWay: null, hours: null } as const;
const TIMEBOX = {
  type: "plan-timebox",
  increment: 1,
  title: "Four",
  objective: "less waiting",
  format: "free",
  start: "2026-03-16",
  end: "2026-03-27",
  capacity: 5,
} as const;
const ASSESS = { type: "assess-benefits", text: "so so", decision: null } as const;
const EFFECT = { n: 900, estimate: 0.1, low: -0.1, high: 0.3 };

/** What is done to which initiative, the field that is named, and what is said. */
const TABLE: readonly [string, Initiative, DeliveryAction, string, RegExp][] = [
  ["unit of a kicked-off one", RUNNING, { type: "edit-initiative", effortUnit: "points" }, "effortUnit", /stays days/],
  ["finding twice", START, { type: "link-finding", finding: 7, linked: true }, "finding", /linked already/],
  ["finding that is not linked", START, { type: "link-finding", finding: 8, linked: false }, "finding", /not linked/],
  ["KPI that is not there", START, { type: "remove-kpi", kpi: "ces" }, "kpi", /no KPI «ces»/],
  ["effect twice", PREPARED, { type: "register-effect", effect: 5 }, "effect", /registered .* already/],
  [
    "phase that is open",
    play(START, [{ type: "enter-phase", phase: "feasibility" }]),
    { type: "enter-phase", phase: "feasibility" },
    "phase",
    /open already; decide its gate/,
  ],
  [
    "gate that was passed",
    play(START, [{ type: "decide-gate", phase: "feasibility", decision: "go" }]),
    { type: "decide-gate", phase: "feasibility", decision: "go" },
    "phase",
    /passed its gate; enter it again/,
  ],
  [
    "constraint twice",
    ASKED,
    { type: "settle-constraint", constraint: 1, text: "x" },
    "constraint",
    /Vera settled constraint 1/,
  ],
  [
    "constraint unknown",
    ASKED,
    { type: "settle-constraint", constraint: 2, text: "x" },
    "constraint",
    /no constraint 2\. Choose one of: 1\./,
  ],
  [
    "role twice",
    PREPARED,
    { type: "assign-role", person: "Sam", role: "business-sponsor" },
    "person",
    /Sam is business sponsor already/,
  ],
  [
    "role not held",
    PREPARED,
    { type: "release-role", person: "Sam", role: "team-leader" },
    "person",
    /Sam is no team leader/,
  ],
  [
    "department unknown",
    PREPARED,
    { type: "remove-department", department: "Sales" },
    "department",
    /«Sales» is not listed/,
  ],
  [
    "split from nothing",
    PREPARED,
    { type: "add-requirement", title: "x", splitFrom: 9 },
    "splitFrom",
    /no requirement 9/,
  ],
  [
    "requirement unknown",
    START,
    { type: "edit-requirement", requirement: 1, version: 1 },
    "requirement",
    /no requirement 1\. There is none yet/,
  ],
  [
    "version that was not read",
    PREPARED,
    { type: "prioritise", requirement: 1, version: 2, level: "project", priority: "must" },
    "version",
    /you read version 2, it is at 1 now/,
  ],
  [
    "edit of nothing",
    PREPARED,
    { type: "edit-requirement", requirement: 1, version: 1, title: "Requirement 1" },
    "type",
    /nothing to change/,
  ],
  [
    "effort of what was delivered",
    CLOSED,
    { type: "edit-requirement", requirement: 1, version: 5, effort: 9 },
    "effort",
    /delivered in timebox 1.*add a new/,
  ],
  [
    "progress of what was delivered",
    CLOSED,
    { type: "progress-requirement", requirement: 1, state: "doing" },
    "requirement",
    /delivered in timebox 1.*add a new/,
  ],
  [
    "timebox priority of what was delivered",
    CLOSED,
    { type: "prioritise", requirement: 1, version: 5, level: "timebox", priority: "could" },
    "requirement",
    /delivered in timebox 1/,
  ],
  [
    "planning of what was delivered",
    CLOSED,
    { type: "plan-requirement", requirement: 1, version: 5, increment: 1, timebox: 3 },
    "increment",
    /belongs to increment 2, not 1/,
  ],
  [
    "planning of what was delivered, elsewhere",
    CLOSED,
    { type: "plan-requirement", requirement: 1, version: 5, increment: null, timebox: 3 },
    "requirement",
    /delivered in timebox 1/,
  ],
  [
    "planning of what is done",
    DONE,
    { type: "plan-requirement", requirement: 1, version: 5, increment: 1, timebox: null },
    "requirement",
    /is done; there is nothing to plan/,
  ],
  [
    "more left than there is",
    PREPARED,
    { type: "progress-requirement", requirement: 1, state: "doing", remaining: 7 },
    "remaining",
    /7 is more than the effort of requirement 1 \(6\)/,
  ],
  [
    "done with something left",
    PREPARED,
    { type: "progress-requirement", requirement: 1, state: "done", remaining: 1 },
    "remaining",
    /has 0 left, not 1/,
  ],
  [
    "breadth nobody asked about",
    PREPARED,
    { type: "approve-breadth", requirement: 1 },
    "requirement",
    /nothing about requirement 1 waits/,
  ],
  [
    "increment unknown",
    PREPARED,
    { type: "plan-requirement", requirement: 1, version: 1, increment: 3, timebox: null },
    "increment",
    /no increment 3/,
  ],
  [
    "timebox unknown",
    PREPARED,
    { type: "plan-requirement", requirement: 1, version: 1, increment: null, timebox: 4 },
    "timebox",
    /no timebox 4/,
  ],
  [
    "timebox closed",
    CLOSED,
    { type: "plan-requirement", requirement: 4, version: 1, increment: null, timebox: 1 },
    "timebox",
    /timebox 1 is closed/,
  ],
  [
    "timebox cancelled",
    CLOSED,
    { type: "plan-requirement", requirement: 4, version: 1, increment: null, timebox: 2 },
    "timebox",
    /timebox 2 is cancelled/,
  ],
  [
    "timebox full",
    RUNNING,
    { type: "plan-requirement", requirement: 4, version: 1, increment: null, timebox: 1 },
    "timebox",
    /room for 0 days/,
  ],
  [
    "Must out of a running timebox",
    RUNNING,
    { type: "plan-requirement", requirement: 1, version: 4, increment: null, timebox: null },
    "timebox",
    /requirement 1 is a Must of timebox 1/,
  ],
  [
    "deployed tomorrow",
    PREPARED,
    { type: "deploy-increment", increment: 1, day: "2026-03-06", group: null },
    "day",
    /still to come/,
  ],
  [
    "case of no increment",
    PREPARED,
    { type: "review-case", increment: 3, text: "x", stillExpected: true },
    "increment",
    /no increment 3/,
  ],
  ["timebox of no increment", START, TIMEBOX, "increment", /no increment 1\. There is none yet/],
  ["end before start", PREPARED, { ...TIMEBOX, end: "2026-03-15" }, "end", /before the first day, 2026-03-16/],
  [
    "end before start, later",
    PREPARED,
    { type: "edit-timebox", timebox: 1, start: "2026-03-14" },
    "end",
    /before the first day/,
  ],
  [
    "end after the kick-off",
    RUNNING,
    { type: "edit-timebox", timebox: 1, end: "2026-03-14" },
    "end",
    /fixed since its kick-off: 2026-03-13\. Raise an exception/,
  ],
  [
    "start after the kick-off",
    RUNNING,
    { type: "edit-timebox", timebox: 1, start: "2026-03-01" },
    "start",
    /fixed since its kick-off/,
  ],
  [
    "capacity after the kick-off",
    RUNNING,
    { type: "edit-timebox", timebox: 1, capacity: 11 },
    "capacity",
    /fixed since its kick-off: 10\. Take requirements out/,
  ],
  [
    "format after the kick-off",
    RUNNING,
    { type: "edit-timebox", timebox: 1, format: "free" },
    "format",
    /fixed since its kick-off/,
  ],
  [
    "title of a closed timebox",
    CLOSED,
    { type: "edit-timebox", timebox: 1, title: "x" },
    "timebox",
    /timebox 1 is closed/,
  ],
  ["cancelling what runs", RUNNING, { type: "cancel-timebox", timebox: 1 }, "timebox", /is running; close it out/],
  ["kick-off twice", RUNNING, { type: "kick-off", timebox: 1 }, "timebox", /is running already/],
  [
    "move of a planned end",
    PREPARED,
    MOVE,
    "timebox",
    /planned, not running; give it another last day \(edit-timebox\)/,
  ],
  ["move without an exception", RUNNING, MOVE, "exception", /no exception 1\. There is none yet/],
  ["move with an unanswered exception", ASKED, MOVE, "exception", /not answered yet/],
  ["move with another exception", ASKED, { ...MOVE, exception: 2 }, "exception", /exception 2 is not about timebox 1/],
  [
    "stage of a structured timebox",
    RUNNING,
    { type: "review-stage", timebox: 1, stage: "iteration", feedback: null },
    "stage",
    /timebox 1 is structured/,
  ],
  [
    "stage of a free timebox",
    act(RUNNING, { type: "kick-off", timebox: 3 }, onDay(4)),
    { type: "review-stage", timebox: 3, stage: "refinement", feedback: null },
    "stage",
    /has a free format/,
  ],
  [
    "review of a planned timebox",
    RUNNING,
    { type: "review-stage", timebox: 2, stage: "refinement", feedback: null },
    "timebox",
    /planned, not running; kick it off/,
  ],
  ["stand-up tomorrow", RUNNING, { ...NOTE, timebox: 1, day: "2026-03-06" }, "day", /2026-03-06 is still to come/],
  [
    "stand-up of a closed timebox",
    CLOSED,
    { ...NOTE, timebox: 1, day: "2026-03-05" },
    "timebox",
    /timebox 1 is closed/,
  ],
  [
    "blocker of what is elsewhere",
    RUNNING,
    { type: "raise-blocker", timebox: 1, requirement: 4, text: "x" },
    "requirement",
    /requirement 4 is not in timebox 1/,
  ],
  [
    "blocker twice",
    ASKED,
    { type: "clear-blocker", timebox: 1, blocker: 1, outcome: null },
    "blocker",
    /Vera cleared blocker 1/,
  ],
  [
    "blocker unknown",
    ASKED,
    { type: "clear-blocker", timebox: 1, blocker: 2, outcome: null },
    "blocker",
    /no blocker 2/,
  ],
  [
    "drop by nobody of the business",
    RUNNING,
    { ...DROP, decidedBy: "Dan" },
    "decidedBy",
    /Dan holds no business role.*Sam or Vera or Amal/,
  ],
  [
    "drop of a Must",
    RUNNING,
    { ...DROP, requirements: [3, 1] },
    "requirements",
    /requirement 1 is a Must of timebox 1/,
  ],
  [
    "drop of what is elsewhere",
    RUNNING,
    { ...DROP, requirements: [4] },
    "requirements",
    /requirement 4 is not in timebox 1/,
  ],
  [
    "drop of what is done",
    play(RUNNING, [{ type: "progress-requirement", requirement: 3, state: "done" }]),
    DROP,
    "requirements",
    /requirement 3 is done/,
  ],
  ["drop for a Should", RUNNING, { ...DROP, saved: 2 }, "saved", /requirement 2 is no open Must of timebox 1/],
  ["drop for a Must that is done", DONE, DROP, "saved", /no open Must/],
  ["drop from a planned timebox", PREPARED, DROP, "timebox", /planned, not running/],
  ["close-out of a planned timebox", PREPARED, CLOSE, "timebox", /kick it off first \(kick-off\), or cancel it/],
  ["close-out twice", CLOSED, CLOSE, "timebox", /timebox 1 is closed/],
  [
    "accepter without the role",
    RUNNING,
    { ...CLOSE, accepters: [{ person: "Dan", role: "technical-coordinator" }] },
    "accepters",
    /Dan is no technical coordinator/,
  ],
  [
    "carry of what is done",
    DONE,
    { ...CLOSE, carry: [{ requirement: 1, to: 2 }] },
    "carry",
    /requirement 1 is not undone/,
  ],
  ["carry into itself", RUNNING, { ...CLOSE, carry: [{ requirement: 1, to: 1 }] }, "carry", /is the one that closes/],
  [
    "carry to two",
    RUNNING,
    {
      ...CLOSE,
      carry: [
        { requirement: 1, to: 2 },
        { requirement: 1, to: 3 },
      ],
    },
    "carry",
    /goes to two timeboxes/,
  ],
  ["carry to no timebox", RUNNING, { ...CLOSE, carry: [{ requirement: 1, to: 9 }] }, "carry", /no timebox 9/],
  [
    "carry of too much",
    play(RUNNING, [
      { type: "plan-requirement", requirement: 5, version: 1, increment: null, timebox: 2 },
      { type: "kick-off", timebox: 2 },
    ]),
    {
      ...CLOSE,
      carry: [
        { requirement: 1, to: 2 },
        { requirement: 2, to: 2 },
      ],
    },
    "carry",
    /room for 7 days of its 10; requirement 1, 2 takes 8/,
  ],
  [
    "exception about no timebox",
    PREPARED,
    { type: "raise-exception", text: "x", timebox: 9 },
    "timebox",
    /no timebox 9/,
  ],
  [
    "answer twice",
    ASKED,
    { type: "answer-exception", exception: 2, text: "no", granted: false },
    "exception",
    /Vera answered exception 2/,
  ],
  [
    "feedback about no timebox",
    PREPARED,
    { type: "give-feedback", text: "x", negative: false, timebox: 9 },
    "timebox",
    /no timebox 9/,
  ],
  [
    "feedback decided twice",
    ASKED,
    { type: "decide-feedback", feedback: 1, text: "x" },
    "feedback",
    /Vera decided about feedback 1/,
  ],
  ["assessed by nothing", PREPARED, { ...ASSESS, effects: [] }, "decision", /no measured effect says better or worse/],
  [
    "assessed as inconclusive",
    PREPARED,
    { ...ASSESS, effects: [{ effect: 5, verdict: "inconclusive", ...EFFECT }] },
    "decision",
    /say what is decided/,
  ],
  [
    "assessed by another effect",
    PREPARED,
    { ...ASSESS, effects: [{ effect: 6, verdict: "better", ...EFFECT }] },
    "effects",
    /effect 6 is not registered/,
  ],
];

describe("act refuses", () => {
  it.each(TABLE)("%s", (_name, before, action, field, message) => {
    const kept = structuredClone(before);
    const error = refusalOf(before, action);
    expect(error.message).toMatch(message);
    expect(error.details.field).toBe(field);
    expect(before).toEqual(kept);
  });

  it("tells what is unknown and what is stale from what makes no sense", () => {
    expect(refusalOf(PREPARED, { type: "add-evidence", requirement: 9, text: "x", passed: true }).code).toBe(
      "not-found",
    );
    const stale = { type: "prioritise", requirement: 1, version: 9, level: "project", priority: null } as const;
    expect(refusalOf(PREPARED, stale).code).toBe("conflict");
    const answer = { type: "answer-exception", exception: 1, text: "x", granted: true } as const;
    expect(refusalOf(ASKED, answer, onDay(5, "Dan")).code).toBe("forbidden");
    expect(refusalOf(PREPARED, { type: "kick-off", timebox: 1 }, onDay(14)).message).toMatch(/ended on 2026-03-13/);
    expect(refusalOf(START, { type: "add-increment", title: "x" }, onDay(2, " ")).details.field).toBe("author");
  });

  it("says whom to ask where nobody holds the role", () => {
    const empty = play(START, [{ type: "raise-exception", text: "x", timebox: null }]);
    const answer = { type: "answer-exception", exception: 1, text: "x", granted: true } as const;
    expect(refusalOf(empty, answer).message).toMatch(/nobody holds that role yet \(assign-role\)/);
  });

  it.each([...NEEDS_REASON])("%s without a reason", (type) => {
    // The reason is asked for first: nothing else of the action is looked at.
    const error = refusalOf(RUNNING, { type } as DeliveryAction, onDay(5, "Vera", null));
    expect(error).toMatchObject({ code: "invalid", details: { field: "reason" } });
  });

  it("assesses with a verdict, or with a decision", () => {
    const better = { ...ASSESS, effects: [{ effect: 5, verdict: "better", ...EFFECT }] };
    expect(act(PREPARED, better, onDay(30)).assessments).toMatchObject([{ decision: null, author: "Vera" }]);
    expect(act(PREPARED, { ...ASSESS, effects: [], decision: "measure on" }, onDay(30)).assessments).toHaveLength(1);
  });
});
