/**
 * Counts for methods that look at whole attempts: which touches an attempt has, which follow which, and how it ends.
 * No method is in here; naive-moments.ts reads these counts.
 */
import { findTouchpoint } from "../domain/touchpoint.ts";
import type { AnalysisContext } from "./context.ts";
import { ANALYSIS_SETTINGS, buildJourneyFrame } from "./journey-frame.ts";

interface PairCount {
  readonly attempts: number;
  /** Those that end in the outcome. */
  readonly orders: number;
}

export interface Attempts {
  readonly count: number;
  readonly orders: number;
  /** By touchpoint and touchpoint: attempts with both; on the diagonal, those with the one. */
  readonly pairs: ReadonlyMap<number, ReadonlyMap<number, PairCount>>;
  /** From the start or a touchpoint to a touchpoint or an end, by the numbers of PLACES. */
  readonly transitions: readonly { readonly from: number; readonly to: number; readonly count: number }[];
}

interface PairRow extends PairCount {
  readonly a: number;
  readonly b: number;
}

/** Places of a path that are no touchpoint. */
export const PLACES = { start: 0, ordered: -1, dropped: -2 } as const;

/** `paths`: the touches of each attempt, the outcome still at the end of those that reach it. */
function attemptAliases(outcome: string, window: string): string {
  return `arrayMap(id -> toUInt8(id = ${outcome}), ids) AS hits,
  arrayPopBack(arrayPushFront(hits, toUInt8(0))) AS afterHit,
  arrayMap((gap, after) -> toUInt8(gap > ${window} OR after), arrayDifference(at), afterHit) AS begins,
  arraySplit((id, begin) -> begin, ids, begins) AS paths,
  arrayJoin(paths) AS path,
  toUInt8(path[-1] = ${outcome}) AS ordered,
  arrayMap(id -> toInt32(id), arrayFilter(id -> id != ${outcome}, path)) AS touches`;
}

/**
 * Reads the attempts of all `life` journeys.
 * @param outcome name of the touchpoint that ends an attempt; so does a pause longer than `withinMs`
 * @throws AppError not-found when there is no such touchpoint
 */
export async function readAttempts(context: AnalysisContext, outcome: string, withinMs: number): Promise<Attempts> {
  const frame = buildJourneyFrame(context, { journey: "life" });
  const target = findTouchpoint(outcome, context.touchpoints, "outcome");
  const aliases = attemptAliases(frame.bag.bind(target.id, "UInt16"), frame.bag.bind(withinMs, "Int64"));
  const from = `WITH ${frame.aliases},\n  ${aliases}`;
  const options = { params: frame.bag.values, settings: ANALYSIS_SETTINGS };
  const rows = await context.store.query<PairRow>(
    `SELECT pair.1 AS a, arrayJoin(pair.2) AS b, toUInt32(count()) AS attempts, toUInt32(sum(came)) AS orders FROM (
      ${from} SELECT ordered AS came, arrayDistinct(arrayPushFront(touches, toInt32(${PLACES.start}))) AS present,
        arrayJoin(arrayMap(id -> (id, present), present)) AS pair
      FROM ${frame.source} WHERE ${frame.rows})
    GROUP BY a, b`,
    options,
  );
  const transitions = await context.store.query<{ from: number; to: number; count: number }>(
    `SELECT step.1 AS from, step.2 AS to, toUInt32(count()) AS count FROM (
      ${from} SELECT arrayConcat([toInt32(${PLACES.start})], touches, [toInt32(if(ordered, ${PLACES.ordered}, ${PLACES.dropped}))]) AS walk,
        arrayJoin(arrayZip(arrayPopBack(walk), arrayPopFront(walk))) AS step
      FROM ${frame.source} WHERE ${frame.rows})
    GROUP BY step`,
    options,
  );
  return { ...gatherPairs(rows), transitions };
}

/** The start stands in every attempt: its count is that of all attempts. */
function gatherPairs(rows: readonly PairRow[]): Pick<Attempts, "count" | "orders" | "pairs"> {
  const pairs = new Map<number, Map<number, PairCount>>();
  let all: PairCount = { attempts: 0, orders: 0 };
  for (const { a, b, ...counted } of rows) {
    if (a === PLACES.start && b === PLACES.start) all = counted;
    if (a === PLACES.start || b === PLACES.start) continue;
    const row = pairs.get(a) ?? new Map<number, PairCount>();
    pairs.set(a, row.set(b, counted));
  }
  return { count: all.attempts, orders: all.orders, pairs };
}
