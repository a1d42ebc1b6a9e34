/**
 * Puts together what was counted and what was estimated of each friction, in the words of answers.
 * It asks the store nothing; the counts are from facts.ts, the effects from effects.ts.
 */
import { nameFriction } from "../../domain/friction-words.ts";
import { dayToDate } from "../calendar-day.ts";
import type { FrictionEffects } from "./effects.ts";
import { CODES, codeOf, type MaskCount } from "./facts.ts";
import { type Friction, isFlag } from "./friction.ts";
import type { FrictionFacts, MeasuredFriction } from "./measured-friction.ts";
import type { PainStudy } from "./pain-study.ts";

const HOUR_MS = 3_600_000;

export const sumOf = (rows: readonly MaskCount[], read: (row: MaskCount) => number) =>
  rows.reduce((sum, row) => sum + read(row), 0);
const share = (part: number, whole: number) => (whole > 0 ? part / whole : 0);

/** The days of all events in scope; `to` is the first day after. */
export function windowOf({ counts: { masks, firstDay, lastDay } }: PainStudy): { from: string; to: string } {
  return masks.length === 0
    ? { from: dayToDate(0), to: dayToDate(0) }
    : { from: dayToDate(firstDay), to: dayToDate(lastDay + 1) };
}

/** Of one friction: how to read its own events, and those it is a part of, from the rows of its touchpoint. */
export interface Reading {
  readonly bit: number | null;
  readonly rows: readonly MaskCount[];
  readonly hits: (row: MaskCount) => number;
  readonly of: (row: MaskCount) => number;
}

export function readFriction(masks: readonly MaskCount[], friction: Friction, code: number): Reading {
  const rows = masks.filter(({ touch }) => touch === friction.touch);
  if (friction.sign.by === "exit") return { bit: null, rows, hits: ({ exits }) => exits, of: ({ counted }) => counted };
  // An error is a part of everything that happens.
  if (!isFlag(friction))
    return {
      ...{ bit: null, rows: masks, of: ({ events }) => events },
      hits: ({ touch, events }) => (touch === friction.touch ? events : 0),
    };
  const has = ({ mask }: MaskCount) => ((mask >> code) & 1) === 1;
  return { bit: code, rows, hits: (row) => (has(row) ? row.events : 0), of: ({ events }) => events };
}

function factsOf(study: PainStudy, friction: Friction, reading: Reading): FrictionFacts {
  const { counts, rules } = study;
  const { kind, touch, touchpoint, property, bad, sign } = friction;
  const code = codeOf(study.frictions)(friction);
  const { journeys = 0, customers = 0 } = counts.distinct.get(`${touch} ${code}`) ?? {};
  const median = counts.medians.get(touch);
  return {
    ...{ kind, touchpoint, property, bad, name: nameFriction(friction) },
    ...{ events: sumOf(reading.rows, reading.hits), journeys, customers, of: sumOf(reading.rows, reading.of) },
    hoursPerMonth: sign.by === "gap" ? sumOf(reading.rows, ({ waited }) => waited) / HOUR_MS / rules.months : null,
    wait:
      sign.by === "gap"
        ? {
            overHours: sign.overMs / HOUR_MS,
            from: sign.from,
            medianHours: median === undefined ? null : median / HOUR_MS,
          }
        : null,
    window: windowOf(study),
  };
}

/** Frictions, and what they are a part of, month by month without gaps. */
function monthsOf({ rows, hits, of }: Reading, first: number, last: number): { hits: number; n: number }[] {
  const months = Array.from({ length: last - first + 1 }, () => ({ hits: 0, n: 0 }));
  for (const row of rows) {
    const month = months[row.month - first];
    if (!month) continue;
    month.hits += hits(row);
    month.n += of(row);
  }
  return months;
}

type Rates = Pick<MeasuredFriction, "perMonth" | "touchesPerMonth" | "lossPerEffect" | "exits">;

/** @param months over which the rows spread */
export function ratesOf(months: number, friction: Friction, { bit, rows }: Reading): Rates {
  const own = rows.filter(({ touch }) => touch === friction.touch);
  if (friction.sign.by === "exit") {
    const [exits, counted, kept] = [
      sumOf(own, (row) => row.exits),
      sumOf(own, (row) => row.counted),
      sumOf(own, (row) => row.kept),
    ];
    const touchesPerMonth = sumOf(own, ({ shown }) => shown) / months;
    // Whether an unfinished touch is left at is not known yet: as many of them as of the others.
    const perMonth = touchesPerMonth * share(exits, counted);
    return { perMonth, touchesPerMonth, lossPerEffect: share(kept, counted - exits), exits: null };
  }
  if (bit === null) {
    const perMonth = sumOf(own, ({ shown }) => shown) / months;
    return { perMonth, touchesPerMonth: perMonth, lossPerEffect: 1, exits: null };
  }
  const flagged = own.filter(({ mask }) => ((mask >> bit) & 1) === 1);
  const others = own.filter(({ mask }) => ((mask >> bit) & 1) === 0);
  const leaving = (some: readonly MaskCount[]) =>
    share(
      sumOf(some, ({ exits }) => exits),
      sumOf(some, ({ counted }) => counted),
    );
  const perMonth = sumOf(flagged, ({ eligible }) => eligible) / months;
  return { perMonth, touchesPerMonth: perMonth, lossPerEffect: 1, exits: leaving(flagged) - leaving(others) };
}

/** Every friction that ever happened, with its numbers. */
export function measureAll(study: PainStudy, effects: FrictionEffects): MeasuredFriction[] {
  const { frictions, counts, moments } = study;
  const code = codeOf(frictions);
  const months = counts.masks.map(({ month }) => month);
  const [first, last] = [
    months.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY),
    months.reduce((a, b) => Math.max(a, b), 0),
  ];
  return frictions.flatMap((friction) => {
    const reading = readFriction(counts.masks, friction, code(friction));
    const facts = factsOf(study, friction, reading);
    if (facts.events === 0) return [];
    const { exposed = 0 } = counts.distinct.get(`${friction.touch} ${code(friction)}`) ?? {};
    return [
      {
        ...{ friction, facts, bit: reading.bit, effect: effects.get(friction) },
        // The drop-off's effect is of all touches of its touchpoint.
        exposed: code(friction) === CODES.exit ? (moments.survey.byTouch.get(friction.touch)?.persons ?? 0) : exposed,
        ...ratesOf(study.rules.months, friction, reading),
        months: monthsOf(reading, first, last),
      },
    ];
  });
}
