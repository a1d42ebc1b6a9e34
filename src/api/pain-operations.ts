/**
 * The questions about pain points: the list for an outcome, one in full, feedback nobody answered, and what handling costs.
 */
import { z } from "zod";
import { bindHandlingCosts } from "../analysis/pain/handling-costs.ts";
import { analyzePainPoint } from "../analysis/pain-point.ts";
import { analyzePainPoints } from "../analysis/pain-points.ts";
import {
  painPointQuerySchema,
  painPointReportSchema,
  painPointsQuerySchema,
  painPointsReportSchema,
} from "../analysis/pain-points-schema.ts";
import { analyzeUnanswered } from "../analysis/unanswered.ts";
import { unansweredQuerySchema, unansweredReportSchema } from "../analysis/unanswered-schema.ts";
import { HANDLING_COSTS_SETTING, handlingCostSchema } from "../domain/friction.ts";
import { findTouchpoint } from "../domain/touchpoint.ts";
import type { Platform } from "../platform.ts";
import { readContext } from "./answer.ts";
import { ask, insufficient, type Lack } from "./ask.ts";
import { defineOperation } from "./operation.ts";

const lackTouches: Lack<{ readonly n: number }> = ({ n }) =>
  n > 0 ? undefined : insufficient("No touch under this definition and filter has its whole window in the data.");

const costsSchema = z.object({
  /** What one event costs, by touchpoint as it is called now. */
  costs: z.array(handlingCostSchema),
  /** The workspace's; "" when no event names one. */
  currency: z.string(),
});

async function readCosts(platform: Platform): Promise<z.infer<typeof costsSchema>> {
  const context = await readContext(platform);
  const costs = bindHandlingCosts(context).map(({ touchpoint, amount }) => ({ touchpoint, amount }));
  return { costs: costs.sort((a, b) => (a.touchpoint < b.touchpoint ? -1 : 1)), currency: context.currency };
}

const handlingCosts = defineOperation({
  summary: "What handling one event of a touchpoint costs, where somebody said so.",
  input: z.strictObject({}),
  output: costsSchema,
  local: false,
  run: readCosts,
});

const setHandlingCost = defineOperation({
  summary: "Sets what handling one event of a touchpoint costs the company; null takes the price away.",
  input: handlingCostSchema.extend({ amount: handlingCostSchema.shape.amount.nullable() }),
  output: costsSchema,
  local: false,
  run: async (platform, { touchpoint, amount }) => {
    const context = await readContext(platform);
    const { id, name } = findTouchpoint(touchpoint, context.touchpoints, "«touchpoint»");
    const others = bindHandlingCosts(context).filter((cost) => cost.id !== id);
    const kept = others.map((cost) => ({ touchpoint: cost.touchpoint, amount: cost.amount }));
    const costs = amount === null ? kept : [...kept, { touchpoint: name, amount }];
    await platform.state.setSetting(HANDLING_COSTS_SETTING, costs);
    return readCosts(platform);
  },
});

export const PAIN_OPERATIONS = {
  "pain-points": ask(
    "pain-points",
    "Where customers meet trouble and what it costs a month, the surest cost first; and what was rejected, and why.",
    painPointsQuerySchema,
    painPointsReportSchema,
    analyzePainPoints,
    lackTouches,
  ),
  "pain-point": ask(
    "pain-point",
    "One friction in full: what, where, for whom, since when, what it costs, and how sure that is.",
    painPointQuerySchema,
    painPointReportSchema,
    analyzePainPoint,
    lackTouches,
  ),
  unanswered: ask(
    "unanswered",
    "Negative feedback that nobody at the company answered in time.",
    unansweredQuerySchema,
    unansweredReportSchema,
    analyzeUnanswered,
  ),
  "handling-costs": handlingCosts,
  "set-handling-cost": setHandlingCost,
} as const;
