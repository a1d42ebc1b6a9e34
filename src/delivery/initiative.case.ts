/**
 * A healthy initiative in the middle of its second timebox, for tests: everything is in order, and it breaks no rule.
 * Tests change what they are about; nothing here goes through the actions, so it can also hold what they would refuse.
 */
import { healthThresholdsSchema } from "../domain/dsdm/health.ts";
import type { Initiative } from "../domain/dsdm/initiative.ts";
import type { Priority } from "../domain/dsdm/moscow.ts";
import { STATEMENTS } from "../domain/dsdm/questionnaire.ts";
import type { EffectState, FindingState } from "../domain/dsdm/report.ts";
import type { Requirement } from "../domain/dsdm/requirement.ts";
import type { DeliveryRole } from "../domain/dsdm/role.ts";
import type { Timebox } from "../domain/dsdm/timebox.ts";
import type { HealthContext } from "./rules/rule.ts";

/** A Wednesday; the second timebox began on Monday of the week before and ends on Friday. */
export const CASE_TODAY = "2026-03-18";
export const CASE_NOW = "2026-03-18T10:00:00.000Z";

const at = (day: string, time = "09:00") => `${day}T${time}:00.000Z`;
const STARTED = at("2026-01-05");
const BASELINED = at("2026-01-23", "15:00");

const PEOPLE: readonly (readonly [string, DeliveryRole])[] = [
  ["Sofia", "business-sponsor"],
  ["Viktor", "business-visionary"],
  ["Tarek", "technical-coordinator"],
  ["Petra", "project-manager"],
  ["Bea", "business-analyst"],
  ["Lena", "team-leader"],
  ["Anna", "business-ambassador"],
  ["Dan", "solution-developer"],
  ["Dora", "solution-developer"],
  ["Tom", "solution-tester"],
  ["Fred", "workshop-facilitator"],
];

/** A requirement to do, with nothing missing; the same priority on each level. */
export function caseRequirement(id: number, priority: Priority, effort: number, change: Partial<Requirement> = {}) {
  const requirement: Requirement = {
    id,
    title: `Requirement ${id}`,
    need: { finding: 1, kpi: null, goal: null },
    kind: "product",
    acceptance: ["It works on a phone."],
    effort,
    value: 1_000,
    owner: "Anna",
    developer: "Dan",
    tester: "Tom",
    priority: { project: priority, increment: priority, timebox: priority },
    history: [
      { level: "project", from: null, to: priority, author: "Viktor", reason: "agreed in the workshop", at: BASELINED },
    ],
    ifNotMet: priority === "must" ? "Nobody could pay." : null,
    risk: null,
    increment: null,
    timebox: null,
    state: "to-do",
    remaining: effort,
    startedAt: null,
    doneAt: null,
    evidence: [],
    carried: [],
    weakened: [],
    splitFrom: null,
    addedAt: at("2026-01-14"),
    breadth: null,
    version: 1,
    changedAt: BASELINED,
    changedBy: "Bea",
  };
  return { ...requirement, ...change };
}

/** What is different about a requirement that is done. */
export function doneOn(day: string, started: string): Partial<Requirement> {
  return {
    state: "done",
    remaining: 0,
    startedAt: at(started),
    doneAt: at(day, "16:00"),
    evidence: [{ at: at(day, "15:00"), author: "Tom", text: "All criteria tried by hand.", passed: true }],
  };
}

function makeRequirements(): Requirement[] {
  const first = { increment: 1, timebox: 1 };
  const second = { increment: 2, timebox: 2 };
  const third = { increment: 2, timebox: 3 };
  const undecided = { project: "wont" as const, increment: null, timebox: null };
  return [
    caseRequirement(1, "must", 5, { ...first, ...doneOn("2026-02-06", "2026-02-02") }),
    caseRequirement(2, "should", 3, { ...first, ...doneOn("2026-02-11", "2026-02-09") }),
    caseRequirement(3, "could", 2, { ...first, ...doneOn("2026-02-13", "2026-02-12") }),
    caseRequirement(4, "must", 3, { ...second, ...doneOn("2026-03-12", "2026-03-09") }),
    caseRequirement(5, "must", 2, { ...second, state: "doing", remaining: 0.5, startedAt: at("2026-03-13") }),
    caseRequirement(6, "should", 3, second),
    caseRequirement(7, "could", 2, second),
    caseRequirement(8, "must", 5, third),
    caseRequirement(9, "should", 3, third),
    caseRequirement(10, "could", 2, third),
    caseRequirement(11, "wont", 8, { priority: undecided, history: [] }),
  ];
}

