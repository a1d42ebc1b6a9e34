/** Periods of data with dates that cannot be: however long they span, no more buckets than may be asked for. */
import { expect, test } from "vitest";
import { dateToDay } from "./calendar-day.ts";
import { choosePeriods } from "./overview-periods.ts";

test("an event of 1970 and one of 2031 leave the last two months comparable", () => {
  const [first, last] = [dateToDay("1970-01-01"), dateToDay("2031-04-01")];
  const periods = choosePeriods({ first, last, end: last * 86_400_000 });
  expect(periods?.by).toBe("month");
  expect(periods?.current.start).toBe(dateToDay("2031-03-01"));
  expect(periods?.previous.start).toBe(dateToDay("2031-02-01"));
});
