/**
 * From a selection of the graph to a drawing: sizes of boxes, words on them, widths of edges, heat and its legend.
 * Coordinates come from the layout; the colours of tones are the page's and the SVG's.
 */
import type { DrawnEdge, DrawnNode, GraphDrawing, LegendEntry, Tone } from "../../../charts/svg-graph.ts";
import { NODE_TEXT } from "../../../charts/svg-graph.ts";
import { fitText, textWidth } from "../../../charts/svg-text.ts";
import { stageColor } from "../../../theme.ts";
import { formatCount } from "../../../ui/format.ts";
import { arrowHead, curvePath, shorten } from "../layout/geometry.ts";
import { type Layout, type LayoutEdge, type LayoutNode, layoutGraph } from "../layout/layout-graph.ts";
import { type GraphEdge, type GraphNode, stageOrder, stageTitle } from "./graph-model.ts";
import { type EdgeLabelKind, edgeLabel } from "./graph-words.ts";
import { type HeatKind, heatLegend, heatOf } from "./heat.ts";
import type { GraphSelection } from "./select-graph.ts";

export interface DrawOptions {
  readonly labels: EdgeLabelKind;
  readonly heat: HeatKind;
}

export interface PlaceOptions {
  readonly direction: "right" | "down";
  readonly arrange: "stages" | "flow";
  /** Most nodes side by side on one level. */
  readonly perLevel: number;
  /** Whether an edge will have a label; default: all. */
  readonly labelled?: ((id: string) => boolean) | undefined;
}

/** What a comparison or a finding says of a node or an edge; without one everything is plain. */
export interface Marks {
  /** `heatStep` 0 … 4 colours the box; without it the tone alone speaks. */
  readonly node: (
    id: string,
  ) => { readonly tone: Tone; readonly text: string; readonly heatStep?: number | undefined } | undefined;
  readonly edge: (id: string) => { readonly tone: Tone; readonly text: string; readonly width: number } | undefined;
  readonly legend: readonly LegendEntry[];
  /** Over the legend; default: "Compared". */
  readonly title?: string;
}

const BOX = { width: 156, line: 16, rest: 31, side: 23 } as const;
const TERMINAL = { width: 74, height: 46 } as const;
const THINNEST = 1.25;
const THICKEST = 9;
/** Lanes need at least so many stages and so large a share of touchpoints that have one. */
const FEWEST_LANES = 3;
const MAPPED = 0.7;

/** A name on at most two lines, broken between words or after an underscore where it can be. */
export function breakName(name: string, width: number): string[] {
  const size = NODE_TEXT.name * 1.04;
  if (textWidth(name, size) <= width) return [name];
  const words = name.split(/(?<=[\s_/:-])/u);
  let first = "";
  while (words.length > 1 && textWidth(first + words[0], size) <= width) first += words.shift();
  if (first === "") return [fitText(name, width, size)];
  return [first.trimEnd(), fitText(words.join(""), width, size)];
}

/** Whether stages as lanes read well here; else the flow alone arranges the graph. */
export function suggestArrangement(nodes: readonly GraphNode[]): "stages" | "flow" {
  const inner = nodes.filter(({ kind }) => kind === "touchpoint" || kind === "stage");
  const mapped = inner.filter(({ stage }) => stage !== null);
  const stages = new Set(mapped.map(({ stage }) => stage));
  return stages.size >= FEWEST_LANES && mapped.length >= MAPPED * inner.length ? "stages" : "flow";
}

function laneOf(node: GraphNode): number {
  if (node.kind === "start") return Number.NEGATIVE_INFINITY;
  return node.kind === "end" ? Number.POSITIVE_INFINITY : stageOrder(node.stage);
}

function sizeOf(node: GraphNode): { width: number; height: number; lines: string[] } {
  if (node.kind === "start" || node.kind === "end") return { ...TERMINAL, lines: [node.name] };
  const lines = breakName(node.name, BOX.width - BOX.side);
  return { width: BOX.width, height: BOX.rest + BOX.line * lines.length, lines };
}

