/**
 * The measured journey as nodes and edges, with where journeys start and end as nodes of their own, and stages folded
 * into one node where asked. It adds up to the answer's totals; what of it is shown is select-graph.ts.
 */
import { STAGES } from "../../../../src/domain/touchpoint.ts";

/** Mean of the answers on one scale, "1-5" or "0-10"; "" where none is named. */
export interface Score {
  readonly mean: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly n: number;
  readonly scale: string;
}

/** What the map's answer says of a node. */
export interface MapNode {
  readonly touchpoint: string;
  readonly stage: string | null;
  readonly events: number;
  readonly journeys: number;
  readonly starts: number;
  readonly ends: number;
  readonly score: Score | null;
  readonly medianSecondsAfter: number | null;
}

export interface MapEdge {
  readonly from: string;
  readonly to: string;
  readonly transitions: number;
  readonly journeys: number;
  /** null: never walked in this scope. */
  readonly medianSeconds: number | null;
  readonly p90Seconds: number | null;
}

export interface MapAnswer {
  readonly journey: string;
  readonly journeys: number;
  readonly nodes: readonly MapNode[];
  readonly edges: readonly MapEdge[];
}

export type NodeKind = "touchpoint" | "stage" | "start" | "end";

export interface GraphNode {
  readonly id: string;
  readonly kind: NodeKind;
  readonly name: string;
  readonly stage: string | null;
  /** For start and end: journeys. */
  readonly events: number;
  /** null: cannot be told from sums. */
  readonly journeys: number | null;
  readonly starts: number;
  readonly ends: number;
  readonly score: Score | null;
  readonly medianSecondsAfter: number | null;
  /** Touchpoints folded into it. */
  readonly members: readonly string[];
}

export interface GraphEdge {
  readonly id: string;
  readonly kind: "step" | "start" | "end";
  readonly from: string;
  readonly to: string;
  readonly transitions: number;
  /** What the share is of: events of `from`, or all journeys for a start. */
  readonly n: number;
  /** transitions / n; null without any. */
  readonly share: number | null;
  readonly journeys: number | null;
  readonly medianSeconds: number | null;
  readonly p90Seconds: number | null;
}

export interface JourneyGraph {
  readonly journeys: number;
  /** All steps between events; starts and ends not counted. */
  readonly transitions: number;
  /** Start first, end last, between them the most frequent first. */
  readonly nodes: readonly GraphNode[];
  /** The strongest first. */
  readonly edges: readonly GraphEdge[];
}

export const START = "start:";
export const END = "end:";
const RESERVED = /^(?:=|start:|end:|stage:)/u;

/** Ids are names, so that addresses can be read; the few names that mean something else get a mark in front. */
export function touchpointId(name: string): string {
  return RESERVED.test(name) ? `=${name}` : name;
}

export function stageId(stage: string | null): string {
  return `stage:${stage ?? "unmapped"}`;
}

/** The id of what an answer names. */
export function nodeId(name: string, by: "touchpoint" | "stage"): string {
  return by === "stage" ? stageId(name) : touchpointId(name);
}

export function edgeId(from: string, to: string): string {
  return JSON.stringify([from, to]);
}

/** Position of a stage in the order of the loop; those without one come last. */
export function stageOrder(stage: string | null): number {
  const index = (STAGES as readonly string[]).indexOf(stage ?? "");
  return index < 0 ? STAGES.length : index;
}

/** "Awareness"; "No stage" for touchpoints that have none. */
export function stageTitle(stage: string | null): string {
  if (stage === null || stage === "unmapped") return "No stage";
  return stage.charAt(0).toUpperCase() + stage.slice(1);
}

export interface GraphOptions {
  /** Stages ("unmapped" for none) that are folded into one node each. */
  readonly collapsed: readonly string[];
  /** The same question by stage: what sums of touchpoints cannot tell. */
  readonly byStage?: MapAnswer | undefined;
  /** What the answer's nodes are; default: touchpoints. */
  readonly by?: "touchpoint" | "stage";
}

interface Sum {
  transitions: number;
  count: number;
  only: MapEdge | undefined;
}

function sumEdges(answer: MapAnswer, place: (touchpoint: string) => string): Map<string, Sum> {
  const sums = new Map<string, Sum>();
  for (const edge of answer.edges) {
    const id = edgeId(place(edge.from), place(edge.to));
    const sum = sums.get(id) ?? { transitions: 0, count: 0, only: undefined };
    sum.transitions += edge.transitions;
    sum.count += 1;
    sum.only = edge;
    sums.set(id, sum);
  }
  return sums;
}

function wholeNode(node: MapNode, by: "touchpoint" | "stage"): GraphNode {
  return {
    id: nodeId(node.touchpoint, by),
    kind: by,
    name: by === "stage" ? stageTitle(node.touchpoint) : node.touchpoint,
    stage: node.stage,
    events: node.events,
    journeys: node.journeys,
    starts: node.starts,
    ends: node.ends,
    score: node.score,
    medianSecondsAfter: node.medianSecondsAfter,
    members: [],
  };
}

