/**
 * The level of detail: which nodes and edges of the whole graph are shown, and what all others add up to.
 * Every shown node can be reached from the start and reaches the end over shown edges; more detail never takes one away.
 */
import { compareEdges, END, type GraphEdge, type GraphNode, type JourneyGraph, START } from "./graph-model.ts";

export interface SelectOptions {
  /** 0 … 100; undefined: the first look. */
  readonly detail: number | undefined;
  /** Shown whatever the detail: what is selected, what differs. */
  readonly keepNodes?: readonly string[];
  readonly keepEdges?: readonly string[];
}

export interface GraphRest {
  readonly touchpoints: number;
  /** Distinct steps that are not shown, and how often they are walked. */
  readonly steps: number;
  readonly transitions: number;
  /** Journeys that start, or end, at a place whose arrow is not shown. */
  readonly starts: number;
  readonly ends: number;
}

export interface GraphSelection {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  readonly other: GraphRest;
  readonly detail: number;
}

/** A first look that can be read: so many nodes (start and end not counted), and so many of the strongest edges. */
const FIRST_NODES = 14;
const FIRST_STRONGEST = 14;
const FEWEST_NODES = 3;
/** The first look leaves out the rarest touchpoints that make up less than this share of all events together. */
const RARE = 0.01;
/** Where at least this share of the journeys starts or ends is always said, if the place is shown. */
const MANY_JOURNEYS = 0.1;
/** A graph with at most so many edges is a readable first look as a whole. */
const FEW_EDGES = 28;
/** The detail of a first look at a graph that is larger than it. */
export const FIRST_DETAIL = 50;

function firstNodes(graph: JourneyGraph): number {
  const inner = graph.nodes.slice(1, -1);
  const rare = inner.reduce((sum, { events }) => sum + events, 0) * RARE;
  let left = 0;
  let count = inner.length;
  while (count > FEWEST_NODES) {
    left += inner[count - 1]?.events ?? 0;
    if (left > rare) break;
    count -= 1;
  }
  return Math.min(FIRST_NODES, count);
}

/** Everything, where everything is a readable first look; else the middle of the slider. */
export function defaultDetail(graph: JourneyGraph): number {
  return graph.nodes.length - 2 <= FIRST_NODES && graph.edges.length <= FEW_EDGES ? 100 : FIRST_DETAIL;
}

/**
 * How many nodes, and how many of the strongest edges, a detail shows: up to the middle towards a first look, from there
 * to everything; edges grow by factors. What holds the nodes together comes on top.
 */
export function detailSizes(graph: JourneyGraph, detail: number): { readonly nodes: number; readonly edges: number } {
  const all = graph.nodes.length - 2;
  const first = firstNodes(graph);
  const fewest = Math.min(FEWEST_NODES, all);
  const strongest = Math.min(FIRST_STRONGEST, graph.edges.length);
  if (detail <= FIRST_DETAIL) {
    const part = detail / FIRST_DETAIL;
    return { nodes: Math.round(fewest + (first - fewest) * part), edges: Math.round(strongest * part) };
  }
  const part = (detail - FIRST_DETAIL) / (100 - FIRST_DETAIL);
  const growth = graph.edges.length / Math.max(1, strongest);
  return { nodes: Math.round(first + (all - first) * part), edges: Math.round(strongest * growth ** part) };
}

/** Grows from `root` over the strongest edge that reaches a new node, until all are reached. */
function widestTree(
  edges: readonly GraphEdge[],
  shown: ReadonlySet<string>,
  root: string,
  forwards: boolean,
): GraphEdge[] {
  const near = (edge: GraphEdge) => (forwards ? edge.from : edge.to);
  const far = (edge: GraphEdge) => (forwards ? edge.to : edge.from);
  const reached = new Set([root]);
  const usable = edges.filter((edge) => edge.from !== edge.to && shown.has(edge.from) && shown.has(edge.to));
  const tree: GraphEdge[] = [];
  for (;;) {
    const next = usable.find((edge) => reached.has(near(edge)) && !reached.has(far(edge)));
    if (!next) return tree;
    tree.push(next);
    reached.add(far(next));
  }
}

