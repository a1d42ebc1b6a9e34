/**
 * How a month's value at risk comes about, in words: how often, by how much each, what an outcome is worth.
 */

import { type Friction, isClaimed, monthlyCost, type PainDetail } from "../views/pain-report.ts";
import {
  describeHarm,
  describeLost,
  describeRange,
  explainCost,
  formatAmount,
  formatCost,
  formatSum,
} from "../views/pain-words.ts";

export interface Sum {
  readonly whole: string;
  readonly how: readonly string[];
}

export function describeSum(friction: Friction, report: PainDetail): Sum {
  if (!isClaimed(friction)) return { whole: "–", how: ["Nothing is claimed of what it does to the outcome."] };
  const cost = monthlyCost(friction);
  if (cost === undefined)
    return { whole: "not known", how: ["No effect of one is claimed, so nobody knows what all cost."] };
  if (friction.outcomesAtRisk.value === 0) return { whole: "nothing of its own", how: [explainCost(friction, report)] };
  const { unit, estimate } = cost;
  const { outcomesAtRisk, perMonth } = friction;
  const { worth, worthError, currency, outcome } = report;
  const harm = describeHarm(friction, report);
  const error = worthError === null ? "" : `, ± ${formatSum(worthError, "")}`;
  const price =
    worth === null
      ? "What one outcome is worth is not known: say it above, and this is money."
      : `One outcome counts ${formatSum(worth, currency)}${error}.`;
  return {
    whole: `about ${formatCost(estimate.value, unit, report)} a month`,
    how: [
      `It lies within this range eight times in ten: ${describeRange(estimate).replace("80 %: ", "")}.`,
      ...(harm === undefined ? [] : [`${formatAmount(perMonth)} a month; ${harm}.`]),
      ...(unit === "money" && outcomesAtRisk.value !== null
        ? [`About ${describeLost(outcomesAtRisk.value, outcome)} a month (${describeRange(outcomesAtRisk)}).`]
        : []),
      price,
      "Where other frictions stand on the same touches, the loss is shared among them, so that nothing is counted twice.",
    ],
  };
}
