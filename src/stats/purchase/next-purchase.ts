/**
 * When the next purchase is due: the time by which it has come with probability ½, under any model.
 * What to expect within a given time is in count-outlook.ts.
 */
import type { Parameters, PurchaseModel, PurchasePatterns } from "./purchase-model.ts";

/** Weeks: five years of 365.25 days, in whole days. What comes later is not foretold. */
const LONGEST = 1826 / 7;
const DAY = 1 / 7;
/** Relative, of the hazard so far; the interpolation that follows squares it. */
const PRECISION = 3e-3;
const MOST_ROUNDS = 24;

/** What is known by pattern: times in weeks on both sides of the one looked for, and ln(hazard so far/ln 2) at them. */
interface Brackets {
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly atLow: Float64Array;
  readonly atHigh: Float64Array;
  /** Which end moved last, −1 or 1, and what the other one counts since, below 1 when it has stayed for longer. */
  readonly moved: Int8Array;
  readonly fade: Float64Array;
}

function pick(patterns: PurchasePatterns, rows: Int32Array, extra: (at: number) => number): PurchasePatterns {
  const column = (values: Float64Array) => Float64Array.from(rows, (row) => values[row] ?? 0);
  return {
    x: column(patterns.x),
    recency: column(patterns.recency),
    age: Float64Array.from(rows, (row, at) => (patterns.age[row] ?? 0) + extra(at)),
    customers: column(patterns.customers),
    logGaps: patterns.logGaps,
  };
}

/** ln(−ln P(no purchase within the time)/ln 2) of some patterns, each at a time of its own: 0 where the chance is ½. */
type Look = (rows: Int32Array, times: Float64Array) => Float64Array;

function openLook(model: PurchaseModel, parameters: Parameters, patterns: PurchasePatterns): Look {
  const now = model.logLikelihoods(parameters, patterns);
  return (rows, times) => {
    const asked = pick(patterns, rows, (at) => times[at] ?? 0);
    const later = model.logLikelihoods(parameters, asked);
    return later.map((value, at) => Math.log(Math.max(1e-300, (now[rows[at] ?? 0] ?? 0) - value) / Math.LN2));
  };
}

/** Where the straight line through both ends crosses 0, time in logarithms: hazards are close to powers of time. */
function cross(low: number, high: number, atLow: number, atHigh: number): number {
  return low * (high / low) ** (atLow / (atLow - atHigh));
}

/** The whole day next to the crossing and strictly inside: models that tabulate days are asked for days only. */
function chooseDay({ low, high, atLow, atHigh, moved, fade }: Brackets, row: number): number {
  const [from, to, faded] = [low[row] ?? 0, high[row] ?? 0, fade[row] ?? 1];
  const left = (atLow[row] ?? 0) * (moved[row] === 1 ? faded : 1);
  const right = (atHigh[row] ?? 0) * (moved[row] === -1 ? faded : 1);
  return Math.round(Math.min(to * 7 - 1, Math.max(from * 7 + 1, cross(from, to, left, right) * 7))) / 7;
}

/** Takes one look's answer in; the time looked for when it is known closely enough, else undefined. */
function takeIn(brackets: Brackets, row: number, time: number, value: number): number | undefined {
  const { low, high, atLow, atHigh, moved, fade } = brackets;
  const side = value < 0 ? -1 : 1;
  // Illinois: the end that stays counts half when the same side moves again, or it would stay for good.
  fade[row] = moved[row] === side ? (fade[row] ?? 1) / 2 : 1;
  moved[row] = side;
  (side < 0 ? low : high)[row] = time;
  (side < 0 ? atLow : atHigh)[row] = value;
  const [from, to] = [low[row] ?? 0, high[row] ?? 0];
  if (Math.abs(value) > PRECISION && to - from > 1.5 * DAY) return undefined;
  return cross(from, to, atLow[row] ?? 0, atHigh[row] ?? 0);
}

/**
 * Weeks until a purchase has come with probability ½, by pattern; Infinity when that is never, or not within five years.
 * Method: P(no purchase) is a ratio of likelihoods (chance-of-none.ts); its crossing of ½ is bracketed on whole days by the
 * Illinois rule (Dowell & Jarratt 1971) for all patterns at once and interpolated, so that the chance
 * is ½ to .002.
 * @example NBD, r = 1, alpha = 10, no repeat in 10 weeks: (20/(20 + t))^1 = ½ // 20
 */
export function findNextPurchase(
  model: PurchaseModel,
  parameters: Parameters,
  patterns: PurchasePatterns,
): Float64Array {
  const look = openLook(model, parameters, patterns);
  const size = patterns.x.length;
  const ends = (time: number) => new Float64Array(size).fill(time);
  const all = Int32Array.from({ length: size }, (_, row) => row);
  const [low, high] = [ends(DAY), ends(LONGEST)];
  const [atLow, atHigh] = [look(all, low), look(all, high)];
  const brackets: Brackets = { low, high, atLow, atHigh, moved: new Int8Array(size), fade: ends(1) };
  const weeks = ends(Number.POSITIVE_INFINITY);
  let open = all.filter((row) => {
    const [first, last] = [atLow[row] ?? 0, atHigh[row] ?? 0];
    if (first >= 0) weeks[row] = DAY / Math.exp(first);
    return first < 0 && last >= 0;
  });
  for (let round = 0; round < MOST_ROUNDS && open.length > 0; round++) {
    const times = Float64Array.from(open, (row) => chooseDay(brackets, row));
    const values = look(open, times);
    open = open.filter((row, at) => {
      const found = takeIn(brackets, row, times[at] ?? 0, values[at] ?? 0);
      weeks[row] = found ?? brackets.high[row] ?? LONGEST;
      return found === undefined;
    });
  }
  return weeks;
}
