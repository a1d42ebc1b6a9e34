/**
 * How much an outcome differs between independent units with a mark and those without it, compared inside cells of alike units.
 * It needs only sums a cell. Units that come in clusters (touches of one customer) are in stratified-effect.ts.
 */

/** Sums over the units of one side of one cell. */
export interface SideSums {
  readonly n: number;
  /** Units with the outcome. */
  readonly high: number;
  /** Σ e and Σ e² of the outcome less what was to be expected; any constant on top cancels. Without an expectation, e is the outcome. */
  readonly excess: number;
  readonly squares: number;
}

/** One cell: units with the mark, and those without. */
export interface MatchedCell {
  readonly with: SideSums;
  readonly without: SideSums;
}

export interface MatchedDifference {
  /** With − without, cells weighted by how much they tell (overlap weights). */
  readonly effect: number;
  readonly error: number;
  readonly degreesOfFreedom: number;
  /** In the cells that hold both sides: units with the mark, those of them with the outcome; the same without the mark. */
  readonly n: number;
  readonly high: number;
  readonly otherN: number;
  readonly otherHigh: number;
}

/** Σ (e − mean)². */
function squaresAround({ n, excess, squares }: SideSums, mean: number): number {
  return Math.max(0, squares - 2 * mean * excess + n * mean * mean);
}

/** Σ over the cell of (a·residual)², a the mark less its share in the cell. */
function squaredScores({ with: marked, without }: MatchedCell, effect: number): number {
  const n = marked.n + without.n;
  const share = marked.n / n;
  const mean = (marked.excess + without.excess) / n;
  return (
    (1 - share) ** 2 * squaresAround(marked, mean + effect * (1 - share)) +
    share ** 2 * squaresAround(without, mean - effect * share)
  );
}

function addUp(cells: readonly MatchedCell[], read: (cell: MatchedCell) => number): number {
  return cells.reduce((sum, cell) => sum + read(cell), 0);
}

/**
 * Least squares of the outcome on the mark with a constant for each cell: τ̂ = Σ_c n_c·π_c(1 − π_c)·(ē_with − ē_without) ÷
 * Σ_c n_c·π_c(1 − π_c), the estimate of estimateStratifiedEffects, with the error HC1 for independent units.
 * Source: Li, Morgan & Zaslavsky (2018), JASA 113, 390–400 (overlap weights); MacKinnon & White (1985), Journal of Econometrics 29, 305–325.
 * @returns null where no cell holds both sides, or nothing is left to tell an error from
 * @example one cell, 3 of 4 with the mark have the outcome, 1 of 4 without // effect .5, error .35355, 6 degrees of freedom
 */
export function estimateMatchedDifference(cells: readonly MatchedCell[]): MatchedDifference | null {
  const both = cells.filter(({ with: marked, without }) => marked.n > 0 && without.n > 0);
  const units = addUp(both, ({ with: marked, without }) => marked.n + without.n);
  const degreesOfFreedom = units - both.length - 1;
  if (degreesOfFreedom < 1) return null;
  const overlapOf = ({ with: marked, without }: MatchedCell) => (marked.n * without.n) / (marked.n + without.n);
  const overlap = addUp(both, overlapOf);
  const gapOf = ({ with: marked, without }: MatchedCell) => marked.excess / marked.n - without.excess / without.n;
  const effect = addUp(both, (cell) => overlapOf(cell) * gapOf(cell)) / overlap;
  const scores = addUp(both, (cell) => squaredScores(cell, effect));
  const error = Math.sqrt((scores * units) / degreesOfFreedom) / overlap;
  if (!(error > 0)) return null;
  return {
    ...{ effect, error, degreesOfFreedom },
    n: addUp(both, (cell) => cell.with.n),
    high: addUp(both, (cell) => cell.with.high),
    otherN: addUp(both, (cell) => cell.without.n),
    otherHigh: addUp(both, (cell) => cell.without.high),
  };
}
