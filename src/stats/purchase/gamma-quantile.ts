/**
 * Quantiles of the gamma distribution: of customers' paces, and so of the times between their purchases.
 * Its tail is in ../incomplete-gamma.ts.
 */
import { upperGamma } from "../incomplete-gamma.ts";
import { normalQuantile } from "../quantile.ts";
import { logGamma } from "../special-functions.ts";

const MOST_ROUNDS = 100;

/**
 * The x with P(X ≤ x) = p for X ~ Gamma(shape, rate 1), shape > 0, p in (0, 1); relative error about 1e-12.
 * Method: Newton in ln x from Wilson & Hilferty's approximation (Abramowitz & Stegun 26.4.17), kept between what is known
 * to be too low and too high.
 * @example gammaQuantile(0.5, 1) // ln 2 = .6931471805599453
 */
export function gammaQuantile(p: number, shape: number): number {
  const cube = 1 - 1 / (9 * shape) + normalQuantile(p) / (3 * Math.sqrt(shape));
  // For small shapes and low p the distribution is p = x^shape/Γ(shape + 1).
  const low = (Math.log(p) + logGamma(shape + 1)) / shape;
  let at = cube > 0.3 ? Math.log(shape * cube ** 3) : low;
  let [least, most] = [low - 1, Number.POSITIVE_INFINITY];
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const x = Math.exp(at);
    const over = 1 - upperGamma(shape, x) - p;
    if (over > 0) most = at;
    else least = at;
    const density = Math.exp(shape * at - x - logGamma(shape));
    const next = at - over / density;
    if (Math.abs(next - at) <= 1e-13 * Math.max(1, Math.abs(at))) return Math.exp(next);
    const inside = next > least && next < most;
    at = inside ? next : most === Number.POSITIVE_INFINITY ? at + 1 : (least + most) / 2;
  }
  return Math.exp(at);
}
