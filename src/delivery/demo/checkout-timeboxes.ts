/** The two timeboxes of the demo's one-page checkout, from their plan to their close-out. What they build: checkout-plan.ts. */
import { AMBASSADOR, ANALYST, COORDINATOR, DEVELOPERS, LEADER, MANAGER, TESTER, VISIONARY } from "./demo-cast.ts";
import { planInto, type Step, workOn } from "./demo-script.ts";

const [NOAH, INES] = DEVELOPERS;

interface Box {
  readonly id: number;
  readonly title: string;
  readonly objective: string;
  readonly start: string;
  readonly end: string;
  /** Stand-ups, reviews and what went on, in the days between. */
  readonly standups: readonly (readonly [day: string, done: string, next: string])[];
  readonly reviews: readonly (readonly [
    stage: "investigation" | "refinement" | "consolidation",
    day: string,
    feedback: string,
  ])[];
  readonly feedback: readonly [day: string, text: string, decision: string];
  readonly retrospective: string;
}

function runBox(box: Box, work: readonly Step[]): Step[] {
  const { id: timebox, start, end } = box;
  return [
    { day: start, author: LEADER, action: { type: "kick-off", timebox } },
    ...work,
    ...box.standups.map(
      ([day, done, next]): Step => ({
        ...{ day, author: AMBASSADOR },
        action: { type: "stand-up", timebox, day, done, next, inTheWay: null, hours: null },
      }),
    ),
    ...box.reviews.map(
      ([stage, day, feedback]): Step => ({
        day,
        author: VISIONARY,
        action: { type: "review-stage", timebox, stage, feedback },
      }),
    ),
    {
      day: box.feedback[0],
      author: AMBASSADOR,
      action: { type: "give-feedback", text: box.feedback[1], negative: false, timebox },
    },
    {
      day: box.feedback[0],
      author: VISIONARY,
      action: { type: "decide-feedback", feedback: timebox, text: box.feedback[2] },
    },
    {
      ...{ day: end, author: LEADER },
      action: {
        type: "close-out",
        timebox,
        accepters: [
          { person: VISIONARY, role: "business-visionary" },
          { person: COORDINATOR, role: "technical-coordinator" },
        ],
        retrospective: box.retrospective,
        carry: [],
      },
    },
  ];
}

const FIRST: Box = {
  ...{ id: 1, title: "The page itself", objective: "A customer pays on one page, in the test shop." },
  ...{ start: "2025-05-19", end: "2025-06-06" },
  standups: [
    ["2025-05-21", "Address and delivery stand.", "Payment on the same page."],
    ["2025-05-28", "Payment works with test cards.", "The basket beside it."],
    ["2025-06-04", "Basket in sight, also on a phone.", "Trying it with five customers."],
  ],
  reviews: [
    ["investigation", "2025-05-21", "The order of the parts is right."],
    ["refinement", "2025-06-03", "The sum must stay in sight on a phone."],
    ["consolidation", "2025-06-05", "Accepted as it is."],
  ],
  feedback: ["2025-06-03", "Two of five customers looked for the sum.", "The sum sticks to the lower edge on phones."],
  retrospective: "Trying it early with customers saved a week. Keep the short reviews.",
};

const SECOND: Box = {
  ...{ id: 2, title: "Errors, groups and what helps", objective: "Fit to be shown to group B." },
  ...{ start: "2025-06-09", end: "2025-07-04" },
  standups: [
    ["2025-06-11", "Refused cards keep what was typed.", "Messages beside the field."],
    ["2025-06-20", "Group B is told apart in every event.", "Postcode look-up."],
    ["2025-07-02", "Postcodes of all countries.", "What support sees."],
  ],
  reviews: [
    ["investigation", "2025-06-12", "Messages are clear."],
    ["refinement", "2025-06-27", "Postcodes help; nothing else to change."],
    ["consolidation", "2025-07-03", "Ready for group B."],
  ],
  feedback: ["2025-06-27", "Support wants to see the step a customer is at.", "Stays a Could of this timebox."],
  retrospective: "Wallets were a Could, and leaving them out early kept the Musts calm.",
};

const made = (developer: string, evidence: string) => ({ developer, tester: TESTER, evidence });

const PLANS = [FIRST, SECOND].map(({ title, objective, start, end }): Step => {
  const fields = { increment: 1, title, objective, format: "structured", start, end, capacity: 16 } as const;
  return { day: "2025-05-15", author: MANAGER, action: { type: "plan-timebox", ...fields } };
});
export const CHECKOUT_BUILD: readonly Step[] = [
  ...PLANS,
  ...planInto("2025-05-15", ANALYST, 1, [
    [1, "must"],
    [5, "should"],
    [7, "could"],
  ]),
  ...planInto("2025-05-15", ANALYST, 2, [
    [2, "must"],
    [3, "must"],
    [4, "should"],
    [6, "could"],
  ]),
  { day: "2025-05-19", author: MANAGER, action: { type: "enter-phase", phase: "functional-model" } },
  { day: "2025-05-26", author: MANAGER, action: { type: "enter-phase", phase: "design-and-build" } },
  ...runBox(FIRST, [
    ...workOn(
      1,
      8,
      ["2025-05-20", "2025-05-26", "2025-06-02"],
      made(NOAH, "Paid with all test cards on three phones."),
    ),
    ...workOn(5, 3, ["2025-05-27", "2025-06-02", "2025-06-04"], made(NOAH, "Seen at 320, 768 and 1,440 px.")),
    {
      ...{ day: "2025-05-30", author: LEADER, reason: "The contract for wallets takes until autumn." },
      action: { type: "drop-requirements", timebox: 1, requirements: [7], saved: 1, decidedBy: AMBASSADOR },
    },
  ]),
  ...runBox(SECOND, [
    ...workOn(2, 4, ["2025-06-09", "2025-06-11", "2025-06-13"], made(INES, "Twelve kinds of refusal tried.")),
    ...workOn(3, 3, ["2025-06-16", "2025-06-18", "2025-06-20"], made(NOAH, "Group B in all events of the test shop.")),
    ...workOn(4, 4, ["2025-06-20", "2025-06-25", "2025-07-01"], made(INES, "Ten postcodes of each country.")),
    ...workOn(
      6,
      3,
      ["2025-07-01", "2025-07-02", "2025-07-03"],
      made(INES, "Support found five stuck checkouts of five."),
    ),
  ]),
];
