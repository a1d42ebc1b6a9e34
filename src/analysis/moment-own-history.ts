/**
 * Presence once more, for the touches that would be claimed: compared only with customers who have had the touch before as
 * they have, or who have not had it yet, as they have not. Who had it already is no comparison for having it.
 * The effect itself is computed in stats/stratified-effect.ts; this only sorts the tallies by who had what before.
 */
import type { Tallies } from "../stats/stratified-effect.ts";
import { type MomentCandidate, type MomentContrasts, presenceContrasts } from "./moment-candidates.ts";
import { type MomentRows, sumBefore } from "./moment-rows.ts";
import { addTally, FAMILY_SIZE, noColumns, type Tally } from "./moment-tallies.ts";

/** Places in one whole number, a bit each; more touches than that are not looked at again. */
export const MOST_OWN = 62;

/** Families of the tallies that are read: all touches; of a place the touch itself for the first time and again, and all after it. */
const [ALL, FIRST, AGAIN, AFTER] = [0, 1, 2, 3];

/** @param again those to look at, at most 62 */
export function ownHistoryContrasts(
  rows: MomentRows,
  deciding: readonly number[],
  again: readonly MomentCandidate[],
): MomentContrasts {
  const { bag } = rows.outcome.frame;
  const ids = bag.bind(
    again.map(({ touch }) => touch),
    "Array(UInt16)",
  );
  const bits = bag.bind(
    again.map((_, place) => 2 ** place),
    "Array(Int64)",
  );
  const places = bag.bind(
    again.map((_, place) => place),
    "Array(UInt8)",
  );
  const had = sumBefore(`arrayMap((a, b) -> if(a, transform(b, ${ids}, ${bits}, toInt64(0)), toInt64(0)), news, ids)`);
  const place = `transform(touch, ${ids}, ${places}, toUInt8(0))`;
  const own = `if(bitTest(hadMask, ${place}), ${AGAIN * FAMILY_SIZE}, ${FIRST * FAMILY_SIZE}) + ${place}`;
  const presence = presenceContrasts(rows, deciding);
  return {
    where: presence.where,
    columns: [...presence.columns, `${had} AS hadMask`],
    code: `arrayJoin(arrayConcat([toUInt32(${ALL})], if(has(${ids}, touch), [toUInt32(${own})], []),
    arrayMap(a -> toUInt32(${AFTER * FAMILY_SIZE} + a), bitPositionsToArray(hadMask))))`,
  };
}

type Counts = Pick<Tally, "rows" | "answers" | "sum" | "expected" | "high">;

const NOTHING: Counts = { rows: 0, answers: 0, sum: 0, expected: 0, high: 0 };
/** What is left over of sums of decimals where nothing should be. */
const SLIGHT = 1e-5;

function less(a: Counts, ...others: readonly Counts[]): Counts {
  const of = (read: (counts: Counts) => number) => others.reduce((sum, other) => sum - read(other), read(a));
  const rest = of(({ expected }) => expected);
  return {
    rows: of(({ rows }) => rows),
    answers: of(({ answers }) => answers),
    sum: of(({ sum }) => sum),
    expected: Math.abs(rest) < SLIGHT ? 0 : rest,
    high: of(({ high }) => high),
  };
}

type ByCell = Map<number, Map<number, Counts>>;

/** Counts by cell and bucket, for each family and place. */
function sortTallies(tallies: Tallies): Map<number, ByCell> {
  const sorted = new Map<number, ByCell>();
  for (let index = 0; index < tallies.cell.length; index++) {
    const key = (tallies.family[index] ?? 0) * FAMILY_SIZE + (tallies.arm[index] ?? 0);
    const cells: ByCell = sorted.get(key) ?? new Map();
    const cell = tallies.cell[index] ?? 0;
    const buckets = cells.get(cell) ?? new Map<number, Counts>();
    const [rows = 0, answers = 0, sum = 0] = [tallies.rows[index], tallies.answers[index], tallies.sum[index]];
    const [expected = 0, high = 0] = [tallies.expected?.[index], tallies.high[index]];
    buckets.set(tallies.bucket[index] ?? 0, { rows, answers, sum, expected, high });
    cells.set(cell, buckets);
    sorted.set(key, cells);
  }
  return sorted;
}

/**
 * The tallies of ordinary contrasts: each place a family of its own, arm 1 the touch and arm 0 what else came, in cells that
 * part those who had it before from those who had not.
 */
export function splitByOwnHistory(tallies: Tallies, count: number): Tallies {
  const sorted = sortTallies(tallies);
  const find = (family: number, place: number): ByCell => sorted.get(family * FAMILY_SIZE + place) ?? new Map();
  const all = find(ALL, 0);
  const into = noColumns();
  const add = (at: Pick<Tally, "bucket" | "family" | "cell" | "arm">, counts: Counts) => {
    if (counts.rows !== 0) addTally(into, { ...at, ...counts });
  };
  for (let place = 0; place < count; place++) {
    const [first, again, after] = [find(FIRST, place), find(AGAIN, place), find(AFTER, place)];
    for (const [cell, buckets] of all) {
      const [firsts, agains, afters] = [first.get(cell), again.get(cell), after.get(cell)];
      for (const [bucket, whole] of buckets) {
        const [one = NOTHING, more = NOTHING, had = NOTHING] = [firsts, agains, afters].map((of) => of?.get(bucket));
        if (firsts) add({ bucket, family: place, cell: 2 * cell, arm: 1 }, one);
        if (firsts) add({ bucket, family: place, cell: 2 * cell, arm: 0 }, less(whole, had, one));
        if (agains) add({ bucket, family: place, cell: 2 * cell + 1, arm: 1 }, more);
        if (agains) add({ bucket, family: place, cell: 2 * cell + 1, arm: 0 }, less(had, more));
      }
    }
  }
  return into;
}
