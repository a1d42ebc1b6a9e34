/**
 * The tail of Student's distribution when there is an effect: what the power of a t test is made of.
 * The tail without one is in quantile.ts; what the effect and its error are is planned in power.ts.
 */
import { normalTail } from "./incomplete-gamma.ts";
import { incompleteBeta } from "./special-functions.ts";

/** Beyond these the series is long or its first terms vanish, and the normal approximation is right to about 1e-5. */
const MOST_DEGREES = 5000;
const MOST_SHIFT = 35;
const PRECISION = 1e-13;

/**
 * P(T > t) for t ≥ 0 by the series in incomplete betas.
 * Source: Lenth (1989), Applied Statistics 38, 185–189 (AS 243).
 */
function seriesTail(t: number, degrees: number, shift: number): number {
  const x = (t * t) / (degrees + t * t);
  const half = (shift * shift) / 2;
  let even = Math.exp(-half) / 2;
  // shift·e^(−half)/(2√2·Γ(3/2)), and Γ(3/2) = √π/2.
  let odd = (shift * Math.exp(-half)) / Math.sqrt(2 * Math.PI);
  let below = normalTail(shift);
  let weightLeft = 0.5 - even;
  for (let j = 0; j < 5000; j++) {
    below += even * incompleteBeta(x, j + 0.5, degrees / 2) + odd * incompleteBeta(x, j + 1, degrees / 2);
    if (weightLeft < PRECISION) break;
    even *= half / (j + 1);
    odd *= half / (j + 1.5);
    weightLeft -= even;
  }
  return Math.min(1, Math.max(0, 1 - below));
}

/** Source: Abramowitz & Stegun 26.7.10. */
function normalApproximation(t: number, degrees: number, shift: number): number {
  return normalTail((t * (1 - 1 / (4 * degrees)) - shift) / Math.sqrt(1 + (t * t) / (2 * degrees)));
}

/**
 * P(T > t) of the noncentral t: (Z + shift)/√(χ²/df).
 * @param shift the true effect in standard errors
 * @example noncentralTail(2.0243942, 38, 3.1622777) // .8689528, the power of 20 a group to find one standard deviation
 */
export function noncentralTail(t: number, degreesOfFreedom: number, shift: number): number {
  if (degreesOfFreedom > MOST_DEGREES || Math.abs(shift) > MOST_SHIFT)
    return normalApproximation(t, degreesOfFreedom, shift);
  return t < 0 ? 1 - seriesTail(-t, degreesOfFreedom, -shift) : seriesTail(t, degreesOfFreedom, shift);
}
