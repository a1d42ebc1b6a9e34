/**
 * How many orders to expect of today's customers, by the model that did best on a hold-out, and how sure that is.
 * How models are tested and chosen is in repurchase/study.ts; single customers are in repurchase-customers.ts.
 */
import { dayToDate } from "./calendar-day.ts";
import type { AnalysisContext } from "./context.ts";
import { mapAlive } from "./repurchase/alive-map.ts";
import { countLater, forecastHoldout, type ModelTest, sumOver } from "./repurchase/back-test.ts";
import { calibrateByFrequency } from "./repurchase/calibration-by-frequency.ts";
import { beatsBaselines, explainChoice, findBestBaseline } from "./repurchase/choose.ts";
import { measureDispersion, totalBuyers, totalOrders } from "./repurchase/outlook.ts";
import type { CutPatterns } from "./repurchase/read-patterns.ts";
import type { PatternForecasts } from "./repurchase/rfm.ts";
import { segmentPatterns, sumSegments } from "./repurchase/rfm.ts";
import { type Evidence, type FinalForecast, type RepurchaseStudy, studyRepurchase } from "./repurchase/study.ts";
import type { StudySpan } from "./repurchase/study-span.ts";
import { trackPurchases } from "./repurchase/tracking.ts";
import type { RepurchaseQuery, RepurchaseReport } from "./repurchase-schema.ts";

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

function reportModel({ model, fit, scores, seconds }: ModelTest): RepurchaseReport["models"][number] {
  const { parameters, standardErrors, logLikelihood, boundary, passes } = fit;
  return {
    ...{ id: model.id, parameters, standardErrors, intervals: null, logLikelihood, boundary },
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
    models: tests.map(reportModel),
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

function reportOutlook(
  context: AnalysisContext,
  { end, horizonDays }: StudySpan,
  { model, fit, level, patterns }: FinalForecast,
  { alive, expected }: PatternForecasts,
  dispersion: number,
): Outlook {
  const customers = patterns.customers.reduce((sum, count) => sum + count, 0);
  const weeks = horizonDays / 7;
  return {
    ...{ horizonDays, from: dayToDate(end + 1), to: dayToDate(end + horizonDays), customers },
    orders: totalOrders(model, fit, patterns, expected, weeks, dispersion),
    buyers: totalBuyers(model, fit, patterns, weeks, level),
    ...{ value: null, currency: context.currency },
    alive: sumOver(patterns.customers, alive) / customers,
    level,
  };
}

/**
 * The forecast of everybody with its back-test. Below the floor of 300 repeat customers before and 100 buyers in the hold-out
 * nothing is fitted, and `lack` says what is missing.
 * @throws AppError invalid (filter)
 */
export async function analyzeRepurchase(context: AnalysisContext, query: RepurchaseQuery): Promise<RepurchaseReport> {
  const study = await studyRepurchase(context, query);
  const { span, main, forecast, evidence, lack, warnings } = study;
  const beginning = reportBeginning(study);
  if (!span || !main || !forecast || !evidence) return { ...beginning, ...NOTHING, warnings, lack };
  const forecasts = forecastPatterns(forecast, span.horizonDays / 7);
  const tested = forecastHoldout(evidence.chosen[0], main);
  return {
    ...beginning,
    ...reportEvidence(evidence, main, tested),
    outlook: reportOutlook(context, span, forecast, forecasts, measureDispersion(main, tested)),
    aliveMap: mapAlive(forecast.patterns, forecasts),
    segments: sumSegments(forecast.patterns, segmentPatterns(forecast.patterns), forecasts),
    states: [],
    ...{ warnings, lack },
  };
}
