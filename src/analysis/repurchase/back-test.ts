/**
 * One hold-out: models fitted on what was known by its beginning, their forecasts of it, and the baselines beside them.
 * It prefers none; that is for choose.ts.
 */
import type { PurchaseFit, PurchaseModel } from "../../stats/purchase/purchase-model.ts";
import type { HoldoutScores, RepurchaseReport } from "../repurchase-schema.ts";
import { scoreBaselines } from "./baselines.ts";
import type { CutOff, CutPatterns } from "./read-patterns.ts";
import { scoreForecast } from "./scores.ts";

/** Where a level cannot be learnt from more purchases than this, chance would set it. */
const FEWEST_FOR_LEVEL = 100;

/** A cut-off with its hold-out, and an earlier one whose later days end where this one's begin. */
export interface Split {
  /** First purchase day of anybody, a day number. */
  readonly first: number;
  readonly cut: CutPatterns;
  readonly learning: CutPatterns;
}

export interface ModelTest {
  readonly model: PurchaseModel;
  readonly fit: PurchaseFit;
  /** Factor on its forecasts, learnt before the hold-out: 1 without left truncation. */
  readonly level: number;
  readonly scores: HoldoutScores;
  /** Of the fit on the calibration. */
  readonly seconds: number;
}

/** Scores only: the patterns of a hold-out may be many, and are let go. */
export interface BackTest {
  readonly cutOff: CutOff;
  /** Customers who had bought by the cut-off, and their purchase days in the hold-out. */
  readonly customers: number;
  readonly actual: number;
  readonly tests: readonly ModelTest[];
  readonly baselines: RepurchaseReport["baselines"];
}

/** Purchase days of all customers after the cut-off. */
export function countLater({ later, having }: CutPatterns): number {
  return later.reduce((sum, count, at) => sum + count * (having[at] as number), 0);
}

/** Σ over customers of one number a pattern. */
export function sumOver(customers: Float64Array, numbers: Float64Array): number {
  return numbers.reduce((sum, number, at) => sum + number * (customers[at] as number), 0);
}

function hasRepeat({ patterns }: CutPatterns): boolean {
  return patterns.x.some((x) => x > 0);
}

/**
 * The level for forecasts from a later end: actual ÷ forecast of all purchase days after an earlier cut-off, brought nearer to
 * 1 as what a cut-off start does to a model fades. Its logarithm shrinks by days of data then over days of data now; on the
 * demo's shop the over-forecast goes .35, .19, .04 while the data grow. 1 where too few bought to tell.
 * @param fit at the earlier cut-off
 * @param first first purchase day, and `end` the later end: day numbers
 * @example three quarters of the forecast came, and data are twice as long now: .75 ^ ½ = .87
 */
export function measureLevel(
  { model, fit }: Pick<ModelTest, "model" | "fit">,
  cut: CutPatterns,
  first: number,
  end: number,
): number {
  const actual = countLater(cut);
  const weeks = (cut.cutOff.until - cut.cutOff.end) / 7;
  const expected = sumOver(cut.patterns.customers, model.expected(fit.parameters, cut.patterns, weeks));
  if (actual < FEWEST_FOR_LEVEL || expected <= 0) return 1;
  return (actual / expected) ** ((cut.cutOff.end - first + 1) / (end - first + 1));
}

/** Expected purchase days in the hold-out, by pattern. */
export function forecastHoldout({ model, fit, level }: Omit<ModelTest, "scores">, cut: CutPatterns): Float64Array {
  const weeks = (cut.cutOff.until - cut.cutOff.end) / 7;
  return model.expected(fit.parameters, cut.patterns, weeks).map((expected) => level * expected);
}

function testModel(model: PurchaseModel, { first, cut, learning }: Split, { truncated, now }: Manner): ModelTest {
  const started = now();
  const fit = model.fit(cut.patterns);
  const seconds = (now() - started) / 1000;
  const learnLevel = () => measureLevel({ model, fit: model.fit(learning.patterns) }, learning, first, cut.cutOff.end);
  const level = truncated && hasRepeat(learning) ? learnLevel() : 1;
  const test = { model, fit, level, seconds };
  return { ...test, scores: scoreForecast(cut, forecastHoldout(test, cut)) };
}

export interface Manner {
  /** Whether to put the level of an earlier hold-out on every forecast. */
  readonly truncated: boolean;
  /** Milliseconds of any clock, for the time a fit takes. */
  readonly now: () => number;
}

export function testModels(split: Split, models: readonly PurchaseModel[], manner: Manner): BackTest {
  const { cut, learning } = split;
  return {
    cutOff: cut.cutOff,
    customers: cut.patterns.customers.reduce((sum, count) => sum + count, 0),
    actual: countLater(cut),
    tests: models.map((model) => testModel(model, split, manner)),
    baselines: scoreBaselines(cut, learning),
  };
}
