/**
 * The days, weeks or months in which a change is measured: counted from the switch-on in both directions, whole ones only.
 * Which events lie in them is read elsewhere; calendar weeks and months, which begin where they always do, are calendar-day.ts.
 */
import { AppError } from "../../domain/app-error.ts";
import type { EffectQuestion } from "../../domain/effect.ts";
import { parseMoment } from "../../domain/moment.ts";
import { dateToDay, dayToDate, type Every } from "../calendar-day.ts";
import type { AnalysisContext } from "../context.ts";
import { readDataExtent } from "../data-extent.ts";
import { type EffectStop, findStop } from "./event-stop.ts";

export interface PeriodGrid {
  readonly period: Every;
  /** Milliseconds since 1970, ascending: where each period begins, and at last where the last one ends. */
  readonly borders: readonly number[];
  /** Periods before the switch-on: the first ones. */
  readonly before: number;
  /** The local day on which each period begins, like 2025-08-01. */
  readonly names: readonly string[];
}

/** The switch-on, and the span that is observed: `from` ≤ time < `until`; milliseconds since 1970. */
export interface PeriodSpan {
  readonly switchOn: number;
  readonly from: number;
  readonly until: number;
}

/** More than a chart can show, and than most designs can use. */
export const MOST_PERIODS = 400;

/** A moment as the zone's clocks and calendars show it. */
function readClock(zone: string): (ms: number) => { readonly date: string; readonly time: string } {
  const format = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" });
  return (ms) => {
    const [date = "", time = ""] = format.format(new Date(ms)).split(" ");
    return { date, time: `${time}.${String(((ms % 1000) + 1000) % 1000).padStart(3, "0")}` };
  };
}

/** So many months later on the same day of the month, or on the month's last day where it is shorter. */
function addMonths(date: string, months: number): number {
  const [year = 0, month = 1, day = 1] = date.split("-").map(Number);
  const first = dateToDay(new Date(Date.UTC(year, month - 1 + months, 1)).toISOString().slice(0, 10));
  const length = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return first + Math.min(day, length) - 1;
}

/** Where the k-th period since the switch-on begins; below 0 before it. The clock shows the same time at every border. */
function borderAt(period: Every, zone: string, switchOn: number): (k: number) => number {
  const { date, time } = readClock(zone)(switchOn);
  const length = period === "week" ? 7 : 1;
  return (k) => {
    if (k === 0) return switchOn;
    const day = period === "month" ? addMonths(date, k) : dateToDay(date) + length * k;
    return parseMoment(`${dayToDate(day)}T${time}`, zone);
  };
}

function refuseMany(period: Every): AppError {
  const longer = period === "day" ? "weeks or months" : "months";
  return new AppError(
    "invalid",
    `There are more than ${MOST_PERIODS} periods of a ${period}: take ${longer}, or begin later (from).`,
    { field: "period" },
  );
}

/**
 * The whole periods of a span: those that neither begin before it nor end after it. A day may last 23 or 25 hours, and a
 * month that would begin on a day that it does not have begins on its last one.
 * @param zone IANA name of the zone whose days are meant
 * @returns `before` may be 0, and there may be no period at all
 * @throws AppError invalid past MOST_PERIODS
 * @example weeks around 2025-08-01 in a span from 2025-07-22 to 2025-08-16 // 2025-07-25, 2025-08-01 and 2025-08-08
 */
export function listPeriods(period: Every, zone: string, { switchOn, from, until }: PeriodSpan): PeriodGrid {
  const border = borderAt(period, zone, switchOn);
  const clock = readClock(zone);
  const after: number[] = [];
  const before: number[] = [];
  for (let k = 1, end = border(k); end <= until; end = border(++k)) {
    after.push(end);
    if (after.length > MOST_PERIODS) throw refuseMany(period);
  }
  for (let k = -1, start = border(k); start >= from; start = border(--k)) {
    before.push(start);
    if (before.length + after.length > MOST_PERIODS) throw refuseMany(period);
  }
  const whole = [...before.reverse(), switchOn, ...after];
  // A span that begins after the switch-on, or ends before it, cuts periods off at that side too.
  const borders = whole.filter((at) => at >= from && at <= until);
  const starts = borders.slice(0, -1);
  const names = starts.map((start) => clock(start).date);
  return { period, borders, before: starts.filter((start) => start < switchOn).length, names };
}

/** What a question to the events gives to its periods. */
export interface EventPeriods {
  readonly grid: PeriodGrid;
  readonly stop: EffectStop;
}

const refuse = (what: string, period: Every) => new AppError("invalid", what, { field: "since", period });

/** Nothing is counted where the switch-on lies outside the data. */
function refuseOutside({ switchOn, from, until }: PeriodSpan, period: Every, day: (ms: number) => string): void {
  const [on, first, end] = [day(switchOn), day(from), day(until)];
  if (switchOn >= until)
    throw refuse(
      `The switch-on ${on} is not before ${end}, where what is measured ends: nothing came after it.`,
      period,
    );
  if (switchOn <= from)
    throw refuse(
      `The switch-on ${on} is not after ${first}, where what is measured begins: nothing lies before it.`,
      period,
    );
}

function refuseShort({ period, before, names }: PeriodGrid, least: number, on: string): void {
  const shorter = period === "day" ? "" : "take shorter periods, or ";
  if (names.length === before)
    throw refuse(`No whole ${period} lies between the switch-on ${on} and the end: ${shorter}wait.`, period);
  if (before >= least) return;
  const found = before === 1 ? `Only 1 whole ${period} lies` : `Only ${before} whole ${period}s lie`;
  throw refuse(
    `${found} before the switch-on ${on}; the design needs at least ${least}: ${shorter}begin earlier (from) where there are data.`,
    period,
  );
}

/**
 * The periods of a question, from `from` or the first event to `until` or the last one. A week or month that ends with the
 * last day of the data is whole; a last day itself may still be going on.
 * @param switchOn the earliest one, milliseconds since 1970
 * @param least periods that the design needs before it
 * @throws AppError invalid: no events, nothing after the switch-on, too few periods before it, or too many in all
 */
export async function findEventPeriods(
  context: AnalysisContext,
  question: Pick<EffectQuestion, "from" | "until" | "period">,
  switchOn: number,
  least: number,
): Promise<EventPeriods> {
  const { zone } = context;
  const { period } = question;
  const [stop, { first }] = await Promise.all([findStop(context, question), readDataExtent(context)]);
  if (stop === null || first === null)
    throw new AppError("invalid", "There are no events yet: import some first.", { field: "from" });
  const clock = readClock(zone);
  const day = (ms: number) => clock(ms).date;
  const dayStart = (ms: number, later = 0) => parseMoment(dayToDate(dateToDay(day(ms)) + later), zone);
  const begin = dayStart(Date.parse(first));
  const end = period === "day" ? stop.endOfData : dayStart(stop.endOfData, 1);
  const span = {
    switchOn,
    from: question.from === undefined ? begin : Math.max(begin, parseMoment(question.from, zone)),
    until: Math.min(stop.planned ?? end, end),
  };
  refuseOutside(span, period, day);
  const grid = listPeriods(period, zone, span);
  refuseShort(grid, least, day(switchOn));
  return { grid, stop };
}
