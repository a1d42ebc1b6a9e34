/**
 * Times that cannot be, or say less than they seem to: later than the import, decades too old, hours off, without a time of day.
 * An import's own beginning is the only clock that is known to be right; nothing is asked of today's.
 */
import {
  IMPORTS_PAGE,
  makeFinding,
  type PartReport,
  sayCount,
  sayCountOf,
  sayNames,
  sayShare,
  saySpan,
} from "./finding.ts";
import type { ImportFacts, QualityFinding } from "./quality-schema.ts";
import type { Cell, DailyCount } from "./read-tallies.ts";

interface TimeInput {
  readonly cells: readonly Cell[];
  readonly curves: readonly DailyCount[];
  readonly imports: readonly ImportFacts[];
  readonly zone: string;
  readonly nameOf: (touchpointId: number) => string;
  readonly dayOf: (ms: number) => string;
}

const HOUR_MS = 3_600_000;
const LEAST_DATED = 20;
/** All of them, or so many that chance is out of the question. */
const DATE_ONLY = { all: 0.95, some: 0.05 };
/** A curve takes so many events to have a shape. */
const LEAST_CURVE = 500;
/** Total variation distance: where it lies, and where it lies after the shift. */
const SHIFT = { before: 0.2, ratio: 3 };
const SERIOUS_SHARE = 0.01;

function addUp<Row>(rows: readonly Row[], of: (row: Row) => number): number {
  return rows.reduce((total, row) => total + of(row), 0);
}

interface Own {
  readonly facts: ImportFacts;
  readonly cells: readonly Cell[];
  readonly events: number;
}

function byImport({ imports, cells }: TimeInput): Own[] {
  return imports.map((facts) => {
    const own = cells.filter(({ importId }) => importId === facts.id);
    return { facts, cells: own, events: addUp(own, ({ events }) => events) };
  });
}

/** The touchpoints of some cells, those with the most such events first. */
function namesOf(cells: readonly Cell[], of: (cell: Cell) => number, { nameOf }: TimeInput): string {
  const touched = cells.filter((cell) => of(cell) > 0).toSorted((a, b) => of(b) - of(a));
  return sayNames(touched.map(({ touchpointId }) => nameOf(touchpointId)));
}

function findFuture(input: TimeInput): QualityFinding[] {
  return byImport(input).flatMap(({ facts, cells, events }) => {
    const late = addUp(cells, (cell) => cell.late);
    if (late === 0) return [];
    const touched = cells.filter((cell) => cell.late > 0);
    const [first, last] = [Math.min(...touched.map((c) => c.lateFirst)), Math.max(...touched.map((c) => c.lateLast))];
    const [from, to] = [input.dayOf(first), input.dayOf(last)];
    const began = new Date(facts.startedAt).toISOString().slice(0, 16).replace("T", " ");
    const nearly = addUp(cells, (cell) => cell.nearly) === late;
    const hours = Math.ceil((last - facts.startedAt) / HOUR_MS);
    const seen = `${sayCountOf(late, "event")} of import ${facts.id} (${facts.name}) ${late === 1 ? "is" : "are"} dated ${saySpan(from, to)}, later than the import itself, which began at ${began} UTC: ${namesOf(cells, (cell) => cell.late, input)}`;
    return [
      // A single one far ahead moves the end of the data, and leaves the last period empty.
      makeFinding("future", nearly ? "warning" : "serious", {
        ...{ importId: facts.id, from, to, n: late, of: events },
        seen: nearly ? `${seen}. They are at most ${sayCountOf(hours, "hour")} ahead.` : `${seen}.`,
        action: nearly
          ? `Ask which time zone ${facts.name} is written in, or whose clock is fast; then take the import back and bring it in again with that «zone» in its mapping.`
          : `Mend the dates in ${facts.name} (planned days and mistyped years are the usual causes), or leave such records out with «skip» in the mapping; then take the import back and bring it in again.`,
        ...{ command: `waymark imports rollback ${facts.id}`, page: IMPORTS_PAGE },
      }),
    ];
  });
}

