/**
 * Models and simple rules as rows of one table, in the order of their error, with what each believes.
 */
import { BASELINE_WORDS, MODEL_WORDS } from "../../../../../src/domain/repurchase-words.ts";
import type { Column } from "../../../../ui/data-table.tsx";
import { formatDecimal, formatShare } from "../../../../ui/format.ts";
import { formatBias, type RepurchaseReport } from "../views/repurchase-words.ts";

type Scores = RepurchaseReport["baselines"][number]["holdout"];

export interface ModelRow {
  readonly key: string;
  readonly name: string;
  readonly means: string;
  readonly chosen: boolean;
  /** A rule so simple that a model has to beat it. */
  readonly simple: boolean;
  readonly scores: Scores;
  /** Of models only. */
  readonly fit: { readonly logLikelihood: number; readonly passes: number; readonly seconds: number } | null;
}

export function toModelRows({ models, baselines, chosen }: RepurchaseReport): readonly ModelRow[] {
  const fitted = models.map(({ id, holdout, logLikelihood, passes, seconds }): ModelRow => {
    const { name, means } = MODEL_WORDS[id];
    const fit = { logLikelihood, passes, seconds };
    return { key: id, name, means, chosen: id === chosen, simple: false, scores: holdout, fit };
  });
  const simple = baselines.map(({ id, holdout }): ModelRow => {
    return { key: id, ...BASELINE_WORDS[id], chosen: false, simple: true, scores: holdout, fit: null };
  });
  return [...fitted, ...simple].toSorted((a, b) => a.scores.rmse - b.scores.rmse);
}

const decimal = (key: keyof Scores, title: string, digits = 3): Column<ModelRow> => ({
  ...{ key, title, align: "right" },
  value: ({ scores }) => scores[key],
  format: ({ scores }) => formatDecimal(scores[key], digits),
});

export const RMSE = decimal("rmse", "RMSE");

/** What decides. */
export const DECIDING: readonly Column<ModelRow>[] = [
  RMSE,
  decimal("poissonDeviance", "Deviance"),
  {
    ...{ key: "bias", title: "Total off by", align: "right" },
    value: ({ scores }) => scores.bias,
    format: ({ scores }) => formatBias(scores.bias),
  },
  decimal("auc", "AUC"),
  {
    ...{ key: "topDecileShare", title: "Top tenth", align: "right" },
    value: ({ scores }) => scores.topDecileShare,
    format: ({ scores }) => formatShare(scores.topDecileShare),
  },
];

/** Everything, to take away. */
export const ALL_SCORES: readonly Column<ModelRow>[] = [
  { key: "name", title: "Model", value: ({ name }) => name },
  { key: "kind", title: "Kind", value: ({ simple }) => (simple ? "simple rule" : "model") },
  { key: "chosen", title: "Chosen", value: ({ chosen }) => (chosen ? "yes" : "") },
  ...DECIDING,
  decimal("mae", "MAE"),
  decimal("correlation", "Correlation"),
  {
    ...{ key: "logLikelihood", title: "Log-likelihood", align: "right" },
    value: ({ fit }) => fit?.logLikelihood ?? null,
    format: ({ fit }) => formatDecimal(fit?.logLikelihood ?? null, 1),
  },
  { key: "passes", title: "Passes", align: "right", value: ({ fit }) => fit?.passes ?? null },
  {
    ...{ key: "seconds", title: "Seconds", align: "right" },
    value: ({ fit }) => fit?.seconds ?? null,
    format: ({ fit }) => formatDecimal(fit?.seconds ?? null, 2),
  },
];
