/**
 * Which segment each customer is in, by recency and frequency of purchase: fifths over all customers, and one pinned table.
 * It forecasts nothing: the segments are habit and shorthand; who buys again is the model's matter.
 */
import type { Segment } from "../../domain/repurchase-words.ts";
import { SEGMENTS } from "../../domain/repurchase-words.ts";
import { findDistinctValues } from "../../stats/purchase/distinct-values.ts";
import type { PurchasePatterns } from "../../stats/purchase/purchase-model.ts";
import type { RepurchaseReport } from "../repurchase-schema.ts";

type Row = readonly [Segment, Segment, Segment, Segment, Segment];

/** Rows: fifth of recency from 1 (longest silent) to 5 (latest); columns: fifth of frequency from 1 (least) to 5 (most). */
const SEGMENT_TABLE: readonly Row[] = [
  ["hibernating", "hibernating", "at risk", "at risk", "cannot lose them"],
  ["hibernating", "hibernating", "at risk", "at risk", "cannot lose them"],
  ["about to sleep", "about to sleep", "need attention", "loyal", "loyal"],
  ["promising", "potential loyalists", "potential loyalists", "loyal", "loyal"],
  ["new customers", "potential loyalists", "potential loyalists", "champions", "champions"],
];

/**
 * The segment of a fifth of recency and a fifth of frequency, each 1 … 5 with 5 the best.
 * @example findSegment(5, 1) // "new customers"
 */
function findSegment(recency: number, frequency: number): Segment {
  return SEGMENT_TABLE[recency - 1]?.[frequency - 1] ?? "hibernating";
}

/** Where the second to the fifth fifth of some values begin; null for one that nobody is in, nor in a higher one. */
type Bounds = readonly (number | null)[];

/** The fifths of everybody, to find any customer's. Plain numbers: they can be kept. */
export interface Fifths {
  /** Of minus the whole days since the last purchase day: the highest are the latest. */
  readonly recency: Bounds;
  /** Of repeat purchase days. */
  readonly frequency: Bounds;
}

/**
 * Fifths of weighted values, 5 the highest. Equal values share a fifth: the one in which the middle of them stands, so that a
 * fifth may hold more or fewer than a fifth of all, or nobody.
 * @example findBounds([10, 20, 20, 30], [1, 1, 1, 2]) // fifths 1, 3, 3, 5 (middles at .1, .4, .8): bounds 20, 20, 30, 30
 */
function findBounds(column: Float64Array, customers: Float64Array): Bounds {
  // Silences and counts are few where patterns are millions: only what differs is sorted.
  const { values, places } = findDistinctValues(column);
  const having = new Float64Array(values.length);
  for (const [at, place] of places.entries()) having[place] = (having[place] as number) + (customers[at] as number);
  const total = customers.reduce((sum, count) => sum + count, 0);
  const bounds: (number | null)[] = [null, null, null, null];
  let below = 0;
  for (const place of [...values.keys()].sort((a, b) => (values[a] as number) - (values[b] as number))) {
    const tied = having[place] as number;
    const fifth = Math.min(5, 1 + Math.floor((5 * (below + tied / 2)) / total));
    for (let higher = 2; higher <= fifth; higher++) bounds[higher - 2] ??= values[place] as number;
    below += tied;
  }
  return bounds;
}

function fifthOf(bounds: Bounds, value: number): number {
  return 1 + bounds.filter((bound) => bound !== null && value >= bound).length;
}

/** Fifths over customers, not patterns, at the end of observation; ties are never split. */
export function findFifths({ x, recency, age, customers }: PurchasePatterns): Fifths {
  // In whole days: the same silence must be a tie whatever the ages it is the difference of.
  const awake = age.map((weeks, at) => -Math.round(7 * (weeks - (recency[at] as number))));
  return { recency: findBounds(awake, customers), frequency: findBounds(x, customers) };
}

/**
 * The segment of a customer with so many repeats who is silent for so many whole days. Whoever bought once is in the first
 * fifth of frequency, however many they are.
 */
export function segmentOf({ recency, frequency }: Fifths, x: number, silentDays: number): Segment {
  return findSegment(fifthOf(recency, -silentDays), x === 0 ? 1 : fifthOf(frequency, x));
}

/** The segment of each pattern. */
export function segmentPatterns(patterns: PurchasePatterns): Segment[] {
  const fifths = findFifths(patterns);
  const { x, recency, age } = patterns;
  return Array.from(x, (repeats, at) =>
    segmentOf(fifths, repeats, Math.round(7 * ((age[at] as number) - (recency[at] as number)))),
  );
}

/** What is forecast for each pattern: P(alive) and expected purchase days within the horizon, for one customer. */
export interface PatternForecasts {
  readonly alive: Float64Array;
  readonly expected: Float64Array;
}

/** Every segment that holds a customer, in the order of the table of words: its customers, the purchase days they add up to, mean P(alive). */
export function sumSegments(
  { customers }: Pick<PurchasePatterns, "customers">,
  segments: readonly Segment[],
  { alive, expected }: PatternForecasts,
): RepurchaseReport["segments"] {
  const sums = new Map(SEGMENTS.map((segment) => [segment, { customers: 0, expected: 0, alive: 0 }]));
  for (const [at, segment] of segments.entries()) {
    const sum = sums.get(segment);
    const count = customers[at] as number;
    if (!sum) continue;
    sum.customers += count;
    sum.expected += count * (expected[at] as number);
    sum.alive += count * (alive[at] as number);
  }
  return [...sums]
    .filter(([, sum]) => sum.customers > 0)
    .map(([segment, sum]) => ({ segment, ...sum, alive: sum.alive / sum.customers }));
}