function findOld(input: TimeInput): QualityFinding[] {
  return byImport(input).flatMap(({ facts, cells, events }) => {
    const old = addUp(cells, (cell) => cell.old);
    if (old === 0) return [];
    const touched = cells.filter((cell) => cell.old > 0);
    const from = input.dayOf(Math.min(...touched.map((cell) => cell.oldFirst)));
    const to = input.dayOf(Math.max(...touched.map((cell) => cell.oldLast)));
    return [
      makeFinding("old", old / events < SERIOUS_SHARE ? "warning" : "serious", {
        ...{ importId: facts.id, from, to, n: old, of: events },
        seen: `${sayCountOf(old, "event")} of import ${facts.id} (${facts.name}) ${old === 1 ? "is" : "are"} dated ${saySpan(from, to)}: ${namesOf(cells, (cell) => cell.old, input)}.`,
        action: `Leave records without a real time out with «skip» in the mapping of ${facts.name}, or mend them in the file; then take the import back and bring it in again.`,
        ...{ command: `waymark imports rollback ${facts.id}`, page: IMPORTS_PAGE },
      }),
    ];
  });
}

/** Every touchpoint whose times are all midnight, all full hours, or midnight far too often: one finding an import. */
function findDateOnly(input: TimeInput): QualityFinding[] {
  const ways = [
    ["midnight", "have no time of day", (cell: Cell) => cell.midnight >= cell.events * DATE_ONLY.all],
    [
      "midnight",
      "stand at midnight far oftener than at any other time, as if the time were missing",
      // Nothing real happens at one moment of the day in one case of twenty.
      ({ midnight, events }: Cell) => midnight >= events * DATE_ONLY.some && midnight < events * DATE_ONLY.all,
    ],
    [
      "hourly",
      "are rounded to full hours",
      ({ hourly, midnight, events }: Cell) => hourly >= events * DATE_ONLY.all && midnight < events * DATE_ONLY.some,
    ],
  ] as const;
  return byImport(input).flatMap(({ facts, cells }) =>
    ways.flatMap(([field, words, holds]) => {
      const held = cells.filter((cell) => cell.events >= LEAST_DATED && holds(cell));
      if (held.length === 0) return [];
      const [n, of] = [addUp(held, (cell) => cell[field]), addUp(held, ({ events }) => events)];
      return [
        makeFinding("date-only", "note", {
          ...{ importId: facts.id, n, of },
          seen: `${sayCount(n)} of ${sayCountOf(of, "event")} of ${namesOf(held, ({ events }) => events, input)} in import ${facts.id} (${facts.name}) ${words}.`,
          action: `If ${facts.name} has a column with finer times, name it in the mapping; otherwise put no trust in the order of steps whose times are equal, nor in durations finer than the times.`,
          page: IMPORTS_PAGE,
        }),
      ];
    }),
  );
}

/** Shares by hour of the touchpoints given, each weighing as `weights` says. */
function curveOf(counts: ReadonlyMap<number, Float64Array>, weights: ReadonlyMap<number, number>): Float64Array {
  const curve = new Float64Array(24);
  const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
  for (const [touchpointId, weight] of weights) {
    const hours = counts.get(touchpointId) ?? new Float64Array(24);
    const sum = hours.reduce((a, b) => a + b, 0);
    for (const [hour, n] of hours.entries())
      curve[hour] = (curve[hour] ?? 0) + (n / Math.max(1, sum)) * (weight / total);
  }
  return curve;
}

/** Total variation distance of two daily curves, the second moved by hours: 0 the same, 1 nothing in common. */
function distance(a: Float64Array, b: Float64Array, shift: number): number {
  return a.reduce((sum, share, hour) => sum + Math.abs(share - (b[(hour - shift + 24) % 24] ?? 0)), 0) / 2;
}

