/**
 * How much an outcome changes with each of several flags that may stand on one touch together, compared inside cells of alike situations.
 * Which flags there are, which of them are worth a claim and what they cost is decided in analysis/pain.
 */
import { invertMatrix } from "./invert-matrix.ts";
import { BUCKETS } from "./stratified-effect.ts";
import { groupCells, type SortedTallies, sortByCell } from "./tally-cells.ts";

/** Columns of equal length; one entry a (bucket, group, cell, mask) that occurs. Entries of the same four add up. */
export interface JointTallies {
  /** 0 … 99, by a hash of the customer. */
  readonly bucket: ArrayLike<number>;
  /** What is compared with itself only: a touchpoint. */
  readonly group: ArrayLike<number>;
  readonly cell: ArrayLike<number>;
  /** The flags that stand on these touches, a bit each. */
  readonly mask: ArrayLike<number>;
  readonly rows: ArrayLike<number>;
  /** Σ Y. */
  readonly sum: ArrayLike<number>;
  /** Σ of the outcome that the history lets expect; any constant on top cancels. Left out: cells alone. */
  readonly expected?: ArrayLike<number>;
  /** Touches with Y = 1. */
  readonly high: ArrayLike<number>;
}

export interface JointFlag {
  readonly group: number;
  readonly bit: number;
  /** Touches whose mask holds a bit of this one say nothing of the flag; 0: all say something. */
  readonly without: number;
}

export interface FlagEffect {
  /** Difference to the touches of the cell without the flag, all other flags equal; null where nothing can be told. */
  readonly effect: number | null;
  /** Standard error over the buckets, for t with 99 degrees of freedom. */
  readonly error: number | null;
  /** Touches with the flag in cells that hold touches without it too; those of them with Y = 1, and the others. */
  readonly rows: number;
  readonly high: number;
  readonly low: number;
  /** Plain mean with the flag − plain mean without it, in all cells. */
  readonly crude: number | null;
  /** The bit of the earlier flag from which this one cannot be told apart; null where it can. */
  readonly twin: number | null;
}

/** A flag of which less than this part is its own, inside cells, cannot be told apart from those before it. */
const LEAST_OWN = 0.05;

/** One least-squares fit: all flags of a group over the touches that say something of some of them. */
interface Fit {
  readonly bits: readonly number[];
  readonly without: number;
  /** Of each bucket: Σ a·(y − ȳ) of each flag, and Σ a·a′ of each pair; a is the flag less its mean in the cell. */
  readonly residuals: Float64Array;
  readonly leverages: Float64Array;
  /** Touches in cells that tell something of a flag, and these cells. */
  readonly told: { rows: number; cells: number };
  /** Of each flag, in cells that hold others too. */
  readonly rows: Float64Array;
  readonly high: Float64Array;
  /** Of each flag, in all cells; of all touches in the place after them. */
  readonly plainRows: Float64Array;
  readonly plainSum: Float64Array;
}

function makeFit(bits: readonly number[], without: number): Fit {
  const [width, numbers] = [bits.length, (count: number) => new Float64Array(count)];
  return {
    ...{ bits, without, residuals: numbers(BUCKETS * width), leverages: numbers(BUCKETS * width * width) },
    told: { rows: 0, cells: 0 },
    ...{ rows: numbers(width), high: numbers(width), plainRows: numbers(width + 1), plainSum: numbers(width + 1) },
  };
}

/** The fits of each group: one for each set of touches that its flags are told from. */
function makeFits(flags: readonly JointFlag[]): Map<number, Fit[]> {
  const fits = new Map<number, Fit[]>();
  for (const { group, without } of flags) {
    const own = fits.get(group) ?? [];
    if (own.some((fit) => fit.without === without)) continue;
    const bits = flags.filter((flag) => flag.group === group).map(({ bit }) => bit);
    fits.set(group, [...own, makeFit([...new Set(bits)], without)]);
  }
  return fits;
}

/** What one cell holds: all its touches, and of each flag. */
interface CellTotal {
  readonly rows: number;
  readonly excess: number;
  readonly flagged: Float64Array;
}

function add(to: Float64Array, at: number, value: number): void {
  to[at] = (to[at] ?? 0) + value;
}

/** Entries of one cell: first … end − 1 of the sorted tallies. */
interface Range {
  readonly first: number;
  readonly end: number;
}

