/**
 * Where a steady series of counts fell silent although its rhythm says that something should have come.
 * What a slot is (an hour, a day) and what is made of a silence is decided in analysis/.
 */

export interface Rhythm {
  /** Slots after which the rhythm repeats: 7 days, 168 hours. */
  readonly period: number;
  /** Slots on either side of a silence that say how much came around it. */
  readonly reach: number;
  /** Slots whose sum shows how events clump: 7 days, 24 hours. */
  readonly clump: number;
}

/** Slots first … end − 1 without any event. */
export interface SilentRun {
  readonly first: number;
  readonly end: number;
  /** Slots among them that usually have events. */
  readonly open: number;
  /** Events that would have been usual. */
  readonly expected: number;
  /** Chance of none at all under the usual rhythm; to be corrected for how many runs were looked at. */
  readonly p: number;
}

export interface Silences {
  /** All runs of slots without an event, the leading and the trailing one included. */
  readonly runs: readonly SilentRun[];
  /** Variance over mean of the counts about their rhythm, at least 1. */
  readonly dispersion: number;
}

/** Sums before each slot, so that any stretch is one subtraction. */
function accumulate(length: number, at: (slot: number) => number): Float64Array {
  const sums = new Float64Array(length + 1);
  for (let slot = 0; slot < length; slot++) sums[slot + 1] = (sums[slot] ?? 0) + at(slot);
  return sums;
}

function between(sums: Float64Array, first: number, end: number): number {
  return (sums[end] ?? 0) - (sums[first] ?? 0);
}

/** Mean count by place in the rhythm, over the slots from the first to the last event. */
function meanByPhase(counts: ArrayLike<number>, first: number, end: number, period: number): Float64Array {
  const [sums, slots] = [new Float64Array(period), new Float64Array(period)];
  for (let slot = first; slot < end; slot++) {
    sums[slot % period] = (sums[slot % period] ?? 0) + (counts[slot] ?? 0);
    slots[slot % period] = (slots[slot % period] ?? 0) + 1;
  }
  return sums.map((sum, phase) => sum / Math.max(1, slots[phase] ?? 1));
}

/** A series with what its rhythm says of every slot. */
class Series {
  readonly first: number;
  readonly end: number;
  readonly #counts: ArrayLike<number>;
  readonly #rhythm: Rhythm;
  readonly #profile: Float64Array;
  readonly #observed: Float64Array;
  readonly #usual: Float64Array;

  constructor(counts: ArrayLike<number>, rhythm: Rhythm) {
    let [first, end] = [0, counts.length];
    while (first < end && !counts[first]) first++;
    while (end > first && !counts[end - 1]) end--;
    [this.first, this.end, this.#counts, this.#rhythm] = [first, end, counts, rhythm];
    this.#profile = meanByPhase(counts, first, end, rhythm.period);
    this.#observed = accumulate(counts.length, (slot) => counts[slot] ?? 0);
    this.#usual = accumulate(counts.length, (slot) => this.usual(slot));
  }

  /** What is usual in a slot, over all time. */
  usual(slot: number): number {
    return this.#profile[slot % this.#rhythm.period] ?? 0;
  }

  usualBetween(first: number, end: number): number {
    return between(this.#usual, first, end);
  }

  /** Observed over usual in a stretch of the active range; undefined where it is shorter than one period. */
  #levelOf(from: number, to: number): number | undefined {
    const [first, end] = [Math.max(this.first, from), Math.min(this.end, to)];
    const usual = end - first < this.#rhythm.period ? 0 : between(this.#usual, first, end);
    return usual > 0 ? between(this.#observed, first, end) / usual : undefined;
  }

  /** The lowest of what came before, after, and over all time: growth and season make no silence. */
  levelAround(first: number, end: number): number {
    const { reach, period } = this.#rhythm;
    const near = Math.max(period, Math.ceil((end - first) / 4));
    // Growth begins, and decline ends, with few events: there the nearest ones count too.
    const widths = first < this.first || end > this.end ? [reach, near] : [reach];
    const sides = widths.flatMap((width) => [this.#levelOf(first - width, first), this.#levelOf(end, end + width)]);
    return Math.min(1, ...sides.filter((level) => level !== undefined));
  }

  /** Pearson's statistic of the slots about the level of their stretch. */
  #slotDispersion(): number {
    const { reach, period } = this.#rhythm;
    let [squares, slots] = [0, -period];
    for (let from = this.first; from < this.end; from += reach) {
      const to = Math.min(this.end, from + reach);
      const level = between(this.#observed, from, to) / Math.max(Number.MIN_VALUE, between(this.#usual, from, to));
      slots--;
      for (let slot = from; slot < to; slot++) {
        const mean = this.usual(slot) * level;
        if (mean <= 0) continue;
        squares += ((this.#counts[slot] ?? 0) - mean) ** 2 / mean;
        slots++;
      }
    }
    return slots > 0 ? squares / slots : 1;
  }

  /** Sums of whole clumps against the mean of their two neighbours: 1 for independent events. */
  #clumpDispersion(): number {
    const { clump } = this.#rhythm;
    const sums: number[] = [];
    for (let from = this.first; from + clump <= this.end; from += clump)
      sums.push(between(this.#observed, from, from + clump));
    let [squares, n] = [0, 0];
    for (let at = 1; at + 1 < sums.length; at++) {
      const [before, here, after] = [sums[at - 1] ?? 0, sums[at] ?? 0, sums[at + 1] ?? 0];
      if (before + here + after === 0) continue;
      squares += (here - (before + after) / 2) ** 2 / (0.5 * (before + here + after));
      n++;
    }
    return n > 0 ? squares / n : 1;
  }

  dispersion(): number {
    return Math.max(1, this.#slotDispersion(), this.#clumpDispersion());
  }
}

/**
 * Chance that nothing comes where `expected` is usual: of a Poisson count, or with a dispersion above 1 of a negative
 * binomial one with that variance over mean, φ^(−μ/(φ−1)).
 * Source: Cameron & Trivedi (2013), Regression Analysis of Count Data, 2nd ed., §3.3 (NB1).
 * @example (3, 1) // e⁻³ = 0.0498; (3, 2) // 2⁻³ = 0.125
 */
export function chanceOfNone(expected: number, dispersion: number): number {
  const excess = dispersion - 1;
  return Math.exp(excess < 1e-9 ? -expected : (-expected * Math.log(dispersion)) / excess);
}

/** All silences of a series. One without any event has none. */
export function findSilentRuns(counts: ArrayLike<number>, rhythm: Rhythm): Silences {
  const series = new Series(counts, rhythm);
  if (series.first === series.end) return { runs: [], dispersion: 1 };
  const dispersion = series.dispersion();
  const runs: SilentRun[] = [];
  for (let first = 0; first < counts.length; first++) {
    if (counts[first]) continue;
    let [end, open] = [first, 0];
    while (end < counts.length && !counts[end]) {
      if (series.usual(end) > 0) open++;
      end++;
    }
    const expected = series.usualBetween(first, end) * series.levelAround(first, end);
    if (open > 0) runs.push({ first, end, open, expected, p: chanceOfNone(expected, dispersion) });
    first = end;
  }
  return { runs, dispersion };
}
