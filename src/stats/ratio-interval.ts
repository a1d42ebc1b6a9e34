/**
 * The interval of an effect relative to a control mean that is itself uncertain, exact where the delta method is lopsided.
 * How many standard errors it reaches (one look, or every day) is the caller's.
 */
import type { Interval } from "./estimate.ts";
import type { ArmPair } from "./welch-effect.ts";

/** How much of the room between the control's mean and 0 its own interval takes, squared: Fieller's g. */
export function baselineDoubt({ control, shared = 0 }: ArmPair, reach: number): number {
  return (reach ** 2 * (control.variance / control.n + shared)) / control.mean ** 2;
}

/**
 * All relative effects r whose test of m_B − (1 + r)·m_A = 0 stays within `reach` standard errors of that difference.
 * Source: Fieller (1954), JRSS B 16, 175–185.
 * @returns undefined when the control's mean is not `reach` standard errors from 0: no bounded interval holds then
 * @example means 4 and 5, variances of the means .04 and .09, reach 1.96 // .25 (.0695, .4548)
 */
export function relativeInterval(pair: ArmPair, reach: number): Interval | undefined {
  if (!(baselineDoubt(pair, reach) < 1)) return undefined;
  const { control, treatment, shared = 0 } = pair;
  const square = reach ** 2;
  // ρ = m_B/m_A: top·ρ² − 2·middle·ρ + bottom ≤ 0.
  const top = control.mean ** 2 - square * (control.variance / control.n + shared);
  const middle = control.mean * treatment.mean - square * shared;
  const bottom = treatment.mean ** 2 - square * (treatment.variance / treatment.n + shared);
  const root = Math.sqrt(Math.max(0, middle ** 2 - top * bottom));
  const [low, high] = [(middle - root) / top, (middle + root) / top];
  // Below 0 the change is counted against the size of the mean.
  return control.mean > 0 ? { low: low - 1, high: high - 1 } : { low: 1 - high, high: 1 - low };
}
