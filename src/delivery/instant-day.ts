/**
 * The day on which an instant falls, in the workspace's zone. Arithmetic with days is in working-days.ts.
 */
import { writeMoment } from "../domain/moment.ts";

/** @param instant ISO 8601, or a day, which stays @param zone IANA name @returns YYYY-MM-DD */
export function findDay(instant: string, zone: string): string {
  if (zone === "UTC" || instant.length <= "YYYY-MM-DD".length) return instant.slice(0, 10);
  return writeMoment(instant, zone).slice(0, 10);
}
