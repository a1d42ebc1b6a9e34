/**
 * How many orders to expect of today's customers, by the model that did best on a hold-out, and how sure that is.
 * How models are tested and chosen is in repurchase/study.ts; single customers are in repurchase-customers.ts.
 */

import { findProfileIntervals } from "../stats/purchase/profile-interval.ts";
import type { PurchasePatterns } from "../stats/purchase/purchase-model.ts";
import { dayToDate } from "./calendar-day.ts";
import { type AnalysisContext, seeHidden } from "./context.ts";
import type { JourneyScope } from "./journey-frame.ts";
import { mapAlive } from "./repurchase/alive-map.ts";
import { countLater, forecastHoldout, type ModelTest, sumOver } from "./repurchase/back-test.ts";
import { calibrateByFrequency } from "./repurchase/calibration-by-frequency.ts";
import { beatsBaselines, explainChoice, findBestBaseline } from "./repurchase/choose.ts";
import { judgeStates } from "./repurchase/judge-states.ts";
import { sumStates } from "./repurchase/lifecycle.ts";
import { measureDispersion, totalBuyers, totalOrders } from "./repurchase/outlook.ts";
import { totalValue } from "./repurchase/outlook-value.ts";
import type { CutPatterns } from "./repurchase/read-patterns.ts";
import type { PatternForecasts } from "./repurchase/rfm.ts";
import { segmentPatterns, sumSegments } from "./repurchase/rfm.ts";
import { type Evidence, type FinalForecast, type RepurchaseStudy, studyRepurchase } from "./repurchase/study.ts";
import type { StudySpan } from "./repurchase/study-span.ts";
import { trackPurchases } from "./repurchase/tracking.ts";
import type { RepurchaseQuery, RepurchaseReport } from "./repurchase-schema.ts";

type ModelReport = RepurchaseReport["models"][number];
type Outlook = NonNullable<RepurchaseReport["outlook"]>;

/** The days that were looked at, and who bought in them. */
function reportBeginning({ span, main, floor }: RepurchaseStudy) {
  return {
    journey: "life" as const,
    customers: main?.patterns.customers.reduce((sum, count) => sum + count, 0) ?? 0,
    patterns: main?.patterns.x.length ?? 0,
    calibration: span && { from: dayToDate(span.first), to: dayToDate(span.calibrationEnd) },
    holdout: span &&
      main && { from: dayToDate(span.calibrationEnd + 1), to: dayToDate(span.end), actual: countLater(main) },
    floor,
  };
}

const NOTHING = {
  ...{ models: [], baselines: [], chosen: null, because: null, beatsBaselines: null, splits: [], tracking: [] },
  ...{ calibrationByFrequency: [], outlook: null, aliveMap: [], segments: [], states: [] },
};

/** 95 % profile-likelihood intervals on the calibration, by parameter; no upper end where the likelihood stays flat. */
function reportIntervals({ model, fit }: ModelTest, patterns: PurchasePatterns): ModelReport["intervals"] {
  const finite = (end: number) => (Number.isFinite(end) ? end : null);
  return Object.fromEntries(
    Object.entries(findProfileIntervals(model, patterns, fit)).map(([name, { low, high }]) => [
      name,
      { low, high: finite(high) },
    ]),
  );
}

function reportModel({ model, fit, scores, seconds }: ModelTest, intervals: ModelReport["intervals"]): ModelReport {
  const { parameters, standardErrors, logLikelihood, boundary, passes } = fit;
  return {
    ...{ id: model.id, parameters, standardErrors, intervals, logLikelihood, boundary },
    ...{ holdout: scores, passes, seconds },
  };
}

function reportSplits({ backTests, chosen }: Evidence): RepurchaseReport["splits"] {
  return backTests.map(({ cutOff, customers, actual, baselines }, at) => ({
    from: dayToDate(cutOff.end + 1),
    to: dayToDate(cutOff.until),
    ...{ customers, actual },
    chosen: (chosen[at] as ModelTest).scores,
    baseline: findBestBaseline(baselines),
  }));
}

