/**
 * Places the nodes of a graph on levels and draws its edges as curves. dagre orders each level and leads long edges round
 * the nodes between. Pure: boxes and strengths in, coordinates in px out; what is shown and how it looks is not decided here.
 */
import { Graph, layout } from "@dagrejs/dagre";
import { type Attachment, attachEdges } from "./attach-edges.ts";
import { type Box, type Curve, curveMiddle, curveThrough, type Point, turn, turnCurve } from "./geometry.ts";
import { flowLevels, type Levels, laneLevels } from "./levels.ts";
import { loopCurve, sideCurve } from "./side-curves.ts";

export interface LayoutNode {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  /** Lanes stand in this order; −Infinity: before all, Infinity: behind all. */
  readonly lane: number;
}

export interface LayoutEdge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly weight: number;
  /** Room for the label. */
  readonly label: { readonly width: number; readonly height: number };
}

export interface LayoutOptions {
  /** Journeys run to the right, or downwards. */
  readonly direction: "right" | "down";
  /** Whether lanes get levels of their own; otherwise levels follow the flow. */
  readonly lanes: boolean;
  /** Most nodes that stand side by side on a level. */
  readonly perLevel: number;
}

export interface PlacedEdge {
  readonly curve: Curve;
  readonly label: Point;
}

export interface Layout {
  readonly nodes: ReadonlyMap<string, Box>;
  readonly edges: ReadonlyMap<string, PlacedEdge>;
  readonly lanes: readonly (Box & { readonly lane: number })[];
  readonly width: number;
  readonly height: number;
}

/** Beyond so many pairs the weakest go straight: leading them round would cost seconds and nobody could follow it. */
const MOST_ROUTED = 90;
const MARGIN = 28;
/** Room for the name of a lane: above it, or left of it when the graph runs downwards. */
const LANE_HEAD = { right: 30, down: 112 } as const;
const LANE_PAD = 14;
const BETWEEN = { nodes: { right: 34, down: 58 }, edges: 14, levels: 42 } as const;

/** Edges between two levels, both ways: they are led together. */
interface Pair {
  readonly low: string;
  readonly high: string;
  readonly edges: LayoutEdge[];
  weight: number;
}

function collectPairs(edges: readonly LayoutEdge[], levels: Levels): Pair[] {
  const pairs = new Map<string, Pair>();
  for (const edge of edges) {
    const [a, b] = [levels.of.get(edge.from) ?? 0, levels.of.get(edge.to) ?? 0];
    if (a === b) continue;
    const [low, high] = a < b ? [edge.from, edge.to] : [edge.to, edge.from];
    const key = JSON.stringify([low, high]);
    const pair = pairs.get(key) ?? { low, high, edges: [], weight: 0 };
    pair.edges.push(edge);
    pair.weight += edge.weight;
    pairs.set(key, pair);
  }
  return [...pairs.values()].sort((x, y) => y.weight - x.weight);
}

/** Runs dagre on the given levels; centres of nodes and the inner points of pairs, for a graph that runs to the right. */
function runDagre(
  nodes: readonly LayoutNode[],
  edges: readonly LayoutEdge[],
  pairs: readonly Pair[],
  levels: Levels,
  down: boolean,
): Graph {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({
    rankdir: "LR",
    nodesep: BETWEEN.nodes[down ? "down" : "right"],
    edgesep: BETWEEN.edges,
    ranksep: BETWEEN.levels,
    // dagre halves the distance of ranks to make room for labels: every second rank holds nodes.
    ranker: ((ranked: Graph) => {
      for (const id of ranked.nodes()) ranked.node(id).rank = (levels.of.get(id) ?? 0) * 2;
    }) as unknown as "network-simplex",
  });
  graph.setDefaultEdgeLabel(() => ({}));
  const flat = [...nodes].sort((a, b) => (levels.ranks.get(a.id) ?? 0) - (levels.ranks.get(b.id) ?? 0));
  for (const { id, width, height } of flat)
    graph.setNode(id, down ? { width: height, height: width } : { width, height });
  const strongest = Math.max(1, ...pairs.map(({ weight }) => weight));
  for (const { low, high, edges: ways, weight } of pairs.slice(0, MOST_ROUTED)) {
    const across = ways.reduce((sum, { label }) => sum + (down ? label.width : label.height), 0);
    const along = Math.max(...ways.map(({ label }) => (down ? label.height : label.width)));
    graph.setEdge(low, high, { weight: 1 + (9 * weight) / strongest, width: along, height: across, labelpos: "c" });
  }
  layout(graph, { constraints: orderWithinLevels(edges, levels) } as Parameters<typeof layout>[1]);
  return graph;
}

