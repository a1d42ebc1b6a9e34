/**
 * What of the Effects page stands in the address: which effect is open, whether one is planned, or a question asked at once.
 */
import { z } from "zod";
import { effectQuestionSchema } from "../../../../src/domain/effect.ts";
import { EFFECT_STATUSES } from "../../../../src/domain/effect-plan.ts";
import type { Question } from "./metric-words.ts";

export const effectsSearchSchema = z.object({
  /** The registered measurement that is open. */
  effect: z.coerce.number().int().min(1).optional().catch(undefined),
  status: z.enum(EFFECT_STATUSES).optional().catch(undefined),
  /** plan: the form; edit: the form for the one that is open. */
  view: z.enum(["plan", "edit"]).optional().catch(undefined),
  /** JSON of a question: measured at once, or what the form begins with. */
  ask: z.string().min(2).optional().catch(undefined),
});
export type EffectsSearch = z.output<typeof effectsSearchSchema>;

/** The question in the address; undefined when there is none, or when it is none. */
export function readAsked(ask: string | undefined): Question | undefined {
  if (ask === undefined) return undefined;
  try {
    return effectQuestionSchema.safeParse(JSON.parse(ask)).data;
  } catch {
    return undefined;
  }
}
