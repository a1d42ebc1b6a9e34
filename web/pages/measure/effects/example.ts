/**
 * The question the page's guide asks of the demo: did the checkout on one page, switched on for one group, bring more orders?
 */
import type { EffectQuestionInput } from "../../../../src/domain/effect.ts";

const QUESTION: EffectQuestionInput = {
  design: "staged",
  metric: {
    kind: "ratio",
    event: 'touchpoint = "Order Completed"',
    per: 'touchpoint = "Checkout Started"',
  },
  by: "customer.group",
  treatment: ["B"],
  control: ["A"],
  since: "2025-08-01",
  minEffect: 0.03,
};

export const EXAMPLE = { ask: QUESTION };