/** For each node the next one on its widest way from the start, and on its widest way to the end. */
function waysOut(graph: JourneyGraph): (id: string) => readonly string[] {
  const all = new Set(graph.nodes.map(({ id }) => id));
  const back = new Map(widestTree(graph.edges, all, START, true).map(({ from, to }) => [to, from]));
  const on = new Map(widestTree(graph.edges, all, END, false).map(({ from, to }) => [from, to]));
  return (id) => [back.get(id), on.get(id)].filter((next) => next !== undefined);
}

/** Shows a node with all that it needs to be reached and to reach the end. */
function show(id: string, shown: Set<string>, next: (id: string) => readonly string[]): void {
  if (shown.has(id)) return;
  shown.add(id);
  for (const other of next(id)) show(other, shown, next);
}

/** The edges that keep a set of nodes together: widest ways from the start and to the end, strongest in and out of each. */
function skeleton({ edges, journeys }: JourneyGraph, shown: ReadonlySet<string>): Set<string> {
  const kept = new Set<string>();
  for (const edge of widestTree(edges, shown, START, true)) kept.add(edge.id);
  for (const edge of widestTree(edges, shown, END, false)) kept.add(edge.id);
  const into = new Set<string>();
  const out = new Set<string>();
  for (const edge of edges) {
    if (edge.from === edge.to || !shown.has(edge.from) || !shown.has(edge.to)) continue;
    if (!into.has(edge.to) || !out.has(edge.from)) kept.add(edge.id);
    into.add(edge.to);
    out.add(edge.from);
    if (edge.kind !== "step" && edge.transitions >= MANY_JOURNEYS * journeys) kept.add(edge.id);
  }
  return kept;
}

function sumRest(graph: JourneyGraph, nodes: ReadonlySet<string>, edges: ReadonlySet<string>): GraphRest {
  const rest = { touchpoints: 0, steps: 0, transitions: 0, starts: 0, ends: 0 };
  for (const node of graph.nodes)
    if (!nodes.has(node.id)) rest.touchpoints += node.kind === "stage" ? node.members.length : 1;
  for (const edge of graph.edges) {
    if (edges.has(edge.id)) continue;
    if (edge.kind === "start") rest.starts += edge.transitions;
    else if (edge.kind === "end") rest.ends += edge.transitions;
    else {
      rest.steps += 1;
      rest.transitions += edge.transitions;
    }
  }
  return rest;
}

/** Shown transitions + other.transitions = all; the same holds for starts and ends. */
export function selectGraph(graph: JourneyGraph, options: SelectOptions): GraphSelection {
  const detail = options.detail ?? defaultDetail(graph);
  const size = detailSizes(graph, detail);
  const keepEdges = new Set(options.keepEdges);
  const ends = graph.edges.filter(({ id }) => keepEdges.has(id)).flatMap(({ from, to }) => [from, to]);
  const keepNodes = new Set([...(options.keepNodes ?? []), ...ends]);
  const inner = graph.nodes.filter(({ kind }) => kind !== "start" && kind !== "end");
  const shown = new Set([START, END]);
  const kept = new Set<string>();
  const next = waysOut(graph);
  // Cumulatively, one node after the other: so that a step that held a smaller graph together stays in a larger one.
  for (const node of inner.slice(0, size.nodes)) {
    if (shown.has(node.id)) continue;
    show(node.id, shown, next);
    for (const id of skeleton(graph, shown)) kept.add(id);
  }
  for (const edge of graph.edges.slice(0, size.edges))
    if (shown.has(edge.from) && shown.has(edge.to)) kept.add(edge.id);
  for (const node of inner) if (keepNodes.has(node.id)) show(node.id, shown, next);
  for (const id of skeleton(graph, shown)) kept.add(id);
  for (const id of keepEdges) kept.add(id);
  const edges = graph.edges.filter(({ id }) => kept.has(id)).sort(compareEdges);
  const nodes = graph.nodes.filter(({ id }) => shown.has(id));
  return { nodes, edges, other: sumRest(graph, shown, new Set(edges.map(({ id }) => id))), detail };
}
