/**
 * Which values of a column differ: times are days and counts are small, so a million patterns hold a thousand of them.
 * What is computed once for each is the models' business.
 */

export interface DistinctValues {
  /** Each value once, in order of first appearance. */
  readonly values: Float64Array;
  /** Of each row: where its value is in `values`. */
  readonly places: Int32Array;
}

/** @example findDistinctValues(Float64Array.of(3, 1, 3)) // { values: [3, 1], places: [0, 1, 0] } */
export function findDistinctValues(column: Float64Array): DistinctValues {
  const known = new Map<number, number>();
  const places = new Int32Array(column.length);
  for (let row = 0; row < column.length; row++) {
    const value = column[row] ?? 0;
    let place = known.get(value);
    if (place === undefined) {
      place = known.size;
      known.set(value, place);
    }
    places[row] = place;
  }
  return { values: Float64Array.from(known.keys()), places };
}
