/**
 * The questions that set things side by side: two scopes on one map, one step by a field, the ways out of a funnel.
 * Each parses, asks the analysis and returns its answer with what it rests on.
 */
import { compareJourneys, compareQuerySchema, compareReportSchema } from "../analysis/compare-journeys.ts";
import { analyzeFunnelExits, funnelExitsQuerySchema, funnelExitsReportSchema } from "../analysis/funnel-exits.ts";
import {
  analyzeStepBreakdown,
  stepBreakdownQuerySchema,
  stepBreakdownReportSchema,
} from "../analysis/step-breakdown.ts";
import { ask, insufficient } from "./ask.ts";

export const COMPARE_OPERATIONS = {
  compare: ask(
    "compare",
    "Two periods, segments or outcomes on one map: each touchpoint and step with its difference.",
    compareQuerySchema,
    compareReportSchema,
    compareJourneys,
    ({ a, b }) => {
      if (a.journeys > 0 && b.journeys > 0) return undefined;
      const side = a.journeys > 0 ? "of what it is compared with" : "under this definition and filter";
      return insufficient(`No journey is left ${side}.`);
    },
  ),
  "step-breakdown": ask(
    "step-breakdown",
    "One step of the map by channel, property or trait: where it goes on how often.",
    stepBreakdownQuerySchema,
    stepBreakdownReportSchema,
    analyzeStepBreakdown,
    ({ all, step }) =>
      all.a.n + (all.b?.n ?? 0) > 0
        ? undefined
        : insufficient(`«${step.from}» does not happen under this definition and filter.`),
  ),
  "funnel-exits": ask(
    "funnel-exits",
    "Where they went instead: what came right after, of those who reach a step but not the next.",
    funnelExitsQuerySchema,
    funnelExitsReportSchema,
    analyzeFunnelExits,
    ({ entrants }) =>
      entrants > 0 ? undefined : insufficient("Nobody passes the first step under this definition and filter."),
  ),
} as const;
