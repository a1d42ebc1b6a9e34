/**
 * What did the change do? The one door to an effect on events: it hands the question to the design that was possible.
 * Effects of a CSV file have their own door, src/api/effect-from-csv.ts; both give the same report.
 */
import type { EffectQuestion } from "../../domain/effect.ts";
import { type AnalysisContext, seeHidden } from "../context.ts";
import type { EffectReport } from "./effect-report.ts";
import { measureStagedOnEvents, measureSyntheticOnEvents } from "./event-panel.ts";
import { measureRandomisedOnEvents } from "./event-randomised.ts";
import { measureSeriesOnEvents } from "./event-series.ts";

/**
 * Counts whatever happened, also at touchpoints that are hidden on maps.
 * @throws AppError invalid (expressions, times, nothing to compare), not-found (touchpoint, object type)
 */
export async function measureEffect(context: AnalysisContext, question: EffectQuestion): Promise<EffectReport> {
  const whole = seeHidden(context);
  switch (question.design) {
    case "randomised":
      return measureRandomisedOnEvents(whole, question);
    case "staged":
      return measureStagedOnEvents(whole, question);
    case "synthetic":
      return measureSyntheticOnEvents(whole, question);
    case "series":
      return measureSeriesOnEvents(whole, question);
  }
}
