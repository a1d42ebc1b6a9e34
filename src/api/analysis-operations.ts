/**
 * The questions: one operation an analysis. Each parses, asks the analysis and returns its answer with what it rests on.
 */
import {
  customerJourneysQuerySchema,
  customerJourneysReportSchema,
  readCustomerJourneys,
} from "../analysis/customer-journey.ts";
import { dataExtentQuerySchema, dataExtentReportSchema, readDataExtent } from "../analysis/data-extent.ts";
import { analyzeFunnel, funnelQuerySchema, funnelReportSchema } from "../analysis/funnel.ts";
import { analyzeKpis, kpisQuerySchema, kpisReportSchema } from "../analysis/kpis.ts";
import {
  analyzeMeasuredJourney,
  measuredJourneyQuerySchema,
  measuredJourneyReportSchema,
} from "../analysis/measured-journey.ts";
import { analyzeRetention, retentionQuerySchema, retentionReportSchema } from "../analysis/retention.ts";
import {
  analyzeSankey,
  analyzeStepMatrix,
  sankeyQuerySchema,
  sankeyReportSchema,
  stepMatrixQuerySchema,
  stepMatrixReportSchema,
} from "../analysis/step-matrix.ts";
import { analyzeVariants, variantsQuerySchema, variantsReportSchema } from "../analysis/variants.ts";
import { ask, insufficient, type Lack } from "./ask.ts";

const lackJourneys: Lack<{ readonly journeys: number }> = ({ journeys }) =>
  journeys > 0 ? undefined : insufficient("No journey is left under this definition and filter.");

const lackEntrants: Lack<{ readonly entrants: number }> = ({ entrants }) =>
  entrants > 0 ? undefined : insufficient("Nobody passes the first step under this definition and filter.");

const lackCustomers: Lack<{ readonly all: { readonly customers: number } }> = ({ all }) =>
  all.customers > 0 ? undefined : insufficient("Nobody has begun under this filter.");

export const ANALYSIS_OPERATIONS = {
  extent: ask(
    "extent",
    "From when to when the data reach, and which journeys can be asked for.",
    dataExtentQuerySchema,
    dataExtentReportSchema,
    readDataExtent,
  ),
  map: ask(
    "map",
    "The measured journey: touchpoints, steps between them, how often and how fast.",
    measuredJourneyQuerySchema,
    measuredJourneyReportSchema,
    analyzeMeasuredJourney,
  ),
  variants: ask(
    "variants",
    "The distinct paths that journeys follow, the commonest first.",
    variantsQuerySchema,
    variantsReportSchema,
    analyzeVariants,
    lackJourneys,
  ),
  funnel: ask(
    "funnel",
    "How many pass given touchpoints in this order, and where they stop.",
    funnelQuerySchema,
    funnelReportSchema,
    analyzeFunnel,
    lackEntrants,
  ),
  steps: ask(
    "steps",
    "The step matrix: where journeys are at their first, second, third step.",
    stepMatrixQuerySchema,
    stepMatrixReportSchema,
    analyzeStepMatrix,
    lackJourneys,
  ),
  sankey: ask(
    "sankey",
    "The flow from step to step, level by level.",
    sankeyQuerySchema,
    sankeyReportSchema,
    analyzeSankey,
    lackJourneys,
  ),
  kpis: ask(
    "kpis",
    "The defined numbers, each with its n and its interval.",
    kpisQuerySchema,
    kpisReportSchema,
    analyzeKpis,
  ),
  retention: ask(
    "retention",
    "Who comes back: cohorts by their first week or month.",
    retentionQuerySchema,
    retentionReportSchema,
    analyzeRetention,
    lackCustomers,
  ),
  journeys: ask(
    "journeys",
    "One customer's journeys, event by event.",
    customerJourneysQuerySchema,
    customerJourneysReportSchema,
    readCustomerJourneys,
  ),
} as const;
