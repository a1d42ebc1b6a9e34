/**
 * Gauss' hypergeometric function ₂F₁(a, b; c; z) for real arguments, with its sign: it is negative for some that models of
 * purchases need, so its logarithm is never taken here. What it is an expectation of is said by those models.
 */
import { digamma } from "./rising-factorial.ts";
import { logGamma } from "./special-functions.ts";

const PRECISION = 1e-17;
const MOST_TERMS = 1_000_000;
/** Above this the series in z is slow, and the one in 1 − z is taken where it may be. */
const SLOW = 0.9;
/** Nearer to a whole number than this, Γ(c−a−b) and Γ(a+b−c) cancel too much. */
const NEAR_WHOLE = 1e-3;

/** Σ (a)ₙ(b)ₙ/(c)ₙ·zⁿ/n!, |z| < 1. */
function sumSeries(a: number, b: number, c: number, z: number): number {
  let [term, sum] = [1, 1];
  for (let n = 0; n < MOST_TERMS; n++) {
    const ratio = (((a + n) * (b + n)) / ((c + n) * (n + 1))) * z;
    term *= ratio;
    sum += term;
    // Terms may grow before they fall: it ends only once they fall.
    if (term === 0 || (Math.abs(ratio) < 1 && Math.abs(term) < PRECISION * Math.abs(sum) * (1 - Math.abs(ratio))))
      break;
  }
  return sum;
}

/** 1/Γ(x), any real x: 0 at 0, −1, −2, … */
function inverseGamma(x: number): { readonly log: number; readonly sign: number } {
  if (x > 0) return { log: -logGamma(x), sign: 1 };
  const sine = Math.sin(Math.PI * x);
  if (Number.isInteger(x)) return { log: Number.NEGATIVE_INFINITY, sign: 1 };
  return { log: logGamma(1 - x) + Math.log(Math.abs(sine) / Math.PI), sign: Math.sign(sine) };
}

/** Γ(one)·Γ(two)/(Γ(three)·Γ(four)), with its sign. */
function gammaRatio(one: number, two: number, three: number, four: number): number {
  const [p, q, s, t] = [inverseGamma(one), inverseGamma(two), inverseGamma(three), inverseGamma(four)];
  return p.sign * q.sign * s.sign * t.sign * Math.exp(s.log + t.log - p.log - q.log);
}

/** Near z = 1, c − a − b not whole (Abramowitz & Stegun 15.3.6). */
function sumNearOne(a: number, b: number, c: number, z: number): number {
  const rest = c - a - b;
  const near = gammaRatio(c, rest, c - a, c - b) * sumSeries(a, b, 1 - rest, 1 - z);
  const far = gammaRatio(c, -rest, a, b) * sumSeries(c - a, c - b, 1 + rest, 1 - z);
  return near + (1 - z) ** rest * far;
}

/** Near z = 1, c = a + b (Abramowitz & Stegun 15.3.10); a and b > 0. */
function sumBalanced(a: number, b: number, z: number): number {
  const log = Math.log1p(-z);
  let [term, sum] = [1, 0];
  for (let n = 0; n < 10_000; n++) {
    const part = term * (2 * digamma(n + 1) - digamma(a + n) - digamma(b + n) - log);
    sum += part;
    if (Math.abs(part) < PRECISION * Math.abs(sum)) break;
    term *= (((a + n) * (b + n)) / (n + 1) ** 2) * (1 - z);
  }
  return gammaRatio(a + b, 1, a, b) * sum;
}

function sumSmall(a: number, b: number, c: number, z: number): number {
  const rest = c - a - b;
  if (z > SLOW && rest === 0 && a > 0 && b > 0) return sumBalanced(a, b, z);
  const modest = Math.max(Math.abs(a), Math.abs(b), Math.abs(c)) < 20;
  if (z > SLOW && modest && Math.abs(rest - Math.round(rest)) > NEAR_WHOLE) return sumNearOne(a, b, c, z);
  return sumSeries(a, b, c, z);
}

/**
 * ₂F₁(a, b; c; z), value with sign. Method: Gauss' series after Euler's or Pfaff's transformation, whichever converges faster;
 * near z = 1 the series in 1 − z (Abramowitz & Stegun 15.3.3–15.3.10). Relative error about 1e-12 where it is not near a zero.
 * @param c not 0, −1, −2, …
 * @param z below 1
 * @returns NaN outside that
 * @example gaussHypergeometric(1, 1, 2, 0.5) // 2·ln 2 = 1.3862943611198906
 */
export function gaussHypergeometric(a: number, b: number, c: number, z: number): number {
  if (!(z < 1) || (c <= 0 && Number.isInteger(c))) return Number.NaN;
  if (z < 0) return (1 - z) ** -a * sumSmall(a, c - b, c, z / (z - 1));
  const rest = c - a - b;
  return rest < 0 ? (1 - z) ** rest * sumSmall(c - a, c - b, c, z) : sumSmall(a, b, c, z);
}
