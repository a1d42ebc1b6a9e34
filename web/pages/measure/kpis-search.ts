/**
 * What of the KPIs page stands in the address: which KPI is open, how its time is cut, and by what it is broken down.
 */
import { useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import { z } from "zod";

export const kpisSearchSchema = z.object({
  /** The KPI that is open; without it, all are listed. */
  kpi: z.string().min(1).optional().catch(undefined),
  every: z.enum(["day", "week", "month"]).default("month").catch("month"),
  /** channel, stage, prop.NAME, customer.NAME. */
  by: z.string().min(1).default("channel").catch("channel"),
});
export type KpisSearch = z.infer<typeof kpisSearchSchema>;

export function useKpisSearch(): KpisSearch {
  const search = useSearch({ strict: false }) as Record<string, unknown>;
  return useMemo(() => kpisSearchSchema.parse(search), [search]);
}
