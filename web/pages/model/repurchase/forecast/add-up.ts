/**
 * Weeks of actual and expected orders with what they add up to; the numbers of a week are the API's.
 */
import type { RepurchaseReport } from "../views/repurchase-words.ts";

export type Week = RepurchaseReport["tracking"][number] & {
  readonly actualSum: number;
  readonly expectedSum: number;
};

/** Each week with the sums up to its end. */
export function addUp(weeks: RepurchaseReport["tracking"]): readonly Week[] {
  let [actualSum, expectedSum] = [0, 0];
  return weeks.map((week) => {
    actualSum += week.actual;
    expectedSum += week.expected;
    return { ...week, actualSum, expectedSum };
  });
}
