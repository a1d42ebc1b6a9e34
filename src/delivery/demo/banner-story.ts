/**
 * The demo's initiative whose effect failed: a banner for free shipping, shown to group D since 2025-08-01 (docs/demo.md,
 * Changes). It was run in order and breaks no health rule; what it did is measured on the demo's events, not told here.
 */

import type { ActionOf } from "../../domain/dsdm/action.ts";
import type { CheckoutFacts } from "./checkout-story.ts";
import {
  AMBASSADOR,
  ANALYST,
  COORDINATOR,
  DEVELOPERS,
  FACILITATOR,
  LEADER,
  MANAGER,
  SPONSOR,
  SUPPORT_LEAD,
  TESTER,
  VISIONARY,
  WHOLE_CAST,
} from "./demo-cast.ts";
import {
  answerAll,
  castRoles,
  inOrder,
  on,
  type PlannedRequirement,
  planInto,
  type Step,
  type Story,
  workOn,
  writeRequirements,
} from "./demo-script.ts";

const KPI = "average-order-value";
const [NOAH, INES] = DEVELOPERS;

const SHARED = { owner: AMBASSADOR, tester: TESTER } as const;

const PLAN: readonly PlannedRequirement[] = [
  {
    ...SHARED,
    ...{ title: "The banner on every page of the shop", priority: "must", effort: 4, value: 5_000, developer: NOAH },
    acceptance: ["Shown in 60 % of the visits of group D.", "It can be closed."],
    ifNotMet: "There is nothing to show.",
    because: "It is what the initiative is for.",
  },
  {
    ...SHARED,
    ...{
      title: "The sum that is missing for free shipping",
      priority: "should",
      effort: 2,
      value: 2_000,
      developer: INES,
    },
    acceptance: ["The missing sum follows the basket."],
    because: "Makes the banner about the customer’s own basket.",
  },
  {
    ...SHARED,
    ...{ title: "Another picture each week", priority: "could", effort: 1.5, value: 500, developer: INES },
    acceptance: ["Four pictures take turns."],
    because: "Nice to have.",
  },
];

const timebox = 1;
const made = (developer: string, evidence: string) => ({ developer, tester: TESTER, evidence });

