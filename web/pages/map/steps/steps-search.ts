/**
 * The parameters of the step matrix' address: how many steps, how many touchpoints, counts or shares.
 */
import { z } from "zod";

export const stepsSearchSchema = z.object({
  steps: z.coerce.number().int().min(1).max(30).catch(8),
  top: z.coerce.number().int().min(1).max(500).catch(15),
  show: z.enum(["share", "count"]).catch("share"),
});
export type StepsView = z.output<typeof stepsSearchSchema>;
