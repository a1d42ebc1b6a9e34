/**
 * What an experiment needs to know of an arm: its n, and the means, variances and covariances of up to four numbers per unit.
 * From rows, from sums or covariances of the event store, or merged from parts; comparing arms is in welch-effect.ts.
 */

/** The numbers a unit may have: the KPI, a denominator for a ratio, and the same two before the experiment. */
export type UnitColumn = "value" | "denominator" | "before" | "beforeDenominator";

/** The same four for every arm that is compared or merged. */
export interface ArmMoments {
  readonly n: number;
  readonly columns: readonly UnitColumn[];
  /** One a column; 0 without a unit. */
  readonly means: Float64Array;
  /** Σ(u − ū)(v − v̄), columns × columns, row by row. */
  readonly products: Float64Array;
}

/** A weight a column, 0 where left out: the number Σ weight·column of each unit. */
export type ColumnWeights = { readonly [column in UnitColumn]?: number };

/** One arm as a test sees it: the mean of n independent units and the variance of one of them. */
export interface ArmMean {
  readonly n: number;
  readonly mean: number;
  readonly variance: number;
}

/**
 * Collects units one by one, without losing digits however large their mean is beside their spread.
 * Method: Welford's update, for products too. Source: Chan, Golub & LeVeque (1983), The American Statistician 37, 242–247.
 */
export class MomentCollector {
  readonly #columns: readonly UnitColumn[];
  readonly #means: Float64Array;
  readonly #products: Float64Array;
  readonly #distance: Float64Array;
  #n = 0;

  /** @param columns what `add` will give, in this order */
  constructor(columns: readonly UnitColumn[]) {
    this.#columns = columns;
    this.#means = new Float64Array(columns.length);
    this.#products = new Float64Array(columns.length ** 2);
    this.#distance = new Float64Array(columns.length);
  }

