/**
 * KPIs over time and in parts, what they mean, and what people keep beside them: annotations, targets and baselines.
 * The numbers themselves are in analysis/kpi-*.ts; a target never changes one, the page sets them side by side.
 */
import { z } from "zod";
import { analyzeKpiBreakdown, kpiBreakdownQuerySchema, kpiBreakdownReportSchema } from "../analysis/kpi-breakdown.ts";
import { findDefinition, KPI_DEFINITIONS, kpiDefinitionsReportSchema } from "../analysis/kpi-definitions.ts";
import { findFamily } from "../analysis/kpi-families.ts";
import { analyzeKpiTrend, kpiTrendQuerySchema, kpiTrendReportSchema } from "../analysis/kpi-trend.ts";
import { AppError } from "../domain/app-error.ts";
import type { Platform } from "../platform.ts";
import { ask } from "./ask.ts";
import { defineOperation } from "./operation.ts";

type State = Platform["state"];
type Annotation = Awaited<ReturnType<State["listAnnotations"]>>[number];
type KpiTarget = Awaited<ReturnType<State["listTargets"]>>[number];

const nothing = z.strictObject({});

const kpiDefinitions = defineOperation({
  summary: "What every KPI means: definition, formula, interval, and which way is better.",
  input: nothing,
  output: kpiDefinitionsReportSchema,
  local: false,
  run: async () => ({ kpis: KPI_DEFINITIONS }),
});

/** A day that exists: 2025-02-30 is none. */
const daySchema = z.iso.date("write a day like 2025-03-31");

const annotationSchema = z.object({
  id: z.int(),
  /** Calendar day of the workspace's zone. */
  date: z.string(),
  text: z.string(),
  createdAt: z.string(),
});

function toAnnotation({ createdAt, ...annotation }: Annotation) {
  return { ...annotation, createdAt: createdAt.toISOString() };
}

const annotations = defineOperation({
  summary: "What people noted beside the trends, by day.",
  input: nothing,
  output: z.object({ annotations: z.array(annotationSchema) }),
  local: false,
  run: async ({ state }) => ({ annotations: (await state.listAnnotations()).map(toAnnotation) }),
});

const annotate = defineOperation({
  summary: "Notes something about a day: a campaign, an outage, a release.",
  input: z.strictObject({ date: daySchema, text: z.string().trim().min(1).max(500) }),
  output: annotationSchema,
  local: false,
  run: async ({ state }, note) => toAnnotation(await state.addAnnotation(note)),
});

const removeAnnotation = defineOperation({
  summary: "Takes one annotation away.",
  input: z.strictObject({ id: z.int().min(1) }),
  output: z.object({ id: z.int() }),
  local: false,
  run: async ({ state }, { id }) => {
    await state.removeAnnotation(id);
    return { id };
  },
});

const targetSchema = z.object({
  kpi: z.string(),
  /** What it shall reach, in the KPI's unit; shares from 0 to 1. */
  target: z.number().nullable(),
  /** Where it stood when the target was set. */
  baseline: z.number().nullable(),
  updatedAt: z.string(),
});
const targetsSchema = z.object({ targets: z.array(targetSchema) });

function toTargets(list: readonly KpiTarget[]) {
  return { targets: list.map(({ updatedAt, ...target }) => ({ ...target, updatedAt: updatedAt.toISOString() })) };
}

const targets = defineOperation({
  summary: "Targets and baselines of the KPIs that have one.",
  input: nothing,
  output: targetsSchema,
  local: false,
  run: async ({ state }) => toTargets(await state.listTargets()),
});

const amount = z.number().nullable().default(null);

/** A target nobody could ever read against its KPI is refused. */
export function checkTarget(kpi: string, amounts: readonly (number | null)[]): void {
  findFamily(kpi);
  const definition = findDefinition(kpi);
  if (definition?.perTouchpoint && !kpi.includes(":"))
    throw new AppError("invalid", `Name the touchpoint of «${kpi}», as in «${kpi}:TOUCHPOINT».`, { kpi });
  const isShare = definition?.unit.startsWith("share") ?? false;
  if (isShare && amounts.some((one) => one !== null && (one < 0 || one > 1)))
    throw new AppError("invalid", `«${kpi}» is a share from 0 to 1: write 0.12 for 12 %.`, { kpi });
}

const setTarget = defineOperation({
  summary: "Sets a KPI's target and baseline; without both it has none.",
  input: z.strictObject({ kpi: z.string().min(1).max(1_000), target: amount, baseline: amount }),
  output: targetsSchema,
  local: false,
  run: async ({ state }, { kpi, target, baseline }) => {
    checkTarget(kpi, [target, baseline]);
    await state.setTarget({ kpi, target, baseline });
    return toTargets(await state.listTargets());
  },
});

export const KPI_OPERATIONS = {
  "kpi-definitions": kpiDefinitions,
  "kpi-trend": ask(
    "kpi-trend",
    "One KPI over time, each point with its n and its interval.",
    kpiTrendQuerySchema,
    kpiTrendReportSchema,
    analyzeKpiTrend,
  ),
  "kpi-breakdown": ask(
    "kpi-breakdown",
    "One KPI by channel, stage, property or trait.",
    kpiBreakdownQuerySchema,
    kpiBreakdownReportSchema,
    analyzeKpiBreakdown,
  ),
  annotations,
  annotate,
  "remove-annotation": removeAnnotation,
  targets,
  "set-target": setTarget,
} as const;
