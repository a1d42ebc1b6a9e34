/**
 * Since when a share is higher than it used to be: the first period beyond what the ones before it lead to expect.
 * Whether it grows steadily, without a step, is asked of share-trend.ts.
 */
import { normalQuantile } from "./quantile.ts";
import type { PeriodCount } from "./share-trend.ts";

const LEVEL = 0.05;
/** What is usual cannot be said of fewer periods. */
const LEAST_BEFORE = 3;

function addUp(periods: readonly PeriodCount[]): PeriodCount {
  return periods.reduce((sum, { hits, n }) => ({ hits: sum.hits + hits, n: sum.n + n }), { hits: 0, n: 0 });
}

/** How much more the periods scatter about their common share than counts do; at least 1. */
function scatterOf(periods: readonly PeriodCount[], share: number): number {
  const filled = periods.filter(({ n }) => n > 0);
  if (filled.length < 2 || share <= 0 || share >= 1) return 1;
  const squares = filled.reduce((sum, { hits, n }) => sum + (hits - n * share) ** 2 / (n * share * (1 - share)), 0);
  return Math.max(1, squares / (filled.length - 1));
}

/** Standard errors by which the share of `later` lies above that of the periods before. */
function distance(before: readonly PeriodCount[], later: PeriodCount): number {
  const usual = addUp(before);
  if (usual.n === 0 || later.n === 0) return 0;
  const common = (usual.hits + later.hits) / (usual.n + later.n);
  const variance = common * (1 - common) * (1 / usual.n + 1 / later.n) * scatterOf(before, usual.hits / usual.n);
  return variance > 0 ? (later.hits / later.n - usual.hits / usual.n) / Math.sqrt(variance) : 0;
}

/**
 * The place of the first period whose share is above the usual of all before it, and stays so: itself, and all from it on
 * together, at a level of 5 % over all periods that are looked at (Bonferroni). Where the periods before scatter more than
 * counts do, the error is as much larger.
 * Source: two-sample z test of shares with quasi-binomial variance, McCullagh & Nelder (1989), Generalized Linear Models, 4.5.
 * @returns null where no period is, and with fewer than four
 * @example 10 % in each of three months of 500, then 20 % // 3
 */
export function findRise(periods: readonly PeriodCount[]): number | null {
  const candidates = periods.map((_, place) => place).slice(LEAST_BEFORE);
  const limit = normalQuantile(1 - LEVEL / Math.max(1, candidates.length));
  return (
    candidates.find((place) => {
      const before = periods.slice(0, place);
      if (before.filter(({ n }) => n > 0).length < LEAST_BEFORE) return false;
      const [own, since] = [addUp(periods.slice(place, place + 1)), addUp(periods.slice(place))];
      return distance(before, own) > limit && distance(before, since) > limit;
    }) ?? null
  );
}
