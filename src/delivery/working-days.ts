/**
 * Calendar and working days (Monday to Friday) between days written YYYY-MM-DD. It knows no public holidays and no time zone:
 * a day is what the workspace's zone made of an instant before it came here.
 */

const DAY_MS = 86_400_000;
const WEEK = 7;
const WORKING_WEEK = 5;

const toNumber = (day: string) => Date.parse(`${day}T00:00:00Z`) / DAY_MS;
const toDay = (number: number) => new Date(number * DAY_MS).toISOString().slice(0, 10);
/** Monday 0 … Sunday 6; 1970-01-01 was a Thursday. */
const findWeekday = (number: number) => (((number + 3) % WEEK) + WEEK) % WEEK;

/** @param days calendar days; below 0 goes back @example addDays("2026-02-27", 2) → "2026-03-01" */
export function addDays(day: string, days: number): string {
  return toDay(toNumber(day) + days);
}

/** Calendar days from one day to another; 0 for the same. */
export function countDays(from: string, to: string): number {
  return toNumber(to) - toNumber(from);
}

export function isWorkingDay(day: string): boolean {
  return findWeekday(toNumber(day)) < WORKING_WEEK;
}

/** Working days from the first to the last, both counted; 0 where the last is before the first. @example a week → 5 */
export function countWorkingDays(first: string, last: string): number {
  const [from, days] = [toNumber(first), countDays(first, last) + 1];
  if (!(days > 0)) return 0;
  const whole = Math.floor(days / WEEK);
  let count = whole * WORKING_WEEK;
  for (let day = from + whole * WEEK; day < from + days; day++) if (findWeekday(day) < WORKING_WEEK) count++;
  return count;
}

/** The day on which the given number of working days is over, the first one counted. @example ("2026-01-02", 2) → Monday 5th */
export function findWorkingDay(first: string, count: number): string {
  const [weeks, rest] = [Math.floor(Math.max(0, count - 1) / WORKING_WEEK), Math.max(0, count - 1) % WORKING_WEEK];
  let day = toNumber(first);
  while (findWeekday(day) >= WORKING_WEEK) day++;
  day += weeks * WEEK;
  for (let step = 0; step < rest; step++) day += findWeekday(day) === WORKING_WEEK - 1 ? 3 : 1;
  return toDay(day);
}

/** Every calendar day from the first to the last, at most so many. */
export function listDays(first: string, last: string, most: number): string[] {
  const length = Math.min(most, countDays(first, last) + 1);
  return length > 0 ? Array.from({ length }, (_, index) => addDays(first, index)) : [];
}
