/**
 * One initiative: phases and gates, people, requirements, timeboxes, health, effects and records.
 * The board of a timebox is deliver/timebox.
 */
import { z } from "zod";
import { useViewSearch } from "../../../scope/use-scope.ts";
import { PageFrame } from "../../../ui/page-frame.tsx";

const searchSchema = z.object({
  id: z.coerce.number().int().min(1).optional().catch(undefined),
  tab: z.string().optional().catch(undefined),
});

export function InitiativePage() {
  const { id } = useViewSearch(searchSchema);
  return <PageFrame title={id === undefined ? "Initiative" : `Initiative ${id}`}>{null}</PageFrame>;
}
