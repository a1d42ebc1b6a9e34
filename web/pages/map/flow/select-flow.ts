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

/** The journeys of a block. */
export function selectNode(node: SankeyNode, layout: Layout): BehindTarget {
  const { kind, level, touchpoint } = node;
  if (kind === "ended")
    return {
      title: `Journeys that end before step ${level}`,
      select: { kind: "position", step: level, touchpoint: null },
    };
  const select: Selection =
    kind === "rest"
      ? { kind: "position", step: level, touchpoint: null, not: namedAt(level, layout) }
      : { kind: "position", step: level, touchpoint };
  return { title: `Journeys with ${sankeyLabel(node)} at step ${level}`, select };
}

/** The journeys of a ribbon. */
export function selectLink(link: SankeyLink, layout: Layout): BehindTarget {
  const { from, to, level } = link;
  if (from.kind === "ended") return selectNode(from, layout);
  if (to.kind === "ended") {
    const { select } = selectNode(from, layout);
    return {
      title: `Journeys that end at step ${level} with ${sankeyLabel(from)}`,
      select: { ...select, last: true } as Selection,
    };
  }
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
