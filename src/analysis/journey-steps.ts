/**
 * The steps of journeys as SQL: every event as an arrival at a node (touchpoint or stage) from the node before it.
 * Map, comparison and breakdown of a step count them; what is counted is said there.
 */
import type { Touchpoint } from "../domain/touchpoint.ts";
import type { JourneyFrame } from "./journey-frame.ts";

/** What a node of the map stands for. */
export type NodeKind = "touchpoint" | "stage";

/** Name of the stage of touchpoints that have none. */
export const UNMAPPED = "unmapped";

/** What stands for a node: touchpoint ids as they are, or the stage each belongs to (from 1). */
export interface NodeNames {
  /** Array of the nodes of a row's events, as SQL. */
  readonly nodes: string;
  readonly name: (id: number) => { readonly name: string; readonly stage: string | null };
}

/** The nodes of a frame; what naming stages takes is bound to the frame's parameters. */
export function nameNodes(touchpoints: readonly Touchpoint[], by: NodeKind, frame: JourneyFrame): NodeNames {
  if (by === "touchpoint") {
    const byId = new Map(touchpoints.map((touchpoint) => [touchpoint.id, touchpoint]));
    return {
      nodes: "ids",
      name: (id) => ({ name: byId.get(id)?.name ?? `#${id}`, stage: byId.get(id)?.stage ?? null }),
    };
  }
  const stages = [...new Set(touchpoints.map((touchpoint) => touchpoint.stage ?? UNMAPPED))];
  const ids = frame.bag.bind(
    touchpoints.map(({ id }) => id),
    "Array(UInt16)",
  );
  const stageIds = frame.bag.bind(
    touchpoints.map(({ stage }) => stages.indexOf(stage ?? UNMAPPED) + 1),
    "Array(UInt16)",
  );
  return {
    nodes: `arrayMap(id -> transform(id, ${ids}, ${stageIds}, toUInt16(0)), ids)`,
    name: (id) => {
      const stage = stages[id - 1] ?? UNMAPPED;
      return { name: stage, stage: stage === UNMAPPED ? null : stage };
    },
  };
}

/** Aliases for a WITH clause: those of the frame, `nodes`, and `steps` = before·65536 + node (before 0: a start). */
export function stepsOf(frame: JourneyFrame, nodes: string): string {
  return `${frame.aliases},
  ${nodes} AS nodes,
  arrayMap((before, node, first) -> toUInt32(if(first, 0, before)) * 65536 + node,
    arrayPopBack(arrayPushFront(nodes, toUInt16(0))), nodes, firsts) AS steps`;
}

/** The how manieth time an element of this array is seen in its journey. */
export function nthInJourney(frame: JourneyFrame, array: string): string {
  return frame.single ? `arrayEnumerateUniq(${array})` : `arrayEnumerateUniq(numbers, ${array})`;
}

/**
 * The bucket a journey's row is counted in: that of its customer, because what one customer does is not independent.
 * An object's row stands with the customer of its first event, or with the object where nobody is known.
 */
export function customerBucket(frame: JourneyFrame): string {
  return `toUInt8(${frame.person ? "owner" : "if(people[1] != 0, people[1], owner)"} % 100)`;
}
