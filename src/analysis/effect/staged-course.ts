/**
 * The treated groups of a staged design period by period: as they were, and as they would have been without the change.
 * The effect in one number, and by time since the change, is in staged-effect.ts.
 */
import { estimateGroupTimeEffects } from "../../stats/group-time-effects.ts";
import { estimateFrom } from "../../stats/influence-function.ts";
import { averageBySize } from "../../stats/staged-aggregates.ts";
import type { Base, Controls } from "../../stats/staged-controls.ts";
import { isUnstaged } from "../../stats/staged-panel.ts";
import type { StagedSample } from "../../stats/staged-sample.ts";

export interface CoursePoint {
  readonly time: number;
  readonly actual: number;
  readonly expected: number;
  /** Of the expected: how far the comparison is sure of it. */
  readonly low: number;
  readonly high: number;
}

/**
 * Expected is the level in the base periods, moved as the controls moved since; groups are weighted by size. Before the change
 * the two should run together.
 * @param base not varying, which has no level to start from
 * @returns one point a period, ascending; none where the sample allows no comparison
 */
export function courseOfTreated(
  sample: StagedSample,
  options: { readonly controls: Controls; readonly confidence: number; readonly base: Exclude<Base, "varying"> },
): CoursePoint[] {
  const staged = estimateGroupTimeEffects(sample, options);
  if (isUnstaged(staged)) return [];
  return sample.periods.flatMap((time) => {
    const effects = staged.effects.filter((effect) => effect.time === time);
    if (effects.length === 0) return [];
    const averaged = averageBySize(staged, effects);
    const n = effects.reduce((sum, effect) => sum + effect.n, 0);
    const actual = effects.reduce((sum, { level, n: size }) => sum + level * size, 0) / n;
    const { value, low, high } = estimateFrom(sample, { ...averaged, n }, options.confidence);
    return [{ time, actual, expected: actual - value, low: actual - high, high: actual - low }];
  });
}
