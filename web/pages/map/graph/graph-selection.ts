/**
 * Which journeys stand behind a node or an edge, in the API's words. What cannot be asked for (steps between a folded
 * stage and a single touchpoint) has none.
 */
import type { BehindTarget } from "../../../ui/behind.tsx";
import type { GraphEdge, GraphNode } from "./graph-model.ts";

type Target = Pick<BehindTarget, "title" | "select" | "by">;

/** The name by which the API knows a node. */
export function askedName({ kind, name, stage }: GraphNode): string {
  return kind === "stage" ? (stage ?? "unmapped") : name;
}

function byOf({ kind }: GraphNode): "touchpoint" | "stage" {
  return kind === "stage" ? "stage" : "touchpoint";
}

export function nodeTarget(node: GraphNode): Target {
  if (node.kind === "start" || node.kind === "end") return { title: "All journeys", select: { kind: "all" } };
  const select = { kind: "touchpoint" as const, touchpoint: askedName(node) };
  return { title: `Journeys with ${node.name}`, select, by: byOf(node) };
}

export function sideTarget(node: GraphNode, kind: "start" | "end"): Target {
  const title = kind === "start" ? `Journeys that start with ${node.name}` : `Journeys that end with ${node.name}`;
  return { title, select: { kind, touchpoint: askedName(node) }, by: byOf(node) };
}

/** undefined: the API cannot be asked for it. */
export function edgeTarget(edge: GraphEdge, from: GraphNode, to: GraphNode): Target | undefined {
  if (edge.kind === "start") return sideTarget(to, "start");
  if (edge.kind === "end") return sideTarget(from, "end");
  if (from.kind !== to.kind) return undefined;
  const select = { kind: "step" as const, from: askedName(from), to: askedName(to) };
  return { title: `Journeys with ${from.name}, then ${to.name}`, select, by: byOf(from) };
}
