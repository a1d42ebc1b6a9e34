/**
 * Chances of counts when everybody buys at their own rate, drawn from a Gamma distribution.
 * Who has left, and what that does to counts, is for the models.
 */
import { incompleteBeta } from "../special-functions.ts";

/**
 * P(N = n), n = 0 … most, of Poisson counts whose mean is Gamma(r) × `scale`.
 * @param scale weeks/alpha
 * @example negativeBinomialChances(1, 1, 2) // [.5, .25, .125]
 */
export function negativeBinomialChances(r: number, scale: number, most: number): Float64Array {
  const chances = new Float64Array(most + 1);
  const [none, log] = [-r * Math.log1p(scale), Math.log(scale) - Math.log1p(scale)];
  let rising = 0;
  for (let n = 0; n <= most; n++) {
    if (n > 0) rising += Math.log((r + n - 1) / n);
    chances[n] = n === 0 ? Math.exp(none) : Math.exp(none + rising + n * log);
  }
  return chances;
}

/**
 * P(N ≥ n) of the same counts, exact far out in the tail too.
 * @example negativeBinomialTail(1, 1, 2) // .25
 */
export function negativeBinomialTail(r: number, scale: number, n: number): number {
  return n <= 0 ? 1 : incompleteBeta(scale / (1 + scale), n, r);
}
