/**
 * How strong an unseen common cause would have to be to explain a difference of shares away.
 * Whether there is such a cause no number can say.
 */

/**
 * RR + √(RR·(RR − 1)), of the ratio or of its inverse, whichever is above 1: the risk ratio that the cause needs with both the
 * touch and the outcome. Source: VanderWeele & Ding (2017), Annals of Internal Medicine 167, 268–274.
 * @returns null where a share is 0, so that no ratio exists
 * @example 3.9 against 1 // 7.26
 */
export function eValueOf(exposed: number, comparison: number): number | null {
  if (!(exposed > 0 && comparison > 0)) return null;
  const ratio = Math.max(exposed / comparison, comparison / exposed);
  return ratio + Math.sqrt(ratio * (ratio - 1));
}