const NONE = { must: 0, should: 0, could: 0, undecided: 0, wont: 0 };
const ALL = { ...NONE, must: 5, should: 3, could: 2 };

export function caseStandUp(day: string, author = "Anna"): Timebox["standups"][number] {
  return { day, at: at(day), author, done: "The form.", next: "Its errors.", inTheWay: null, hours: null };
}

function makeTimebox(id: number, increment: number, start: string, end: string): Timebox {
  return {
    id,
    increment,
    title: `Timebox ${id}`,
    objective: "Customers pay on one page.",
    format: "structured",
    start,
    end,
    capacity: 12,
    state: "planned",
    kickOff: null,
    moves: [],
    reviews: [],
    standups: [],
    blockers: [],
    burn: [],
    drops: [],
    closeOut: null,
  };
}

function makeKickOff(day: string, end: string, scope: readonly Requirement[]): NonNullable<Timebox["kickOff"]> {
  return {
    at: at(day),
    author: "Lena",
    end,
    members: PEOPLE.map(([person, role]) => ({ person, role })),
    scope: scope.map(({ id, priority, effort }) => ({ requirement: id, priority: priority.timebox, effort })),
  };
}

function makeTimeboxes(requirements: readonly Requirement[]): Timebox[] {
  const review = (stage: Timebox["reviews"][number]["stage"], day: string) => ({
    stage,
    at: at(day, "14:00"),
    author: "Lena",
    feedback: "The order of the fields is clear now.",
  });
  const scopeOf = (timebox: number) => requirements.filter((one) => one.timebox === timebox);
  const closed: Timebox = {
    ...makeTimebox(1, 1, "2026-02-02", "2026-02-13"),
    state: "closed",
    kickOff: makeKickOff("2026-02-02", "2026-02-13", scopeOf(1)),
    reviews: [
      review("investigation", "2026-02-03"),
      review("refinement", "2026-02-11"),
      review("consolidation", "2026-02-13"),
    ],
    standups: ["02", "03", "04", "05", "06", "09", "10", "11", "12", "13"].map((day) => caseStandUp(`2026-02-${day}`)),
    burn: [
      { at: at("2026-02-02"), remaining: ALL },
      { at: at("2026-02-06", "16:00"), remaining: { ...ALL, must: 0 } },
      { at: at("2026-02-11", "16:00"), remaining: { ...NONE, could: 2 } },
      { at: at("2026-02-13", "16:00"), remaining: NONE },
    ],
    closeOut: {
      at: at("2026-02-13", "17:00"),
      author: "Lena",
      accepters: [
        { person: "Viktor", role: "business-visionary" },
        { person: "Tarek", role: "technical-coordinator" },
      ],
      retrospective: "Shorter stand-ups.",
      planned: ALL,
      delivered: ALL,
      undone: [],
    },
  };
  const running: Timebox = {
    ...makeTimebox(2, 2, "2026-03-09", "2026-03-20"),
    state: "running",
    kickOff: makeKickOff("2026-03-09", "2026-03-20", scopeOf(2)),
    reviews: [review("investigation", "2026-03-10")],
    standups: ["10", "11", "12", "13", "16", "17"].map((day) => caseStandUp(`2026-03-${day}`)),
    burn: [
      { at: at("2026-03-09"), remaining: ALL },
      { at: at("2026-03-12", "16:00"), remaining: { ...ALL, must: 2 } },
      { at: at("2026-03-17", "16:00"), remaining: { ...ALL, must: 0.5 } },
    ],
  };
  return [closed, running, makeTimebox(3, 2, "2026-03-23", "2026-04-03")];
}

function makePhases(): Pick<Initiative, "phases" | "gates"> {
  const gate = (phase: "feasibility" | "business-study", day: string) => ({
    phase,
    decision: "go" as const,
    at: at(day, "15:00"),
    author: "Sofia",
    reason: "The case holds.",
  });
  return {
    phases: [
      { phase: "feasibility", from: STARTED, until: at("2026-01-12", "15:00") },
      { phase: "business-study", from: at("2026-01-12", "15:00"), until: BASELINED },
      { phase: "functional-model", from: at("2026-01-26"), until: null },
      { phase: "design-and-build", from: at("2026-01-26"), until: null },
    ],
    gates: [gate("feasibility", "2026-01-12"), gate("business-study", "2026-01-23")],
  };
}

function makeControl(): Pick<
  Initiative,
  "exceptions" | "feedback" | "workshops" | "questionnaire" | "constraints" | "assessments"
