/**
 * Whether the expressions of a question mean anything here, without asking the events: a plan that is registered cannot be
 * mended later. Whether there is anything to measure is said by measure-effect.ts.
 */
import type { EffectQuestion } from "../../domain/effect.ts";
import { PERSON } from "../../domain/journey-definition.ts";
import type { AnalysisContext } from "../context.ts";
import { compileEventCondition, compileFilter, ParameterBag } from "../filter.ts";
import { parseDimension } from "../kpi-group.ts";

/** @throws AppError invalid: not understood, or no condition of single events; not-found: a touchpoint that nobody knows */
export function checkExpressions({ touchpoints, zone }: AnalysisContext, question: EffectQuestion): void {
  const { metric, at, where, audience, by, unit } = question;
  const [bag, place] = [new ParameterBag(), { person: unit === PERSON, zone }];
  for (const text of [metric.event, metric.per, at])
    if (text !== undefined) compileEventCondition(text, touchpoints, bag, place);
  for (const text of [where, audience]) compileFilter(text, touchpoints, bag, place);
  if (by !== undefined) parseDimension(by);
}
