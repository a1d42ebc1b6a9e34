/**
 * All that forecasts of single customers rest on: the study's choice, the fit on all data, everybody's gaps, spend and fifths.
 * Plain numbers, so that an answer can be kept: the next customer is looked up without choosing and fitting a model again.
 */
import { MODELS } from "../../stats/purchase/models.ts";
import type { PurchaseFit, PurchaseModel } from "../../stats/purchase/purchase-model.ts";
import { dayToDate } from "../calendar-day.ts";
import { type AnalysisContext, seeHidden } from "../context.ts";
import type { RepurchaseCustomersReport, RepurchaseQuery } from "../repurchase-schema.ts";
import type { UsualGaps } from "./lifecycle.ts";
import { readUsualGaps } from "./read-gaps.ts";
import { readSpend } from "./read-spend.ts";
import { type Fifths, findFifths } from "./rfm.ts";
import { fitSpend, type SpendForecast } from "./spend.ts";
import { type FinalForecast, type RepurchaseStudy, studyRepurchase } from "./study.ts";
import type { StudySpan } from "./study-span.ts";

/** What one customer is forecast with. */
export interface ForecastBasis {
  readonly span: StudySpan;
  /** Of the chosen model on all data. */
  readonly fit: PurchaseFit;
  readonly level: number;
  /** Whether the fitted model lets nobody go: by its form, or because dropout ran to its boundary. */
  readonly nobodyLeaves: boolean;
  readonly gaps: UsualGaps;
  /** Null where no order has a value in the workspace's currency. */
  readonly spend: SpendForecast | null;
  readonly fifths: Fifths;
}

export interface CustomerBasis extends Pick<RepurchaseStudy, "span" | "lack" | "backTest" | "warnings"> {
  readonly forecast: ForecastBasis | null;
}

export function modelOf({ fit }: Pick<ForecastBasis, "fit">): PurchaseModel {
  return MODELS.find(({ id }) => id === fit.model) as PurchaseModel;
}

function letsNobodyLeave({ model, fit, patterns }: FinalForecast): boolean {
  if (model.id === "nbd") return true;
  return fit.boundary !== null && model.alive(fit.parameters, patterns).every((alive) => alive > 0.999);
}

/**
 * Studies re-purchase once for any number of customers.
 * @throws AppError invalid (filter)
 */
export async function readCustomerBasis(workspace: AnalysisContext, query: RepurchaseQuery): Promise<CustomerBasis> {
  const context = seeHidden(workspace);
  const { span, lack, backTest, warnings, forecast: final } = await studyRepurchase(context, query);
  if (span === null || final === null) return { span, lack, backTest, warnings, forecast: null };
  const { from, to, outside, where } = query;
  const scope = { from, to, outside, where };
  const { fit, level, patterns } = final;
  const forecast = {
    ...{ span, fit, level, nobodyLeaves: letsNobodyLeave(final) },
    gaps: await readUsualGaps(context, scope, patterns),
    spend: fitSpend(await readSpend(context, scope, span.end)),
    fifths: findFifths(patterns),
  };
  return { span, lack, backTest, warnings, forecast };
}

/** What stands beside every forecast of single customers: the model, the day it starts from, how it did on the hold-out. */
export function describeBasis(
  { currency }: AnalysisContext,
  { horizonDays }: RepurchaseQuery,
  { span, forecast, backTest, warnings, lack }: CustomerBasis,
): Omit<RepurchaseCustomersReport, "total" | "customers"> {
  return {
    journey: "life",
    chosen: forecast?.fit.model ?? null,
    endOfData: span === null ? null : dayToDate(span.end),
    horizonDays: span?.horizonDays ?? horizonDays ?? 0,
    currency,
    backTest,
    warnings: [...warnings],
    lack,
  };
}
