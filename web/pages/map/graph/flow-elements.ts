/**
 * From a drawing to what React Flow renders: nodes in reading order, each with its name, and lanes behind them.
 * Pure, so that selecting or focusing one changes only what it has to.
 */
import type { DrawnNode, GraphDrawing } from "../../../charts/svg-graph.ts";
import type { GraphEdge } from "./graph-model.ts";
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
    zIndex: 2,
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
