/**
 * What the story of deliver.test.ts is made of: who takes part, what is required, and what colleagues do day by day.
 * The people are those of the demo's own initiatives; what is clicked on is in the test.
 */
import {
  AMBASSADOR,
  ANALYST,
  DEVELOPERS,
  LEADER,
  MANAGER,
  SPONSOR,
  SUPPORT_LEAD,
  TESTER,
  VISIONARY,
  WHOLE_CAST,
} from "../../src/delivery/demo/demo-cast.ts";
import {
  answerAll,
  castRoles,
  inOrder,
  on,
  type PlannedRequirement,
  type Step,
  workOn,
} from "../../src/delivery/demo/demo-script.ts";

const [NOAH, INES] = DEVELOPERS;
const SHARED = { owner: AMBASSADOR, tester: TESTER } as const;
const KPI = "conversion";

/** Kept from the moments of truth of the shop's visits. */
export const CHAT = {
  title: "Whoever gets help at the cart orders more often",
  question: {
    ...{ journey: "visit", touchpoint: "Live Chat Conversation Started", contrast: "presence", withinMs: 86_400_000 },
    outcome: 'touchpoint = "Order Completed"',
  },
} as const;

/** It is written in the browser. */
export const FIRST_REQUIREMENT: PlannedRequirement = {
  ...SHARED,
  ...{
    title: "Address, delivery and payment on one page",
    priority: "must",
    effort: 4,
    value: 6_000,
    developer: NOAH,
  },
  acceptance: ["A returning customer pays without leaving the page.", "It works from 320 px on."],
  ifNotMet: "There is no one-page checkout, and the initiative ends.",
  because: "It is what the initiative is for.",
};

/** With the priorities of the project: 56 % Must, 21 % Should, 24 % Could. */
export const REQUIREMENTS: readonly PlannedRequirement[] = [
  FIRST_REQUIREMENT,
  {
    ...SHARED,
    ...{
      title: "A refused card loses nothing that was typed",
      priority: "must",
      effort: 3.5,
      value: 2_500,
      developer: INES,
    },
    acceptance: ["Address and basket are kept.", "The message names the field."],
    ifNotMet: "One long page that empties itself is worse than three short ones.",
    because: "Without it the page cannot be shown to customers.",
  },
  {
    ...SHARED,
    ...{
      title: "Group B sees the new page, the others the old one",
      priority: "must",
      effort: 2,
      value: null,
      developer: NOAH,
    },
    acceptance: ["The group is in each event of the checkout.", "It can be switched off within a minute."],
    ifNotMet: "Nobody could tell whether it helped.",
    because: "The effect is measured by group.",
  },
  {
    ...SHARED,
    ...{
      title: "The address is filled in from the postcode",
      priority: "should",
      effort: 2,
      value: 900,
      developer: INES,
    },
    acceptance: ["Street and town are proposed for a known postcode."],
    because: "Saves typing; customers can do without.",
  },
  {
    ...SHARED,
    ...{ title: "The basket stays in sight", priority: "should", effort: 1.5, value: 700, developer: NOAH },
    acceptance: ["Sum and items are seen on a phone, too."],
    because: "Asked for in four of nine interviews.",
  },
  {
    ...SHARED,
    ...{ title: "Two wallets to pay with", priority: "could", effort: 1.5, value: 400, developer: NOAH },
    acceptance: ["Both wallets can be paid with."],
    because: "Wanted by some, and a contract is needed.",
  },
  {
    ...SHARED,
    ...{ title: "Support sees the step a customer is at", priority: "could", effort: 1.5, value: 300, developer: INES },
    ...{ kind: "process", owner: SUPPORT_LEAD },
    acceptance: ["Support can follow a stuck checkout."],
    because: "Helps support; the checkout works without.",
  },
  {
    ...SHARED,
    ...{ title: "Help is one tap away", priority: "could", effort: 1, value: 300, developer: INES },
    acceptance: ["The chat opens beside the field that was last touched."],
    because: "The finding says that help makes orders; the chat is there already.",
  },
];

/** Everybody but those whom the test assigns, and the visionary, whom it misses first. */
export const COLLEAGUES: readonly Step[] = castRoles(
  "2025-06-10",
  MANAGER,
  WHOLE_CAST.filter(([, role]) => role !== "business-sponsor" && role !== "business-visionary"),
);

