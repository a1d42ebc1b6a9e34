/**
 * The part that every question about single forecasts shares: the hold-outs, the choice of a model, and its fit on all data.
 * What is reported of it is put together in ../repurchase.ts, and for single customers in ../repurchase-customers.ts.
 */
import { MODELS } from "../../stats/purchase/models.ts";
import type { PurchaseFit, PurchaseModel, PurchasePatterns } from "../../stats/purchase/purchase-model.ts";
import { type AnalysisContext, seeHidden } from "../context.ts";
import { hasRole } from "../kpi-frame.ts";
import {
  type HoldoutScores,
  type Lack,
  type RepurchaseQuery,
  type RepurchaseReport,
  repurchaseQuerySchema,
} from "../repurchase-schema.ts";
import { type BackTest, type Manner, type ModelTest, measureLevel, testModels } from "./back-test.ts";
import { findBestModel } from "./choose.ts";
import { explainFloor, explainNothing, type Floor, isBelow, measureFloor, NOBODY } from "./floor.ts";
import { type CutOff, type CutPatterns, readPatterns } from "./read-patterns.ts";
import { type PurchaseWeek, readPurchaseWeeks, readStudySpan, type StudySpan } from "./study-span.ts";
import { detectTruncation } from "./truncation.ts";
import { warnOf } from "./warnings.ts";

/** The chosen model fitted on everything up to the end of the data. */
export interface FinalForecast {
  readonly model: PurchaseModel;
  readonly fit: PurchaseFit;
  /** Put on every expected number of purchases: expected = level × model.expected(…). 1 without left truncation. */
  readonly level: number;
  /** Customers at the end of the data; those of one customer come from purchaseDayAliases in the same way. */
  readonly patterns: PurchasePatterns;
}

/** What the choice rests on. */
export interface Evidence {
  /** The main hold-out first, then those at earlier ends. */
  readonly backTests: readonly [BackTest, ...BackTest[]];
  /** The chosen model on each. */
  readonly chosen: readonly [ModelTest, ...ModelTest[]];
  readonly weeks: readonly PurchaseWeek[];
}

export interface RepurchaseStudy {
  /** Null without an order, or with less than two weeks of data. */
  readonly span: StudySpan | null;
  /** Customers who had bought by the end of the calibration, as patterns, with the hold-out; null without a span. */
  readonly main: CutPatterns | null;
  readonly floor: Floor;
  /** Null exactly when there is a forecast. */
  readonly lack: Lack | null;
  readonly forecast: FinalForecast | null;
  readonly evidence: Evidence | null;
  /** Of the chosen model on the hold-out; null below the floor. */
  readonly backTest: HoldoutScores | null;
  readonly warnings: RepurchaseReport["warnings"];
}

const EARLIER_SPLITS = 2;

type Read = (cutOff: CutOff) => Promise<CutPatterns>;

/** Levels and baselines are learnt in the last days before the hold-out: as many as it has, at most half of what there is. */
async function testSplit(read: Read, cut: CutPatterns, first: number, plan: Plan): Promise<BackTest> {
  const { end, until } = cut.cutOff;
  const days = Math.min(until - end, Math.max(1, Math.floor((end - first + 1) / 2)));
  return testModels({ first, cut, learning: await read({ end: end - days, until: end }) }, plan.models, plan);
}

/**
 * Hold-outs of the same length that end earlier, newest first: by its length, or by a quarter of the calibration if that is
 * less. None looks further ahead than back: what a model does in a shop's first weeks says little of the forecast wanted now.
 */
async function testEarlier(read: Read, { first, calibrationEnd, end }: StudySpan, plan: Plan): Promise<BackTest[]> {
  const holdout = end - calibrationEnd;
  const step = Math.min(holdout, 7 * Math.floor((calibrationEnd - first + 1) / 4 / 7));
  const backTests: BackTest[] = [];
  for (let nth = 1; step > 0 && nth <= EARLIER_SPLITS; nth++) {
    const cutOff = { end: calibrationEnd - nth * step, until: end - nth * step };
    if (cutOff.end - first + 1 < holdout) break;
    const cut = await read(cutOff);
    if (isBelow(measureFloor(cut))) break;
    backTests.push(await testSplit(read, cut, first, plan));
  }
  return backTests;
}

/** The winner over all hold-outs. */
async function chooseModel(
  read: Read,
  span: StudySpan,
  main: CutPatterns,
  plan: Plan,
): Promise<Omit<Evidence, "weeks">> {
  const backTests = [await testSplit(read, main, span.first, plan), ...(await testEarlier(read, span, plan))] as const;
  const winner = findBestModel(backTests);
  const chosen = backTests.map(({ tests }) => tests.find(({ model }) => model.id === winner) as ModelTest);
  return { backTests, chosen: chosen as [ModelTest, ...ModelTest[]] };
}

interface Plan extends Manner {
  readonly models: readonly PurchaseModel[];
}

type Beginning = Pick<RepurchaseStudy, "span" | "main" | "floor">;

function withoutForecast(beginning: Beginning, lack: Lack): RepurchaseStudy {
  return { ...beginning, lack, forecast: null, evidence: null, backTest: null, warnings: [] };
}

/**
 * Reads the patterns, tests the models on the hold-outs, chooses one and fits it on all data.
 * @throws AppError invalid (filter)
 */
export async function studyRepurchase(workspace: AnalysisContext, input: RepurchaseQuery): Promise<RepurchaseStudy> {
  const context = seeHidden(workspace);
  const query = repurchaseQuerySchema.parse(input);
  const { from, to, outside, where } = query;
  const scope = { from, to, outside, where };
  const span = hasRole(context, "order") ? await readStudySpan(context, scope, query) : null;
  if (!span) return withoutForecast({ span, main: null, floor: NOBODY }, explainNothing(hasRole(context, "order")));
  const read = (cutOff: CutOff) => readPatterns(context, scope, cutOff);
  const main = await read({ end: span.calibrationEnd, until: span.end });
  const beginning = { span, main, floor: measureFloor(main) };
  if (isBelow(beginning.floor)) return withoutForecast(beginning, explainFloor(beginning.floor, main.cutOff));
  const weeks = await readPurchaseWeeks(context, scope, span);
  const truncation = detectTruncation(weeks.filter((week) => week.to <= span.calibrationEnd));
  const models = MODELS.filter(({ id }) => query.models?.includes(id) ?? true);
  const plan = { models, truncated: truncation !== null, now: context.stopwatch ?? (() => 0) };
  const { backTests, chosen } = await chooseModel(read, span, main, plan);
  const { model } = chosen[0];
  const { patterns } = await read({ end: span.end, until: span.end });
  const forecast = {
    ...{ model, patterns, fit: model.fit(patterns) },
    level: truncation === null ? 1 : measureLevel(chosen[0], main, span.first, span.end),
  };
  const scores = chosen.map((test) => test.scores);
  const { boundary } = forecast.fit;
  const { level } = forecast;
  return {
    ...beginning,
    ...{ lack: null, forecast, evidence: { backTests, chosen, weeks }, backTest: chosen[0].scores },
    warnings: warnOf({ span, truncation, main: backTests[0], chosen: chosen[0], scores, boundary, level }),
  };
}