/** Adds up a cell, and what the plain difference and the data in comparable cells are counted from. */
function addUpCell(tallies: SortedTallies, { first, end }: Range, fit: Fit): CellTotal {
  const width = fit.bits.length;
  const [flagged, high] = [new Float64Array(width), new Float64Array(width)];
  let [rows, excess, sum] = [0, 0, 0];
  for (let entry = first; entry < end; entry++) {
    const mask = tallies.arm[entry] ?? 0;
    if ((mask & fit.without) !== 0) continue;
    const here = tallies.rows[entry] ?? 0;
    rows += here;
    excess += tallies.excess[entry] ?? 0;
    sum += tallies.sum[entry] ?? 0;
    for (let place = 0; place < width; place++) {
      if (((mask >> (fit.bits[place] ?? 0)) & 1) === 0) continue;
      add(flagged, place, here);
      add(high, place, tallies.high[entry] ?? 0);
      add(fit.plainRows, place, here);
      add(fit.plainSum, place, tallies.sum[entry] ?? 0);
    }
  }
  add(fit.plainRows, width, rows);
  add(fit.plainSum, width, sum);
  for (const [place, count] of flagged.entries()) {
    if (count === rows) continue;
    add(fit.rows, place, count);
    add(fit.high, place, high[place] ?? 0);
  }
  return { rows, excess, flagged };
}

/** Adds a cell's part of the normal equations to those of its buckets. */
function addEquations(tallies: SortedTallies, { first, end }: Range, total: CellTotal, fit: Fit): void {
  const { bits, without, residuals, leverages } = fit;
  const width = bits.length;
  const means = total.flagged.map((count) => count / total.rows);
  if (means.every((mean) => mean === 0 || mean === 1)) return;
  fit.told.rows += total.rows;
  fit.told.cells++;
  const apart = new Float64Array(width);
  const mean = total.excess / total.rows;
  for (let entry = first; entry < end; entry++) {
    const mask = tallies.arm[entry] ?? 0;
    if ((mask & without) !== 0) continue;
    const rows = tallies.rows[entry] ?? 0;
    const residual = (tallies.excess[entry] ?? 0) - rows * mean;
    for (let place = 0; place < width; place++) apart[place] = ((mask >> (bits[place] ?? 0)) & 1) - (means[place] ?? 0);
    const from = (tallies.bucket[entry] ?? 0) * width;
    for (let one = 0; one < width; one++) {
      const weight = apart[one] ?? 0;
      add(residuals, from + one, weight * residual);
      // The other half of each pair is filled in when all is added up.
      for (let other = one; other < width; other++)
        add(leverages, (from + one) * width + other, rows * weight * (apart[other] ?? 0));
    }
  }
}

/** Fills in the lower halves of the buckets' squares. */
function mirror({ bits: { length: width }, leverages }: Fit): void {
  for (let row = 0; row < BUCKETS * width; row++) {
    const [from, one] = [row - (row % width), row % width];
    for (let other = 0; other < one; other++)
      leverages[row * width + other] = leverages[(from + other) * width + one] ?? 0;
  }
}

/** Sums of the same place over the buckets. */
function addUpBuckets(byBucket: Float64Array): Float64Array {
  const size = byBucket.length / BUCKETS;
  const total = new Float64Array(size);
  for (let at = 0; at < byBucket.length; at++) add(total, at % size, byBucket[at] ?? 0);
  return total;
}

function pickSquare(matrix: Float64Array, width: number, places: readonly number[]): Float64Array {
  return Float64Array.from(places.flatMap((row) => places.map((column) => matrix[row * width + column] ?? 0)));
}

/** Σ a·a′ of a flag that those kept before it leave unexplained. */
function ownPart(matrix: Float64Array, width: number, kept: readonly number[], place: number): number {
  const whole = matrix[place * width + place] ?? 0;
  const inverse = invertMatrix(pickSquare(matrix, width, kept), kept.length);
  if (inverse === undefined) return 0;
  const shared = kept.map((other) => matrix[place * width + other] ?? 0);
  return shared.reduce(
    (rest, one, row) =>
      rest - shared.reduce((sum, other, column) => sum + one * other * (inverse[row * kept.length + column] ?? 0), 0),
    whole,
  );
}

/** The flags that can be told apart, in their order, and the nearest earlier one of each that cannot. */
function tellApart(matrix: Float64Array, width: number): { kept: number[]; twins: Map<number, number> } {
  const kept: number[] = [];
  const twins = new Map<number, number>();
  const size = (place: number) => matrix[place * width + place] ?? 0;
  for (let place = 0; place < width; place++) {
    if (size(place) <= 0) continue;
    if (ownPart(matrix, width, kept, place) >= LEAST_OWN * size(place)) kept.push(place);
    else {
      const likeness = (other: number) => (matrix[place * width + other] ?? 0) ** 2 / size(other);
      twins.set(place, kept.toSorted((a, b) => likeness(b) - likeness(a))[0] ?? 0);
    }
  }
  return { kept, twins };
}

interface Solved {
  readonly effects: Map<number, { readonly effect: number; readonly error: number }>;
  readonly twins: ReadonlyMap<number, number>;
}