const STEPS: readonly Step[] = [
  { day: "2025-05-26", author: MANAGER, action: { type: "enter-phase", phase: "feasibility" } },
  ...castRoles("2025-05-26", MANAGER, WHOLE_CAST),
  {
    day: "2025-05-27",
    author: SPONSOR,
    action: {
      type: "edit-initiative",
      benefit: { monthly: 7_500, text: "Baskets grow up to the sum that ships free.", expected: true },
    },
  },
  ...answerAll("2025-05-28", MANAGER, "feasibility"),
  {
    day: "2025-05-30",
    author: SPONSOR,
    reason: "Small, and quickly tried.",
    action: { type: "decide-gate", phase: "feasibility", decision: "go" },
  },
  { day: "2025-06-02", author: MANAGER, action: { type: "enter-phase", phase: "business-study" } },
  {
    ...{ day: "2025-06-05", author: FACILITATOR },
    action: {
      ...{
        type: "hold-workshop",
        title: "What the banner says",
        day: "2025-06-05",
        objective: "Agree on text and place.",
      },
      ...{
        facilitator: FACILITATOR,
        participants: [VISIONARY, AMBASSADOR, INES],
        outcome: "One text, on every page.",
      },
    },
  },
  {
    day: "2025-06-06",
    author: MANAGER,
    action: {
      type: "set-department",
      department: "Marketing",
      stakeholder: SUPPORT_LEAD,
      interest: "Who pays for the shipping.",
    },
  },
  { day: "2025-06-12", author: MANAGER, action: { type: "add-increment", title: "Banner for group D" } },
  {
    ...{ day: "2025-06-17", author: MANAGER },
    action: {
      ...{
        type: "plan-timebox",
        increment: 1,
        title: "The banner",
        objective: "Fit to be shown to group D.",
        format: "structured",
      },
      ...{ start: "2025-07-07", end: "2025-07-18", capacity: 8 },
    },
  },
  ...planInto("2025-06-18", ANALYST, timebox, [
    [1, "must"],
    [2, "should"],
    [3, "could"],
  ]),
  ...answerAll("2025-06-19", MANAGER, "foundations"),
  {
    day: "2025-06-20",
    author: SPONSOR,
    reason: "Scope, plan and measurement are agreed.",
    action: { type: "decide-gate", phase: "business-study", decision: "go" },
  },
  { day: "2025-07-07", author: MANAGER, action: { type: "enter-phase", phase: "functional-model" } },
  { day: "2025-07-07", author: MANAGER, action: { type: "enter-phase", phase: "design-and-build" } },
  { day: "2025-07-07", author: LEADER, action: { type: "kick-off", timebox } },
  ...workOn(1, 4, ["2025-07-08", "2025-07-09", "2025-07-11"], made(NOAH, "Seen in 60 of 100 visits.")),
  ...workOn(2, 2, ["2025-07-14", "2025-07-15", "2025-07-16"], made(INES, "Followed twelve baskets.")),
  ...workOn(3, 1.5, ["2025-07-16", "2025-07-17", "2025-07-18"], made(INES, "Four pictures took turns.")),
  {
    day: "2025-07-08",
    author: VISIONARY,
    action: { type: "review-stage", timebox, stage: "investigation", feedback: "Text and place are right." },
  },
  {
    day: "2025-07-15",
    author: VISIONARY,
    action: { type: "review-stage", timebox, stage: "refinement", feedback: "Smaller on phones." },
  },
  {
    day: "2025-07-17",
    author: VISIONARY,
    action: { type: "review-stage", timebox, stage: "consolidation", feedback: "Ready." },
  },
  {
    day: "2025-07-15",
    author: AMBASSADOR,
    action: { type: "give-feedback", text: "On a phone it covers half of the page.", negative: true, timebox },
  },
  {
    day: "2025-07-15",
    author: VISIONARY,
    action: { type: "decide-feedback", feedback: 1, text: "One line only on phones." },
  },
  {
    day: "2025-07-11",
    author: AMBASSADOR,
    action: {
      type: "stand-up",
      timebox,
      day: "2025-07-11",
      done: "The banner stands.",
      next: "The missing sum.",
      inTheWay: null,
      hours: null,
    },
  },
  {
    ...{ day: "2025-07-18", author: LEADER },
    action: {
      ...{ type: "close-out", timebox, retrospective: "Two weeks were enough.", carry: [] },
      accepters: [
        { person: VISIONARY, role: "business-visionary" },
        { person: COORDINATOR, role: "technical-coordinator" },
      ],
    },
  },
  {
    day: "2025-07-21",
    author: MANAGER,
    reason: "All is done and accepted.",
    action: { type: "decide-gate", phase: "functional-model", decision: "go" },
  },
  {
    day: "2025-07-21",
    author: MANAGER,
    reason: "All is done and accepted.",
    action: { type: "decide-gate", phase: "design-and-build", decision: "go" },
  },
  { day: "2025-07-22", author: MANAGER, action: { type: "enter-phase", phase: "implementation" } },
  {
    day: "2025-07-23",
    author: SPONSOR,
    action: {
      type: "review-case",
      increment: 1,
      text: "Cheaper than planned; the benefit is still expected.",
      stillExpected: true,
    },
  },
  {
    day: "2025-08-01",
    author: COORDINATOR,
    action: { type: "deploy-increment", increment: 1, day: "2025-08-01", group: "D" },
  },
  {
    day: "2025-08-04",
    author: SPONSOR,
    reason: "It is shown to group D.",
    action: { type: "decide-gate", phase: "implementation", decision: "go" },
  },
  { day: "2025-12-16", author: MANAGER, action: { type: "enter-phase", phase: "post-project" } },
];

export function tellBanner({ goal, effect, baseline }: CheckoutFacts): Story {
  const target = Number((baseline.value * 1.05).toFixed(2));
  const measured: Step[] = [
    { day: "2025-05-27", author: ANALYST, action: { type: "set-kpi", kpi: KPI, baseline, target } },
    ...writeRequirements("2025-06-10", ANALYST, { kpi: KPI, goal }, PLAN),
    { day: "2025-06-16", author: ANALYST, action: { type: "register-effect", effect } },
  ];
  return {
    title: "Free-shipping banner",
    summary: "A banner that tells from which sum on shipping is free, for group D first.",
    ...{ goal, day: "2025-05-26", author: MANAGER },
    steps: inOrder([...STEPS, ...measured]),
  };
}

const END = {
  day: "2026-01-13",
  author: SPONSOR,
  text: "Group D bought no more than before. Free shipping cost money and brought nothing that shows.",
  decision: "The banner is taken down; free shipping stays where it was.",
  gate: "The banner did not do what it was for, and is taken down.",
} as const;

/** After the measurement: what was learnt of it, and the end. @param effects as they were measured */
export function endBanner(story: Story, effects: ActionOf<"assess-benefits">["effects"]): Story {
  const { day, author, text, gate } = END;
  const assessed = on(day, author, { type: "assess-benefits", text, decision: END.decision, effects });
  const closed = on(day, author, { type: "decide-gate", phase: "post-project", decision: "go" }, gate);
  return { ...story, steps: [...story.steps, assessed, closed] };
}
