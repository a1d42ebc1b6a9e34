/**
 * The report of an initiative for tests of the command line, with figures written by hand: a Must at risk, a proposal,
 * two broken rules. How such figures come about is tested in src/delivery.
 */
import type { Answer } from "../api/operations.ts";
import { CASE_EFFECT, CASE_FINDING, CASE_TODAY, healthyInitiative } from "../delivery/initiative.case.ts";
import { PRINCIPLES } from "../domain/dsdm/health.ts";

type Report = Answer<"initiative">;
type Facts = Report["timeboxes"][number];

const NONE = { must: 0, should: 0, could: 0, undecided: 0, wont: 0 };
const SHARES = { must: 0.5, should: 0.3, could: 0.2 };

export const CASE_RULES: Report["health"] = [
  {
    ...{ id: 15, principle: 2, severity: "warning", initiative: 1, subject: "timebox 2" },
    ...{
      message: "Requirement 5 is forecast 0.5 days short while 2 days of Could remain.",
      action: "Drop requirement 7.",
    },
  },
  {
    ...{ id: 4, principle: 1, severity: "error", initiative: 1, subject: "kpi checkout-conversion" },
    ...{ message: "It has no baseline.", action: "Measure it before anything is changed." },
  },
];

const FACTS: Facts = {
  ...{ timebox: 2, requirements: [4, 5, 6, 7] },
  ...{ effort: { ...NONE, must: 5, should: 3, could: 2 }, done: { ...NONE, must: 3 } },
  ...{ remaining: { ...NONE, must: 0.5, should: 3, could: 2 }, shares: SHARES, workingDays: 10, elapsedDays: 7 },
  burnDown: [
    { day: "2026-03-17", ideal: 10, must: 5, should: 3, could: 2 },
    { day: "2026-03-18", ideal: 5, must: 0.5, should: 3, could: 2 },
    { day: "2026-03-19", ideal: 2.5, must: null, should: null, could: null },
    { day: "2026-03-20", ideal: 0, must: null, should: null, could: null },
  ],
  forecast: { low: 2.5, middle: 4.5, high: 6, basis: "this timebox", n: 7 },
  atRisk: [
    {
      requirement: 5,
      missing: 0.5,
      why: "At this pace, 1.5 days more will be done by the end: 0.5 days of it would be missing on 2026-03-20.",
    },
  ],
  proposal: {
    ...{ saves: 5, needed: 0.5, freed: 2, enough: true },
    drop: [{ requirement: 7, priority: "could", frees: 2, started: false }],
    sharesAfter: { must: 0.625, should: 0.375, could: 0 },
    ask: [{ person: "Anna", role: "business-ambassador" }],
  },
};

/** @param change replaces parts of it */
export function caseReport(change: Partial<Report> = {}): Report {
  return {
    ...{ initiative: healthyInitiative(), today: CASE_TODAY, zone: "UTC", currency: "EUR" },
    goal: { id: 1, title: "More orders", kpis: ["checkout-conversion"], owner: "Sofia" },
    activePhases: ["functional-model", "design-and-build"],
    project: { effort: { ...NONE, must: 10, should: 6, could: 4, undecided: 1, wont: 3 }, shares: SHARES },
    increments: [
      { increment: 1, effort: NONE, shares: SHARES },
      { increment: 2, effort: NONE, shares: null },
    ],
    timeboxes: [
      { ...FACTS, timebox: 1, requirements: [1, 2, 3], remaining: NONE, atRisk: [], proposal: null, burnDown: [] },
      FACTS,
      {
        ...FACTS,
        timebox: 3,
        requirements: [],
        atRisk: [],
        proposal: null,
        forecast: null,
        shares: null,
        burnDown: [],
      },
    ],
    velocity: { low: 10, middle: 10, high: 10, n: 1, workingDays: 10 },
    missingRoles: [{ role: "dsdm-coach", why: "nobody helps with the method" }],
    suggestions: [{ requirement: 6, priority: "must", because: "it holds two thirds of the cost" }],
    health: CASE_RULES,
    principles: PRINCIPLES.map(({ id }) => ({ id, errors: id === 1 ? 1 : 0, warnings: id === 2 ? 1 : 0 })),
    findings: [CASE_FINDING],
    effects: [CASE_EFFECT],
    ...change,
  };
}

export const CASE_SUMMARY: Answer<"initiatives">["initiatives"][number] = {
  ...{ id: 1, title: "Checkout on one page", state: "active", goal: 1, findings: [1] },
  ...{ activePhases: ["functional-model", "design-and-build"], effortUnit: "days", effort: 20, done: 10, value: 6_000 },
  ...{ shares: SHARES, errors: 1, warnings: 1, principles: [], verdicts: ["inconclusive", "better"] },
  timebox: { id: 2, title: "Timebox 2", state: "running", start: "2026-03-09", end: "2026-03-20" },
};
