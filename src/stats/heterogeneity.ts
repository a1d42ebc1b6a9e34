/**
 * Whether independent estimates of one effect differ by more than chance.
 * Which of them differs, and why, is not said.
 */
import { logGamma } from "./special-functions.ts";

const PRECISION = 1e-14;
const TINY = 1e-300;

/** Lower regularised incomplete gamma function by its series; for x < a + 1. */
function gammaSeries(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let n = 1; n < 10_000 && term > sum * PRECISION; n++) {
    term *= x / (a + n);
    sum += term;
  }
  return sum * Math.exp(-x + a * Math.log(x) - logGamma(a));
}

/** Upper regularised incomplete gamma function by its continued fraction, after Lentz; for x ≥ a + 1. */
function gammaFraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1 / TINY;
  let d = 1 / b;
  let value = d;
  for (let n = 1; n < 10_000; n++) {
    const factor = -n * (n - a);
    b += 2;
    d = 1 / (factor * d + b || TINY);
    c = b + factor / c || TINY;
    value *= d * c;
    if (Math.abs(d * c - 1) < PRECISION) break;
  }
  return value * Math.exp(-x + a * Math.log(x) - logGamma(a));
}

/**
 * P(X > x) of a χ² variable.
 * @example chiSquaredTail(3.841459, 1) // .05
 */
export function chiSquaredTail(x: number, degreesOfFreedom: number): number {
  if (x <= 0) return 1;
  const [a, half] = [degreesOfFreedom / 2, x / 2];
  return half < a + 1 ? 1 - gammaSeries(a, half) : gammaFraction(a, half);
}

/**
 * p of the hypothesis that all effects are the same: Q = Σ w(τ − τ̄)², w = 1/SE², against χ² with k − 1 degrees of freedom.
 * Source: Cochran (1954), Biometrics 10, 101–129.
 * @returns null with fewer than two effects with an error
 * @example effects 1 and 3, errors 1 and 1 // Q = 2, p = .1573
 */
export function testSameEffect(effects: readonly { readonly effect: number; readonly error: number }[]): number | null {
  const usable = effects.filter(({ error }) => error > 0);
  if (usable.length < 2) return null;
  const weights = usable.map(({ error }) => 1 / error ** 2);
  const weight = weights.reduce((sum, one) => sum + one, 0);
  const mean = usable.reduce((sum, { effect }, index) => sum + effect * (weights[index] ?? 0), 0) / weight;
  const q = usable.reduce((sum, { effect }, index) => sum + (weights[index] ?? 0) * (effect - mean) ** 2, 0);
  return chiSquaredTail(q, usable.length - 1);
}
