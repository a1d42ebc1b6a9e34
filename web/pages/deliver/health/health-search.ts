/**
 * What of the health page stands in the address: of which initiative, which principle, how bad, and how it is grouped.
 */
import { z } from "zod";
import { SEVERITIES } from "../../../../src/domain/dsdm/health.ts";

export const GROUPINGS = ["initiative", "principle"] as const;
export type Grouping = (typeof GROUPINGS)[number];

export const healthSearchSchema = z.object({
  initiative: z.coerce.number().int().min(1).optional().catch(undefined),
  principle: z.coerce.number().int().min(1).max(8).optional().catch(undefined),
  severity: z.enum(SEVERITIES).optional().catch(undefined),
  by: z.enum(GROUPINGS).catch("initiative"),
});
export type HealthSearch = z.output<typeof healthSearchSchema>;
