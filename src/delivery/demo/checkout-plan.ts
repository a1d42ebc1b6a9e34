/** What the demo's one-page checkout needs, with the priorities of the project. Who builds it when: checkout-timeboxes.ts. */
import { AMBASSADOR, DEVELOPERS, SUPPORT_LEAD, TESTER } from "./demo-cast.ts";
import type { PlannedRequirement } from "./demo-script.ts";

const [NOAH, INES] = DEVELOPERS;
const SHARED = { owner: AMBASSADOR, tester: TESTER } as const;

export const CHECKOUT_PLAN: readonly PlannedRequirement[] = [
  {
    ...SHARED,
    ...{
      title: "Address, delivery and payment on one page",
      priority: "must",
      effort: 8,
      value: 9_000,
      developer: NOAH,
    },
    acceptance: ["A returning customer pays without leaving the page.", "It works from 320 px on."],
    ifNotMet: "There is no one-page checkout, and the initiative ends.",
    because: "It is what the initiative is for.",
  },
  {
    ...SHARED,
    ...{
      title: "Card errors beside the field, nothing typed is lost",
      priority: "must",
      effort: 4,
      value: 4_000,
      developer: INES,
    },
    acceptance: ["A refused card keeps address and basket.", "The message names the field."],
    ifNotMet: "One long page that empties itself is worse than three short ones.",
    because: "Without it the page cannot be shown to customers.",
  },
  {
    ...SHARED,
    ...{
      title: "Group B sees the new page, the others the old one",
      priority: "must",
      effort: 3,
      value: null,
      developer: NOAH,
    },
    acceptance: ["The group is in each event of the checkout.", "It can be switched off within a minute."],
    ifNotMet: "Nobody could tell whether it helped.",
    because: "The effect is measured by group.",
  },
  {
    ...SHARED,
    ...{ title: "Address filled in from the postcode", priority: "should", effort: 4, value: 1_500, developer: INES },
    acceptance: ["Street and town are proposed for a known postcode."],
    because: "Saves typing; customers can do without.",
  },
  {
    ...SHARED,
    ...{ title: "The basket stays in sight", priority: "should", effort: 3, value: 1_000, developer: NOAH },
    acceptance: ["Sum and items are seen at each step, also on a phone."],
    because: "Asked for in four of nine interviews.",
  },
  {
    ...SHARED,
    ...{
      title: "Support can follow a stuck checkout",
      priority: "could",
      effort: 3,
      value: 600,
      developer: INES,
      kind: "process",
    },
    owner: SUPPORT_LEAD,
    acceptance: ["Support sees the step a customer is at."],
    because: "Helps support; the checkout works without.",
  },
  {
    ...SHARED,
    ...{ title: "Wallet payments", priority: "could", effort: 4, value: 1_200, developer: NOAH },
    acceptance: ["Two wallets can be paid with."],
    because: "Wanted by some, and a contract is needed.",
  },
];
