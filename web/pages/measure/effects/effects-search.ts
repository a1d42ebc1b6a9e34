/**
 * What of the Effects page stands in the address: which effect is open, whether one is planned, or a question asked at once.
 */
import { z } from "zod";
import { effectQuestionSchema } from "../../../../src/domain/effect.ts";
import { effectStatusSchema } from "../../../../src/domain/effect-plan.ts";
import type { Question } from "./metric-words.ts";

export const effectsSearchSchema = z.object({
  /** The registered measurement that is open. */
  effect: z.coerce.number().int().min(1).optional().catch(undefined),
  status: effectStatusSchema.optional().catch(undefined),
  /** plan: the form; edit: the form for the one that is open. */
  view: z.enum(["plan", "edit"]).optional().catch(undefined),
  /** The finding that the planned change shall mend. */
  finding: z.coerce.number().int().min(1).optional().catch(undefined),
  /** A question: measured at once, or what the form begins with. */
  ask: z.record(z.string(), z.unknown()).optional().catch(undefined),
});
export type EffectsSearch = z.output<typeof effectsSearchSchema>;

/** The question in the address; undefined when there is none, or when it is none. */
export function readAsked(ask: EffectsSearch["ask"]): Question | undefined {
  return ask === undefined ? undefined : effectQuestionSchema.safeParse(ask).data;
}