function foldNode(stage: string, members: readonly MapNode[], byStage: MapAnswer | undefined): GraphNode {
  const sum = (value: (node: MapNode) => number) => members.reduce((total, node) => total + value(node), 0);
  const known = byStage?.nodes.find(({ touchpoint }) => touchpoint === stage);
  return {
    id: stageId(stage),
    kind: "stage",
    name: stageTitle(stage),
    stage: stage === "unmapped" ? null : stage,
    events: sum(({ events }) => events),
    journeys: known?.journeys ?? null,
    starts: sum(({ starts }) => starts),
    ends: sum(({ ends }) => ends),
    score: known?.score ?? null,
    medianSecondsAfter: known?.medianSecondsAfter ?? null,
    members: members.map(({ touchpoint }) => touchpoint),
  };
}

function foldNodes(answer: MapAnswer, { collapsed, byStage, by = "touchpoint" }: GraphOptions): GraphNode[] {
  const folded = new Set(collapsed);
  const groups = new Map<string, MapNode[]>();
  const nodes: GraphNode[] = [];
  for (const node of answer.nodes) {
    const stage = node.stage ?? "unmapped";
    if (folded.has(stage)) groups.set(stage, [...(groups.get(stage) ?? []), node]);
    else nodes.push(wholeNode(node, by));
  }
  for (const [stage, members] of groups) nodes.push(foldNode(stage, members, byStage));
  return nodes.sort((a, b) => b.events - a.events || (a.id < b.id ? -1 : 1));
}

function terminal(id: string, kind: "start" | "end", journeys: number): GraphNode {
  const name = kind === "start" ? "Start" : "End";
  const counts = { events: journeys, journeys, starts: 0, ends: 0 };
  return { id, kind, name, stage: null, ...counts, score: null, medianSecondsAfter: null, members: [] };
}

/** What is known of an edge: all of a single step, or what the question by stage says between two folded stages. */
function edgeDetails(
  id: string,
  sum: Sum,
  byStage: MapAnswer | undefined,
): Pick<MapEdge, "journeys" | "medianSeconds" | "p90Seconds"> | undefined {
  const [from, to] = JSON.parse(id) as [string, string];
  const folded = [from, to].filter((end) => end.startsWith("stage:")).length;
  if (folded === 0) return sum.only;
  if (folded === 1) return sum.count === 1 ? sum.only : undefined;
  return byStage?.edges.find((edge) => stageId(edge.from) === from && stageId(edge.to) === to);
}

function terminalEdges(nodes: readonly GraphNode[], journeys: number): GraphEdge[] {
  const make = (kind: "start" | "end", from: string, to: string, transitions: number, n: number): GraphEdge => ({
    id: edgeId(from, to),
    kind,
    from,
    to,
    transitions,
    n,
    share: n === 0 ? null : transitions / n,
    journeys: transitions,
    medianSeconds: null,
    p90Seconds: null,
  });
  return nodes.flatMap((node) => [
    ...(node.starts > 0 ? [make("start", START, node.id, node.starts, journeys)] : []),
    ...(node.ends > 0 ? [make("end", node.id, END, node.ends, node.events)] : []),
  ]);
}

export function compareEdges(a: GraphEdge, b: GraphEdge): number {
  return b.transitions - a.transitions || (a.id < b.id ? -1 : 1);
}

/** The whole graph of an answer: Σ transitions of its steps = all steps; Σ starts = Σ ends = journeys. */
export function buildGraph(answer: MapAnswer, options: GraphOptions): JourneyGraph {
  const by = options.by ?? "touchpoint";
  const folded = new Set(options.collapsed);
  const nodes = foldNodes(answer, options);
  const stages = new Map(answer.nodes.map(({ touchpoint, stage }) => [touchpoint, stage ?? "unmapped"]));
  const place = (touchpoint: string) => {
    const stage = stages.get(touchpoint) ?? "unmapped";
    return folded.has(stage) ? stageId(stage) : nodeId(touchpoint, by);
  };
  const events = new Map(nodes.map((node) => [node.id, node.events]));
  const steps = [...sumEdges(answer, place)].map(([id, sum]): GraphEdge => {
    const [from, to] = JSON.parse(id) as [string, string];
    const details = by === "stage" ? sum.only : edgeDetails(id, sum, options.byStage);
    const n = events.get(from) ?? 0;
    return {
      id,
      kind: "step",
      from,
      to,
      transitions: sum.transitions,
      n,
      share: n === 0 ? null : sum.transitions / n,
      journeys: details?.journeys ?? null,
      medianSeconds: details?.medianSeconds ?? null,
      p90Seconds: details?.p90Seconds ?? null,
    };
  });
  return {
    journeys: answer.journeys,
    transitions: steps.reduce((sum, { transitions }) => sum + transitions, 0),
    nodes: [terminal(START, "start", answer.journeys), ...nodes, terminal(END, "end", answer.journeys)],
    edges: [...steps, ...terminalEdges(nodes, answer.journeys)].sort(compareEdges),
  };
}
