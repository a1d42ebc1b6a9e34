/**
 * How is the shop doing, in numbers with n and interval: traffic, orders, money, loyalty, delivery, scores.
 * Definitions: docs/kpis.md. Targets, baselines and trends over time are not here.
 */
import { z } from "zod";
import { AppError } from "../domain/app-error.ts";
import type { AnalysisContext } from "./context.ts";
import { buildJourneyFrame, journeyScopeSchema } from "./journey-frame.ts";
import { measureStickiness } from "./kpi-activity.ts";
import { measureDeliveries } from "./kpi-deliveries.ts";
import { findEndOfData } from "./kpi-frame.ts";
import { measureOrders, ORDER_KPIS } from "./kpi-orders.ts";
import { type Kpi, kpiSchema } from "./kpi-report.ts";
import { measureRevenue, REVENUE_KPIS } from "./kpi-revenue.ts";
import { measureScores, SCORE_KPIS } from "./kpi-scores.ts";
import { countCustomers, measureTraffic, TRAFFIC_KPIS } from "./kpi-traffic.ts";

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

const FIXED_IDS: readonly string[] = [
  ...TRAFFIC_KPIS,
  ...ORDER_KPIS,
  ...REVENUE_KPIS,
  "stickiness",
  "late-delivery-share",
];

/** Which ids are wanted; undefined wants all. */
class Selection {
  readonly #ids: readonly string[] | undefined;

  constructor(ids: readonly string[] | undefined) {
    const unknown = ids?.find(
      (id) => !FIXED_IDS.includes(id) && !SCORE_KPIS.some((kind) => kind === id.split(":", 1)[0]),
    );
    if (unknown !== undefined) {
      const known = [...FIXED_IDS, ...SCORE_KPIS].join(", ");
      throw new AppError("invalid", `There is no KPI «${unknown}». Known: ${known}.`, { kpi: unknown });
    }
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

/** Journeys of the definition in force, and persons' events under the same filter. */
function buildFrames(context: AnalysisContext, query: KpisQuery) {
  const frame = buildJourneyFrame(context, query);
  const people = frame.person ? frame : buildJourneyFrame(context, { ...query, journey: "life" });
  return { frame, people };
}

/**
 * The KPIs under one filter. With an object-owned definition (case, session …) `journeys`, `events` and `conversion`
 * count its journeys; everything else counts over persons' lives.
 * @throws AppError invalid (filter, unknown KPI), not-found (journey, target)
 */
export async function analyzeKpis(context: AnalysisContext, query: KpisQuery): Promise<KpisReport> {
  const selection = new Selection(query.kpis);
  const { frame, people } = buildFrames(context, query);
  const end = await findEndOfData(context);
  const customers = selection.touches([...TRAFFIC_KPIS, "stickiness"]) ? await countCustomers(context, people) : 0;
  const families: readonly [readonly string[], () => Promise<readonly Kpi[]>][] = [
    [TRAFFIC_KPIS, () => measureTraffic(context, frame, customers, query.target)],
    [ORDER_KPIS, () => measureOrders(context, people, end ?? 0)],
    [REVENUE_KPIS, () => measureRevenue(context, people)],
    [["stickiness"], async () => [await measureStickiness(context, people, customers)]],
    [["late-delivery-share"], async () => [await measureDeliveries(context, people)]],
    [SCORE_KPIS, () => measureScores(context, people)],
  ];
  const kpis: Kpi[] = [];
  // One after another: each already uses every core, and side by side they would only share the memory.
  for (const [ids, measure] of families) if (selection.touches(ids)) kpis.push(...(await measure()));
  return {
    journey: frame.journey,
    zone: context.zone,
    currency: context.currency,
    endOfData: end === null ? null : new Date(end).toISOString(),
    kpis: kpis.filter(({ id }) => selection.takes(id)),
  };
}