function hoursBy(curves: readonly DailyCount[], keep: (row: DailyCount) => boolean): Map<number, Float64Array> {
  const counts = new Map<number, Float64Array>();
  for (const row of curves) {
    if (!keep(row)) continue;
    const hours = counts.get(row.touchpointId) ?? new Float64Array(24);
    hours[row.hour] = (hours[row.hour] ?? 0) + row.n;
    counts.set(row.touchpointId, hours);
  }
  return counts;
}

/** The daily curve of an import against that of the others, over the touchpoints they share. */
function compareCurve({ curves }: TimeInput, id: number) {
  const own = hoursBy(curves, ({ importId }) => importId === id);
  const others = hoursBy(curves, ({ importId }) => importId !== id);
  const total = (hours: Float64Array | undefined) => hours?.reduce((a, b) => a + b, 0) ?? 0;
  const shared = [...own].filter(
    ([touchpointId, hours]) => Math.min(total(hours), total(others.get(touchpointId))) >= 100,
  );
  const weights = new Map(shared.map(([touchpointId, hours]) => [touchpointId, total(hours)]));
  const n = [...weights.values()].reduce((a, b) => a + b, 0);
  if (n < LEAST_CURVE) return undefined;
  const [mine, theirs] = [curveOf(own, weights), curveOf(others, weights)];
  const shifts = Array.from({ length: 24 }, (_, at) => at - 11).map((shift) => ({
    shift,
    apart: distance(mine, theirs, shift),
  }));
  const best = shifts.reduce((a, b) => (b.apart < a.apart ? b : a));
  return { n, best, apart: distance(mine, theirs, 0), touchpoints: [...weights.keys()] };
}

function findShifted(input: TimeInput): { findings: QualityFinding[]; n: number } {
  const compared = input.imports.flatMap((facts) => {
    const found = compareCurve(input, facts.id);
    return found ? [{ facts, ...found }] : [];
  });
  // Of two imports either may be the one that is off: the smaller is named.
  const named = compared.length === 2 ? compared.toSorted((a, b) => a.n - b.n).slice(0, 1) : compared;
  const findings = named.flatMap(({ facts, n, best, apart, touchpoints }) => {
    if (best.shift === 0 || apart < SHIFT.before || apart < SHIFT.ratio * best.apart) return [];
    const hours = Math.abs(best.shift);
    const names = sayNames(touchpoints.map(input.nameOf));
    return [
      makeFinding("wrong-zone", "serious", {
        ...{ importId: facts.id, n },
        seen: `The day of import ${facts.id} (${facts.name}) runs ${sayCountOf(hours, "hour")} ${best.shift > 0 ? "later" : "earlier"} than that of the other imports: their curves of ${names} over the hours lie ${sayShare(apart, 1)} apart, moved by that only ${sayShare(best.apart, 1)} (${sayCountOf(n, "event")}).`,
        action: `Ask which time zone ${facts.name} is written in; then take the import back and bring it in again with that «zone» in its mapping.`,
        ...{ command: `waymark imports rollback ${facts.id}`, page: IMPORTS_PAGE },
      }),
    ];
  });
  return { findings, n: compared.length };
}

export function judgeTimes(input: TimeInput): PartReport {
  const events = addUp(input.cells, (cell) => cell.events);
  const dated = input.cells.filter((cell) => cell.events >= LEAST_DATED);
  const shifted = findShifted(input);
  const note = `compares imports that share a touchpoint; takes ${LEAST_CURVE} events with a time of day`;
  return {
    findings: [...findFuture(input), ...findOld(input), ...shifted.findings, ...findDateOnly(input)],
    checked: [
      { kind: "future", n: events },
      { kind: "old", n: events, note: "those before 1990" },
      { kind: "wrong-zone", n: shifted.n, note: shifted.n < 2 ? note : null },
      { kind: "date-only", n: new Set(dated.map(({ touchpointId }) => touchpointId)).size },
    ],
  };
}
