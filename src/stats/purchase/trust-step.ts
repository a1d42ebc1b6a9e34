/**
 * The best step of a quadratic within a radius, for a handful of parameters: curvature of any sign is allowed.
 * Where the quadratic comes from, and whether the step is taken, is for maximise.ts.
 */

interface Eigen {
  readonly values: Float64Array;
  /** Column j is the vector of value j; row by row. */
  readonly vectors: Float64Array;
}

const SWEEPS = 30;

/** Turns rows and columns p and q until their common element is 0. */
function rotate(a: Float64Array, vectors: Float64Array, width: number, p: number, q: number): void {
  const off = a[p * width + q] ?? 0;
  if (off === 0) return;
  const theta = ((a[q * width + q] ?? 0) - (a[p * width + p] ?? 0)) / (2 * off);
  const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const c = 1 / Math.hypot(t, 1);
  const s = t * c;
  const turn = (matrix: Float64Array, at: number, to: number) => {
    const [one, other] = [matrix[at] ?? 0, matrix[to] ?? 0];
    matrix[at] = c * one - s * other;
    matrix[to] = s * one + c * other;
  };
  for (let row = 0; row < width; row++) turn(a, row * width + p, row * width + q);
  for (let column = 0; column < width; column++) turn(a, p * width + column, q * width + column);
  for (let row = 0; row < width; row++) turn(vectors, row * width + p, row * width + q);
}

/** Eigenvalues and vectors of a symmetric matrix. Method: cyclic Jacobi (Golub & Van Loan, Matrix Computations, 8.5). */
export function splitSymmetric(matrix: Float64Array, width: number): Eigen {
  const a = matrix.slice();
  const vectors = new Float64Array(width * width);
  for (let at = 0; at < width; at++) vectors[at * width + at] = 1;
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    let [off, size] = [0, 0];
    for (let at = 0; at < a.length; at++)
      if (at % (width + 1) === 0) size += (a[at] ?? 0) ** 2;
      else off += (a[at] ?? 0) ** 2;
    if (off <= 1e-30 * size) break;
    for (let p = 0; p < width - 1; p++) for (let q = p + 1; q < width; q++) rotate(a, vectors, width, p, q);
  }
  return { values: Float64Array.from({ length: width }, (_, at) => a[at * (width + 1)] ?? 0), vectors };
}

/** Length of the step at a given damping, in the eigenvectors' coordinates. */
function lengthAt(slopes: Float64Array, values: Float64Array, damping: number): number {
  let sum = 0;
  for (let at = 0; at < slopes.length; at++) sum += ((slopes[at] ?? 0) / ((values[at] ?? 0) + damping)) ** 2;
  return Math.sqrt(sum);
}

/** The damping at which the step is as long as the radius; 0 when the undamped step is shorter and leads up to a top. */
function dampingFor(slopes: Float64Array, values: Float64Array, radius: number): number {
  const least = Math.min(...values);
  const largest = Math.max(...values.map(Math.abs), 1e-300);
  if (least > 1e-14 * largest && lengthAt(slopes, values, 0) <= radius) return 0;
  let low = Math.max(0, -least) + 1e-14 * largest;
  if (lengthAt(slopes, values, low) <= radius) return low;
  let high = low + Math.hypot(...slopes) / radius;
  for (let round = 0; round < 60 && high - low > 1e-3 * (high - Math.max(0, -least)); round++) {
    const middle = (low + high) / 2;
    if (lengthAt(slopes, values, middle) > radius) low = middle;
    else high = middle;
  }
  return high;
}

/**
 * The step s within `radius` at which gradient·s − ½·s·curvature·s is largest.
 * Method: eigenvalues and a search for the damping (Nocedal & Wright, Numerical Optimization, 2006, 4.3).
 * @param curvature minus the Hessian, width × width, row by row; symmetric, of any sign
 * @example findTrustStep(Float64Array.of(2), Float64Array.of(4), 1) // [0.5]
 */
export function findTrustStep(gradient: Float64Array, curvature: Float64Array, radius: number): Float64Array {
  const width = gradient.length;
  const { values, vectors } = splitSymmetric(curvature, width);
  const slopes = new Float64Array(width);
  for (let at = 0; at < width; at++)
    for (let row = 0; row < width; row++)
      slopes[at] = (slopes[at] ?? 0) + (vectors[row * width + at] ?? 0) * (gradient[row] ?? 0);
  const damping = dampingFor(slopes, values, radius);
  const step = new Float64Array(width);
  for (let at = 0; at < width; at++) {
    const along = (slopes[at] ?? 0) / ((values[at] ?? 0) + damping || 1);
    for (let row = 0; row < width; row++) step[row] = (step[row] ?? 0) + (vectors[row * width + at] ?? 0) * along;
  }
  return step;
}
