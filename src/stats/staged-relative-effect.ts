/**
 * The effect of a staged change relative to what the treated units would have had without it.
 * The absolute effect is in staged-aggregates.ts; a relative effect is not given where that level may be 0.
 */
import type { GroupTimeEffects } from "./group-time-effects.ts";
import { combineInfluences, estimateFrom, type Influence, type StagedEstimate } from "./influence-function.ts";
import { aggregateSimple, averageBySize, listTreated } from "./staged-aggregates.ts";

/** The mean of one period as an estimate: each unit of the group moves it by (y_t − mean)/n. */
function levelInfluence(group: number, period: number, n: number): Influence {
  return new Map([[group, { periods: [period], weights: [1 / n], constant: 0 }]]);
}

/**
 * The simple aggregate over |mean of the treated units in their treated periods − aggregate|, with the error of the ratio
 * by the delta method: φ = (φ_effect − r·φ_level)/level.
 * @returns null where the interval of the level includes 0: relative to about nothing, an effect can be anything
 * @example everybody has 10 without the change and 11 with it // .1
 */
export function estimateRelativeStagedEffect(staged: GroupTimeEffects): StagedEstimate | null {
  const { sample, confidence } = staged;
  const effect = aggregateSimple(staged);
  const seen = averageBySize(
    staged,
    listTreated(staged).map(({ group, time, level, n }) => ({
      group,
      value: level,
      influence: levelInfluence(group, sample.periods.indexOf(time), n),
    })),
  );
  const level = estimateFrom(
    sample,
    {
      value: seen.value - effect.value,
      influence: combineInfluences([
        { influence: seen.influence, factor: 1 },
        { influence: effect.influence, factor: -1 },
      ]),
      n: effect.n,
    },
    confidence,
  );
  if (level.low <= 0 && level.high >= 0) return null;
  const size = Math.abs(level.value);
  const value = effect.value / size;
  // d|level| = sign(level)·dlevel.
  const influence = combineInfluences([
    { influence: effect.influence, factor: 1 / size },
    { influence: level.influence, factor: (-value * Math.sign(level.value)) / size },
  ]);
  return estimateFrom(sample, { value, influence, n: effect.n }, confidence, size);
}