/**
 * Coefficients D⁻¹·Σ_g r_g with the sandwich D⁻¹·c·Σ_g U_g·U_g′·D⁻¹, U_g = r_g − D_g·τ̂, and c = G/(G − 1)·(n − 1)/(n − k):
 * each cell's mean was fitted too, and many small cells would else make the errors too small.
 */
function solve(fit: Fit): Solved {
  const { bits, residuals, leverages, told } = fit;
  const width = bits.length;
  mirror(fit);
  const matrix = addUpBuckets(leverages);
  const right = addUpBuckets(residuals);
  const { kept, twins } = tellApart(matrix, width);
  const inverse = invertMatrix(pickSquare(matrix, width, kept), kept.length) ?? new Float64Array(kept.length ** 2);
  const rowOf = (row: number) => inverse.subarray(row * kept.length, (row + 1) * kept.length);
  const weigh = (row: number, read: (place: number) => number) =>
    kept.reduce((sum, place, column) => sum + (rowOf(row)[column] ?? 0) * read(place), 0);
  const effects = kept.map((_, row) => weigh(row, (place) => right[place] ?? 0));
  const scoreOf = (bucket: number, place: number) =>
    kept.reduce(
      (sum, other, at) => sum - (leverages[(bucket * width + place) * width + other] ?? 0) * (effects[at] ?? 0),
      residuals[bucket * width + place] ?? 0,
    );
  const free = Math.max(1, told.rows - told.cells - kept.length);
  const correction = (BUCKETS / (BUCKETS - 1)) * (Math.max(0, told.rows - 1) / free);
  const errorOf = (row: number) => {
    let squares = 0;
    for (let bucket = 0; bucket < BUCKETS; bucket++) squares += weigh(row, (place) => scoreOf(bucket, place)) ** 2;
    return Math.sqrt(correction * squares);
  };
  return {
    effects: new Map(kept.map((place, row) => [place, { effect: effects[row] ?? 0, error: errorOf(row) }])),
    twins,
  };
}

function plainDifference({ bits, plainRows, plainSum }: Fit, place: number): number | null {
  const [rows = 0, sum = 0] = [plainRows[place], plainSum[place]];
  const others = (plainRows[bits.length] ?? 0) - rows;
  return rows > 0 && others > 0 ? sum / rows - ((plainSum[bits.length] ?? 0) - sum) / others : null;
}

function describe(fit: Fit, { effects, twins }: Solved, place: number): FlagEffect {
  const { effect = null, error = null } = effects.get(place) ?? {};
  const [rows = 0, high = 0] = [fit.rows[place], fit.high[place]];
  const twin = twins.get(place);
  return {
    ...{ effect, error, rows, high, low: rows - high, crude: plainDifference(fit, place) },
    twin: twin === undefined ? null : (fit.bits[twin] ?? null),
  };
}

const NOTHING: FlagEffect = { effect: null, error: null, rows: 0, high: 0, low: 0, crude: null, twin: null };

/**
 * The effect of each flag, all others of its group held equal: ordinary least squares of Y on the flags with a fixed effect a
 * cell, and a sandwich error over 100 buckets of customers, corrected for the cells fitted; with one flag it is the effect
 * of estimateStratifiedEffects. Y is taken less
 * what the history lets expect. The model adds flags up: what two do together beyond their sum is spread over both. A flag
 * that those before it in the list nearly tell (less than a twentieth of it is its own) is left out, and says of whom it is a twin.
 * Source: Frisch & Waugh (1933), Econometrica 1, 387–401; Liang & Zeger (1986), Biometrika 73, 13–22.
 * @param flags of one group in the order in which they are kept when they cannot be told apart
 * @returns one effect a flag, in the order given
 * @example one cell, masks 00, 01, 10, 11 with means .5, .4, .3, .2 and as many touches each // effects −.1 and −.2
 */
export function estimateJointEffects(tallies: JointTallies, flags: readonly JointFlag[]): FlagEffect[] {
  const fits = makeFits(flags);
  const cells = groupCells(tallies.group, tallies.cell);
  const sorted = sortByCell({ ...tallies, answers: tallies.rows }, tallies.mask, cells);
  for (let cell = 0; cell < cells.count; cell++) {
    const range = { first: cells.starts[cell] ?? 0, end: cells.starts[cell + 1] ?? 0 };
    for (const fit of fits.get(cells.first[cell] ?? 0) ?? []) {
      const total = addUpCell(sorted, range, fit);
      if (total.rows > 0) addEquations(sorted, range, total, fit);
    }
  }
  const solved = new Map([...fits.values()].flat().map((fit) => [fit, solve(fit)]));
  return flags.map(({ group, bit, without }) => {
    const fit = fits.get(group)?.find((one) => one.without === without);
    const found = fit && solved.get(fit);
    return fit && found ? describe(fit, found, fit.bits.indexOf(bit)) : NOTHING;
  });
}
