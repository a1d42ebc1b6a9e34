/**
 * What a change did to one unit, or a few that changed together, beside a mix of others that moved alike before it.
 * Units that start at different times have another design: staged-effect.ts.
 */
import { buildBlockPanel } from "../../stats/block-panel.ts";
import { isNoAnswer } from "../../stats/no-answer.ts";
import { openSeededRandom } from "../../stats/seeded-random.ts";
import { measureSyntheticEffect, type SyntheticEffect } from "../../stats/synthetic-effect.ts";
import { listBlockRows, type UnitPanel } from "./effect-panel.ts";
import {
  completeReport,
  type EffectGroup,
  type EffectQuestion,
  type EffectReport,
  estimateOf,
  refuse,
  relativeOf,
} from "./effect-report.ts";

const SEED = 20_250_101;
/** Controls shown by their weight. */
const MOST_CARRIERS = 10;

function groupsOf(treated: readonly string[], controls: number, { absolute, course }: SyntheticEffect): EffectGroup[] {
  const after = course.filter((period) => period.after);
  const mean = (of: "observed" | "counterfactual") =>
    after.reduce((sum, period) => sum + period[of], 0) / Math.max(1, after.length);
  const { value: estimate, low, high } = absolute;
  return [
    {
      ...{ name: "mix of controls", role: "control", n: controls, mean: mean("counterfactual") },
      ...{ estimate: null, low: null, high: null },
    },
    {
      ...{ name: treated.join(", "), role: "treatment", n: treated.length, mean: mean("observed") },
      ...{ estimate, low, high },
    },
  ];
}

/** The course of the treated; the block's periods are in the order of time, as the panel's are. */
function seriesOf(moments: readonly string[], { course }: SyntheticEffect): NonNullable<EffectReport["series"]> {
  return course.map(({ observed, counterfactual, low, high }, at) => ({
    ...{ at: moments[at] ?? "", actual: observed, expected: counterfactual },
    ...{ low, high },
  }));
}

/** @throws AppError invalid where the rows form no block, or there are too few controls or periods */
export function measureUnitEffect(panel: UnitPanel, question: EffectQuestion): EffectReport {
  const block = buildBlockPanel(listBlockRows(panel));
  if (isNoAnswer(block)) throw refuse(block);
  const found = measureSyntheticEffect(block, openSeededRandom(SEED), question.confidence);
  if (isNoAnswer(found)) throw refuse(found);
  const carriers = found.controls
    .slice(0, MOST_CARRIERS)
    .map(({ name, weight }) => `${name} ${weight.toFixed(2)}`)
    .join(", ");
  return completeReport(
    {
      ...{ design: "synthetic", method: "synthetic difference-in-differences, placebo errors", n: block.units.length },
      ...estimateOf(found.absolute),
      relative: relativeOf(found.relative),
      checks: [
        ...found.checks,
        { id: "mix", passed: found.controls.length > 1, detail: `The mix, by weight: ${carriers}.` },
      ],
      groups: groupsOf(block.units.slice(block.controls), block.controls, found),
      ...(panel.moments ? { series: seriesOf(panel.moments, found) } : {}),
    },
    question,
  );
}
