/**
 * The logarithm of rising factorials, ln Γ(r+x) − ln Γ(r), and its slope in r, exact where a difference of ln Γ would cancel.
 * ln Γ itself is in special-functions.ts; likelihoods of counts are in purchase/.
 */

// Bernoulli's numbers over 2k(2k−1): Stirling's series of ln Γ (Abramowitz & Stegun 6.1.41), and those over 2k, of ψ (6.3.18).
const STIRLING = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156];
const DIGAMMA = [1 / 12, -1 / 120, 1 / 252, -1 / 240, 1 / 132, -691 / 32760, 1 / 12];
/** From here on the series are exact to 1e-15. */
const LARGE = 12;
/** Up to here whole x are summed factor by factor: exact for every r. */
const SUMMED = 40;

/** Σ coefficients[k]·z^(2k+1) */
function odd(coefficients: readonly number[], z: number): number {
  const square = z * z;
  let sum = 0;
  for (let k = coefficients.length - 1; k >= 0; k--) sum = sum * square + (coefficients[k] ?? 0);
  return sum * z;
}

/**
 * ψ(x), the slope of ln Γ(x), x > 0. Method: recurrence up to 12, then the asymptotic series (Abramowitz & Stegun 6.3.18).
 * @example digamma(1) // −0.5772156649015329
 */
export function digamma(x: number): number {
  let [at, sum] = [x, 0];
  for (; at < LARGE; at++) sum -= 1 / at;
  return sum + Math.log(at) - 1 / (2 * at) - odd(DIGAMMA, 1 / at) / at;
}

/**
 * ln Γ(r+x) − ln Γ(r) for r > 0, x ≥ 0: the logarithm of r·(r+1)·…·(r+x−1) for whole x.
 * Method: the sum of logarithms for whole x up to 40; else both lifted to 12 and Stirling's series subtracted term by term.
 * @example logRising(0.5, 3) // ln(0.5·1.5·2.5) = 0.6286086594223741
 */
export function logRising(r: number, x: number): number {
  let sum = 0;
  if (x <= SUMMED && Number.isInteger(x)) {
    for (let k = 0; k < x; k++) sum += Math.log(r + k);
    return sum;
  }
  let base = r;
  for (; base < LARGE; base++) sum += Math.log1p(x / base);
  const end = base + x;
  // (end − ½)·ln end − (base − ½)·ln base − x, with the large parts taken together; lifting both took Σ ln((base + x)/base).
  const smooth = (base - 0.5) * Math.log1p(x / base) + x * (Math.log(end) - 1);
  return smooth + odd(STIRLING, 1 / end) - odd(STIRLING, 1 / base) - sum;
}

/**
 * ψ(r+x) − ψ(r), the slope of logRising in r, for r > 0, x ≥ 0. Method: as logRising.
 * @example digammaRising(2, 2) // 1/2 + 1/3 = 0.8333333333333333
 */
export function digammaRising(r: number, x: number): number {
  let sum = 0;
  if (x <= SUMMED && Number.isInteger(x)) {
    for (let k = 0; k < x; k++) sum += 1 / (r + k);
    return sum;
  }
  let base = r;
  for (; base < LARGE; base++) sum += x / (base * (base + x));
  const end = base + x;
  const series = odd(DIGAMMA, 1 / base) / base - odd(DIGAMMA, 1 / end) / end;
  return sum + Math.log1p(x / base) + x / (2 * base * end) + series;
}
