/**
 * The day on which an instant falls, in the workspace's zone. Arithmetic with days is in working-days.ts.
 */

/** One a zone: to make one takes far longer than to use it, and health asks for thousands of days. */
const CALENDARS = new Map<string, Intl.DateTimeFormat>();

function calendarOf(zone: string): Intl.DateTimeFormat {
  const known = CALENDARS.get(zone);
  if (known) return known;
  // Sweden writes days as ISO 8601 does.
  const calendar = new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeZone: zone });
  CALENDARS.set(zone, calendar);
  return calendar;
}

/** @param instant ISO 8601, or a day, which stays @param zone IANA name @returns YYYY-MM-DD */
export function findDay(instant: string, zone: string): string {
  if (zone === "UTC" || instant.length <= "YYYY-MM-DD".length) return instant.slice(0, 10);
  return calendarOf(zone).format(new Date(instant));
}
