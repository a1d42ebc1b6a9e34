/**
 * Gaps: hours and days on which everything, one import or one touchpoint fell silent, and came again.
 */
import { findSilentRuns, type Rhythm, type SilentRun } from "../../stats/silent-runs.ts";
import { dayToDate } from "../calendar-day.ts";
import { IMPORTS_PAGE, makeFinding, sayCount, sayCountOf, sayNumber, saySpan, touchpointsPage } from "./finding.ts";
import type { ImportFacts, QualityFinding } from "./quality-schema.ts";
import type { HourCount } from "./read-tallies.ts";
import {
  addUpHours,
  byLength,
  DAYS,
  extentOf,
  HOURS,
  isInside,
  LEAST_DAYS,
  LEVEL,
  type Line,
  lineUp,
  sum,
  type TouchpointLine,
  toDays,
  toPeriod,
} from "./silence-lines.ts";

/** What falls silent more often has no steady rhythm: a campaign, a monthly bill. */
const MOST_RUNS = 5;
const MOST_PERIODS = 10;
const LONGEST_HOURS = 48;
/** Shorter holes of a touchpoint may be a holiday of those who record it. */
const LONG_HOLE = 7;

function sayHour(slot: number): string {
  return `${dayToDate(Math.floor(slot / 24))}T${String(slot % 24).padStart(2, "0")}:00`;
}

const BRING_AGAIN =
  "Bring in the missing days with another export: what is there already counts once. Days on which you were closed need nothing.";

/** How many days or hours are missing, and which. */
function describeGaps(
  runs: readonly SilentRun[],
  line: Line,
  unit: "day" | "hour",
  what: string,
): Pick<QualityFinding, "n" | "of" | "seen" | "periods" | "from" | "to"> {
  const say = unit === "day" ? dayToDate : sayHour;
  const slots = sum(runs.map(({ first, end }) => end - first));
  const periods = runs.toSorted(byLength).map(toPeriod(line, say));
  const [longest] = periods;
  const starts = runs.map(({ first }) => line.start + first);
  const ends = runs.map(({ end }) => line.start + end - 1);
  const toDay = (slot: number) => (unit === "day" ? dayToDate(slot) : dayToDate(Math.floor(slot / 24)));
  const expected = sum(runs.map((run) => run.expected));
  const span = longest ? saySpan(longest.from.replace("T", " "), longest.to.replace("T", " ")) : "";
  const times = runs.length === 1 ? span : `in ${sayCount(runs.length)} stretches, the longest ${span}`;
  return {
    ...{ n: slots, of: line.counts.length, periods: periods.slice(0, MOST_PERIODS) },
    ...{ from: toDay(Math.min(...starts)), to: toDay(Math.max(...ends)) },
    seen: `${what} has no event in ${sayCountOf(slots, unit)} ${times}, where about ${sayNumber(expected)} would have been usual.`,
  };
}

/** Runs inside a series that its rhythm cannot explain. */
function findGaps(line: Line, rhythm: Rhythm, series: number, leastOpen: number): SilentRun[] {
  const { runs } = findSilentRuns(line.counts, rhythm);
  const level = LEVEL / Math.max(1, series * runs.length);
  return runs.filter((run) => isInside(run, line) && run.open >= leastOpen && run.p < level);
}

/** Silent days, and silent hours outside of them, of all events together. */
export function findWorkspaceGaps(hours: readonly HourCount[], days: Line): QualityFinding[] {
  const found: QualityFinding[] = [];
  const silentDays = findGaps(days, DAYS, 2, 1);
  if (silentDays.length > 0) {
    const missing = sum(silentDays.map(({ first, end }) => end - first));
    const severity = missing >= 7 ? "serious" : missing >= 3 ? "warning" : "note";
    const gaps = describeGaps(silentDays, days, "day", "The workspace");
    found.push(makeFinding("gap", severity, { ...gaps, action: BRING_AGAIN, page: IMPORTS_PAGE }));
  }
  const start = days.start * 24;
  const line = lineUp(addUpHours(hours), start, start + days.counts.length * 24);
  const inDay = (run: SilentRun) => silentDays.some((day) => run.first < day.end * 24 && run.end > day.first * 24);
  // Longer ones are a matter of days, which judge them by weeks.
  const silentHours = findGaps(line, HOURS, 2, 2).filter((run) => !inDay(run) && run.end - run.first < LONGEST_HOURS);
  if (silentHours.length > 0) {
    const severity = sum(silentHours.map(({ first, end }) => end - first)) >= 24 ? "warning" : "note";
    const gaps = describeGaps(silentHours, line, "hour", "The workspace");
    found.push(makeFinding("gap", severity, { ...gaps, action: BRING_AGAIN, page: IMPORTS_PAGE }));
  }
  return found;
}

/** Whether others had events on as many days of a silence as the line itself usually has. */
function goesOn({ first, end, open }: SilentRun, line: Line, days: Line): boolean {
  const from = line.start + first - days.start;
  return days.counts.subarray(from, from + end - first).filter((n) => n > 0).length >= open;
}

/** Days on which one import has nothing although the others go on. */
export function findImportGaps(
  hours: readonly HourCount[],
  imports: readonly ImportFacts[],
  days: Line,
): QualityFinding[] {
  if (imports.length < 2) return [];
  return imports.flatMap(({ id, name }) => {
    const own = toDays(hours.filter(({ importId }) => importId === id).map(({ hour, n }) => [hour, n] as const));
    const [start, end] = extentOf(own.map(([day]) => day));
    if (own.length === 0 || end - start < LEAST_DAYS) return [];
    const line = lineUp(own, Math.max(start, days.start), Math.min(end, days.start + days.counts.length));
    const runs = findGaps(line, DAYS, imports.length, 1).filter((run) => goesOn(run, line, days));
    if (runs.length === 0) return [];
    const gaps = describeGaps(runs, line, "day", `Import ${id} (${name})`);
    return [makeFinding("gap", "warning", { ...gaps, importId: id, action: BRING_AGAIN, page: IMPORTS_PAGE })];
  });
}

/** Holes in one touchpoint while the others went on. */
export function findHoles(lines: readonly TouchpointLine[], days: Line): QualityFinding[] {
  return lines.flatMap((line) => {
    const runs = line.runs.filter((run) => isInside(run, line) && run.open >= 2 && run.p < line.level);
    const own = runs.filter((run) => goesOn(run, line, days));
    if (own.length === 0 || runs.length > MOST_RUNS) return [];
    const gaps = describeGaps(own, line, "day", `«${line.name}»`);
    return [
      makeFinding("gap", own.some(({ first, end }) => end - first >= LONG_HOLE) ? "warning" : "note", {
        ...gaps,
        touchpoint: line.name,
        action: `Ask who records «${line.name}» what happened then, and bring in what is missing; what is there already counts once.`,
        page: touchpointsPage(line.name),
      }),
    ];
  });
}
