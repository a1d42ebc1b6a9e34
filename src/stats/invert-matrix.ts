/**
 * The inverse of a small dense matrix. What its rows and columns stand for is the caller's.
 */

/** A pivot below this is taken for zero. */
const SINGULAR = 1e-12;

/**
 * Method: Gauss and Jordan with row pivoting; meant for a few hundred columns.
 * @param matrix width × width, row by row; it is not changed
 * @returns the inverse, or undefined when there is none
 * @example invertMatrix(Float64Array.of(2, 0, 0, 4), 2) // [0.5, 0, 0, 0.25]
 */
export function invertMatrix(matrix: Float64Array, width: number): Float64Array | undefined {
  const left = matrix.slice();
  const right = new Float64Array(width * width);
  for (let at = 0; at < width; at++) right[at * width + at] = 1;
  for (let column = 0; column < width; column++) {
    const pivot = findPivot(left, width, column);
    const size = left[pivot * width + column] ?? 0;
    if (Math.abs(size) < SINGULAR) return undefined;
    for (const side of [left, right]) {
      swapRows(side, width, pivot, column);
      for (let at = column * width; at < (column + 1) * width; at++) side[at] = (side[at] ?? 0) / size;
    }
    for (let row = 0; row < width; row++) {
      const factor = left[row * width + column] ?? 0;
      if (row === column || factor === 0) continue;
      for (const side of [left, right]) subtractRow(side, width, column, row, factor);
    }
  }
  return right;
}

function findPivot(matrix: Float64Array, width: number, column: number): number {
  let best = column;
  for (let row = column + 1; row < width; row++)
    if (Math.abs(matrix[row * width + column] ?? 0) > Math.abs(matrix[best * width + column] ?? 0)) best = row;
  return best;
}

function swapRows(matrix: Float64Array, width: number, a: number, b: number): void {
  if (a === b) return;
  const kept = matrix.slice(a * width, (a + 1) * width);
  matrix.copyWithin(a * width, b * width, (b + 1) * width);
  matrix.set(kept, b * width);
}

function subtractRow(matrix: Float64Array, width: number, from: number, row: number, factor: number): void {
  for (let at = 0; at < width; at++)
    matrix[row * width + at] = (matrix[row * width + at] ?? 0) - factor * (matrix[from * width + at] ?? 0);
}
