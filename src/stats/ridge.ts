/**
 * Ridge regression on rows that are mostly zero: sums of the normal equations as rows stream by, solved once at the end.
 * What the columns stand for, and what the fitted score is used for, is decided in analysis/.
 */

/** A pivot that shrinks below this part of its diagonal belongs to a column that the columns before it already make up. */
const SINGULAR = 1e-10;

/**
 * Lower Cholesky factor in place; a column without anything of its own gets a zero pivot and is passed over.
 * @returns which columns have a pivot
 */
function factorise(matrix: Float64Array, width: number): Uint8Array {
  const independent = new Uint8Array(width);
  for (let column = 0; column < width; column++) {
    const own = column * width;
    const before = matrix[own + column] ?? 0;
    let pivot = before;
    for (let k = 0; k < column; k++) pivot -= (matrix[own + k] ?? 0) ** 2;
    const kept = before > 0 && pivot > SINGULAR * before;
    independent[column] = kept ? 1 : 0;
    const root = kept ? Math.sqrt(pivot) : 0;
    matrix[own + column] = root;
    for (let row = column + 1; row < width; row++) {
      const at = row * width;
      let sum = matrix[at + column] ?? 0;
      for (let k = 0; k < column; k++) sum -= (matrix[at + k] ?? 0) * (matrix[own + k] ?? 0);
      matrix[at + column] = kept ? sum / root : 0;
    }
  }
  return independent;
}

/** Solves L·Lᵀ·x = right in place; columns without a pivot get 0. */
function substitute(factor: Float64Array, independent: Uint8Array, right: Float64Array): void {
  const width = right.length;
  for (let row = 0; row < width; row++) {
    let sum = right[row] ?? 0;
    for (let k = 0; k < row; k++) sum -= (factor[row * width + k] ?? 0) * (right[k] ?? 0);
    right[row] = independent[row] === 1 ? sum / (factor[row * width + row] ?? 1) : 0;
  }
  for (let row = width - 1; row >= 0; row--) {
    let sum = right[row] ?? 0;
    for (let k = row + 1; k < width; k++) sum -= (factor[k * width + row] ?? 0) * (right[k] ?? 0);
    right[row] = independent[row] === 1 ? sum / (factor[row * width + row] ?? 1) : 0;
  }
}

/**
 * Weighted least squares with an intercept and an L2 penalty, for rows of a few ones among many zeros.
 * Coefficient 0 is the intercept, which every row has and which is not penalised; the columns of rows are 1 … width − 1.
 * Source: Hoerl & Kennard (1970), Technometrics 12, 55–67; solved by Cholesky's factorisation.
 */
export class SparseRidge {
  readonly #width: number;
  readonly #squares: Float64Array;
  readonly #products: Float64Array;

  /** @param width coefficients with the intercept: one more than the largest column */
  constructor(width: number) {
    this.#width = width;
    this.#squares = new Float64Array(width * width);
    this.#products = new Float64Array(width);
  }

  /**
   * Adds a row.
   * @param indices the columns that are 1 in it, each once, in any order, without the intercept
   * @param y what is predicted
   * @param count so many of the indices; the others are not looked at
   */
  add(indices: ArrayLike<number>, y: number, weight = 1, count = indices.length): void {
    const [squares, products, width] = [this.#squares, this.#products, this.#width];
    squares[0] = (squares[0] ?? 0) + weight;
    products[0] = (products[0] ?? 0) + weight * y;
    for (let i = 0; i < count; i++) {
      const a = indices[i] ?? 0;
      products[a] = (products[a] ?? 0) + weight * y;
      squares[a * width] = (squares[a * width] ?? 0) + weight;
      for (let j = 0; j <= i; j++) {
        const b = indices[j] ?? 0;
        // Only the lower triangle is kept.
        const at = a > b ? a * width + b : b * width + a;
        squares[at] = (squares[at] ?? 0) + weight;
      }
    }
  }

  /** The weight of all rows so far that have a 1 in this column. */
  totalOf(column: number): number {
    return this.#squares[column * this.#width + column] ?? 0;
  }

  /**
   * The coefficients. The penalty on each is lambda × the mean of the diagonal of X'X over the columns that occur: it grows
   * with the rows, so that the score of a sample is that of the whole, and it does not depend on how many columns are empty.
   * Columns that never occur get 0. Without a penalty, a column that those before it make up gets 0, as if it were left out.
   * @example rows ([], 1) and ([1], 3), lambda 0 // [1, 2]
   */
  solve(lambda: number): Float64Array {
    const matrix = this.#squares.slice();
    let [sum, columns] = [0, 0];
    for (let column = 1; column < this.#width; column++) {
      const own = matrix[column * this.#width + column] ?? 0;
      sum += own;
      columns += own > 0 ? 1 : 0;
    }
    const penalty = columns === 0 ? 0 : (lambda * sum) / columns;
    for (let column = 1; column < this.#width; column++) {
      const at = column * this.#width + column;
      matrix[at] = (matrix[at] ?? 0) + penalty;
    }
    const coefficients = this.#products.slice();
    substitute(matrix, factorise(matrix, this.#width), coefficients);
    return coefficients;
  }
}
