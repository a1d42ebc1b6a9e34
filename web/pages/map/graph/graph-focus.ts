/**
 * Moving through the graph by keyboard: along the strongest steps, from node to edge to node, and across the page.
 */
import type { GraphEdge } from "./graph-model.ts";

export type Place = { readonly node: string } | { readonly edge: string };
export type Move = "forward" | "back" | "next" | "previous" | "first" | "last";

export interface Walkable {
  /** Ids in the order in which the graph is read. */
  readonly nodes: readonly string[];
  /** The strongest first. */
  readonly edges: readonly GraphEdge[];
}

const KEYS: Readonly<Record<string, Move>> = {
  ArrowRight: "forward",
  ArrowLeft: "back",
  ArrowDown: "next",
  ArrowUp: "previous",
  Home: "first",
  End: "last",
};

export function moveOfKey(key: string): Move | undefined {
  return KEYS[key];
}

function step<Item>(list: readonly Item[], at: number, by: 1 | -1): Item | undefined {
  return list.length === 0 ? undefined : list[(at + by + list.length) % list.length];
}

function fromNode({ nodes, edges }: Walkable, node: string, move: Move): Place | undefined {
  if (move === "forward" || move === "back") {
    const found = edges.find(({ from, to }) => (move === "forward" ? from : to) === node);
    return found && { edge: found.id };
  }
  const next = step(nodes, nodes.indexOf(node), move === "next" ? 1 : -1);
  return next === undefined ? undefined : { node: next };
}

function fromEdge({ edges }: Walkable, id: string, move: Move): Place | undefined {
  const edge = edges.find((one) => one.id === id);
  if (!edge) return undefined;
  if (move === "forward") return { node: edge.to };
  if (move === "back") return { node: edge.from };
  const siblings = edges.filter(({ from }) => from === edge.from);
  const next = step(siblings, siblings.indexOf(edge), move === "next" ? 1 : -1);
  return next && { edge: next.id };
}

/**
 * Where a move leads: forward and back along a step (node, edge, node), next and previous through the nodes of the graph
 * or the steps from the same node. undefined: nowhere.
 */
export function moveFocus(graph: Walkable, at: Place, move: Move): Place | undefined {
  const end = move === "first" ? graph.nodes[0] : move === "last" ? graph.nodes.at(-1) : undefined;
  if (end !== undefined) return { node: end };
  return "node" in at ? fromNode(graph, at.node, move) : fromEdge(graph, at.edge, move);
}
