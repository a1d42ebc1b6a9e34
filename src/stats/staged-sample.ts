/**
 * All that a staged design needs of its data: for each group of equal first treated period n, means by period and a spread.
 * It comes from one aggregate of a store, or of rows (sample-from-panel.ts); effects and errors are in group-time-effects.ts.
 */
import type { StagedNote, Unstaged } from "./staged-panel.ts";

/** Units of one first treated period: sums over units of their vectors of values by period. */
export interface GroupSums {
  readonly firstTreated: number;
  readonly n: number;
  /** Σ y by period. */
  readonly sum: ArrayLike<number>;
  /** Σ y_s·y_t, periods × periods, row by row. */
  readonly products: ArrayLike<number>;
}

/** The same as means and population covariances (divided by n). */
export interface GroupMoments {
  readonly firstTreated: number;
  readonly n: number;
  readonly mean: ArrayLike<number>;
  /** periods × periods, row by row. */
  readonly covariance: ArrayLike<number>;
}

/** Units of one first treated period in one cluster, or in one of 100 buckets of customers. */
export interface ClusterCell {
  readonly cluster: number;
  readonly firstTreated: number;
  readonly n: number;
  /** Σ y by period. */
  readonly sum: ArrayLike<number>;
}

export interface StagedGroup {
  readonly firstTreated: number;
  /** Units. */
  readonly n: number;
  /** What is independent inside it: units, or clusters that hold a unit of it. */
  readonly pieces: number;
  /** By period. */
  readonly mean: Float64Array;
}

/** Units are independent of each other: one population covariance matrix a group. */
export interface UnitSpread {
  readonly kind: "units";
  readonly covariances: readonly Float64Array[];
}

/** Clusters are independent of each other: what each (cluster, group) deviates from its share of the group's sum. */
export interface ClusterSpread {
  readonly kind: "clusters";
  readonly clusters: number;
  /** One a cluster: its group where every cluster has only one, otherwise 0. */
  readonly strata: Int32Array;
  /** One an entry (cluster, group). */
  readonly cluster: Int32Array;
  readonly group: Int32Array;
  readonly n: Float64Array;
  /** entries × periods: Σy − n·(mean of the group). */
  readonly deviations: Float64Array;
}

export interface StagedSample {
  /** Ascending. */
  readonly periods: readonly number[];
  /** By first treated period, those never treated last. */
  readonly groups: readonly StagedGroup[];
  readonly spread: UnitSpread | ClusterSpread;
  readonly notes: readonly StagedNote[];
}

interface Sized {
  readonly firstTreated: number;
  readonly n: number;
  readonly pieces: number;
}

/** R's `did` warns below this many units a group as well. */
const SMALL_GROUP = 5;

export function nameGroup(firstTreated: number): string {
  return firstTreated === Number.POSITIVE_INFINITY ? "never treated" : `first treated in ${firstTreated}`;
}

/** The groups that can be used, and notes on the others and on small ones. */
function selectGroups(groups: readonly Sized[], firstPeriod: number, piece: string) {
  const notes: StagedNote[] = [];
  const kept = new Set<number>();
  const early = groups.filter(({ firstTreated }) => firstTreated <= firstPeriod);
  if (early.length > 0) {
    const units = early.reduce((sum, { n }) => sum + n, 0);
    const detail = `${units} units treated in the first period ${firstPeriod} or before have no period to start from and are left out.`;
    notes.push({ id: "treated-from-start", detail });
  }
  for (const { firstTreated, pieces } of groups) {
    if (firstTreated <= firstPeriod) continue;
    const name = nameGroup(firstTreated);
    if (pieces >= 2) kept.add(firstTreated);
    else notes.push({ id: "lone-group", detail: `The one ${piece} ${name} shows no spread and is left out.` });
    if (pieces >= 2 && pieces < SMALL_GROUP)
      notes.push({ id: "small-group", detail: `Only ${pieces} ${piece}s are ${name}: its errors are rough.` });
  }
  return { kept, notes };
}

function misshapen(field: string, reason: string): Unstaged {
  return { unstaged: "misshapen", field, reason };
}

