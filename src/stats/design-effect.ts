/**
 * How many times as much as a coin's a count varies because the events of one customer come together.
 * The second moments of the clusters are added up elsewhere; what the design effect is used for is in scan-statistic.ts.
 */

/** Sums over clusters of n looked at, y of which have something. */
export interface ClusterMoments {
  readonly clusters: number;
  /** Σ n, Σ y, Σ n², Σ n·y, Σ y². */
  readonly n: number;
  readonly y: number;
  readonly nn: number;
  readonly ny: number;
  readonly yy: number;
}

/**
 * The design effect of a share p = Σy/Σn: the variance of Σ(y − p·n) between clusters over the one that as many independent
 * ones would have, C/(C − 1)·Σ(y − p·n)² ÷ p(1 − p)·Σn; at least 1.
 * Source: Rao & Scott (1992), Biometrics 48, 577–585.
 * @returns 1 where all or none have it, or there is one cluster: nothing varies
 * @example 10 clusters of 4, half of them with 4 and half with none // (10/9)·40/10 = 4.444
 */
export function designEffectOf({ clusters, n, y, nn, ny, yy }: ClusterMoments): number {
  if (clusters < 2 || y <= 0 || y >= n) return 1;
  const share = y / n;
  const squares = yy - 2 * share * ny + share * share * nn;
  return Math.max(1, ((clusters / (clusters - 1)) * squares) / (share * (1 - share) * n));
}
