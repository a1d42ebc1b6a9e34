/**
 * The graph in words: labels of edges, names of nodes and edges for screen readers, what the rest adds up to.
 */
import { formatCount, formatCountOf, formatDuration, formatShare } from "../../../ui/format.ts";
import type { GraphEdge, GraphNode } from "./graph-model.ts";
import type { GraphRest } from "./select-graph.ts";

export const EDGE_LABELS = ["count", "share", "time"] as const;
export type EdgeLabelKind = (typeof EDGE_LABELS)[number];

/** What stands on an edge; starts and ends have no time, sums of folded stages none that is known. */
export function edgeLabel(edge: GraphEdge, kind: EdgeLabelKind): string {
  if (kind === "count") return formatCount(edge.transitions);
  if (kind === "share") return edge.share === null ? "" : formatShare(edge.share);
  return edge.medianSeconds === null ? "" : formatDuration(edge.medianSeconds);
}

/** "payment_details to purchase: 358 of 709 moves from payment_details, 50.5 %; median 1 min 20 s". */
export function describeEdge(edge: GraphEdge, name: (id: string) => string): string {
  const share = edge.share === null ? "" : `, ${formatShare(edge.share)}`;
  const counts = `${formatCount(edge.transitions)} of ${formatCount(edge.n)}${share}`;
  if (edge.kind === "start") return `Journeys start with ${name(edge.to)}: ${counts}`;
  if (edge.kind === "end") return `Journeys end with ${name(edge.from)}: ${counts} of its events`;
  const time = edge.medianSeconds === null ? "" : `; median ${formatDuration(edge.medianSeconds)}`;
  return `${name(edge.from)} to ${name(edge.to)}: ${counts}${time}`;
}

export function describeNode(node: GraphNode, heat: string): string {
  if (node.kind === "start") return `Start: ${formatCountOf(node.events, "journey")} start`;
  if (node.kind === "end") return `End: ${formatCountOf(node.events, "journey")} end`;
  const journeys = node.journeys === null ? "" : ` in ${formatCountOf(node.journeys, "journey")}`;
  const folded =
    node.kind === "stage" && node.members.length > 0
      ? `, stage of ${formatCountOf(node.members.length, "touchpoint")}`
      : "";
  return `${node.name}${folded}: ${formatCountOf(node.events, "event")}${journeys}${heat === "" ? "" : `; ${heat}`}`;
}

/** What is not shown, in one sentence; "" when everything is. */
export function describeRest({ touchpoints, steps, transitions, starts, ends }: GraphRest): string {
  const parts = [
    ...(steps > 0 ? [`${formatCountOf(steps, "other step")} with ${formatCountOf(transitions, "move")}`] : []),
    ...(touchpoints > 0 ? [formatCountOf(touchpoints, "other touchpoint")] : []),
    ...(starts > 0 ? [`${formatCountOf(starts, "other start")}`] : []),
    ...(ends > 0 ? [`${formatCountOf(ends, "other end")}`] : []),
  ];
  return parts.length === 0 ? "" : `Not shown: ${parts.join(", ")}.`;
}