/** Nodes of one level between which journeys move stand in the order of the flow: such steps read downwards. */
function orderWithinLevels(edges: readonly LayoutEdge[], levels: Levels): { left: string; right: string }[] {
  const rank = (id: string) => levels.ranks.get(id) ?? 0;
  return edges
    .filter(({ from, to }) => from !== to && levels.of.get(from) === levels.of.get(to))
    .map(({ from, to }) => (rank(from) <= rank(to) ? { left: from, right: to } : { left: to, right: from }));
}

/** Two ways of a pair run side by side: the way back is drawn above (or left of) the way forth. */
function innerPoints(graph: Graph, { low, high, edges }: Pair, edge: LayoutEdge): Point[] {
  const points: Point[] = (graph.edge(low, high)?.points ?? []).slice(1, -1);
  if (edges.length < 2) return points;
  const shift = edge.from === low ? LINES_APART : -LINES_APART;
  return points.map(({ x, y }) => ({ x, y: y + shift }));
}

const LINES_APART = 6;

/** The labels of a pair stand clear of each other, further apart than its lines. */
function labelShift({ low, edges }: Pair, edge: LayoutEdge, down: boolean): number {
  if (edges.length < 2) return 0;
  const apart = (down ? edge.label.width : edge.label.height) / 2 + 1 - LINES_APART;
  return edge.from === low ? apart : -apart;
}

function placePairs(
  graph: Graph,
  pairs: readonly Pair[],
  boxes: ReadonlyMap<string, Box>,
  down: boolean,
): Map<string, PlacedEdge> {
  const attachments: Attachment[] = pairs.flatMap((pair) =>
    pair.edges.map((edge) => {
      const points = innerPoints(graph, pair, edge);
      return { id: edge.id, low: pair.low, high: pair.high, points, back: edge.from === pair.high };
    }),
  );
  const shifts = new Map(pairs.flatMap((pair) => pair.edges.map((edge) => [edge.id, labelShift(pair, edge, down)])));
  const placed = new Map<string, PlacedEdge>();
  for (const [id, points] of attachEdges(attachments, boxes)) {
    const curve = curveThrough(points);
    const middle = curveMiddle(curve);
    placed.set(id, { curve, label: { x: middle.x, y: middle.y + (shifts.get(id) ?? 0) } });
  }
  return placed;
}

function readBoxes(graph: Graph, nodes: readonly LayoutNode[]): Map<string, Box> {
  return new Map(
    nodes.map(({ id }) => {
      const { x, y, width, height } = graph.node(id);
      return [id, { x: x - width / 2, y: y - height / 2, width, height }];
    }),
  );
}

/** The band of each lane, for a graph that runs to the right. */
function drawLanes(levels: Levels, boxes: ReadonlyMap<string, Box>): (Box & { lane: number })[] {
  const all = [...boxes.values()];
  const top = Math.min(...all.map(({ y }) => y)) - LANE_PAD;
  const bottom = Math.max(...all.map(({ y, height }) => y + height)) + LANE_PAD;
  return levels.lanes.map(({ lane, first, last }) => {
    const members = [...boxes].filter(([id]) => {
      const level = levels.of.get(id) ?? -1;
      return level >= first && level <= last;
    });
    const left = Math.min(...members.map(([, { x }]) => x)) - LANE_PAD;
    const right = Math.max(...members.map(([, { x, width }]) => x + width)) + LANE_PAD;
    return { lane, x: left, y: top, width: right - left, height: bottom - top };
  });
}

