/**
 * Stops and starts: touchpoints that ceased before the data end, or came up long after they begin.
 */
import type { SilentRun } from "../../stats/silent-runs.ts";
import { dayToDate } from "../calendar-day.ts";
import {
  IMPORTS_PAGE,
  makeFinding,
  sayChance,
  sayCount,
  sayCountOf,
  sayNames,
  sayRate,
  touchpointsPage,
} from "./finding.ts";
import type { ImportFacts, QualityFinding } from "./quality-schema.ts";
import {
  isInside,
  LEAST_DAYS,
  type Line,
  type SilenceInput,
  sum,
  type TouchpointLine,
  toPeriod,
} from "./silence-lines.ts";

/** A stop or a start lasts at least so many days with data. */
const LEAST_OPEN = 7;
const MOST_NAMES = 5;

/** Improbable, long enough, and twice as much as any other silence in the middle of it. */
function standsOut(run: SilentRun | undefined, line: TouchpointLine): run is SilentRun {
  if (!run || run.open < LEAST_OPEN || run.p >= line.level) return false;
  const others = line.runs.filter((other) => isInside(other, line)).map(({ expected }) => expected);
  return run.expected >= 2 * Math.max(0, ...others);
}

/** Events a day over the four weeks before a day. */
function rateBefore({ counts }: Line, slot: number): number {
  const from = Math.max(0, slot - LEAST_DAYS);
  return sum(counts.subarray(from, slot)) / Math.max(1, slot - from);
}

function describeStop(line: TouchpointLine, run: SilentRun): QualityFinding {
  const [last, end] = [dayToDate(line.start + run.first - 1), dayToDate(line.start + run.end - 1)];
  const days = run.end - run.first;
  return makeFinding("stop", "serious", {
    ...{ touchpoint: line.name, from: dayToDate(line.start + run.first), to: end },
    ...{ n: days, of: line.counts.length, periods: [toPeriod(line, dayToDate)(run)] },
    seen: `«${line.name}» came ${sayRate(rateBefore(line, run.first))} and was last seen on ${last}; then come ${sayCountOf(days, "day")} of data without it. By its rhythm the chance of that is ${sayChance(run.p)}.`,
    action: `Ask who records «${line.name}» what changed after ${last}, and bring in what is missing; if it was given another name, merge the two; if it was ended on purpose, look at it only up to then.`,
    page: touchpointsPage(line.name),
  });
}

/** Touchpoints that cease because the export that brought them ends: one cause, one finding. */
function describeEnd(
  lines: readonly { readonly line: TouchpointLine; readonly run: SilentRun }[],
  { id, name }: ImportFacts,
): QualityFinding {
  const first = Math.max(...lines.map(({ line, run }) => line.start + run.first));
  const end = Math.max(...lines.map(({ line, run }) => line.start + run.end)) - 1;
  const names = lines.map(({ line }) => line.name);
  return makeFinding("stop", "warning", {
    ...{ importId: id, from: dayToDate(first), to: dayToDate(end), n: end - first + 1 },
    seen: `Import ${id} (${name}) ends on ${dayToDate(first - 1)}, ${sayCountOf(end - first + 1, "day")} before the data do, and ${sayNames(names)} with it.`,
    action: `Bring in a newer export of ${name}; until then look only at days up to ${dayToDate(first - 1)}.`,
    ...{ command: "waymark import PATH", page: IMPORTS_PAGE },
  });
}

/** Most of what is recorded ceases, one touchpoint after another: the export was cut by something else than time. */
function describeRaggedEnd(
  stopped: readonly { readonly line: TouchpointLine; readonly run: SilentRun }[],
): QualityFinding {
  const ends = stopped
    .map(({ line, run }) => ({ name: line.name, last: line.start + run.first - 1, end: line.start + run.end - 1 }))
    .sort((a, b) => a.last - b.last);
  const [first] = ends;
  const [until, end] = [first?.last ?? 0, first?.end ?? 0];
  const told = ends.slice(0, MOST_NAMES).map(({ name, last }) => `«${name}» on ${dayToDate(last)}`);
  if (ends.length > MOST_NAMES) told.push(`${sayCount(ends.length - MOST_NAMES)} more`);
  return makeFinding("stop", "warning", {
    ...{ from: dayToDate(until + 1), to: dayToDate(end), n: end - until },
    seen: `The data end raggedly on ${dayToDate(end)}: touchpoints with most of the events cease before, ${told.join(", ")}.`,
    action: `An export of finished cases, or of orders placed up to a day, ends so: look only at days up to ${dayToDate(until)}, or bring in a newer export.`,
    ...{
      command: "waymark import PATH",
      page: { to: "map/graph", label: "The map up to then", search: { to: dayToDate(until + 1) } },
    },
  });
}

export function findStops(lines: readonly TouchpointLine[], { hours, imports }: SilenceInput): QualityFinding[] {
  const stopped = lines.flatMap((line) => {
    const run = line.runs.find(({ end }) => end === line.counts.length);
    return standsOut(run, line) ? [{ line, run }] : [];
  });
  const lastDays = new Map<number, number>();
  for (const { importId, hour } of hours)
    lastDays.set(importId, Math.max(lastDays.get(importId) ?? 0, Math.floor(hour / 24)));
  const endsWith = (facts: ImportFacts) =>
    stopped.filter(
      ({ line, run }) => line.lastImport === facts.id && line.start + run.first + 7 > (lastDays.get(facts.id) ?? 0),
    );
  const several = imports.length > 1 ? imports.filter((facts) => endsWith(facts).length > 1) : [];
  const explained = new Set(several.flatMap(endsWith));
  const open = stopped.filter((one) => !explained.has(one));
  const eventsOf = (some: readonly TouchpointLine[]) => sum(some.map(({ events }) => events));
  const ragged = open.length > 1 && eventsOf(open.map(({ line }) => line)) > eventsOf(lines) / 2;
  return [
    ...several.map((facts) => describeEnd(endsWith(facts), facts)),
    ...(ragged ? [describeRaggedEnd(open)] : open.map(({ line, run }) => describeStop(line, run))),
  ];
}

export function findStarts(lines: readonly TouchpointLine[]): QualityFinding[] {
  return lines.flatMap((line) => {
    const run = line.runs.find(({ first }) => first === 0);
    if (!standsOut(run, line) || run.end < 2 * LEAST_OPEN) return [];
    const begun = dayToDate(line.start + run.end);
    return [
      makeFinding("start", "note", {
        ...{ touchpoint: line.name, from: dayToDate(line.start), to: dayToDate(line.start + run.end - 1) },
        ...{ n: run.end, of: line.counts.length, periods: [toPeriod(line, dayToDate)(run)] },
        seen: `«${line.name}» is first seen on ${begun}, ${sayCountOf(run.end, "day")} after the data begin, then ${sayRate(rateBefore(line, Math.min(line.counts.length, run.end + LEAST_DAYS)))}. By that rhythm the chance of so late a start is ${sayChance(run.p)}.`,
        action: `Where «${line.name}» matters, ask from ${begun} on only.`,
        page: { to: "map/graph", label: "The map from then on", search: { from: begun } },
      }),
    ];
  });
}
