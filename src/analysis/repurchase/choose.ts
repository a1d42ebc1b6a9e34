/**
 * Which model to believe, by how its forecasts did on the hold-outs; and whether it is better than no model at all.
 * Absolute error alone decides nothing: on rare purchases "nobody buys" has nearly the best of it.
 */
import { BASELINE_WORDS, MODEL_WORDS } from "../../domain/repurchase-words.ts";
import type { PurchaseModelId } from "../../stats/purchase/purchase-model.ts";
import type { HoldoutScores, RepurchaseReport } from "../repurchase-schema.ts";
import type { BackTest, ModelTest } from "./back-test.ts";

type BaselineReport = RepurchaseReport["baselines"][number];

/** Shortfalls this close are the same. */
const ALIKE = 0.005;

const size = (bias: number | null) => Math.abs(bias ?? 0);
const least = (numbers: readonly number[]) => numbers.reduce((low, number) => Math.min(low, number), Infinity);

/** Gini coefficient of a ranking, 2 AUC − 1. Not ranking at all is as good as tossing a coin: 0. */
const gini = (auc: number | null) => 2 * (auc ?? 0.5) - 1;

/**
 * How far each is behind the best of them, as fractions: of RMSE, of deviance, of the Gini coefficient of ranking who buys, and
 * half of what total bias is larger, as one period's total swings for all models alike.
 * Example: RMSE 1.02 and 1, all else equal → .02 and 0.
 */
function measureShortfalls(scores: readonly HoldoutScores[]): number[] {
  const best = {
    rmse: least(scores.map(({ rmse }) => rmse)),
    deviance: least(scores.map(({ poissonDeviance }) => poissonDeviance)),
    bias: least(scores.map(({ bias }) => size(bias))),
    gini: -least(scores.map(({ auc }) => -gini(auc))),
  };
  const behind = (gap: number, whole: number) => (whole > 0 ? gap / whole : 0);
  return scores.map(
    ({ rmse, poissonDeviance, bias, auc }) =>
      behind(rmse - best.rmse, best.rmse) +
      behind(poissonDeviance - best.deviance, best.deviance) +
      behind(best.gini - gini(auc), best.gini) +
      (size(bias) - best.bias) / 2,
  );
}

/**
 * The model that is least behind, by the mean over the hold-outs. Among those within half a per cent of it the first one tested,
 * which is the simplest: a model at its boundary is another one, and differs by rounding.
 */
export function findBestModel(backTests: readonly BackTest[]): PurchaseModelId | undefined {
  const models = backTests[0]?.tests.map(({ model }) => model.id) ?? [];
  const behind = models.map(() => 0);
  for (const { tests } of backTests)
    for (const [at, shortfall] of measureShortfalls(tests.map(({ scores }) => scores)).entries())
      behind[at] = (behind[at] as number) + shortfall / backTests.length;
  const lowest = least(behind);
  return models.find((_, at) => (behind[at] as number) <= lowest + ALIKE);
}

/** The baseline with the smallest RMSE. */
export function findBestBaseline(baselines: readonly BaselineReport[]): BaselineReport {
  return baselines.reduce((best, baseline) => (baseline.holdout.rmse < best.holdout.rmse ? baseline : best));
}

/** Better than every baseline on RMSE, on deviance and in ranking who buys. */
export function beatsBaselines(scores: HoldoutScores, baselines: readonly BaselineReport[]): boolean {
  return baselines.every(
    ({ holdout }) =>
      scores.rmse < holdout.rmse &&
      scores.poissonDeviance < holdout.poissonDeviance &&
      (scores.auc ?? 0.5) > (holdout.auc ?? 0.5),
  );
}

const percent = (share: number) => `${share < 0 ? "−" : "+"}${(100 * Math.abs(share)).toFixed(1)} %`;

function describeScores({ rmse, poissonDeviance, bias, auc }: HoldoutScores): string {
  const total = bias === null ? "" : `, total ${percent(bias)}`;
  return `RMSE ${rmse.toFixed(3)}, deviance ${poissonDeviance.toFixed(3)}${total}${auc === null ? "" : `, AUC ${auc.toFixed(3)}`}`;
}

/** One sentence on why this model. */
export function explainChoice(chosen: ModelTest, { tests, baselines }: BackTest, holdouts: number): string {
  const { name } = MODEL_WORDS[chosen.model.id];
  const baseline = findBestBaseline(baselines);
  const over = holdouts === 1 ? "the hold-out" : `${holdouts} hold-outs`;
  const chosenBy =
    tests.length === 1
      ? `${name} is the only model asked for`
      : `${name} did best of ${tests.length} models over ${over} in RMSE, deviance, total and ranking together`;
  const against = `${BASELINE_WORDS[baseline.id].name}: ${describeScores(baseline.holdout)}`;
  const verdict = beatsBaselines(chosen.scores, baselines)
    ? "it beats every baseline"
    : "yet it does not beat every baseline";
  return `${chosenBy} (${describeScores(chosen.scores)}); ${verdict} (best of them, ${against}).`;
}
