/**
 * At which times the Pareto/NBD needs its integral: the distinct times that occur, by number of purchases, each once.
 * The integral itself, and what is made of it, is in pareto-integral.ts and pareto-likelihood.ts.
 */
import { findDistinctValues } from "./distinct-values.ts";
import type { PurchasePatterns } from "./purchase-model.ts";

/** Indexes into `points` are those of one purchase count: `starts[g]` … `starts[g + 1] − 1`, rising in time. */
export interface ParetoTimeline {
  /** Distinct numbers of repeat purchases, in any order. */
  readonly frequencies: Float64Array;
  readonly starts: Int32Array;
  /** Weeks. */
  readonly points: Float64Array;
  /** By pattern: which of `frequencies`, and where its recency and its age are among `points`. */
  readonly group: Int32Array;
  readonly recencyAt: Int32Array;
  readonly ageAt: Int32Array;
}

/** Times as whole numbers that order as they do, and back: days where all are whole days, else ranks. */
interface TimeKeys {
  readonly recency: Int32Array;
  readonly age: Int32Array;
  readonly weeksOf: (key: number) => number;
}

function keyDays(times: Float64Array): Int32Array | null {
  const days = new Int32Array(times.length);
  for (let i = 0; i < times.length; i++) {
    const day = (times[i] ?? 0) * 7;
    const whole = Math.round(day);
    // A hundred years: beyond that ranks take less room.
    if (Math.abs(day - whole) > 1e-6 || whole > 36_525) return null;
    days[i] = whole;
  }
  return days;
}

function keyRanks(times: Float64Array, distinct: Float64Array): Int32Array {
  return Int32Array.from(times, (time) => {
    let low = 0;
    let high = distinct.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((distinct[middle] ?? 0) < time) low = middle + 1;
      else high = middle;
    }
    return low;
  });
}

function keyTimes(patterns: PurchasePatterns): TimeKeys {
  const recency = keyDays(patterns.recency);
  const age = recency && keyDays(patterns.age);
  if (recency && age) return { recency, age, weeksOf: (day) => day / 7 };
  const all = new Float64Array(patterns.x.length * 2);
  all.set(patterns.recency);
  all.set(patterns.age, patterns.x.length);
  const distinct = all.sort().filter((time, i) => i === 0 || time !== all[i - 1]);
  return {
    recency: keyRanks(patterns.recency, distinct),
    age: keyRanks(patterns.age, distinct),
    weeksOf: (rank) => distinct[rank] ?? 0,
  };
}

/** The patterns of each of so many groups, in a row. */
function listMembers(group: Int32Array, groups: number): Int32Array[] {
  const sizes = new Int32Array(groups);
  for (const g of group) sizes[g] = (sizes[g] ?? 0) + 1;
  const members = Array.from(sizes, (size) => new Int32Array(size));
  for (let i = group.length - 1; i >= 0; i--) {
    const g = group[i] ?? 0;
    const left = (sizes[g] ?? 0) - 1;
    sizes[g] = left;
    const rows = members[g];
    if (rows) rows[left] = i;
  }
  return members;
}

/** Marks which keys occur among these rows; the first and the last of them. */
function markKeys(rows: Int32Array, recency: Int32Array, age: Int32Array, marks: Int32Array) {
  let first = marks.length;
  let last = 0;
  for (const row of rows) {
    const [from, to] = [recency[row] ?? 0, age[row] ?? 0];
    marks[from] = 0;
    marks[to] = 0;
    first = Math.min(first, from);
    last = Math.max(last, to);
  }
  return { first, last };
}

/** Lays the patterns' times out; linear in the patterns where all times are whole days, else a sort. */
export function layTimeline(patterns: PurchasePatterns): ParetoTimeline {
  const { recency, age, weeksOf } = keyTimes(patterns);
  const { values: frequencies, places: group } = findDistinctValues(patterns.x);
  const members = listMembers(group, frequencies.length);
  const mostKey = age.reduce((most, key, i) => Math.max(most, key, recency[i] ?? 0), 0);
  const positions = new Int32Array(mostKey + 1).fill(-1);
  const recencyAt = new Int32Array(age.length);
  const ageAt = new Int32Array(age.length);
  const starts = new Int32Array(members.length + 1);
  const points = new Float64Array(2 * age.length);
  let next = 0;
  for (const [g, rows] of members.entries()) {
    starts[g] = next;
    const { first, last } = markKeys(rows, recency, age, positions);
    for (let key = first; key <= last; key++) {
      if (positions[key] === -1) continue;
      points[next] = weeksOf(key);
      positions[key] = next++;
    }
    for (const row of rows) {
      recencyAt[row] = positions[recency[row] ?? 0] ?? 0;
      ageAt[row] = positions[age[row] ?? 0] ?? 0;
    }
    positions.fill(-1, first, last + 1);
  }
  starts[members.length] = next;
  return { frequencies, starts, points: points.subarray(0, next), group, recencyAt, ageAt };
}
