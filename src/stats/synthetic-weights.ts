/**
 * Weights that add up to one and make a mix of columns follow a target: which controls, and which earlier periods, stand in.
 * The difference that is taken with them is in synthetic-difference.ts.
 */

export interface WeightProblem {
  /** rows × width, row by row: the columns that are mixed. */
  readonly values: Float64Array;
  readonly width: number;
  /** What the mix should follow up to a constant; one a row. */
  readonly target: Float64Array;
  /** ζ: its square is the weight of the ridge penalty beside the mean squared error. In the unit of the values. */
  readonly zeta: number;
  /** Stop when a step lowers the penalised mean squared error by no more than the square of this. In the unit of the values. */
  readonly tolerance: number;
  /** Where to start, adding up to one; equal weights when left out. */
  readonly start?: Float64Array;
}

/** Rounds before small weights are set to nothing, and rounds at most after that, as in the reference implementation. */
const FIRST_ROUNDS = 100;
const LAST_ROUNDS = 10_000;

/**
 * D'D of the centred differences D = A − b between each column and the target. Because the weights add up to one, A·w − b is
 * D·w; and levels of units or periods, however large, are gone from D before anything is squared.
 */
function multiplyDifferences({ values, width, target }: WeightProblem): Float64Array {
  const rows = target.length;
  const columns = Array.from({ length: width }, (_, column) => {
    const own = target.map((aim, row) => (values[row * width + column] ?? 0) - aim);
    const mean = own.reduce((sum, one) => sum + one, 0) / rows;
    return own.map((one) => one - mean);
  });
  const gram = new Float64Array(width * width);
  for (const [a, left] of columns.entries())
    for (const [b, right] of columns.entries()) {
      if (b > a) break;
      const product = dot(left, right);
      gram[a * width + b] = product;
      gram[b * width + a] = product;
    }
  return gram;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += (a[at] ?? 0) * (b[at] ?? 0);
  return sum;
}

/** The weights and D'D·w, kept up to date from step to step: a step then costs the width, not its square. */
interface State {
  readonly weights: Float64Array;
  readonly mixed: Float64Array;
}

/** Where the weights stand: what is minimised (times the rows), Σw², and the corner towards which it falls the fastest. */
interface Place {
  readonly value: number;
  readonly length: number;
  readonly corner: number;
  readonly least: number;
}

function look({ weights, mixed }: State, ridge: number): Place {
  let [corner, least, value, length] = [0, Number.POSITIVE_INFINITY, 0, 0];
  for (let at = 0; at < weights.length; at++) {
    const weight = weights[at] ?? 0;
    const slope = (mixed[at] ?? 0) + ridge * weight;
    value += slope * weight;
    length += weight * weight;
    if (slope < least) {
      corner = at;
      least = slope;
    }
  }
  return { value, length, corner, least };
}

/** One step of Frank and Wolfe to that corner, as far as the line search says; false when it is there already. */
function step(gram: Float64Array, { weights, mixed }: State, ridge: number, place: Place): boolean {
  const { value, length, corner, least } = place;
  const width = weights.length;
  const squaredMove = length + 1 - 2 * (weights[corner] ?? 0);
  const change = value - ridge * length - 2 * (mixed[corner] ?? 0) + (gram[corner * width + corner] ?? 0);
  const curve = change + ridge * squaredMove;
  if (!(squaredMove > 0 && curve > 0)) return false;
  const share = Math.min(1, Math.max(0, (value - least) / curve));
  for (let at = 0; at < width; at++) {
    weights[at] = (weights[at] ?? 0) * (1 - share);
    mixed[at] = (mixed[at] ?? 0) * (1 - share) + share * (gram[corner * width + at] ?? 0);
  }
  weights[corner] = (weights[corner] ?? 0) + share;
  return true;
}

function descend(gram: Float64Array, problem: WeightProblem, start: Float64Array, rounds: number): Float64Array {
  const { width, zeta, tolerance, target } = problem;
  const mixed = start.map((_, at) => dot(gram.subarray(at * width, (at + 1) * width), start));
  const state = { weights: start.slice(), mixed };
  const ridge = target.length * zeta ** 2;
  let place = look(state, ridge);
  for (let round = 0; round < rounds; round++) {
    if (!step(gram, state, ridge, place)) break;
    const next = look(state, ridge);
    // The reference compares from the second round on.
    if (round > 0 && !((place.value - next.value) / target.length > tolerance ** 2)) break;
    place = next;
  }
  return state.weights;
}

/** Weights of at most a quarter of the largest become nothing, the others add up to one again. */
function thinOut(weights: Float64Array): Float64Array {
  const bound = Math.max(...weights) / 4;
  const kept = weights.map((weight) => (weight > bound ? weight : 0));
  const sum = kept.reduce((total, weight) => total + weight, 0);
  return kept.map((weight) => weight / sum);
}

/**
 * The weights w ≥ 0, Σw = 1 that minimise ζ²·Σw² + mean((w₀ + A·w − b)²) over w and the intercept w₀.
 * Method: Frank and Wolfe with exact line search; 100 rounds, then small weights are dropped, then up to 10,000 rounds from there.
 * Source: Arkhangelsky, Athey, Hirshberg, Imbens & Wager (2021), American Economic Review 111, 4088–4118, equations 4 and 6;
 * stopping rules of the authors' R package synthdid.
 * @returns one weight a column
 * @example target equal to the second of two columns, ζ 0 // 0 and 1
 */
export function fitSyntheticWeights(problem: WeightProblem): Float64Array {
  const { width } = problem;
  const gram = multiplyDifferences(problem);
  const start = problem.start ?? new Float64Array(width).fill(1 / width);
  const first = descend(gram, problem, start, FIRST_ROUNDS);
  return descend(gram, problem, thinOut(first), LAST_ROUNDS);
}
