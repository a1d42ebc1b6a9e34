/**
 * One timebox: its board, burn-down and forecast, stand-ups, and its close-out.
 * The initiative around it is deliver/initiative.
 */
import { z } from "zod";
import { useViewSearch } from "../../../scope/use-scope.ts";
import { PageFrame } from "../../../ui/page-frame.tsx";

const searchSchema = z.object({
  initiative: z.coerce.number().int().min(1).optional().catch(undefined),
  timebox: z.coerce.number().int().min(1).optional().catch(undefined),
});

export function TimeboxPage() {
  const { timebox } = useViewSearch(searchSchema);
  return <PageFrame title={timebox === undefined ? "Timebox" : `Timebox ${timebox}`}>{null}</PageFrame>;
}
