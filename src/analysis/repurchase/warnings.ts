/**
 * What must be said beside a forecast, in one sentence each: how the data began, how the hold-outs went, what a parameter did.
 * It judges what others found, and finds nothing itself.
 */
import { BASELINE_WORDS, MODEL_WORDS } from "../../domain/repurchase-words.ts";
import type { HoldoutScores, RepurchaseReport } from "../repurchase-schema.ts";
import type { BackTest, ModelTest } from "./back-test.ts";
import { beatsBaselines, findBestBaseline } from "./choose.ts";
import type { StudySpan } from "./study-span.ts";
import type { Truncation } from "./truncation.ts";

type Warning = RepurchaseReport["warnings"][number];

/** A total this far off is said; hold-outs whose totals are this far apart are unsteady. */
const BIASED = 0.1;
const UNSTEADY = 0.25;
const TWO_YEARS = 2 * 365;

export interface Findings {
  readonly span: StudySpan;
  readonly truncation: Truncation | null;
  readonly main: BackTest;
  readonly chosen: ModelTest;
  /** Of the chosen model on every hold-out, newest first. */
  readonly scores: readonly HoldoutScores[];
  /** Of the chosen model fitted on all data. */
  readonly boundary: string | null;
  readonly level: number;
}

const percent = (share: number) => `${Math.round(100 * Math.abs(share))} %`;

function warnOfTruncation({ newAtStart, newLater }: Truncation, level: number): Warning {
  const rates = `${Math.round(newAtStart)} customers a week seem new at the start of the data, ${Math.round(newLater)} later`;
  return {
    code: "left-truncation",
    message: `The data look cut off at the start (left truncation): ${rates}, while sales did not fall so. First seen in the data is not acquired, and totals forecast from such data come out wrong; every forecast is multiplied by what a hold-out taught (now ${level.toFixed(2)}).`,
  };
}

/** Totals of the hold-outs that are far apart, from the lowest to the highest. */
function warnOfUnsteadiness(scores: readonly HoldoutScores[]): Warning[] {
  const biases = scores.flatMap(({ bias }) => (bias === null ? [] : [bias])).sort((a, b) => a - b);
  const [low, high] = [biases[0], biases.at(-1)];
  if (low === undefined || high === undefined || high - low <= UNSTEADY) return [];
  const signed = (bias: number) => `${bias < 0 ? "−" : "+"}${percent(bias)}`;
  const message = `The forecast's total was off by ${signed(low)} to ${signed(high)} in ${scores.length} hold-outs: expect as much again.`;
  return [{ code: "unsteady", message }];
}

function warnOfBias({ bias }: HoldoutScores): Warning[] {
  if (bias === null || Math.abs(bias) <= BIASED) return [];
  const message = `On the hold-out the forecast's total was ${percent(bias)} too ${bias < 0 ? "low" : "high"}; the interval of the outlook does not hold that.`;
  return [{ code: "biased", message }];
}

/** In the order of what changes most about reading the forecast. */
export function warnOf({ span, truncation, main, chosen, scores, boundary, level }: Findings): Warning[] {
  const { name } = MODEL_WORDS[chosen.model.id];
  const baseline = findBestBaseline(main.baselines);
  const short = span.end - span.first + 1 < TWO_YEARS;
  return [
    ...(truncation ? [warnOfTruncation(truncation, level)] : []),
    ...(beatsBaselines(chosen.scores, main.baselines)
      ? []
      : [
          {
            code: "no-better-than-baseline" as const,
            message: `No model beats every baseline on RMSE, deviance and ranking; the strongest baseline is «${BASELINE_WORDS[baseline.id].name}».`,
          },
        ]),
    ...warnOfBias(chosen.scores),
    ...warnOfUnsteadiness(scores),
    ...(boundary === null ? [] : [{ code: "boundary" as const, message: `${name}: ${boundary}` }]),
    ...(short
      ? [
          {
            code: "short-history" as const,
            message: `The data cover ${Math.floor((span.end - span.first + 1) / 7)} weeks, less than two years: seasons cannot be told from trends, and none is in the forecast.`,
          },
        ]
      : []),
  ];
}
