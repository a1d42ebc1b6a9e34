/**
 * Which journeys stand behind a block or a ribbon of the flow, in the words of the API's selections.
 * Asking for them is the drawer's business.
 */
import type { SankeyLayout, SankeyLink, SankeyNode } from "../../../charts/sankey-layout.ts";
import { sankeyLabel } from "../../../charts/svg-sankey.ts";
import type { BehindTarget, Selection } from "../../../ui/behind.tsx";

type Layout = Pick<SankeyLayout, "nodes">;

/** Everything that a level names: what "Other" is not. */
function namedAt(level: number, { nodes }: Layout): string[] {
  return nodes.flatMap((node) => (node.level === level && node.kind === "touchpoint" ? [node.touchpoint] : []));
}

function placeOf({ kind, level, touchpoint }: SankeyNode, layout: Layout): Extract<Selection, { kind: "position" }> {
  return kind === "rest"
    ? { kind: "position", step: level, touchpoint: null, not: namedAt(level, layout) }
    : { kind: "position", step: level, touchpoint };
}

/** The journeys of a block. */
export function selectNode(node: SankeyNode, layout: Layout): BehindTarget {
  const { kind, level } = node;
  if (kind === "ended")
    return {
      title: `Journeys that end before step ${level}`,
      select: { kind: "position", step: level, touchpoint: null },
    };
  return { title: `Journeys with ${sankeyLabel(node)} at step ${level}`, select: placeOf(node, layout) };
}

/** The journeys of a ribbon. */
export function selectLink(link: SankeyLink, layout: Layout): BehindTarget {
  const { from, to, level } = link;
  if (from.kind === "ended") return selectNode(from, layout);
  if (to.kind === "ended")
    return {
      title: `Journeys that end at step ${level} with ${sankeyLabel(from)}`,
      select: { ...placeOf(from, layout), last: true },
    };
  return {
    title: `Journeys from ${sankeyLabel(from)} at step ${level} to ${sankeyLabel(to)}`,
    select: {
      kind: "link",
      level,
      from: from.kind === "rest" ? null : from.touchpoint,
      to: to.kind === "rest" ? null : to.touchpoint,
      ...(from.kind === "rest" ? { fromNot: namedAt(level, layout) } : {}),
      ...(to.kind === "rest" ? { toNot: namedAt(level + 1, layout) } : {}),
    },
  };
}
