/**
 * The questions: one operation an analysis. Each parses, asks the analysis and returns its answer with what it rests on.
 */
import type { z } from "zod";
import type { AnalysisContext } from "../analysis/context.ts";
import { customerJourneysQuerySchema, readCustomerJourneys } from "../analysis/customer-journey.ts";
import { analyzeFunnel, funnelQuerySchema } from "../analysis/funnel.ts";
import { analyzeKpis, kpisQuerySchema } from "../analysis/kpis.ts";
import { analyzeMeasuredJourney, measuredJourneyQuerySchema } from "../analysis/measured-journey.ts";
import { analyzeRetention, retentionQuerySchema } from "../analysis/retention.ts";
import { analyzeSankey, analyzeStepMatrix, sankeyQuerySchema, stepMatrixQuerySchema } from "../analysis/step-matrix.ts";
import { analyzeVariants, variantsQuerySchema } from "../analysis/variants.ts";
import { answer, type Basis, type Insufficiency, type Scope } from "./answer.ts";
import { defineOperation, type Operation } from "./operation.ts";

type Lack<Report> = (report: Report) => Insufficiency | undefined;

/**
 * An operation that answers from prepared journeys and keeps its answer.
 * @param lack when the whole answer is "not enough data"; absent: never (kpis and map say so number by number)
 */
function ask<Schema extends z.ZodType<Scope & object>, Report extends object>(
  name: string,
  input: Schema,
  analyze: (context: AnalysisContext, query: z.output<Schema>) => Promise<Report>,
  lack?: Lack<Report>,
): Operation<Schema, Report & Basis & Partial<Insufficiency>> {
  return defineOperation({
    input,
    local: false,
    run: async (platform, query) => {
      const report = await answer(platform, name, query, analyze);
      return { ...report, ...lack?.(report) };
    },
  });
}

function insufficient(reason: string): Insufficiency {
  return { status: "insufficient-data", reason, n: 0, required: 1 };
}

const lackJourneys: Lack<{ readonly journeys: number }> = ({ journeys }) =>
  journeys > 0 ? undefined : insufficient("No journey is left under this definition and filter.");

const lackEntrants: Lack<{ readonly entrants: number }> = ({ entrants }) =>
  entrants > 0 ? undefined : insufficient("Nobody passes the first step under this definition and filter.");

const lackCustomers: Lack<{ readonly all: { readonly customers: number } }> = ({ all }) =>
  all.customers > 0 ? undefined : insufficient("Nobody has begun under this filter.");

export const ANALYSIS_OPERATIONS = {
  map: ask("map", measuredJourneyQuerySchema, analyzeMeasuredJourney),
  variants: ask("variants", variantsQuerySchema, analyzeVariants, lackJourneys),
  funnel: ask("funnel", funnelQuerySchema, analyzeFunnel, lackEntrants),
  steps: ask("steps", stepMatrixQuerySchema, analyzeStepMatrix, lackJourneys),
  sankey: ask("sankey", sankeyQuerySchema, analyzeSankey, lackJourneys),
  kpis: ask("kpis", kpisQuerySchema, analyzeKpis),
  retention: ask("retention", retentionQuerySchema, analyzeRetention, lackCustomers),
  journeys: ask("journeys", customerJourneysQuerySchema, readCustomerJourneys),
} as const;
