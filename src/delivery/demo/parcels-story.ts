/**
 * The demo's initiative that is in trouble: fewer late parcels, in its business study. It breaks exactly three health rules:
 * 4 (its KPI was never measured), 6 (nobody is visionary) and 9 (too much Must). All else is in order.
 */
import {
  AMBASSADOR,
  ANALYST,
  FACILITATOR,
  MANAGER,
  SPONSOR,
  SUPPORT_LEAD,
  VISIONARY,
  WHOLE_CAST,
} from "./demo-cast.ts";
import {
  answerAll,
  castRoles,
  inOrder,
  type PlannedRequirement,
  type Step,
  type Story,
  writeRequirements,
} from "./demo-script.ts";

const KPI = "late-delivery-share";

const SHARED = { owner: SUPPORT_LEAD } as const;

const PLAN: readonly PlannedRequirement[] = [
  {
    ...SHARED,
    ...{
      title: "Parcels leave on the day of the order",
      priority: "must",
      effort: 10,
      value: 3_000,
      kind: "process",
    },
    acceptance: ["Orders until 14:00 leave the same day, nine of ten times."],
    ifNotMet: "Promised days stay out of reach.",
    because: "Most late parcels leave late.",
  },
  {
    ...SHARED,
    ...{ title: "Tell customers before the promised day passes", priority: "must", effort: 5, value: 2_500 },
    acceptance: ["Who would be kept waiting gets a message the day before."],
    ifNotMet: "Customers go on asking support.",
    because: "It is what customers are angry about.",
  },
  {
    ...SHARED,
    ...{ title: "A second carrier for the islands", priority: "should", effort: 2, value: 800, kind: "process" },
    acceptance: ["Half of the parcels to islands go with the second carrier."],
    because: "Few parcels, and very late ones.",
  },
  {
    ...SHARED,
    ...{ title: "Customers choose the day themselves", priority: "could", effort: 3, value: 500 },
    acceptance: ["Three days can be chosen from."],
    because: "Shifts some of the load; nobody asked for it.",
  },
];

export function tellParcels({ goal }: { readonly goal: number }): Story {
  const cast = WHOLE_CAST.filter(([, role]) => role !== "business-visionary");
  const steps: Step[] = [
    { day: "2025-11-24", author: MANAGER, action: { type: "enter-phase", phase: "feasibility" } },
    ...castRoles("2025-11-24", MANAGER, cast),
    {
      day: "2025-11-25",
      author: SPONSOR,
      action: {
        type: "edit-initiative",
        benefit: { monthly: 6_000, text: "Fewer customers lost to late parcels.", expected: true },
      },
    },
    ...answerAll("2025-11-26", MANAGER, "feasibility"),
    {
      day: "2025-12-01",
      author: SPONSOR,
      reason: "Worth a closer look.",
      action: { type: "decide-gate", phase: "feasibility", decision: "go" },
    },
    { day: "2025-12-02", author: MANAGER, action: { type: "enter-phase", phase: "business-study" } },
    { day: "2025-12-03", author: ANALYST, action: { type: "set-kpi", kpi: KPI, baseline: null, target: 0.04 } },
    {
      ...{ day: "2025-12-04", author: FACILITATOR },
      action: {
        ...{
          type: "hold-workshop",
          title: "Where parcels lose time",
          day: "2025-12-04",
          objective: "Find what makes parcels late.",
        },
        ...{
          facilitator: FACILITATOR,
          participants: [SUPPORT_LEAD, AMBASSADOR, VISIONARY],
          outcome: "Four requirements.",
        },
      },
    },
    {
      day: "2025-12-05",
      author: MANAGER,
      action: {
        type: "set-department",
        department: "Warehouse",
        stakeholder: SUPPORT_LEAD,
        interest: "Two more hands in the afternoon.",
      },
    },
    ...writeRequirements("2025-12-08", ANALYST, { kpi: KPI, goal }, PLAN),
    ...answerAll("2025-12-10", MANAGER, "foundations"),
  ];
  return {
    title: "Fewer late parcels",
    summary: "What was promised for a day arrives on that day, or the customer knows beforehand.",
    ...{ goal, day: "2025-11-24", author: MANAGER },
    steps: inOrder(steps),
  };
}