/** What the hold-outs showed, of all models and of the chosen one. */
function reportEvidence(evidence: Evidence, main: CutPatterns, forecast: Float64Array) {
  const { backTests, chosen, weeks } = evidence;
  const { tests, baselines } = backTests[0];
  const [{ model, fit, scores }] = chosen;
  const total = sumOver(main.patterns.customers, forecast);
  return {
    models: tests.map((test) => reportModel(test, test === chosen[0] ? reportIntervals(test, main.patterns) : null)),
    ...{ baselines: [...baselines], chosen: model.id },
    because: explainChoice(chosen[0], backTests[0], backTests.length),
    beatsBaselines: beatsBaselines(scores, baselines),
    splits: reportSplits(evidence),
    tracking: trackPurchases(weeks, main, model, fit.parameters, total),
    calibrationByFrequency: calibrateByFrequency(main, forecast),
  };
}

function forecastPatterns({ model, fit, level, patterns }: FinalForecast, weeks: number): PatternForecasts {
  return {
    alive: model.alive(fit.parameters, patterns),
    expected: model.expected(fit.parameters, patterns, weeks).map((expected) => level * expected),
  };
}

/** @param dispersion of the hold-out: how much more than Poisson counts purchases scatter */
async function reportOutlook(
  context: AnalysisContext,
  scope: JourneyScope,
  { end, horizonDays }: StudySpan,
  forecast: FinalForecast,
  { alive, expected }: PatternForecasts,
  dispersion: number,
): Promise<Outlook> {
  const { model, fit, level, patterns } = forecast;
  const customers = patterns.customers.reduce((sum, count) => sum + count, 0);
  const weeks = horizonDays / 7;
  const orders = totalOrders(model, fit, patterns, expected, weeks, dispersion);
  return {
    ...{ horizonDays, from: dayToDate(end + 1), to: dayToDate(end + horizonDays), customers, orders },
    buyers: totalBuyers(model, fit, patterns, weeks, level),
    value: await totalValue(context, scope, end, forecast, expected, orders),
    currency: context.currency,
    ...{ alive: sumOver(patterns.customers, alive) / customers, level },
  };
}

/** What lies ahead of today's customers, all together and by group. */
async function reportForecast(
  context: AnalysisContext,
  scope: JourneyScope,
  span: StudySpan,
  forecast: FinalForecast,
  dispersion: number,
) {
  const { patterns } = forecast;
  const forecasts = forecastPatterns(forecast, span.horizonDays / 7);
  const states = await judgeStates(context, scope, span.end, forecast);
  return {
    outlook: await reportOutlook(context, scope, span, forecast, forecasts, dispersion),
    aliveMap: mapAlive(patterns, forecasts),
    segments: sumSegments(patterns, segmentPatterns(patterns), forecasts),
    states: sumStates(patterns, states, forecasts.expected),
  };
}

/**
 * The forecast of everybody with its back-test. Below the floor of 300 repeat customers before and 100 buyers in the hold-out
 * nothing is fitted, and `lack` says what is missing.
 * @throws AppError invalid (filter)
 */
export async function analyzeRepurchase(workspace: AnalysisContext, query: RepurchaseQuery): Promise<RepurchaseReport> {
  const context = seeHidden(workspace);
  const study = await studyRepurchase(context, query);
  const { span, main, forecast, evidence, lack, warnings } = study;
  const beginning = reportBeginning(study);
  if (!span || !main || !forecast || !evidence) return { ...beginning, ...NOTHING, warnings: [...warnings], lack };
  const tested = forecastHoldout(evidence.chosen[0], main);
  const { from, to, outside, where } = query;
  return {
    ...beginning,
    ...reportEvidence(evidence, main, tested),
    ...(await reportForecast(context, { from, to, outside, where }, span, forecast, measureDispersion(main, tested))),
    ...{ warnings: [...warnings], lack },
  };
}