/** What is wrong with cells that a caller has aggregated, if anything. */
function findBadCell(
  periods: readonly number[],
  cells: readonly { readonly firstTreated: number; readonly n: number }[],
  sums: (at: number) => ArrayLike<number>,
): Unstaged | null {
  if (periods.length < 2)
    return { unstaged: "too-few-periods", field: "periods", reason: "A staged design needs at least two periods." };
  if (periods.some((period, at) => !(period > (periods[at - 1] ?? Number.NEGATIVE_INFINITY))))
    return misshapen("periods", "Periods must be numbers in ascending order, each once.");
  for (const [at, { firstTreated, n }] of cells.entries()) {
    const numbers = sums(at);
    const name = nameGroup(firstTreated);
    if (Number.isNaN(firstTreated)) return misshapen("firstTreated", "A first treated period is no number.");
    if (!(n >= 1)) return misshapen("n", `A cell of the group ${name} has no units; leave it out.`);
    if (numbers.length !== periods.length)
      return misshapen(
        "sum",
        `A cell of the group ${name} has ${numbers.length} values for ${periods.length} periods.`,
      );
    for (let period = 0; period < numbers.length; period++)
      if (!Number.isFinite(numbers[period]))
        return misshapen("sum", `The group ${name} has no number in period ${periods[period]}.`);
  }
  return null;
}

/**
 * @example momentsFromSums({ firstTreated: 2, n: 2, sum: [2, 6], products: [4, 12, 12, 36] })
 * // mean [1, 3], covariance [1, 3, 3, 9]: one unit has 0 and 0, the other 2 and 6
 */
export function momentsFromSums({ firstTreated, n, sum, products }: GroupSums): GroupMoments {
  const mean = Float64Array.from(sum, (one) => one / n);
  const covariance = Float64Array.from(products, (product, at) => {
    const [row, column] = [Math.floor(at / mean.length), at % mean.length];
    const value = product / n - (mean[row] ?? 0) * (mean[column] ?? 0);
    return row === column ? Math.max(0, value) : value;
  });
  return { firstTreated, n, mean, covariance };
}

/**
 * A sample from one aggregate by first treated period: n, means and covariances of the values by period. Its errors are
 * exactly those of the rows, each unit independent of the others: an influence is linear in a unit's values, so that the
 * sum of its squares needs no more than the group's first two moments. Memory and time grow with groups × periods².
 * In ClickHouse: one row a customer with an array y of values by period, then by first treated period `count()`,
 * `avgForEach(y)` and `covarPopMatrix(y[1], y[2], …)`; or, through `momentsFromSums`, `sumForEach(y)` and
 * `sumForEach(arrayFlatten(arrayMap(a -> arrayMap(b -> a * b, y), y)))`. Both lose digits where means are thousands of
 * times the spread: then take a constant off y first and add it to the means afterwards; covariances do not change.
 */
export function sampleFromMoments(
  periods: readonly number[],
  moments: readonly GroupMoments[],
): StagedSample | Unstaged {
  const bad = findBadCell(periods, moments, (at) => moments[at]?.mean ?? []);
  if (bad) return bad;
  if (new Set(moments.map(({ firstTreated }) => firstTreated)).size < moments.length)
    return misshapen("firstTreated", "A first treated period has more than one cell; add them up first.");
  if (moments.some(({ covariance }) => covariance.length !== periods.length ** 2))
    return misshapen("covariance", "A covariance matrix must have periods × periods numbers.");
  if (moments.some(({ covariance }) => !Array.from(covariance).every(Number.isFinite)))
    return misshapen("covariance", "A covariance matrix has an entry that is no number.");
  const sized = moments.map(({ firstTreated, n }) => ({ firstTreated, n, pieces: n }));
  const { kept, notes } = selectGroups(sized, periods[0] ?? 0, "unit");
  const used = moments
    .filter(({ firstTreated }) => kept.has(firstTreated))
    .toSorted((a, b) => (a.firstTreated < b.firstTreated ? -1 : 1));
  const groups = used.map(({ firstTreated, n, mean }) => ({
    firstTreated,
    n,
    pieces: n,
    mean: Float64Array.from(mean),
  }));
  const covariances = used.map(({ covariance }) => Float64Array.from(covariance));
  return { periods, groups, spread: { kind: "units", covariances }, notes };
}

