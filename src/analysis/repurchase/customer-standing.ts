/**
 * Where each customer stands at the end of the data, as SQL: the key of the purchase pattern, the last gap, what repeats were worth.
 * Patterns are forecast in numbers (PurchasePatterns); a key is how single customers are found again by theirs.
 */
import type { PurchasePatterns } from "../../stats/purchase/purchase-model.ts";
import type { AnalysisContext } from "../context.ts";
import type { JourneyFrame } from "../journey-frame.ts";
import { purchaseDayAliases } from "./purchase-days.ts";

/** More days than 350 years have; a key stays a whole number below 2⁵³ up to half a million repeats. */
const DAYS = 2 ** 17;

/** The key of a pattern of whole days: repeats, recency, age. */
export function patternKey({ x, recency, age }: PurchasePatterns, at: number): number {
  const days = (weeks: number | undefined) => Math.round(7 * (weeks as number));
  return ((x[at] as number) * DAYS + days(recency[at])) * DAYS + days(age[at]);
}

/** A key taken apart: repeats, and recency and age in days. */
export function readKey(key: number): { readonly x: number; readonly recencyDays: number; readonly ageDays: number } {
  const both = Math.floor(key / DAYS);
  return { x: Math.floor(both / DAYS), recencyDays: both % DAYS, ageDays: key % DAYS };
}

/** To be unfolded in FROM; who bought on no day has none. */
export const EACH_STANDING = "standings AS standing";

/**
 * Aliases over one customer, after those of the frame: of purchaseDayAliases, and `standings`, at most one tuple of
 * 1 the pattern's key, 2 the last gap in days (0 without a repeat), 3 repeat purchase days with a value, 4 what those add up
 * to, 5 what was spent on the first purchase day, 6 the sum of squares of what was spent on each day.
 * @param end last day of the data, days since 1970
 */
export function standingAliases(context: AnalysisContext, frame: JourneyFrame, end: number): string[] {
  const last = frame.bag.bind(end, "Int32");
  const key = `(toUInt64(length(days) - 1) * ${DAYS} + toUInt64(days[-1] - days[1])) * ${DAYS} + toUInt64(${last} - days[1])`;
  const gap = "if(length(days) > 1, days[-1] - days[-2], 0)";
  const repeats = "arrayPopFront(spend)";
  const tuple = `(${key}, ${gap}, arrayCount(money -> money > 0, ${repeats}), arraySum(${repeats}), spend[1], arraySum(money -> money * money, spend))`;
  return [
    ...purchaseDayAliases(context, frame),
    `arrayMap((days, spend) -> ${tuple}, arrayFilter(days -> notEmpty(days), [purchaseDays]), arrayFilter(spend -> notEmpty(spend), [daySpend])) AS standings`,
  ];
}
