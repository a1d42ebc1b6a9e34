/**
 * Which patterns the first customers of a ranking have: those with the most expected orders, until there are enough.
 * Who these customers are is read afterwards (read-customers.ts): only theirs, whatever the number of all.
 */
import type { LifecycleState, Segment } from "../../domain/repurchase-words.ts";
import type { PurchasePatterns } from "../../stats/purchase/purchase-model.ts";
import { patternKey } from "./customer-standing.ts";
import { countInState, type PatternStates } from "./lifecycle.ts";
import type { RankedPatterns } from "./read-customers.ts";

/** What customers are asked for; what is left out does not matter. */
export interface WantedCustomers {
  readonly segment?: Segment | undefined;
  readonly state?: LifecycleState | undefined;
  /** Days since the last purchase, from (inclusive) and to (exclusive). */
  readonly sinceFrom?: number | undefined;
  readonly sinceTo?: number | undefined;
  /** Purchase days, both inclusive. */
  readonly ordersFrom?: number | undefined;
  readonly ordersTo?: number | undefined;
}

/**
 * How many customers of each pattern are wanted.
 * @param judged needed where a state is asked for
 */
export function countWanted(
  patterns: PurchasePatterns,
  wanted: WantedCustomers,
  segments: readonly Segment[],
  judged: PatternStates | null,
): Float64Array {
  const { x, recency, age, customers } = patterns;
  const { segment, state, sinceFrom = 0, sinceTo = Infinity, ordersFrom = 1, ordersTo = Infinity } = wanted;
  return customers.map((count, at) => {
    const since = Math.round(7 * ((age[at] as number) - (recency[at] as number)));
    const orders = (x[at] as number) + 1;
    if (since < sinceFrom || since >= sinceTo || orders < ordersFrom || orders > ordersTo) return 0;
    if (segment !== undefined && segments[at] !== segment) return 0;
    return state === undefined || judged === null ? count : countInState(patterns, judged, at, state);
  });
}

/** What the `top`th pattern that holds a customer expects: no further ones are needed, each has a customer at least. */
function leastExpected(expected: Float64Array, counts: Float64Array, top: number): number {
  const rising = expected.filter((_, at) => (counts[at] as number) > 0).sort();
  return rising[Math.max(0, rising.length - top)] ?? 0;
}

/**
 * The patterns of the first `top` customers by expected orders, and all that are level with the last of them.
 * @param counts by pattern, customers that are wanted
 */
export function pickPatterns(
  patterns: PurchasePatterns,
  expected: Float64Array,
  counts: Float64Array,
  top: number,
): RankedPatterns {
  const least = leastExpected(expected, counts, top);
  const order = [...counts.keys()].filter((at) => (counts[at] as number) > 0 && (expected[at] as number) >= least);
  order.sort((a, b) => (expected[b] as number) - (expected[a] as number));
  const keys: number[] = [];
  const ranks: number[] = [];
  let [found, rank, last] = [0, 0, Number.NaN];
  for (const at of order) {
    const isLevel = expected[at] === last;
    if (found >= top && !isLevel) break;
    if (!isLevel) rank++;
    last = expected[at] as number;
    keys.push(patternKey(patterns, at));
    ranks.push(rank);
    found += counts[at] as number;
  }
  return { keys, ranks };
}
