/**
 * The parameters of the paths' address: how many are listed, and which touchpoint they must contain.
 */
import { z } from "zod";

export const pathsSearchSchema = z.object({
  top: z.coerce.number().int().min(1).max(500).catch(10),
  /** Only paths with this touchpoint. */
  contains: z.string().min(1).optional().catch(undefined),
});
export type PathsView = z.output<typeof pathsSearchSchema>;
