/**
 * The graph as a table: every node and every edge of the answer, shown or not, with all its numbers.
 */
import type { Column } from "../../../ui/data-table.tsx";
import { formatCount, formatDuration, formatPoints, formatShare, NONE } from "../../../ui/format.ts";
import { type CompareAnswer, comparedEdgeId, type Difference } from "./graph-compare.ts";
import { type GraphEdge, type GraphNode, type JourneyGraph, nodeId } from "./graph-model.ts";
import type { GraphSelection } from "./select-graph.ts";

interface Compared {
  readonly share: number | null;
  readonly n: number;
  readonly difference: Difference;
}

export interface GraphRow {
  readonly what: "touchpoint" | "stage" | "step" | "start" | "end";
  readonly from: string;
  readonly to: string;
  readonly count: number;
  readonly n: number;
  readonly share: number | null;
  readonly journeys: number | null;
  readonly median: number | null;
  readonly p90: number | null;
  readonly ends: number | null;
  readonly shown: boolean;
  readonly compared: Compared | undefined;
}

function nodeRow(node: GraphNode, journeys: number, shown: boolean, compared: Compared | undefined): GraphRow {
  const share = node.journeys === null || journeys === 0 ? null : node.journeys / journeys;
  const what = node.kind === "stage" ? "stage" : "touchpoint";
  const times = { median: node.medianSecondsAfter, p90: null, ends: node.ends };
  const counts = { count: node.events, n: journeys, share, journeys: node.journeys };
  return { what, from: node.name, to: "", ...counts, ...times, shown, compared };
}

function edgeRow(
  edge: GraphEdge,
  names: ReadonlyMap<string, string>,
  shown: boolean,
  compared: Compared | undefined,
): GraphRow {
  return {
    what: edge.kind,
    from: names.get(edge.from) ?? edge.from,
    to: names.get(edge.to) ?? edge.to,
    count: edge.transitions,
    n: edge.n,
    share: edge.share,
    journeys: edge.journeys,
    median: edge.medianSeconds,
    p90: edge.p90Seconds,
    ends: null,
    shown,
    compared,
  };
}

function comparedById(answer: CompareAnswer | undefined, by: "touchpoint" | "stage"): Map<string, Compared> {
  if (!answer) return new Map();
  const nodes = answer.nodes.map(({ touchpoint, b, difference }): [string, Compared] => [
    nodeId(touchpoint, by),
    { share: b.share, n: answer.b.journeys, difference },
  ]);
  const edges = answer.edges.map((edge): [string, Compared] => [
    comparedEdgeId(edge, by),
    { share: edge.b.share, n: edge.b.n, difference: edge.difference },
  ]);
  return new Map([...nodes, ...edges]);
}

/** Nodes first, then edges, each the most frequent first. */
export function graphRows(
  graph: JourneyGraph,
  selection: GraphSelection,
  answer: CompareAnswer | undefined,
  by: "touchpoint" | "stage",
): GraphRow[] {
  const compared = comparedById(answer, by);
  const names = new Map(graph.nodes.map(({ id, name }) => [id, name]));
  const shown = new Set([...selection.nodes, ...selection.edges].map(({ id }) => id));
  const nodes = graph.nodes.filter(({ kind }) => kind === "touchpoint" || kind === "stage");
  return [
    ...nodes.map((node) => nodeRow(node, graph.journeys, shown.has(node.id), compared.get(node.id))),
    ...graph.edges.map((edge) => edgeRow(edge, names, shown.has(edge.id), compared.get(edge.id))),
  ];
}

const WHAT: Readonly<Record<GraphRow["what"], string>> = {
  touchpoint: "touchpoint",
  stage: "stage",
  step: "step",
  start: "start of journeys",
  end: "end of journeys",
};

const number = { align: "right" as const };
const OWN: readonly Column<GraphRow>[] = [
  { key: "what", title: "What", value: (row) => WHAT[row.what] },
  { key: "from", title: "From, or which", value: (row) => row.from },
  { key: "to", title: "To", value: (row) => row.to },
  {
    key: "count",
    title: "Events or moves",
    ...number,
    value: (row) => row.count,
    format: (row) => formatCount(row.count),
  },
  { key: "n", title: "n", ...number, value: (row) => row.n, format: (row) => formatCount(row.n) },
  { key: "share", title: "Share of n", ...number, value: (row) => row.share, format: (row) => formatShare(row.share) },
  {
    key: "journeys",
    title: "Journeys",
    ...number,
    value: (row) => row.journeys,
    format: (row) => formatCount(row.journeys),
  },
  { key: "ends", title: "Ends here", ...number, value: (row) => row.ends, format: (row) => formatCount(row.ends) },
  {
    key: "median",
    title: "Median seconds",
    ...number,
    value: (row) => row.median,
    format: (row) => formatDuration(row.median),
  },
  {
    key: "p90",
    title: "90 % within seconds",
    ...number,
    value: (row) => row.p90,
    format: (row) => formatDuration(row.p90),
  },
  { key: "shown", title: "On the graph", value: (row) => (row.shown ? "yes" : "no") },
];

const bound = (row: GraphRow, end: "low" | "high") => {
  const difference = row.compared?.difference;
  return difference === undefined || difference.value === null ? null : difference[end];
};
const points = (value: number | null | undefined) => (value === undefined ? NONE : formatPoints(value));

const COMPARED: readonly Column<GraphRow>[] = [
  {
    key: "base",
    title: "Compared: share",
    ...number,
    value: (row) => row.compared?.share ?? null,
    format: (row) => formatShare(row.compared?.share ?? null),
  },
  {
    key: "baseN",
    title: "Compared: n",
    ...number,
    value: (row) => row.compared?.n ?? null,
    format: (row) => formatCount(row.compared?.n ?? null),
  },
  {
    key: "difference",
    title: "Difference",
    ...number,
    value: (row) => row.compared?.difference.value ?? null,
    format: (row) => points(row.compared?.difference.value),
  },
  {
    key: "low",
    title: "95 % from",
    ...number,
    value: (row) => bound(row, "low"),
    format: (row) => points(bound(row, "low")),
  },
  {
    key: "high",
    title: "95 % to",
    ...number,
    value: (row) => bound(row, "high"),
    format: (row) => points(bound(row, "high")),
  },
];

export function graphColumns(comparing: boolean): readonly Column<GraphRow>[] {
  return comparing ? [...OWN, ...COMPARED] : OWN;
}
