/**
 * Dense numbers for the (family, cell) and (family, arm) pairs of millions of tallies, and the entries of each cell together.
 * It only sorts; what is computed inside a cell is in stratified-effect.ts.
 */

/** Distinct pairs, numbered from 0 in the order of their first appearance. */
export interface NumberedPairs {
  readonly count: number;
  /** The number of each entry's pair. */
  readonly ids: Int32Array;
  /** The two parts of pair number i. */
  readonly first: readonly number[];
  readonly second: readonly number[];
}

/** Pairs (family, cell) with the entries of each one after another. */
export interface Cells extends NumberedPairs {
  /** Entries by cell: those of cell i are order[starts[i]] … order[starts[i + 1] − 1]. */
  readonly order: Int32Array;
  readonly starts: Int32Array;
}

/**
 * Numbers the distinct pairs of two columns of equal length.
 * @example numberPairs([7, 7, 8], [1, 1, 1]).ids // [0, 0, 1]
 */
export function numberPairs(first: ArrayLike<number>, second: ArrayLike<number>): NumberedPairs {
  const numbers = new Map<number, Map<number, number>>();
  const ids = new Int32Array(first.length);
  const firsts: number[] = [];
  const seconds: number[] = [];
  for (let entry = 0; entry < ids.length; entry++) {
    const a = first[entry] ?? 0;
    const b = second[entry] ?? 0;
    let within = numbers.get(a);
    if (within === undefined) {
      within = new Map();
      numbers.set(a, within);
    }
    let id = within.get(b);
    if (id === undefined) {
      id = firsts.length;
      within.set(b, id);
      firsts.push(a);
      seconds.push(b);
    }
    ids[entry] = id;
  }
  return { count: firsts.length, ids, first: firsts, second: seconds };
}

/** Numbers the pairs and brings the entries of each together by counting, in two passes however many there are. */
export function groupCells(family: ArrayLike<number>, cell: ArrayLike<number>): Cells {
  const pairs = numberPairs(family, cell);
  const starts = new Int32Array(pairs.count + 1);
  for (const id of pairs.ids) starts[id + 1] = (starts[id + 1] ?? 0) + 1;
  for (let id = 0; id < pairs.count; id++) starts[id + 1] = (starts[id + 1] ?? 0) + (starts[id] ?? 0);
  const next = starts.slice();
  const order = new Int32Array(pairs.ids.length);
  for (let entry = 0; entry < order.length; entry++) {
    const id = pairs.ids[entry] ?? 0;
    const at = next[id] ?? 0;
    order[at] = entry;
    next[id] = at + 1;
  }
  return { ...pairs, order, starts };
}

/** What is read of every entry. */
interface TallyColumns {
  readonly bucket: ArrayLike<number>;
  readonly rows: ArrayLike<number>;
  readonly answers: ArrayLike<number>;
  readonly sum: ArrayLike<number>;
  readonly expected?: ArrayLike<number>;
  readonly high: ArrayLike<number>;
}

/** The tallies cell by cell, arms by their number: reading them where they are takes longer than all that is computed. */
export interface SortedTallies {
  readonly bucket: Uint8Array;
  readonly arm: Int32Array;
  readonly rows: Float64Array;
  readonly answers: Float64Array;
  readonly sum: Float64Array;
  /** Σ Y less what was to be expected. */
  readonly excess: Float64Array;
  readonly high: Float64Array;
}

function pick<Column extends { [index: number]: number }>(
  from: ArrayLike<number>,
  order: Int32Array,
  into: Column,
): Column {
  for (let at = 0; at < order.length; at++) into[at] = from[order[at] ?? 0] ?? 0;
  return into;
}

/** @param arms the number of each entry's (family, arm), or the mask of its flags */
export function sortByCell(tallies: TallyColumns, arms: ArrayLike<number>, { order }: Cells): SortedTallies {
  const numbers = (column: ArrayLike<number>) => pick(column, order, new Float64Array(order.length));
  const sum = numbers(tallies.sum);
  const { expected } = tallies;
  const excess = sum.map((value, at) => value - (expected?.[order[at] ?? 0] ?? 0));
  return {
    bucket: pick(tallies.bucket, order, new Uint8Array(order.length)),
    arm: pick(arms, order, new Int32Array(order.length)),
    rows: numbers(tallies.rows),
    answers: numbers(tallies.answers),
    sum,
    excess,
    high: numbers(tallies.high),
  };
}
