/**
 * The tracking plot: repeat purchases week by week as they happened and as the chosen model has them, before and in the hold-out.
 * It scores nothing; a model may track the total and still confuse the customers.
 */
import type { Parameters, PurchaseModel } from "../../stats/purchase/purchase-model.ts";
import { dayToDate } from "../calendar-day.ts";
import type { RepurchaseReport } from "../repurchase-schema.ts";
import type { CutPatterns } from "./read-patterns.ts";
import type { PurchaseWeek } from "./study-span.ts";

/** Expected repeat purchases of a new customer by whole days of age, 0 … `days`: at whole weeks by the model, straight between them. */
function expectByAge(model: PurchaseModel, parameters: Parameters, days: number): Float64Array {
  const weeks = Math.ceil(days / 7) + 1;
  const grid = Float64Array.from({ length: weeks + 1 }, (_, week) => model.expectedOfNew(parameters, week));
  return Float64Array.from({ length: days + 1 }, (_, day) => {
    const week = Math.floor(day / 7);
    const part = day / 7 - week;
    return (1 - part) * (grid[week] as number) + part * (grid[week + 1] as number);
  });
}

/** How many customers had their first purchase so many days before the end of the calibration. */
function countByAge({ patterns }: CutPatterns): Float64Array {
  const ages = patterns.age.map((age) => Math.round(age * 7));
  const counts = new Float64Array(ages.reduce((most, age) => Math.max(most, age), 0) + 1);
  for (const [at, age] of ages.entries()) counts[age] = (counts[age] as number) + (patterns.customers[at] as number);
  return counts;
}

/**
 * One point a week. Before the end of the calibration: what new customers of these parameters are expected to have bought since
 * their first purchase. After it: the hold-out's forecast, which knows what each customer did, spread over its weeks in the same way.
 * @param total the forecast of all purchase days in the hold-out
 */
export function trackPurchases(
  weeks: readonly PurchaseWeek[],
  cut: CutPatterns,
  model: PurchaseModel,
  parameters: Parameters,
  total: number,
): RepurchaseReport["tracking"] {
  const { end, until } = cut.cutOff;
  const counts = countByAge(cut);
  const byAge = expectByAge(model, parameters, counts.length - 1 + until - end);
  const expectedBy = (day: number) => {
    let sum = 0;
    // Who began after that day has not begun.
    for (let age = Math.max(0, end - day); age < counts.length; age++)
      sum += (counts[age] as number) * (byAge[age + day - end] as number);
    return sum;
  };
  const later = expectedBy(until) - expectedBy(end);
  return weeks.map(({ from, to, repeats }) => {
    const holdout = from > end;
    const expected = expectedBy(to) - expectedBy(from - 1);
    const scaled = later > 0 ? (expected * total) / later : 0;
    return { day: dayToDate(from), actual: repeats, expected: holdout ? scaled : expected, holdout };
  });
}
