/**
 * The questions: one operation an analysis. Each parses, asks the analysis and returns its answer with what it rests on.
 */
import type { z } from "zod";
import type { AnalysisContext } from "../analysis/context.ts";
import { analyzeMeasuredJourney, measuredJourneyQuerySchema } from "../analysis/measured-journey.ts";
import { answer, type Basis, type Scope } from "./answer.ts";
import { defineOperation, type Operation } from "./operation.ts";

/** An operation that answers from prepared journeys and keeps its answer. */
function ask<Schema extends z.ZodType<Scope & object>, Report extends object>(
  name: string,
  input: Schema,
  analyze: (context: AnalysisContext, query: z.output<Schema>) => Promise<Report>,
): Operation<Schema, Report & Basis> {
  return defineOperation({
    input,
    local: false,
    run: (platform, query) => answer(platform, name, query, analyze),
  });
}

export const ANALYSIS_OPERATIONS = {
  map: ask("map", measuredJourneyQuerySchema, analyzeMeasuredJourney),
} as const;
