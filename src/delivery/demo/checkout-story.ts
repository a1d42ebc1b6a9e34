/**
 * The demo's initiative that went well: one page instead of three at the checkout, switched on for group B on 2025-08-01
 * (docs/demo.md, Changes). It breaks no health rule; its effect is measured on the demo's events, not told here.
 */
import type { ActionOf } from "../../domain/dsdm/action.ts";
import { CHECKOUT_PLAN } from "./checkout-plan.ts";
import { CHECKOUT_BUILD } from "./checkout-timeboxes.ts";
import {
  AMBASSADOR,
  ANALYST,
  COORDINATOR,
  DEVELOPERS,
  FACILITATOR,
  MANAGER,
  SPONSOR,
  SUPPORT_LEAD,
  TESTER,
  VISIONARY,
  WHOLE_CAST,
} from "./demo-cast.ts";
import { answerAll, castRoles, inOrder, on, type Step, type Story, writeRequirements } from "./demo-script.ts";

export interface CheckoutFacts {
  readonly goal: number;
  /** The registered measurement. */
  readonly effect: number;
  /** Of the initiative’s KPI, as it was before. */
  readonly baseline: NonNullable<ActionOf<"set-kpi">["baseline"]>;
}

const KPI = "conversion";
/** Days of the study: what the answers, the workshop and the gates rest on. */
const STUDY: readonly Step[] = [
  on("2025-04-07", MANAGER, { type: "enter-phase", phase: "feasibility" }),
  ...castRoles("2025-04-07", MANAGER, WHOLE_CAST),
  on("2025-04-08", SPONSOR, {
    type: "edit-initiative",
    effortUnit: "days",
    benefit: { monthly: 15_000, text: "More of the started checkouts end in an order.", expected: true },
  }),
  ...answerAll("2025-04-10", MANAGER, "feasibility", {
    11: { score: 2, action: "A payment specialist joins for two days a week." },
  }),
  on("2025-04-11", COORDINATOR, {
    type: "add-constraint",
    kind: "regulatory",
    text: "Strong customer authentication must stay.",
    phase: "business-study",
  }),
  on(
    "2025-04-17",
    SPONSOR,
    { type: "decide-gate", phase: "feasibility", decision: "go" },
    "It can be built with what we have, and it pays within a year.",
  ),
  on("2025-04-21", MANAGER, { type: "enter-phase", phase: "business-study" }),
  on("2025-04-24", FACILITATOR, {
    type: "hold-workshop",
    title: "What a checkout must do",
    day: "2025-04-24",
    objective: "Agree on what is a Must.",
    facilitator: FACILITATOR,
    participants: [VISIONARY, AMBASSADOR, ANALYST, DEVELOPERS[0], TESTER],
    outcome: "Seven requirements with priorities; three of them Musts.",
  }),
  on("2025-04-25", MANAGER, {
    type: "set-department",
    department: "Payments",
    stakeholder: COORDINATOR,
    interest: "Chargebacks must not rise.",
  }),
  on("2025-04-25", MANAGER, {
    type: "set-department",
    department: "Support",
    stakeholder: SUPPORT_LEAD,
    interest: "Fewer calls about refused cards.",
  }),
  on("2025-05-06", COORDINATOR, {
    type: "settle-constraint",
    constraint: 1,
    text: "The bank’s own dialogue is kept within the page.",
  }),
  on("2025-05-07", MANAGER, { type: "add-increment", title: "One page for group B" }),
  ...answerAll("2025-05-14", MANAGER, "foundations"),
  on(
    "2025-05-16",
    SPONSOR,
    { type: "decide-gate", phase: "business-study", decision: "go" },
    "Scope, plan and measurement are agreed.",
  ),
];

const REVIEW: readonly Step[] = [
  {
    day: "2025-07-07",
    author: MANAGER,
    reason: "Every Must is done and accepted.",
    action: { type: "decide-gate", phase: "functional-model", decision: "go" },
  },
  {
    day: "2025-07-07",
    author: MANAGER,
    reason: "Every Must is done and accepted.",
    action: { type: "decide-gate", phase: "design-and-build", decision: "go" },
  },
  { day: "2025-07-08", author: MANAGER, action: { type: "enter-phase", phase: "implementation" } },
  {
    day: "2025-07-10",
    author: SPONSOR,
    action: {
      type: "review-case",
      increment: 1,
      text: "Cost as planned; the benefit is still expected.",
      stillExpected: true,
    },
  },
  {
    day: "2025-08-01",
    author: COORDINATOR,
    action: { type: "deploy-increment", increment: 1, day: "2025-08-01", group: "B" },
  },
  {
    day: "2025-08-04",
    author: SPONSOR,
    reason: "It runs for group B without faults.",
    action: { type: "decide-gate", phase: "implementation", decision: "go" },
  },
  { day: "2025-12-15", author: MANAGER, action: { type: "enter-phase", phase: "post-project" } },
];

export function tellCheckout({ goal, effect, baseline }: CheckoutFacts): Story {
  const target = Number((baseline.value * 1.1).toFixed(3));
  const measured: Step[] = [
    on("2025-04-08", ANALYST, { type: "set-kpi", kpi: KPI, baseline, target }),
    ...writeRequirements("2025-04-28", ANALYST, { kpi: KPI, goal }, CHECKOUT_PLAN),
    on("2025-05-12", ANALYST, { type: "register-effect", effect }),
  ];
  return {
    title: "One-page checkout",
    summary: "Address, delivery and payment on one page, for group B first.",
    ...{ goal, day: "2025-04-07", author: MANAGER },
    steps: inOrder([...STUDY, ...measured, ...CHECKOUT_BUILD, ...REVIEW]),
  };
}

const END = {
  day: "2026-01-12",
  author: SPONSOR,
  text: "More of group B’s checkouts end in an order. The page goes to everybody.",
  gate: "The benefit is measured, and the page goes to everybody.",
} as const;

/** After the measurement: what was learnt of it, and the end. @param effects as they were measured */
export function endCheckout(story: Story, effects: ActionOf<"assess-benefits">["effects"]): Story {
  const { day, author, text, gate } = END;
  const assessed = on(day, author, { type: "assess-benefits", text, decision: null, effects });
  const closed = on(day, author, { type: "decide-gate", phase: "post-project", decision: "go" }, gate);
  return { ...story, steps: [...story.steps, assessed, closed] };
}
