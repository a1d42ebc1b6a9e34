/**
 * The part that every question about single forecasts shares: the hold-out, the choice of a model, and its fit on all data.
 * What is reported of it is put together in ../repurchase.ts, and for single customers in ../repurchase-customers.ts.
 */
import type { PurchaseFit, PurchaseModel, PurchasePatterns } from "../../stats/purchase/purchase-model.ts";
import type { AnalysisContext } from "../context.ts";
import type { HoldoutScores, Lack, RepurchaseQuery, RepurchaseReport } from "../repurchase-schema.ts";

/** Day numbers since 1970 in the workspace's zone. The calibration is [first, calibrationEnd], the hold-out (calibrationEnd, end]. */
export interface StudySpan {
  readonly first: number;
  readonly calibrationEnd: number;
  /** Calendar day of the last event of the workspace, the end of observation. */
  readonly end: number;
  readonly horizonDays: number;
}

/** The chosen model fitted on everything up to the end of the data. */
export interface FinalForecast {
  readonly model: PurchaseModel;
  readonly fit: PurchaseFit;
  /** Put on every expected number of purchases: expected = level × model.expected(…). 1 without left truncation. */
  readonly level: number;
  /** Customers at the end of the data; those of one customer come from purchaseDayAliases in the same way. */
  readonly patterns: PurchasePatterns;
}

export interface RepurchaseStudy {
  /** Null without an order, or with less than two weeks of data. */
  readonly span: StudySpan | null;
  /** Null exactly when there is a forecast. */
  readonly lack: Lack | null;
  readonly forecast: FinalForecast | null;
  /** Of the chosen model on the hold-out; null below the floor. */
  readonly backTest: HoldoutScores | null;
  readonly warnings: RepurchaseReport["warnings"];
}

/**
 * Reads the patterns, tests the models on the hold-out, chooses one and fits it on all data.
 * @throws AppError invalid (filter)
 */
export async function studyRepurchase(_context: AnalysisContext, _query: RepurchaseQuery): Promise<RepurchaseStudy> {
  throw new Error("The models are being written.");
}
