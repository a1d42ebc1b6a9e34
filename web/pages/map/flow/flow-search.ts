/**
 * The parameters of the flow's address: how many steps, and how many touchpoints each of them names.
 */
import { z } from "zod";

export const flowSearchSchema = z.object({
  levels: z.coerce.number().int().min(2).max(12).catch(5),
  top: z.coerce.number().int().min(1).max(40).catch(8),
});
export type FlowView = z.output<typeof flowSearchSchema>;