> {
  const answer = (day: string) =>
    STATEMENTS.map((_, index) => ({ statement: index + 1, score: 4, action: null, at: at(day), author: "Petra" }));
  return {
    exceptions: [
      {
        id: 1,
        at: at("2026-03-10"),
        author: "Lena",
        text: "The payment provider is late.",
        timebox: 2,
        answer: { at: at("2026-03-10", "16:00"), author: "Petra", text: "We use its test system.", granted: false },
      },
    ],
    feedback: [
      {
        id: 1,
        at: at("2026-03-11"),
        author: "Anna",
        text: "The button is too small.",
        negative: true,
        timebox: 2,
        decision: { at: at("2026-03-12"), author: "Viktor", text: "Bigger, in requirement 5." },
      },
    ],
    workshops: [
      {
        id: 1,
        title: "Priorities",
        day: "2026-01-20",
        objective: "Agree on the Musts.",
        facilitator: "Fred",
        participants: ["Viktor", "Anna", "Dan"],
        outcome: "Half of the effort is Must.",
      },
    ],
    questionnaire: { feasibility: answer("2026-01-07"), foundations: answer("2026-01-21") },
    constraints: [
      {
        id: 1,
        kind: "regulatory",
        text: "Card data stay with the provider.",
        phase: "business-study",
        settled: { at: at("2026-01-19"), author: "Tarek", text: "The form is the provider's." },
      },
    ],
    assessments: [],
  };
}

function makeIncrements(): Initiative["increments"] {
  return [
    {
      id: 1,
      title: "Pay on one page",
      deployed: { at: at("2026-02-16"), day: "2026-02-16", group: "B", author: "Petra" },
      caseReview: { at: at("2026-02-17"), author: "Sofia", text: "As expected.", stillExpected: true },
    },
    { id: 2, title: "Pay later", deployed: null, caseReview: null },
  ];
}

/** @param change gets a copy of its own to change in place */
export function healthyInitiative(change: (initiative: Initiative) => void = () => {}): Initiative {
  const requirements = makeRequirements();
  const initiative: Initiative = {
    id: 1,
    title: "Checkout on one page",
    summary: "Fewer steps between the cart and the order.",
    goal: 1,
    state: "active",
    findings: [1],
    kpis: [
      {
        kpi: "checkout-conversion",
        baseline: { value: 0.65, n: 4_800, low: 0.63, high: 0.67, at: at("2026-01-15") },
        target: 0.75,
      },
    ],
    effects: [1],
    benefit: { monthly: 20_000, text: "More orders from the same carts.", expected: true },
    effortUnit: "days",
    ...makePhases(),
    baseline: {
      at: BASELINED,
      author: "Sofia",
      scope: requirements.map(({ id, priority, effort }) => ({ requirement: id, priority: priority.project, effort })),
    },
    waiver: null,
    people: PEOPLE.map(([person, role]) => ({ person, role, from: at("2026-01-12"), until: null })),
    departments: [{ department: "Finance", stakeholder: "Finn", interest: "Payments arrive as before." }],
    requirements,
    increments: makeIncrements(),
    timeboxes: makeTimeboxes(requirements),
    ...makeControl(),
    createdAt: STARTED,
    createdBy: "Bea",
    version: 40,
  };
  const copy = structuredClone(initiative);
  change(copy);
  return copy;
}

export const CASE_FINDING: FindingState = {
  id: 1,
  title: "Address loop before the payment",
  status: "being-fixed",
  waiting: false,
  reach: 799,
  money: 12_000,
  effect: -0.265,
  low: -0.3,
  high: -0.23,
  claimed: true,
};

export const CASE_EFFECT: EffectState = {
  id: 1,
  name: "Orders per checkout, group B",
  status: "running",
  switchOn: "2026-02-16",
  until: "2026-04-16",
  minEffect: 0.02,
  finding: 1,
  newest: null,
};

/** What the healthy initiative is looked at with: today, default thresholds, data of yesterday. */
export function healthyContext(change: Partial<HealthContext> = {}): HealthContext {
  return {
    now: CASE_NOW,
    today: CASE_TODAY,
    thresholds: healthThresholdsSchema.parse({}),
    findings: new Map([[1, CASE_FINDING]]),
    effects: new Map([[1, CASE_EFFECT]]),
    goals: new Map([[1, { id: 1, title: "More orders", kpis: ["checkout-conversion"], owner: "Sofia" }]]),
    dataEnd: "2026-03-17T22:10:00.000Z",
    ...change,
  };
}