  /** Adds a unit: one number a column. */
  add(unit: ArrayLike<number>): void {
    const [width, means, products, distance] = [this.#columns.length, this.#means, this.#products, this.#distance];
    this.#n++;
    for (let at = 0; at < width; at++) {
      distance[at] = (unit[at] ?? 0) - (means[at] ?? 0);
      means[at] = (means[at] ?? 0) + (distance[at] ?? 0) / this.#n;
    }
    const share = (this.#n - 1) / this.#n;
    for (let a = 0; a < width; a++)
      for (let b = 0; b < width; b++) {
        const at = a * width + b;
        products[at] = (products[at] ?? 0) + share * (distance[a] ?? 0) * (distance[b] ?? 0);
      }
  }

  /** The moments so far; further units do not change them. */
  moments(): ArmMoments {
    return { n: this.#n, columns: this.#columns, means: this.#means.slice(), products: this.#products.slice() };
  }
}

/**
 * The moments of each arm from rows of units.
 * @param rows one array a column, of equal length
 * @param arms the arm of each row, 0 … count − 1
 * @example momentsOfRows({ value: [1, 3, 5] }, [0, 0, 1], 2)[0] // n 2, mean 2, product 2
 */
export function momentsOfRows(
  rows: { readonly [column in UnitColumn]?: ArrayLike<number> },
  arms: ArrayLike<number>,
  count: number,
): ArmMoments[] {
  const columns = (["value", "denominator", "before", "beforeDenominator"] as const).filter((name) => rows[name]);
  const collectors = Array.from({ length: count }, () => new MomentCollector(columns));
  const sources = columns.map((name) => rows[name] ?? []);
  const unit = new Float64Array(columns.length);
  for (let row = 0; row < arms.length; row++) {
    for (let at = 0; at < unit.length; at++) unit[at] = sources[at]?.[row] ?? 0;
    collectors[arms[row] ?? 0]?.add(unit);
  }
  return collectors.map((collector) => collector.moments());
}

/** The sums of one arm, as one aggregate gives them. */
export interface ArmSums {
  readonly n: number;
  readonly columns: readonly UnitColumn[];
  /** Σ(u − shift), one a column. */
  readonly sums: readonly number[];
  /** Σ(u − shift)(v − shift) for each pair with u not after v: (0, 0), (0, 1) … (1, 1), (1, 2) … */
  readonly products: readonly number[];
  /** What was subtracted in the sums, one a column; 0 when left out. */
  readonly shifts?: readonly number[];
}

/** Sums of squares agree with the square of the sum to about this part by rounding alone. */
const ROUNDING = 1e-11;

/**
 * The moments from plain sums. Where the mean is thousands of times the spread, squares lose it to rounding: subtract a round
 * number near the mean (the same for all arms) in the aggregate and give it as the shift. A spread that rounding alone may
 * have made, below 3e-6 of the mean of the sums, is taken for none.
 * @example momentsFromSums({ n: 3407, columns: ["value"], sums: [1396.87], products: [52377.9767] }) // mean .41, sd 3.9
 */
export function momentsFromSums({ n, columns, sums, products, shifts = [] }: ArmSums): ArmMoments {
  const width = columns.length;
  const means = new Float64Array(width);
  const centred = new Float64Array(width * width);
  if (n <= 0) return { n: 0, columns, means, products: centred };
  let pair = 0;
  for (let a = 0; a < width; a++) {
    means[a] = (shifts[a] ?? 0) + (sums[a] ?? 0) / n;
    for (let b = a; b < width; b++) {
      const raw = products[pair++] ?? 0;
      const left = raw - ((sums[a] ?? 0) * (sums[b] ?? 0)) / n;
      const value = a === b && left <= ROUNDING * raw ? 0 : left;
      centred[a * width + b] = value;
      centred[b * width + a] = value;
    }
  }
  return { n, columns, means, products: centred };
}

/**
 * The moments from means and sample covariances (divisor n − 1), as `covarSampStable` or `covarSampMatrix` gives them.
 * @param covariances columns × columns, row by row
 */
export function momentsFromCovariances(
  n: number,
  columns: readonly UnitColumn[],
  means: ArrayLike<number>,
  covariances: ArrayLike<number>,
): ArmMoments {
  const products = Float64Array.from(covariances, (value) => value * Math.max(0, n - 1));
  return { n, columns, means: Float64Array.from(means), products };
}

/**
 * The moments of two parts together, as if their units had come in one. The columns must be the same.
 * Source: Chan, Golub & LeVeque (1983), The American Statistician 37, 242–247.
 */
export function mergeMoments(a: ArmMoments, b: ArmMoments): ArmMoments {
  if (a.n === 0) return b;
  if (b.n === 0) return a;
  const [n, width] = [a.n + b.n, a.columns.length];
  const apart = a.means.map((mean, at) => (b.means[at] ?? 0) - mean);
  const means = a.means.map((mean, at) => mean + ((apart[at] ?? 0) * b.n) / n);
  const products = a.products.map((product, at) => {
    const between = (apart[Math.floor(at / width)] ?? 0) * (apart[at % width] ?? 0);
    return product + (b.products[at] ?? 0) + (between * a.n * b.n) / n;
  });
  return { n, columns: a.columns, means, products };
}

/** The same arm without some of its columns. @param columns those that stay, each of them known to the arm */
export function selectColumns(arm: ArmMoments, columns: readonly UnitColumn[]): ArmMoments {
  const places = columns.map((column) => arm.columns.indexOf(column));
  const means = Float64Array.from(places, (at) => arm.means[at] ?? 0);
  const products = places.flatMap((a) => places.map((b) => arm.products[a * arm.columns.length + b] ?? 0));
  return { n: arm.n, columns, means, products: Float64Array.from(products) };
}

/** The mean of a column; 0 where the arm has no such column or no unit. */
export function columnMean({ columns, means }: ArmMoments, column: UnitColumn): number {
  return means[columns.indexOf(column)] ?? 0;
}

/** The sample covariance (divisor n − 1) of two weighted sums of the columns; 0 with fewer than two units. */
export function covarianceOf(arm: ArmMoments, a: ColumnWeights, b: ColumnWeights): number {
  const { n, columns, products } = arm;
  if (n < 2) return 0;
  let sum = 0;
  for (const [row, first] of columns.entries())
    for (const [column, second] of columns.entries())
      sum += (a[first] ?? 0) * (b[second] ?? 0) * (products[row * columns.length + column] ?? 0);
  return sum / (n - 1);
}

/** The arm's mean value with the sample variance, divisor n − 1. */
export function meanOfArm(arm: ArmMoments): ArmMean {
  const weights = { value: 1 };
  return { n: arm.n, mean: columnMean(arm, "value"), variance: Math.max(0, covarianceOf(arm, weights, weights)) };
}

/**
 * A share of n units, with variance p(1 − p).
 * @example shareOfArm(14, 28) // mean .5, variance .25
 */
export function shareOfArm(hits: number, n: number): ArmMean {
  const mean = n > 0 ? hits / n : 0;
  return { n, mean, variance: Math.max(0, mean * (1 - mean)) };
}
