/**
 * Steps for tests of the reducer: an initiative in mid-timebox, and who does what on which day.
 * What each test asks of it is in the test.
 */
import type { ActionContext, DeliveryAction } from "../../domain/dsdm/action.ts";
import type { Initiative } from "../../domain/dsdm/initiative.ts";
import { act, startInitiative } from "./act.ts";
import { findRequirement } from "./refusal.ts";

/** @param day 1 … 31 of March 2026 */
export function onDay(day: number, author = "Vera", reason: string | null = "as agreed"): ActionContext {
  const today = `2026-03-${String(day).padStart(2, "0")}`;
  return { author, at: `${today}T09:00:00.000Z`, today, reason };
}

export const START = startInitiative(
  { id: 1, title: "Faster checkout", summary: null, goal: null, findings: [7] },
  onDay(1),
);

export const play = (from: Initiative, actions: readonly DeliveryAction[], context = onDay(2)) =>
  actions.reduce((initiative, action) => act(initiative, action, context), from);

export const versionOf = (initiative: Initiative, id: number) => findRequirement(initiative, id).version;

/** With the version it has now: what somebody does who has just read it. */
export const prioritise = (
  initiative: Initiative,
  requirement: number,
  level: "project" | "increment" | "timebox",
  priority: "must" | "should" | "could" | "wont" | null,
  context = onDay(2),
) =>
  act(
    initiative,
    { type: "prioritise", requirement, version: versionOf(initiative, requirement), level, priority },
    context,
  );

export const plan = (
  initiative: Initiative,
  requirement: number,
  timebox: number | null,
  context = onDay(2),
  increment: number | null = null,
) =>
  act(
    initiative,
    { type: "plan-requirement", requirement, version: versionOf(initiative, requirement), increment, timebox },
    context,
  );

const PEOPLE = [
  ["Sam", "business-sponsor"],
  ["Vera", "business-visionary"],
  ["Theo", "technical-coordinator"],
  ["Pia", "project-manager"],
  ["Amal", "business-ambassador"],
  ["Lea", "team-leader"],
  ["Dan", "solution-developer"],
  ["Tess", "solution-tester"],
] as const;

const TIMEBOX = { type: "plan-timebox", objective: "less waiting", format: "structured", capacity: 10 } as const;

/** Six requirements of effort 6, 2, 2, 1, 3, 3; two timeboxes of 10 in increment 1, one in increment 2. */
export const PREPARED = play(START, [
  ...PEOPLE.map(([person, role]) => ({ type: "assign-role", person, role }) as const),
  { type: "register-effect", effect: 5 },
  { type: "add-increment", title: "First" },
  { type: "add-increment", title: "Second" },
  { ...TIMEBOX, increment: 1, title: "One", start: "2026-03-02", end: "2026-03-13" },
  { ...TIMEBOX, increment: 1, title: "Two", start: "2026-03-16", end: "2026-03-27" },
  { ...TIMEBOX, increment: 2, title: "Three", start: "2026-03-16", end: "2026-03-27", format: "free" },
  ...[6, 2, 2, 1, 3, 3].map(
    (effort, at): DeliveryAction => ({
      type: "add-requirement",
      title: `Requirement ${at + 1}`,
      effort,
      acceptance: ["it works", "in 2 s"],
    }),
  ),
]);

const FIRST = (["must", "should", "could"] as const).reduce(
  (initiative, priority, at) =>
    prioritise(prioritise(plan(initiative, at + 1, 1), at + 1, "timebox", priority), at + 1, "project", priority),
  PREPARED,
);

/** Timebox 1 runs since day 3 with requirements 1 (Must, 6), 2 (Should, 2) and 3 (Could, 2): full. */
export const RUNNING = act(FIRST, { type: "kick-off", timebox: 1 }, onDay(3));

/** The same on day 4, baselined, with one of everything that waits for an answer. */
export const BUSY = prioritise(
  play(
    RUNNING,
    [
      { type: "decide-gate", phase: "business-study", decision: "go" },
      { type: "raise-exception", text: "ill", timebox: 1 },
      { type: "raise-exception", text: "the data", timebox: 1 },
      { type: "answer-exception", exception: 2, text: "two days", granted: true },
      { type: "give-feedback", text: "slow", negative: true, timebox: 1 },
      { type: "raise-blocker", timebox: 1, requirement: 1, text: "no data" },
      { type: "add-constraint", kind: "budget", text: "10 k", phase: "implementation" },
      { type: "set-department", department: "a", stakeholder: null, interest: null },
      { type: "set-kpi", kpi: "a", baseline: null, target: 3 },
    ],
    onDay(4),
  ),
  2,
  "project",
  "must",
  onDay(4),
);
