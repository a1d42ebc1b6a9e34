/**
 * The sufficient statistics of a staged design (staged-sample.ts) added up from a balanced panel of rows.
 * Which rows make such a panel is decided in staged-panel.ts.
 */
import { isUnstaged, type StagedPanel, type Unstaged } from "./staged-panel.ts";
import {
  type ClusterCell,
  type GroupMoments,
  type StagedSample,
  sampleFromClusters,
  sampleFromMoments,
} from "./staged-sample.ts";

/** Units by first treated period. */
function groupUnits({ firstTreated }: StagedPanel): Map<number, number[]> {
  const members = new Map<number, number[]>();
  for (const [unit, first] of firstTreated.entries()) {
    const own = members.get(first);
    if (own) own.push(unit);
    else members.set(first, [unit]);
  }
  return members;
}

/** Means and covariances of some units, in two passes: the second around the means, so that no digits are lost. */
function readMoments({ values, periods }: StagedPanel, firstTreated: number, units: readonly number[]): GroupMoments {
  const width = periods.length;
  const [mean, centred] = [new Float64Array(width), new Float64Array(width)];
  const covariance = new Float64Array(width * width);
  for (const unit of units)
    for (let t = 0; t < width; t++) mean[t] = (mean[t] ?? 0) + (values[unit * width + t] ?? 0) / units.length;
  for (const unit of units) {
    for (let t = 0; t < width; t++) centred[t] = (values[unit * width + t] ?? 0) - (mean[t] ?? 0);
    for (let t = 0; t < width; t++) {
      const own = centred[t] ?? 0;
      const row = t * width;
      for (let s = 0; s <= t; s++) covariance[row + s] = (covariance[row + s] ?? 0) + own * (centred[s] ?? 0);
    }
  }
  for (let t = 0; t < width; t++)
    for (let s = 0; s <= t; s++) {
      const value = (covariance[t * width + s] ?? 0) / units.length;
      covariance[t * width + s] = value;
      covariance[s * width + t] = value;
    }
  return { firstTreated, n: units.length, mean, covariance };
}

/** One cell a (cluster, first treated period) of a panel's units; `cluster` has one number a unit. */
export function sumByCluster(
  { values, periods, firstTreated }: StagedPanel,
  cluster: ArrayLike<number>,
): ClusterCell[] {
  const width = periods.length;
  const cells = new Map<number, Map<number, { cluster: number; firstTreated: number; n: number; sum: Float64Array }>>();
  for (const [unit, first] of firstTreated.entries()) {
    const own = cluster[unit] ?? 0;
    const within = cells.get(own) ?? new Map();
    cells.set(own, within);
    const cell = within.get(first) ?? { cluster: own, firstTreated: first, n: 0, sum: new Float64Array(width) };
    within.set(first, cell);
    cell.n++;
    for (let t = 0; t < width; t++) cell.sum[t] += values[unit * width + t] ?? 0;
  }
  return [...cells.values()].flatMap((within) => [...within.values()]);
}

/** A sample from a panel of rows: units independent of each other, or clusters where the panel has them. Linear in rows × periods. */
export function sampleFromPanel(panel: StagedPanel): StagedSample | Unstaged {
  const sample = panel.cluster
    ? sampleFromClusters(panel.periods, sumByCluster(panel, panel.cluster))
    : sampleFromMoments(
        panel.periods,
        [...groupUnits(panel)].map(([first, units]) => readMoments(panel, first, units)),
      );
  return isUnstaged(sample) ? sample : { ...sample, notes: [...panel.notes, ...sample.notes] };
}
