/**
 * What a change did that was given to some units by chance: two arms compared, with the sample-ratio check before the verdict.
 * Rows are added up in collect-arms.ts; which groups are the arms is decided in choose-arms.ts.
 */
import { estimateAlwaysValid } from "../../stats/always-valid.ts";
import { meanOfArm, shareOfArm } from "../../stats/arm-moments.ts";
import { estimateChanceToWin } from "../../stats/chance-to-win.ts";
import { adjustForBefore } from "../../stats/cuped.ts";
import { isNoAnswer, type NoAnswer } from "../../stats/no-answer.ts";
import { wilsonInterval } from "../../stats/proportion.ts";
import { studentQuantile } from "../../stats/quantile.ts";
import { ratioOfArm } from "../../stats/ratio-metric.ts";
import { checkSampleRatio, SAMPLE_RATIO_LEVEL } from "../../stats/sample-ratio.ts";
import { estimateShareEffect } from "../../stats/share-effect.ts";
import { type ArmPair, type Effect, estimateEffect, isSteadyBaseline } from "../../stats/welch-effect.ts";
import type { CollectedArm } from "./collect-arms.ts";
import {
  completeReport,
  type EffectGroup,
  type EffectQuestion,
  type EffectReport,
  estimateOf,
  refuse,
  relativeOf,
} from "./effect-report.ts";

export interface RandomisedQuestion extends EffectQuestion {
  /** An interval that holds at every look, for those who look before the end. */
  readonly peeking: boolean;
  /** Expected shares of control and treatment; equal when left out. */
  readonly split?: readonly [number, number] | undefined;
}

interface Compared {
  readonly pair: ArmPair;
  readonly method: string;
  readonly absolute: Effect | NoAnswer;
}

/** The two arms as means, by what the data are: shares, ratios, or means, adjusted for the time before where it is known. */
function pairOf(control: CollectedArm, treatment: CollectedArm): { pair: ArmPair; method: string } | NoAnswer {
  const { columns } = control.moments;
  const ratio = columns.includes("denominator");
  if (columns.includes("before")) {
    const pair = adjustForBefore(control.moments, treatment.moments);
    if (isNoAnswer(pair)) return pair;
    const method = `Welch's t with CUPED, which takes ${Math.round(pair.reduction * 100)} % of the variance away`;
    return { pair, method: ratio ? `${method}, ratio by the delta method` : method };
  }
  if (ratio) {
    const [a, b] = [ratioOfArm(control.moments), ratioOfArm(treatment.moments)];
    if (isNoAnswer(a)) return a;
    if (isNoAnswer(b)) return b;
    return { pair: { control: a, treatment: b }, method: "ratio by the delta method, Welch's t" };
  }
  if (control.hits !== null && treatment.hits !== null) {
    const [a, b] = [shareOfArm(control.hits, control.moments.n), shareOfArm(treatment.hits, treatment.moments.n)];
    return { pair: { control: a, treatment: b }, method: "difference of shares, Agresti and Caffo" };
  }
  return {
    pair: { control: meanOfArm(control.moments), treatment: meanOfArm(treatment.moments) },
    method: "Welch's t",
  };
}

/** The two arms' difference alone, as `measureRandomisedEffect` reads it. */
export function compareArms(
  control: CollectedArm,
  treatment: CollectedArm,
  { peeking, confidence }: RandomisedQuestion,
): Compared | NoAnswer {
  const found = pairOf(control, treatment);
  if (isNoAnswer(found)) return found;
  const { pair, method } = found;
  if (peeking) {
    const absolute = estimateAlwaysValid(pair, "absolute", undefined, confidence);
    return { pair, method: `${method.replace(", Agresti and Caffo", "")}, always-valid interval`, absolute };
  }
  const shares = control.moments.columns.length === 1 && control.hits !== null && treatment.hits !== null;
  const absolute = shares
    ? estimateShareEffect(
        { hits: control.hits, n: control.moments.n },
        { hits: treatment.hits, n: treatment.moments.n },
        confidence,
      )
    : estimateEffect(pair, "absolute", confidence);
  return { pair, method, absolute };
}

function checksOf({ control, treatment }: ArmPair, split: RandomisedQuestion["split"]): EffectReport["checks"] {
  const ratio = checkSampleRatio([control.n, treatment.n], split);
  if (isNoAnswer(ratio)) throw refuse(ratio);
  const expected = ratio.expected.map((count) => Number(count.toFixed(1))).join(" : ");
  const blocked = ratio.passed ? "" : " Find out who is missing before you read the effect.";
  return [
    {
      id: "sample-ratio",
      passed: ratio.passed,
      detail: `${control.n} : ${treatment.n} units where ${expected} were expected, p ${ratio.p.toPrecision(2)}; below ${SAMPLE_RATIO_LEVEL} no verdict is given.${blocked}`,
    },
    {
      id: "steady-baseline",
      passed: isSteadyBaseline(control),
      detail: "The control's mean should be 4 standard errors away from 0 for a relative effect to be read.",
    },
  ];
}

/** The mean of one arm with an interval of its own: Wilson's for a share of units, else Student's t. */
function groupOf(role: "control" | "treatment", arm: CollectedArm, pair: ArmPair, confidence: number): EffectGroup {
  const { n, mean, variance } = pair[role];
  const share = arm.hits !== null && arm.moments.columns.length === 1;
  const half = studentQuantile((1 + confidence) / 2, n - 1) * Math.sqrt(variance / n + (pair.shared ?? 0));
  const { low, high } = share ? wilsonInterval(mean, n, confidence) : { low: mean - half, high: mean + half };
  return {
    ...{ name: arm.name, role, n, mean, meanLow: low, meanHigh: high },
    ...{ estimate: null, low: null, high: null },
  };
}

/** @throws AppError invalid where the arms cannot be compared: fewer than two units, no spread, denominators of 0 */
export function measureRandomisedEffect(
  control: CollectedArm,
  treatment: CollectedArm,
  question: RandomisedQuestion,
): EffectReport {
  const compared = compareArms(control, treatment, question);
  if (isNoAnswer(compared)) throw refuse(compared);
  const { pair, method, absolute } = compared;
  if (isNoAnswer(absolute)) throw refuse(absolute);
  const estimate = question.peeking
    ? estimateAlwaysValid(pair, "relative", undefined, question.confidence)
    : estimateEffect(pair, "relative", question.confidence);
  const chance = estimateChanceToWin(pair, "absolute", { higherIsBetter: !question.lowerIsBetter });
  return completeReport(
    {
      ...{ design: "randomised", method, n: pair.control.n + pair.treatment.n },
      ...estimateOf(absolute),
      relative: relativeOf(estimate),
      checks: checksOf(pair, question.split),
      groups: [
        groupOf("control", control, pair, question.confidence),
        groupOf("treatment", treatment, pair, question.confidence),
      ],
      ...(isNoAnswer(chance) ? {} : { chanceToWin: chance.chanceToWin }),
    },
    question,
  );
}
