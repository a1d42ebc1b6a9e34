/**
 * Quantiles of the normal and of Student's distribution, and the tail of the latter: how many standard errors an interval reaches.
 * Quantiles of data are not here: the event store computes those exactly.
 */
import { incompleteBeta } from "./special-functions.ts";

/** Wichura's rational approximations: numerator and denominator, lowest power first. */
const CENTRE = [
  [
    3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987, 67265.7709270087,
    33430.57558358813, 2509.0809287301227,
  ],
  [
    1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271,
    28729.085735721943, 5226.495278852546,
  ],
] as const;
const TAIL = [
  [
    1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684,
    0.2417807251774506, 0.022723844989269184, 0.0007745450142783414,
  ],
  [
    1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457,
    0.0005475938084995345, 1.0507500716444169e-9,
  ],
] as const;
const FAR_TAIL = [
  [
    6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124,
    0.0012426609473880784, 0.000027115555687434876, 2.0103343992922881e-7,
  ],
  [
    1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133, 0.000018463183175100548,
    1.421511758316446e-7, 2.0442631033899397e-15,
  ],
] as const;

function evaluate([top, bottom]: readonly [readonly number[], readonly number[]], x: number): number {
  const horner = (terms: readonly number[]) => terms.reduceRight((sum, term) => sum * x + term, 0);
  return horner(top) / horner(bottom);
}

/**
 * The z with P(Z ≤ z) = p for a standard normal Z; ±Infinity at p = 1 and 0.
 * Method: Wichura (1988), algorithm AS 241, relative error about 1e-16.
 * @example normalQuantile(0.975) // 1.959963984540054
 */
export function normalQuantile(p: number): number {
  if (p <= 0) return Number.NEGATIVE_INFINITY;
  if (p >= 1) return Number.POSITIVE_INFINITY;
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) return q * evaluate(CENTRE, 0.180625 - q * q);
  const r = Math.sqrt(-Math.log(q < 0 ? p : 1 - p));
  return Math.sign(q) * (r <= 5 ? evaluate(TAIL, r - 1.6) : evaluate(FAR_TAIL, r - 5));
}

/**
 * P(T > t) of Student's T for t ≥ 0: half of I_x(df/2, 1/2) at x = df/(df + t²); 0 at Infinity.
 * Source: Abramowitz & Stegun 26.7.1.
 * @example studentTail(2, 99) // .02412
 */
export function studentTail(t: number, degreesOfFreedom: number): number {
  return incompleteBeta(degreesOfFreedom / (degreesOfFreedom + t * t), degreesOfFreedom / 2, 0.5) / 2;
}

/**
 * The t with P(T ≤ t) = p for Student's T; p in (0, 1), degrees of freedom > 0.
 * Method: bisection of the distribution function, which holds for every p and df, to a relative 1e-13.
 * @example studentQuantile(0.975, 10) // 2.2281388519649385
 */
export function studentQuantile(p: number, degreesOfFreedom: number): number {
  if (p < 0.5) return -studentQuantile(1 - p, degreesOfFreedom);
  if (p === 0.5) return 0;
  let low = 0;
  let high = 1;
  while (studentTail(high, degreesOfFreedom) > 1 - p) high *= 2;
  while (high - low > 1e-13 * high) {
    const middle = (low + high) / 2;
    if (studentTail(middle, degreesOfFreedom) > 1 - p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
