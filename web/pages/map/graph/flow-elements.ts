/**
 * From a drawing to what React Flow renders: nodes in reading order, lanes behind them, edges; each with its name.
 * Pure, so that selecting or focusing one changes only what it has to.
 */
import { Position } from "@xyflow/react";
import type { DrawnEdge, DrawnNode, GraphDrawing } from "../../../charts/svg-graph.ts";
import type { JourneyEdge } from "./graph-edge.tsx";
import { type GraphEdge, START } from "./graph-model.ts";
import type { JourneyNode, LaneNode } from "./graph-node.tsx";

/** What is selected, by id; at most one of both. */
export interface Selected {
  readonly node: string | undefined;
  readonly edge: string | undefined;
}

export interface Near {
  readonly nodes: ReadonlySet<string>;
  readonly edges: ReadonlySet<string>;
}

/** What stays bright while something is selected: it and what it touches. undefined: everything. */
export function nearSelection(selected: Selected, edges: readonly GraphEdge[]): Near | undefined {
  const touching = edges.filter(({ id, from, to }) =>
    selected.edge === undefined ? from === selected.node || to === selected.node : id === selected.edge,
  );
  if (touching.length === 0) return undefined;
  const nodes = new Set(touching.flatMap(({ from, to }) => [from, to]));
  return { nodes, edges: new Set(touching.map(({ id }) => id)) };
}

/** Reading order: along the flow, and across it within a level. */
export function readingOrder(nodes: readonly DrawnNode[], direction: "right" | "down"): DrawnNode[] {
  const along = ({ x, y, width, height }: DrawnNode) =>
    Math.round((direction === "right" ? x + width / 2 : y + height / 2) / 20);
  const across = ({ x, y }: DrawnNode) => (direction === "right" ? y : x);
  return nodes.toSorted((a, b) => along(a) - along(b) || across(a) - across(b));
}

export interface ElementOptions {
  readonly selected: Selected;
  readonly near: Near | undefined;
  /** The one place Tab leads to; arrows move it. */
  readonly tabStop: string;
  readonly name: (id: string) => string;
}

const SIDES = [
  { type: "target" as const, position: Position.Left, x: 0, y: 0, width: 1, height: 1 },
  { type: "source" as const, position: Position.Right, x: 0, y: 0, width: 1, height: 1 },
];

export function toFlowNodes(
  nodes: readonly DrawnNode[],
  { selected, near, tabStop, name }: ElementOptions,
): JourneyNode[] {
  return nodes.map((drawn) => ({
    id: drawn.id,
    type: "journey",
    position: { x: drawn.x, y: drawn.y },
    width: drawn.width,
    height: drawn.height,
    handles: [...SIDES],
    data: {
      drawn,
      name: name(drawn.id),
      selected: selected.node === drawn.id,
      faded: near !== undefined && !near.nodes.has(drawn.id),
    },
    ariaRole: "button",
    domAttributes: {
      tabIndex: tabStop === drawn.id ? 0 : -1,
      "aria-pressed": selected.node === drawn.id,
      "aria-roledescription": undefined,
    },
  }));
}

export function toFlowEdges(
  edges: readonly DrawnEdge[],
  ends: ReadonlyMap<string, GraphEdge>,
  { selected, near, tabStop, name }: ElementOptions,
): JourneyEdge[] {
  return edges
    .toSorted((a, b) => b.width - a.width)
    .map((drawn) => ({
      id: drawn.id,
      type: "journey",
      source: ends.get(drawn.id)?.from ?? START,
      target: ends.get(drawn.id)?.to ?? START,
      data: {
        drawn,
        selected: selected.edge === drawn.id,
        faded: near !== undefined && !near.edges.has(drawn.id),
      },
      ariaRole: "button",
      ariaLabel: name(drawn.id),
      domAttributes: {
        tabIndex: tabStop === drawn.id ? 0 : -1,
        "aria-pressed": selected.edge === drawn.id,
        "aria-roledescription": undefined,
      },
    }));
}

/** Lanes lie behind everything and take no part in anything but folding. */
export function toLaneNodes(drawing: GraphDrawing, fold: (stage: string) => React.ReactNode): LaneNode[] {
  return drawing.lanes.map((lane) => ({
    id: `lane:${lane.stage}`,
    type: "lane",
    position: { x: lane.x, y: lane.y },
    width: lane.width,
    height: lane.height,
    zIndex: -1,
    data: { lane, fold: fold(lane.stage) },
    domAttributes: { "aria-roledescription": undefined },
  }));
}
