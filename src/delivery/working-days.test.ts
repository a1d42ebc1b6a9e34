import fc from "fast-check";
import { expect, it } from "vitest";
import { addDays, countDays, countWorkingDays, findWorkingDay, isWorkingDay, listDays } from "./working-days.ts";

/** 1990 to 2060. */
const days = fc.integer({ min: 0, max: 25_000 }).map((number) => addDays("1990-01-01", number));

it("counts working days of weeks, weekends and stretches across them", () => {
  expect(countWorkingDays("2026-03-02", "2026-03-06")).toBe(5); // Monday to Friday
  expect(countWorkingDays("2026-03-06", "2026-03-09")).toBe(2); // Friday to Monday
  expect(countWorkingDays("2026-03-07", "2026-03-08")).toBe(0); // a weekend
  expect(countWorkingDays("2026-03-09", "2026-03-20")).toBe(10);
  expect(countWorkingDays("2026-03-20", "2026-03-09")).toBe(0);
  expect(countWorkingDays("2026-03-04", "2026-03-04")).toBe(1);
});

it("steps over leap days, ends of years and weekends", () => {
  expect(addDays("2028-02-28", 1)).toBe("2028-02-29");
  expect(addDays("2026-01-01", -1)).toBe("2025-12-31");
  expect(countDays("2026-02-27", "2026-03-02")).toBe(3);
  expect(findWorkingDay("2026-01-02", 2)).toBe("2026-01-05");
  expect(findWorkingDay("2026-01-03", 1)).toBe("2026-01-05");
  expect(findWorkingDay("2026-03-09", 10)).toBe("2026-03-20");
  expect(listDays("2026-03-06", "2026-03-08", 100)).toEqual(["2026-03-06", "2026-03-07", "2026-03-08"]);
  expect(listDays("2026-03-06", "2026-03-05", 100)).toEqual([]);
  expect(listDays("2026-03-06", "2126-03-05", 40)).toHaveLength(40);
});

it("agrees with counting day by day, also before 1970", () => {
  expect(isWorkingDay("1969-12-29")).toBe(true);
  expect(isWorkingDay("1969-12-28")).toBe(false);
  fc.assert(
    fc.property(days, fc.integer({ min: -3, max: 60 }), (first, more) => {
      const last = addDays(first, more);
      const weekdays = listDays(first, last, 100).filter((day) => ![0, 6].includes(new Date(day).getUTCDay()));
      expect(countWorkingDays(first, last)).toBe(weekdays.length);
      for (const [index, day] of weekdays.entries()) expect(findWorkingDay(first, index + 1)).toBe(day);
    }),
    { numRuns: 200 },
  );
});
