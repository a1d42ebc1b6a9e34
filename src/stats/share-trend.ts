/**
 * Whether a share grows or shrinks from month to month, beyond what chance between months explains.
 * It knows straight lines only: since when a share differs is not answered here.
 */
import { studentTail } from "./quantile.ts";

export interface PeriodCount {
  readonly hits: number;
  readonly n: number;
}

export interface ShareTrend {
  /** Change of the share from the first to the last period, on the line. */
  readonly change: number;
  /** Of the hypothesis that there is none. */
  readonly p: number;
}

/** With fewer periods a line fits anything. */
const LEAST_PERIODS = 4;

/**
 * Least squares of the share on the period's number, weighted by n; the error is quasi-binomial: that of counts, or as much
 * larger as the periods scatter about the line.
 * Source: McCullagh & Nelder (1989), Generalized Linear Models, 4.5 (overdispersion).
 * @param periods in order; those without n are passed over
 * @returns null with fewer than four periods that hold something
 * @example shares .10 .12 .14 .16 of 1,000 each // change .06, p = .052: t of 4.2 with 2 degrees of freedom
 */
export function testShareTrend(periods: readonly PeriodCount[]): ShareTrend | null {
  const used = periods.map(({ hits, n }, at) => ({ at, n, share: n > 0 ? hits / n : 0 })).filter(({ n }) => n > 0);
  if (used.length < LEAST_PERIODS) return null;
  const total = used.reduce((sum, { n }) => sum + n, 0);
  const meanOf = (read: (one: (typeof used)[number]) => number) =>
    used.reduce((sum, one) => sum + one.n * read(one), 0) / total;
  const [middle, mean] = [meanOf(({ at }) => at), meanOf(({ share }) => share)];
  const spread = total * meanOf(({ at }) => (at - middle) ** 2);
  const slope = (total * meanOf(({ at, share }) => (at - middle) * (share - mean))) / spread;
  const binomial = mean * (1 - mean);
  if (binomial <= 0) return { change: 0, p: 1 };
  const degrees = used.length - 2;
  const scatter = used.reduce((sum, { at, n, share }) => sum + n * (share - mean - slope * (at - middle)) ** 2, 0);
  const error = Math.sqrt((binomial * Math.max(1, scatter / binomial / degrees)) / spread);
  const change = slope * ((used.at(-1)?.at ?? 0) - (used[0]?.at ?? 0));
  return { change, p: Math.min(1, 2 * studentTail(Math.abs(slope) / error, degrees)) };
}
