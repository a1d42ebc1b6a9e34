/**
 * Whether an effect is larger than the least one worth naming; with 0 as the least one, whether there is any.
 * Effects and their errors come from stratified-effect.ts.
 */
import { studentTail } from "./quantile.ts";

/**
 * p of the hypothesis |effect| ≤ least: T̄((|τ̂| − δ)/SE) + T̄((|τ̂| + δ)/SE), and 1 where |τ̂| ≤ δ > 0.
 * Source: Murphy & Myors (1999), Journal of Applied Psychology 84, 234–248.
 * @example 2 standard errors, 99 degrees of freedom, least 0 // .0482
 */
export function testMinimumEffect(effect: number, error: number, least: number, degreesOfFreedom: number): number {
  const size = Math.abs(effect);
  if (size <= least) return 1;
  const tail = (distance: number) =>
    studentTail(error === 0 ? Number.POSITIVE_INFINITY : distance / error, degreesOfFreedom);
  return Math.min(1, tail(size - least) + tail(size + least));
}