const turnBox = <Of extends Box>(box: Of): Of => ({ ...box, x: box.y, y: box.x, width: box.height, height: box.width });

function withHead<Of extends Box>(box: Of, down: boolean): Of {
  return down
    ? { ...box, x: box.x - LANE_HEAD.down, width: box.width + LANE_HEAD.down }
    : { ...box, y: box.y - LANE_HEAD.right, height: box.height + LANE_HEAD.right };
}

/** Moves everything so that it begins at the margin. */
function settle(nodes: Map<string, Box>, edges: Map<string, PlacedEdge>, lanes: (Box & { lane: number })[]): Layout {
  const boxes = [...nodes.values(), ...lanes];
  const points = [...edges.values()].flatMap(({ curve, label }) => [
    curve.start,
    label,
    ...curve.parts.flatMap((p) => [p.a, p.end]),
  ]);
  const left = Math.min(...boxes.map(({ x }) => x), ...points.map(({ x }) => x)) - MARGIN;
  const top = Math.min(...boxes.map(({ y }) => y), ...points.map(({ y }) => y)) - MARGIN;
  const right = Math.max(...boxes.map(({ x, width }) => x + width), ...points.map(({ x }) => x)) + MARGIN;
  const bottom = Math.max(...boxes.map(({ y, height }) => y + height), ...points.map(({ y }) => y)) + MARGIN;
  const move = <Of extends Point>(point: Of): Of => ({ ...point, x: point.x - left, y: point.y - top });
  const moveCurve = ({ start, parts }: Curve): Curve => ({
    start: move(start),
    parts: parts.map(({ a, b, end }) => ({ a: move(a), b: move(b), end: move(end) })),
  });
  return {
    nodes: new Map([...nodes].map(([id, box]) => [id, move(box)])),
    edges: new Map([...edges].map(([id, { curve, label }]) => [id, { curve: moveCurve(curve), label: move(label) }])),
    lanes: lanes.map(move),
    width: right - left,
    height: bottom - top,
  };
}

/** The first node is where journeys start. An edge whose node is missing is an error of the caller and is left out. */
export function layoutGraph(
  nodes: readonly LayoutNode[],
  edges: readonly LayoutEdge[],
  options: LayoutOptions,
): Layout {
  if (nodes.length === 0) return { nodes: new Map(), edges: new Map(), lanes: [], width: 0, height: 0 };
  const known = new Set(nodes.map(({ id }) => id));
  const drawn = edges.filter(({ from, to }) => known.has(from) && known.has(to));
  const down = options.direction === "down";
  const levels = (options.lanes ? laneLevels : flowLevels)(nodes, drawn, options.perLevel);
  const pairs = collectPairs(drawn, levels);
  const graph = runDagre(nodes, drawn, pairs, levels, down);
  const flat = readBoxes(graph, nodes);
  const placed = placePairs(graph, pairs, flat, down);
  for (const edge of drawn) {
    const [from, to] = [flat.get(edge.from), flat.get(edge.to)];
    if (from && to && from !== to && levels.of.get(edge.from) === levels.of.get(edge.to))
      placed.set(edge.id, sideCurve(from, to, [...flat.values()]));
  }
  const boxes = down ? new Map([...flat].map(([id, box]) => [id, turnBox(box)])) : flat;
  const turned = down
    ? new Map([...placed].map(([id, { curve, label }]) => [id, { curve: turnCurve(curve), label: turn(label) }]))
    : placed;
  for (const edge of drawn) {
    const box = boxes.get(edge.from);
    if (box && edge.from === edge.to) turned.set(edge.id, loopCurve(box));
  }
  const lanes = drawLanes(levels, flat).map((lane) => withHead(down ? turnBox(lane) : lane, down));
  return settle(boxes, turned, lanes);
}
