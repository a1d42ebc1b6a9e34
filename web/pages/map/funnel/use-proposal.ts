/**
 * Asks for what a proposed funnel is made of: the touchpoints in scope and the commonest path (to an order).
 */
import type { Input } from "../../../api/types.ts";
import { useAnswer } from "../../../api/use-answer.ts";
import { addCondition, toCondition } from "../../../scope/filter-text.ts";
import { useScope } from "../../../scope/use-scope.ts";
import { useTouchpoints } from "../views/use-touchpoints.ts";
import { proposeFunnel } from "./propose-funnel.ts";

/** The proposed steps; undefined while they are being asked for, or when they are not wanted. */
export function useProposal(wanted: boolean): readonly string[] | undefined {
  const { input } = useScope();
  const { isOrder, known } = useTouchpoints();
  const map = useAnswer("map", input, { enabled: wanted, keep: false });
  const goal = map.data?.nodes
    .filter(({ touchpoint }) => isOrder(touchpoint))
    .toSorted((a, b) => b.journeys - a.journeys)[0];
  const where = goal ? addCondition(input.where, toCondition("touchpoint", "has", goal.touchpoint)) : input.where;
  const question: Input<"variants"> = { ...input, ...(where === undefined ? {} : { where }), top: 1 };
  const paths = useAnswer("variants", question, { enabled: wanted && known && map.data !== undefined, keep: false });
  if (!wanted || !map.data || !paths.data) return undefined;
  const journeysWith = new Map(map.data.nodes.map(({ touchpoint, journeys }) => [touchpoint, journeys]));
  return proposeFunnel(paths.data.variants[0]?.path ?? [], journeysWith);
}
