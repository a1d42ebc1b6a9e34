/**
 * The portfolio: goals, the KPIs that show them, the initiatives under them, and what else would be worth doing.
 * How it is put together is in src/delivery/portfolio.ts; the numbers of KPIs are the analysis'.
 */
import { z } from "zod";
import { reportPortfolio } from "../delivery/portfolio.ts";
import { personSchema } from "../domain/dsdm/action.ts";
import type { Goal, Initiative } from "../domain/dsdm/initiative.ts";
import { type Portfolio, portfolioSchema } from "../domain/dsdm/report.ts";
import { words } from "../domain/free-text.ts";
import type { Platform } from "../platform.ts";
import { ANALYSIS_OPERATIONS } from "./analysis-operations.ts";
import { readDelivery } from "./delivery-context.ts";
import { checkKpis, isMeasured } from "./delivery-references.ts";
import { type Call, defineOperation } from "./operation.ts";

const MOST_KPIS = 20;

/** Only of KPIs that are named; the answer is kept with the others, so that the second look is immediate. */
async function readKpiValues(
  platform: Platform,
  goals: readonly Goal[],
  initiatives: readonly Initiative[],
  call: Call,
): Promise<ReadonlyMap<string, number | null>> {
  const moved = initiatives.filter(({ goal }) => goal !== null).flatMap(({ kpis }) => kpis.map(({ kpi }) => kpi));
  const kpis = [...new Set([...goals.flatMap((goal) => goal.kpis), ...moved])].filter(isMeasured).toSorted();
  if (kpis.length === 0) return new Map();
  const answer = await ANALYSIS_OPERATIONS.kpis.run(platform, { kpis }, call);
  return new Map(answer.kpis.map(({ id, value }) => [id, value]));
}

/** Where no initiative says what a KPI shall reach, the workspace's own target does. */
function fillTargets(goals: Portfolio["goals"], targets: ReadonlyMap<string, number | null>): Portfolio["goals"] {
  return goals.map((one) => ({
    ...one,
    kpis: one.kpis.map((kpi) => ({ ...kpi, target: kpi.target ?? targets.get(kpi.kpi) ?? null })),
  }));
}

const portfolio = defineOperation({
  summary: "Goals with their KPIs and initiatives, value against effort, findings worth acting on, and the calendar.",
  input: z.strictObject({}),
  output: portfolioSchema,
  local: false,
  run: async (platform, _, call) => {
    const { initiatives, context } = await readDelivery(platform, call);
    const goals = [...context.goals.values()];
    const values = await readKpiValues(platform, goals, initiatives, call);
    const targets = new Map((await platform.state.listTargets()).map(({ kpi, target }) => [kpi, target]));
    const report = reportPortfolio(initiatives, goals, values, context);
    return { ...report, goals: fillTargets(report.goals, targets) };
  },
});

const idSchema = z.strictObject({ id: z.int().min(1) });
const title = words(300);
const kpisSchema = z
  .array(words(200))
  .max(MOST_KPIS)
  .transform((kpis) => [...new Set(kpis)]);

const addGoal = defineOperation({
  summary: "Writes down what the company wants, with the KPIs that show it, and answers the goal's id.",
  input: z.strictObject({ title, kpis: kpisSchema.default([]), owner: personSchema.optional() }),
  output: idSchema,
  local: false,
  run: async ({ state }, { title, kpis, owner = null }) => {
    checkKpis(kpis);
    return { id: await state.initiatives.addGoal({ title, kpis, owner }) };
  },
});

const updateGoal = defineOperation({
  summary: "Changes a goal's title, KPIs or owner.",
  input: idSchema
    .extend({
      title: title.optional(),
      /** All of them. */
      kpis: kpisSchema.optional(),
      /** null takes it away. */
      owner: personSchema.nullable().optional(),
    })
    .refine(({ id: _, ...change }) => Object.values(change).some((value) => value !== undefined), {
      error: "give a title, kpis or an owner",
    }),
  output: idSchema,
  local: false,
  run: async ({ state }, { id, title, kpis, owner }) => {
    checkKpis(kpis ?? []);
    await state.initiatives.updateGoal(id, {
      ...(title === undefined ? {} : { title }),
      ...(kpis === undefined ? {} : { kpis }),
      ...(owner === undefined ? {} : { owner }),
    });
    return { id };
  },
});

export const DELIVERY_PORTFOLIO_OPERATIONS = { portfolio, "add-goal": addGoal, "update-goal": updateGoal } as const;
