/**
 * What to do next for one customer: one step with its reason, by plain rules over state, segment, products due and recent trouble.
 * The rules are good manners and arithmetic, not findings: none of them says that the step pays, which only a test can.
 */
import type { LifecycleState, Segment } from "./repurchase-words.ts";

export interface CustomerStanding {
  readonly state: LifecycleState;
  readonly segment: Segment;
  /** The likeliest product that is due again or will be within two weeks, and the day. */
  readonly due: { readonly product: string; readonly day: string } | null;
  /** What went badly lately, such as "«Delivery Due» was late 4 days before the data end". */
  readonly trouble: string | null;
}

export interface NextStep {
  readonly action: string;
  readonly reason: string;
}

/** Said with every step: a rule is no measurement. */
const NOT_MEASURED =
  "Whether this step brings orders here has not been measured yet: do it for a part of such customers, keep the others as a hold-out, and compare.";

const OFTEN: readonly Segment[] = ["champions", "loyal", "cannot lose them", "at risk"];

const BY_STATE: Readonly<Record<LifecycleState, { readonly often: NextStep; readonly other: NextStep }>> = {
  new: both(
    "Ask how the first order went, and show what goes with it.",
    "One order so far, and another is not overdue yet.",
  ),
  active: {
    often: {
      action: "Give no discount; ask them to recommend you.",
      reason: "They order often and are not overdue: a discount would go on orders that come anyway.",
    },
    other: { action: "Leave them to the ordinary newsletter.", reason: "Their next order is not overdue." },
  },
  returned: both(
    "Thank them for coming back, and ask what kept them away.",
    "They ordered again after a gap longer than nine in ten.",
  ),
  "at risk": {
    often: {
      action: "Write or call in person, before any mass mailing does.",
      reason: "They bought more often than most, and have been silent for more than three times their usual gap.",
    },
    other: {
      action: "Send a reminder with the products they are likeliest to buy next.",
      reason: "They are overdue, but enough customers like them still order within a year.",
    },
  },
  lapsed: both(
    "Spend nothing on them one by one; try to win some back only as a test.",
    "They are overdue, and fewer than one in five like them order again within a year.",
  ),
};

function both(action: string, reason: string) {
  return { often: { action, reason }, other: { action, reason } };
}

function chooseRule({ state, segment, due, trouble }: CustomerStanding): NextStep {
  if (trouble !== null)
    return {
      action: "Settle what went wrong before offering anything.",
      reason: `${trouble}; an offer on top of trouble that is still open is easily taken amiss.`,
    };
  if (due && state !== "lapsed")
    return {
      action: `Remind them of «${due.product}».`,
      reason: `It is due again on ${due.day}, by how often it is bought again.`,
    };
  return BY_STATE[state][OFTEN.includes(segment) ? "often" : "other"];
}

/**
 * The first rule that applies: trouble lately; a product due, unless the customer has lapsed; the state, where customers
 * who buy often get a step of their own.
 */
export function chooseNextStep(standing: CustomerStanding): NextStep {
  const { action, reason } = chooseRule(standing);
  return { action, reason: `${reason} ${NOT_MEASURED}` };
}