/** 1.25 … 9 px; the root keeps weak edges visible beside strong ones. */
export function edgeWidth(transitions: number, most: number): number {
  return most <= 0 ? THINNEST : THINNEST + (THICKEST - THINNEST) * (transitions / most) ** 0.6;
}

/** Room for the longest label of an edge, whichever is chosen: choosing another one moves nothing. */
const LABEL = { width: 50, height: 16 } as const;
const NO_LABEL = { width: 12, height: 6 } as const;

/** Places a selection. Slow enough to be kept: it depends on what is shown, not on what is selected or hovered. */
export function placeGraph(
  selection: GraphSelection,
  { direction, arrange, perLevel, labelled }: PlaceOptions,
): Layout {
  const nodes = selection.nodes.map((node): LayoutNode => {
    const { width, height } = sizeOf(node);
    return { id: node.id, width, height, lane: laneOf(node) };
  });
  const edges = selection.edges.map(({ id, from, to, transitions }): LayoutEdge => {
    return { id, from, to, weight: Math.max(1, transitions), label: labelled?.(id) === false ? NO_LABEL : LABEL };
  });
  return layoutGraph(nodes, edges, { direction, lanes: arrange === "stages", perLevel });
}

function drawNode(
  node: GraphNode,
  layout: Layout,
  heat: HeatKind,
  mark: ReturnType<Marks["node"]>,
): DrawnNode | undefined {
  const box = layout.nodes.get(node.id);
  if (!box) return undefined;
  const own = node.kind === "start" || node.kind === "end" ? undefined : heatOf(node, heat);
  return {
    id: node.id,
    kind: node.kind,
    ...box,
    lines: sizeOf(node).lines,
    detail: formatCount(node.events),
    heat: mark?.text ?? own?.text ?? "",
    heatStep: mark ? (mark.heatStep ?? null) : (own?.step ?? null),
    tone: mark?.tone ?? "plain",
    mark: stageColor(node.stage),
  };
}

function drawEdge(
  edge: GraphEdge,
  layout: Layout,
  most: number,
  labels: EdgeLabelKind,
  mark: ReturnType<Marks["edge"]>,
): DrawnEdge | undefined {
  const placed = layout.edges.get(edge.id);
  if (!placed) return undefined;
  const width = mark?.width ?? edgeWidth(edge.transitions, most);
  const head = 5.5 + width * 0.9;
  const text = mark ? mark.text : edgeLabel(edge, labels);
  return {
    id: edge.id,
    path: curvePath(shorten(placed.curve, head * 0.8)),
    head: arrowHead(placed.curve, head),
    width,
    tone: mark?.tone ?? (edge.kind === "step" ? "plain" : "terminal"),
    label: text === "" ? null : { text, ...placed.label },
  };
}

const there = <Value>(value: Value | undefined): value is Value => value !== undefined;

export function drawGraph(
  selection: GraphSelection,
  layout: Layout,
  options: DrawOptions,
  marks?: Marks,
): GraphDrawing {
  const most = Math.max(
    0,
    ...selection.edges.filter(({ kind }) => kind === "step").map(({ transitions }) => transitions),
  );
  const stageAt = new Map(selection.nodes.map(({ stage }) => [stageOrder(stage), stage]));
  return {
    width: layout.width,
    height: layout.height,
    nodes: selection.nodes.map((node) => drawNode(node, layout, options.heat, marks?.node(node.id))).filter(there),
    edges: selection.edges
      .map((edge) => drawEdge(edge, layout, most, options.labels, marks?.edge(edge.id)))
      .filter(there),
    lanes: layout.lanes.map(({ lane, x, y, width, height }) => {
      const stage = stageAt.get(lane) ?? null;
      return { stage: stage ?? "unmapped", title: stageTitle(stage), mark: stageColor(stage), x, y, width, height };
    }),
    legend: marks ? { title: marks.title ?? "Compared", entries: marks.legend } : heatLegend(options.heat),
  };
}
