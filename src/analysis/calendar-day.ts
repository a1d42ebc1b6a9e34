/**
 * Calendar days as whole numbers since 1970-01-01, and the day, week or month they begin: the same arithmetic here and in SQL.
 * Which day a moment belongs to depends on the zone and is decided in SQL (`dayNumber`, kpi-frame.ts).
 */

export type Every = "day" | "week" | "month";

const DAY_MS = 86_400_000;

/** 19_723 → "2024-01-01" */
export function dayToDate(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** "2024-01-01" → 19_723 */
export function dateToDay(date: string): number {
  return Math.round(Date.parse(`${date}T00:00:00Z`) / DAY_MS);
}

/** 1970-01-01 was a Thursday: three days after a Monday. */
const AFTER_MONDAY = 3;

/** First day of the day, week (from Monday) or month that holds a day. */
export function startOf(every: Every, day: number): number {
  if (every === "day") return day;
  if (every === "week") return day - ((((day + AFTER_MONDAY) % 7) + 7) % 7);
  return day - new Date(day * DAY_MS).getUTCDate() + 1;
}

/** First day of the next one, for a day that starts one. */
export function startOfNext(every: Every, start: number): number {
  if (every === "day") return start + 1;
  if (every === "week") return start + 7;
  const date = new Date(start * DAY_MS);
  return Math.round(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1) / DAY_MS);
}

/** SQL of `startOf` for a day number. */
export function startOfSql(every: Every, day: string): string {
  if (every === "day") return day;
  if (every === "week") return `toInt32(${day} - positiveModulo(${day} + ${AFTER_MONDAY}, 7))`;
  return `toInt32(${day} - toDayOfMonth(toDate32(${day})) + 1)`;
}
