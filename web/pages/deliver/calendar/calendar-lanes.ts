/**
 * Where the entries of a calendar stand: weeks across, a lane an initiative, entries that would cover each other on rows.
 * Pure: plain days in, fractions of the width and row numbers out.
 */
import type { Portfolio } from "../../../../src/domain/dsdm/report.ts";
import { textWidth } from "../../../charts/svg-text.ts";
import { shortenTitle } from "./calendar-words.ts";

export type Entry = Portfolio["calendar"][number];

const DAY_MS = 86_400_000;
const WEEK = 7;

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}

export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}

/** The Monday of a day's week. */
export function mondayOf(day: string): string {
  return addDays(day, -((new Date(Date.parse(day)).getUTCDay() + 6) % WEEK));
}

export interface Span {
  /** A Monday. */
  readonly from: string;
  readonly weeks: number;
}

export const endOf = ({ from, weeks }: Span) => addDays(from, weeks * WEEK);

export function isWithin({ from, to }: Pick<Entry, "from" | "to">, span: Span): boolean {
  return to >= span.from && from < endOf(span);
}

/** Weeks shown before today's, so that what has just ended can be seen. */
const LOOK_BACK = 3;

/** The weeks that are asked for; else those around today, or around the entry nearest to it when all are elsewhere. */
export function chooseSpan(
  entries: readonly Entry[],
  today: string,
  { start, weeks }: { readonly start?: string | undefined; readonly weeks: number },
): Span {
  if (start !== undefined) return { from: mondayOf(start), weeks };
  const around = (day: string) => ({ from: addDays(mondayOf(day), -LOOK_BACK * WEEK), weeks });
  if (entries.some((entry) => isWithin(entry, around(today)))) return around(today);
  const [nearest] = entries.toSorted(
    (a, b) => Math.abs(daysBetween(today, a.from)) - Math.abs(daysBetween(today, b.from)),
  );
  return around(nearest?.from ?? today);
}

export interface Placed {
  readonly entry: Entry;
  /** Fractions of the whole width. */
  readonly left: number;
  readonly width: number;
  /** From 0. */
  readonly row: number;
  /** Px that its name takes where it goes on beyond its days; 0 where the days have room for most of a name. */
  readonly beyond: number;
}

export interface Lane {
  readonly initiative: number;
  readonly entries: readonly Placed[];
  readonly rows: number;
}

const SIZE = 12;
/** Of icon, blanks and border around a name, in px. */
const AROUND = 36;
const WIDEST = 230;
/** A bar as wide as this holds its name, cut short if need be. */
const ROOMY = 80;

/** Px that an entry's name takes, with its icon. */
function nameWidth(entry: Entry): number {
  return Math.min(WIDEST, Math.ceil(textWidth(shortenTitle(entry), SIZE)) + AROUND);
}

interface Taken {
  readonly row: number;
  readonly from: number;
  readonly until: number;
}

/** What lasts stands above what happens on a day. */
const rank = ({ kind }: Entry) => (kind === "timebox" ? 0 : kind === "measurement" ? 1 : 2);

/** Each on the first row that is free at its place. `dayWidth`: px, as narrow as the grid gets. */
function packLane(entries: readonly Entry[], span: Span, dayWidth: number): readonly Placed[] {
  const days = span.weeks * WEEK;
  const taken: Taken[] = [];
  return entries
    .toSorted((a, b) => rank(a) - rank(b) || a.from.localeCompare(b.from) || b.to.localeCompare(a.to))
    .map((entry): Placed => {
      const from = Math.max(0, daysBetween(span.from, entry.from));
      const until = Math.min(days, daysBetween(span.from, entry.to) + 1);
      const beyond = (until - from) * dayWidth >= ROOMY ? 0 : nameWidth(entry);
      const wide = Math.max(until - from, beyond / dayWidth);
      let row = 0;
      while (taken.some((other) => other.row === row && other.until > from && other.from < from + wide)) row++;
      taken.push({ row, from, until: from + wide });
      return { entry, left: from / days, width: (until - from) / days, row, beyond };
    });
}

/** Lanes in the order of `order`; an initiative without an entry in the span has none. */
export function layLanes(
  entries: readonly Entry[],
  order: readonly number[],
  span: Span,
  dayWidth: number,
): readonly Lane[] {
  return order.flatMap((initiative) => {
    const own = entries.filter((entry) => entry.initiative === initiative && isWithin(entry, span));
    if (own.length === 0) return [];
    const placed = packLane(own, span, dayWidth);
    return [{ initiative, entries: placed, rows: Math.max(...placed.map(({ row }) => row)) + 1 }];
  });
}

/** Mondays of the span. */
export function listWeeks({ from, weeks }: Span): readonly string[] {
  return Array.from({ length: weeks }, (_, index) => addDays(from, index * WEEK));
}

/** Where a day stands, as a fraction of the width; undefined outside. */
export function placeDay(day: string, span: Span): number | undefined {
  if (day < span.from || day >= endOf(span)) return undefined;
  return daysBetween(span.from, day) / (span.weeks * WEEK);
}
