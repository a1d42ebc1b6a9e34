/**
 * How is the shop doing, in numbers with n and interval: traffic, orders, money, loyalty, delivery, scores.
 * Definitions: docs/kpis.md. Over time: kpi-trend.ts; in parts: kpi-breakdown.ts.
 */
import { z } from "zod";
import { type AnalysisContext, seeHidden } from "./context.ts";
import { journeyScopeSchema } from "./journey-frame.ts";
import { buildFrames, findFamily, KPI_FAMILIES } from "./kpi-families.ts";
import { findEndOfData } from "./kpi-frame.ts";
import { WHOLE, WHOLE_PART } from "./kpi-group.ts";
import { type Kpi, kpiSchema } from "./kpi-report.ts";

export const kpisQuerySchema = journeyScopeSchema.extend({
  /** Touchpoint that counts as converted; the order touchpoints by default. */
  target: z.string().optional(),
  /** Only these ids; a score id without its touchpoint («nps») stands for all of its kind. */
  kpis: z.array(z.string()).optional(),
});
export type KpisQuery = z.infer<typeof kpisQuerySchema>;

export const kpisReportSchema = z.object({
  /** Definition of `journeys`, `events` and `conversion`; the others look at persons. */
  journey: z.string(),
  zone: z.string(),
  currency: z.string(),
  /** Last event of the workspace, ISO 8601; null without any. */
  endOfData: z.string().nullable(),
  kpis: z.array(kpiSchema),
});
export type KpisReport = z.infer<typeof kpisReportSchema>;

/** Which ids are wanted; undefined wants all. */
class Selection {
  readonly #ids: readonly string[] | undefined;

  constructor(ids: readonly string[] | undefined) {
    for (const id of ids ?? []) findFamily(id);
    this.#ids = ids;
  }

  takes(id: string): boolean {
    return this.#ids?.some((wanted) => wanted === id || id.startsWith(`${wanted}:`)) ?? true;
  }

  /** Whether any KPI of a family is wanted, so that the others cost nothing. */
  touches(family: readonly string[]): boolean {
    return this.#ids?.some((wanted) => family.includes(wanted.split(":", 1)[0] ?? "")) ?? true;
  }
}

/**
 * The KPIs under one filter. With an object-owned definition (case, session …) `journeys`, `events` and `conversion`
 * count its journeys; everything else counts over persons' lives. Hidden touchpoints count like all others.
 * @throws AppError invalid (filter, unknown KPI), not-found (journey, target)
 */
export async function analyzeKpis(workspace: AnalysisContext, query: KpisQuery): Promise<KpisReport> {
  const context = seeHidden(workspace);
  const selection = new Selection(query.kpis);
  const frames = buildFrames(context, query);
  const end = await findEndOfData(context);
  const question = { ...frames, context, grouping: WHOLE, end: end ?? 0, target: query.target };
  const kpis: Kpi[] = [];
  // One after another: each already uses every core, and side by side they would only share the memory.
  for (const { ids, measure } of KPI_FAMILIES)
    if (selection.touches(ids)) kpis.push(...(await measure(question)).of(WHOLE_PART).map(({ kpi }) => kpi));
  return {
    journey: frames.frame.journey,
    zone: context.zone,
    currency: context.currency,
    endOfData: end === null ? null : new Date(end).toISOString(),
    kpis: kpis.filter(({ id }) => selection.takes(id)),
  };
}