/** All but the first requirement, and the priorities of the project of all but the first. */
export function writeOthers(day: string): Step[] {
  return REQUIREMENTS.slice(1).flatMap(({ priority, because, acceptance, ...fields }, at): Step[] => {
    const need = { finding: 1, kpi: KPI };
    return [
      on(day, ANALYST, { type: "add-requirement", ...fields, need, acceptance: [...acceptance] }),
      on(day, ANALYST, { type: "prioritise", requirement: at + 2, version: 1, level: "project", priority }, because),
    ];
  });
}

/** What a study leaves besides requirements and roles. */
export const STUDY: readonly Step[] = [
  ...answerAll("2025-06-11", MANAGER, "feasibility"),
  ...answerAll("2025-06-12", MANAGER, "foundations"),
  on("2025-06-12", SPONSOR, {
    type: "edit-initiative",
    benefit: { monthly: 9_000, text: "More of the started checkouts end in an order.", expected: true },
  }),
];

const standUps = (timebox: number, days: readonly string[], said: readonly [done: string, next: string]): Step[] =>
  days.map((day) =>
    on(day, LEADER, { type: "stand-up", timebox, day, done: said[0], next: said[1], inTheWay: null, hours: null }),
  );

const progress = (day: string, requirement: number, remaining: number): Step =>
  on(day, requirement === 4 ? INES : NOAH, { type: "progress-requirement", requirement, state: "doing", remaining });

const review = (
  day: string,
  timebox: number,
  stage: "investigation" | "refinement" | "consolidation",
  feedback: string,
) => on(day, VISIONARY, { type: "review-stage", timebox, stage, feedback });

/** The days on which the test itself does nothing. */
export const FIRST_WEEK: readonly Step[] = [
  progress("2025-06-17", 1, 3.5),
  ...standUps(1, ["2025-06-17"], ["The page stands, empty.", "Its fields."]),
  review("2025-06-17", 1, "investigation", "Address first, as it is now."),
  progress("2025-06-18", 4, 1),
];
export const FIRST_WEEK_LATER: readonly Step[] = [
  progress("2025-06-19", 1, 3),
  progress("2025-06-19", 3, 1.5),
  ...standUps(1, ["2025-06-19"], ["Fields of the address.", "Payment; the groups."]),
  progress("2025-06-20", 1, 2.5),
  progress("2025-06-20", 3, 1),
];
export const SECOND_WEEK: readonly Step[] = inOrder([
  ...standUps(1, ["2025-06-24", "2025-06-25", "2025-06-26"], ["Payment on the page.", "Try it on phones."]),
  review("2025-06-24", 1, "refinement", "The price must stay in sight."),
  progress("2025-06-24", 1, 1),
  on("2025-06-25", TESTER, {
    type: "add-evidence",
    requirement: 3,
    text: "Switched twice; events say the group.",
    passed: true,
  }),
  on("2025-06-25", NOAH, { type: "progress-requirement", requirement: 3, state: "done" }),
  on("2025-06-26", TESTER, { type: "add-evidence", requirement: 1, text: "Paid on nine devices.", passed: true }),
  on("2025-06-26", NOAH, { type: "progress-requirement", requirement: 1, state: "done" }),
  review("2025-06-26", 1, "consolidation", "Good enough to go on."),
]);

const by = (developer: string, evidence: string) => ({ developer, tester: TESTER, evidence });
export const SECOND_TIMEBOX: readonly Step[] = inOrder([
  ...workOn(2, 3.5, ["2025-07-01", "2025-07-03", "2025-07-08"], by(INES, "Refused twelve cards; nothing was lost.")),
  ...workOn(5, 1.5, ["2025-07-02", "2025-07-04", "2025-07-07"], by(NOAH, "Seen on five phones.")),
  ...workOn(8, 1, ["2025-07-08", "2025-07-09", "2025-07-10"], by(INES, "The chat opened beside each field.")),
  ...standUps(
    2,
    ["2025-07-01", "2025-07-02", "2025-07-03", "2025-07-04", "2025-07-07", "2025-07-08", "2025-07-09", "2025-07-10"],
    ["As planned.", "The next on the board."],
  ),
  review("2025-07-01", 2, "investigation", "Refused cards first."),
  review("2025-07-08", 2, "refinement", "Help beside the field is what people asked for."),
  review("2025-07-10", 2, "consolidation", "Ready for group B."),
]);