/** Adds up each group's cells; `pieces` counts them, so (cluster, group) must occur once. */
function addUpGroups(cells: readonly ClusterCell[], width: number): StagedGroup[] {
  const totals = new Map<number, { n: number; pieces: number; sum: Float64Array }>();
  for (const { firstTreated, n, sum } of cells) {
    const total = totals.get(firstTreated) ?? { n: 0, pieces: 0, sum: new Float64Array(width) };
    totals.set(firstTreated, total);
    total.n += n;
    total.pieces++;
    for (let period = 0; period < width; period++) total.sum[period] = (total.sum[period] ?? 0) + (sum[period] ?? 0);
  }
  return [...totals]
    .map(([firstTreated, { n, pieces, sum }]) => ({ firstTreated, n, pieces, mean: sum.map((one) => one / n) }))
    .toSorted((a, b) => (a.firstTreated < b.firstTreated ? -1 : 1));
}

/** Where each cluster holds one group only, clusters of a group are a stratum; otherwise all clusters are one. */
function stratify(cluster: Int32Array, group: Int32Array, clusters: number): Int32Array {
  const strata = new Int32Array(clusters);
  if (cluster.length > clusters) return strata;
  for (const [entry, own] of cluster.entries()) strata[own] = group[entry] ?? 0;
  return strata;
}

function spreadOfClusters(cells: readonly ClusterCell[], groups: readonly StagedGroup[], width: number): ClusterSpread {
  const groupAt = new Map(groups.map(({ firstTreated }, at) => [firstTreated, at]));
  const numbers = new Map<number, number>();
  for (const { cluster } of cells) if (!numbers.has(cluster)) numbers.set(cluster, numbers.size);
  const cluster = Int32Array.from(cells, (cell) => numbers.get(cell.cluster) ?? 0);
  const group = Int32Array.from(cells, ({ firstTreated }) => groupAt.get(firstTreated) ?? 0);
  const deviations = new Float64Array(cells.length * width);
  for (const [entry, { n, sum }] of cells.entries()) {
    const mean = groups[group[entry] ?? 0]?.mean;
    for (let period = 0; period < width; period++)
      deviations[entry * width + period] = (sum[period] ?? 0) - n * (mean?.[period] ?? 0);
  }
  const strata = stratify(cluster, group, numbers.size);
  const n = Float64Array.from(cells, (cell) => cell.n);
  return { kind: "clusters", clusters: numbers.size, strata, cluster, group, n, deviations };
}

/**
 * A sample from one aggregate by (cluster, first treated period): n and Σy by period. Clusters are independent of each
 * other, whatever happens inside them: a coarser unit such as a shop, or 100 buckets `cityHash64(customer) % 100`, whose
 * errors vary around those of the rows by about 1/√(2·99) = 7 % and rest on 99 degrees of freedom. Buckets need groups ×
 * periods numbers each, so they also serve hundreds of periods, where products of periods would be too many.
 */
export function sampleFromClusters(periods: readonly number[], cells: readonly ClusterCell[]): StagedSample | Unstaged {
  const bad = findBadCell(periods, cells, (at) => cells[at]?.sum ?? []);
  if (bad) return bad;
  if (new Set(cells.map(({ cluster, firstTreated }) => `${cluster} ${firstTreated}`)).size < cells.length)
    return misshapen("cluster", "A cluster has more than one cell of a first treated period; add them up first.");
  const all = addUpGroups(cells, periods.length);
  const { kept, notes } = selectGroups(all, periods[0] ?? 0, "cluster");
  const groups = all.filter(({ firstTreated }) => kept.has(firstTreated));
  const used = cells.filter(({ firstTreated }) => kept.has(firstTreated));
  return { periods, groups, spread: spreadOfClusters(used, groups, periods.length), notes };
}
