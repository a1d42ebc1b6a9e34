/**
 * The burn-down of a timebox: what was still to do at the end of each of its days, by Must, Should and Could.
 * It draws what was recorded; how it will go on is in forecast-timebox.ts.
 */

import type { TimeboxFacts } from "../domain/dsdm/report.ts";
import type { Timebox } from "../domain/dsdm/timebox.ts";
import { findDay } from "./instant-day.ts";
import { sumPromised } from "./velocity.ts";
import { countWorkingDays, isWorkingDay, listDays } from "./working-days.ts";

/** A timebox of more days than that is a mistake of its dates, and is drawn to here. */
const MOST_DAYS = 400;

type Burn = Timebox["burn"][number];
export interface DatedBurn {
  readonly day: string;
  readonly remaining: Burn["remaining"];
}

/** @param zone IANA name of the workspace's zone, in which an instant is a day */
export function dateBurn({ burn }: Pick<Timebox, "burn">, zone: string): DatedBurn[] {
  return burn.map(({ at, remaining }) => ({ day: findDay(at, zone), remaining }));
}

/** The last entry of each day up to `until`, carried forward over days without one. */
function carryForward(days: readonly string[], burn: readonly DatedBurn[], until: string) {
  let next = 0;
  let last: Burn["remaining"] | null = null;
  return days.map((day) => {
    for (let entry = burn[next]; entry !== undefined && (entry.day <= day || day === until); entry = burn[++next])
      last = entry.remaining;
    return day <= until ? last : null;
  });
}

/**
 * One point a calendar day, null for days to come and for those before the kick-off; today's is the newest entry.
 * `ideal` goes from the effort at the kick-off (or that planned) to 0 evenly over the working days, and rests at weekends.
 */
export function drawBurnDown(
  { start, end }: Timebox,
  burn: readonly DatedBurn[],
  planned: number,
  today: string,
): TimeboxFacts["burnDown"] {
  const days = listDays(start, end, MOST_DAYS);
  const first = burn[0];
  const total = first === undefined ? planned : sumPromised(first.remaining);
  const working = countWorkingDays(start, end);
  const recorded = carryForward(days, burn, today);
  let gone = 0;
  return days.map((day, index) => {
    if (isWorkingDay(day)) gone++;
    const { must, should, could } = recorded[index] ?? { must: null, should: null, could: null };
    const ideal = working > 0 ? (total * (working - gone)) / working : 0;
    return { day, ideal, must, should, could };
  });
}

/** By how much the burn-down fell on each of the first working days; below 0 where scope was added. */
export function findSteps({ start, end }: Timebox, burn: readonly DatedBurn[], workingDays: number): number[] {
  const days = listDays(start, end, MOST_DAYS).filter(isWorkingDay).slice(0, workingDays);
  const last = days.at(-1);
  const [first] = burn;
  if (last === undefined || first === undefined) return [];
  let before = sumPromised(first.remaining);
  return carryForward(
    days,
    burn.filter(({ day }) => day <= last),
    last,
  ).map((remaining) => {
    const now = remaining === null ? before : sumPromised(remaining);
    const step = before - now;
    before = now;
    return step;
  });
}
