/**
 * Ratios of two sums by period (orders per visit, buyers per customer) made into cells that a staged design can average:
 * each bucket of customers gets what it would have to hold for plain means and their errors to be those of the ratios.
 * The ratio of a single period is in clustered.ts; what the cells are used for is in group-time-effects.ts.
 */
import type { Unstaged } from "./staged-panel.ts";
import type { ClusterCell } from "./staged-sample.ts";

/** Customers of equal first treated period, spread over buckets by hash. */
export interface BucketGroup {
  readonly firstTreated: number;
  /** Customers a bucket: how much the group weighs beside others. */
  readonly units: Float64Array;
  /** buckets × periods, bucket by bucket. */
  readonly numerators: Float64Array;
  readonly denominators: Float64Array;
}

function totalOf(sums: Float64Array, period: number, periods: number): number {
  let total = 0;
  for (let at = period; at < sums.length; at += periods) total += sums[at] ?? 0;
  return total;
}

/**
 * One cell a bucket that holds a customer, with the pseudo-sums Σy_t = n_b·R_t + (num_bt − R_t·den_bt)·N/D_t, where
 * R_t = Σnum/Σden = num/D_t, n_b are the bucket's customers and N the group's. Then the group's mean Σ_bΣy/N is R_t, and what
 * a bucket deviates from its share, Σy − n_b·R_t, is N times its linearised part in R_t: the errors that follow are those of
 * the delta method with buckets as clusters, and groups weigh by customers, however many buckets these fill.
 * Source: Cochran, Sampling Techniques (1977), 6.12 (the ratio linearised); Callaway & Sant'Anna (2021), theorem 2.
 * @param clusterOf numbers a bucket; groups that share customers must share the bucket's number
 * @returns unstaged where a period has nothing to divide by (`field` "period", the position in `reason` by `nameOf`)
 * @example one period, two buckets of 1 and 3 customers, num 2 and 4, den 4 and 4 // R .75; pseudo-sums .25 and 2.75
 */
export function linearizeBuckets(
  { firstTreated, units, numerators, denominators }: BucketGroup,
  periods: number,
  clusterOf: (bucket: number) => number,
  nameOf: (period: number) => string,
): ClusterCell[] | Unstaged {
  const all = units.reduce((sum, one) => sum + one, 0);
  const scales = Float64Array.from({ length: periods }, (_, period) => totalOf(denominators, period, periods));
  const empty = scales.findIndex((total) => !(total > 0));
  if (empty >= 0) {
    const reason = `There is nothing to divide by in the period from ${nameOf(empty)}.`;
    return { unstaged: "misshapen", field: "period", reason };
  }
  const ratios = scales.map((total, period) => totalOf(numerators, period, periods) / total);
  const cells: ClusterCell[] = [];
  for (const [bucket, n] of units.entries()) {
    if (n === 0) continue;
    const sum = ratios.map((ratio, period) => {
      const at = bucket * periods + period;
      const deviation = (numerators[at] ?? 0) - ratio * (denominators[at] ?? 0);
      return n * ratio + (deviation * all) / (scales[period] ?? 1);
    });
    cells.push({ cluster: clusterOf(bucket), firstTreated, n, sum });
  }
  return cells;
}
