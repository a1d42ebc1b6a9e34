/**
 * A comparison on the graph: which nodes and edges differ, by how much and how surely, in words and as marks to draw.
 * The shares and intervals are the API's; nothing is estimated here.
 */
import type { LegendEntry, Tone } from "../../../charts/svg-graph.ts";
import { formatCount, formatPoints, formatShare } from "../../../ui/format.ts";
import type { Marks } from "./draw-graph.ts";
import { edgeId, type MapAnswer, nodeId } from "./graph-model.ts";

export type Difference =
  | { readonly value: number; readonly low: number; readonly high: number }
  | { readonly value: null; readonly reason: string; readonly n: number; readonly required: number };

export interface ComparedShare {
  readonly share: number | null;
  readonly low: number | null;
  readonly high: number | null;
}
export interface ComparedNodeSide extends ComparedShare {
  readonly events: number;
  readonly journeys: number;
}
export interface ComparedEdgeSide extends ComparedShare {
  readonly transitions: number;
  readonly n: number;
  readonly medianSeconds: number | null;
  readonly journeys: number;
}
export interface ComparedNode {
  readonly touchpoint: string;
  readonly stage: string | null;
  readonly a: ComparedNodeSide;
  readonly b: ComparedNodeSide;
  readonly difference: Difference;
}
export interface ComparedEdge {
  readonly from: string;
  readonly to: string;
  readonly a: ComparedEdgeSide;
  readonly b: ComparedEdgeSide;
  readonly difference: Difference;
}
export interface CompareAnswer {
  readonly a: { readonly journeys: number; readonly customers: number };
  readonly b: { readonly journeys: number; readonly customers: number };
  readonly nodes: readonly ComparedNode[];
  readonly edges: readonly ComparedEdge[];
}

/** Whether the interval leaves 0 out. */
export function isClear(difference: Difference): boolean {
  return difference.value !== null && (difference.low > 0 || difference.high < 0);
}

export function toneOf(difference: Difference): Tone {
  if (!isClear(difference)) return "unclear";
  return (difference.value ?? 0) > 0 ? "up" : "down";
}

function describeSide(share: number | null, part: number, n: number): string {
  return n === 0 ? "no data (0/0)" : `${formatShare(share ?? part / n)} (${formatCount(part)}/${formatCount(n)})`;
}

/** "−12.6 points, 95 %: −17.3 to −7.0"; says so when it is unclear or cannot be told. */
export function describeDifference(difference: Difference): string {
  if (difference.value === null)
    return `too few data for a difference (${formatCount(difference.n)} of the ${formatCount(difference.required)} it takes)`;
  const bound = (value: number) =>
    formatPoints(value)
      .replace(/ points$/u, "")
      .replace(/^\+/u, "");
  const words = `${formatPoints(difference.value)}, 95 %: ${bound(difference.low)} to ${bound(difference.high)}`;
  return isClear(difference) ? words : `no clear difference (${words})`;
}

/** "6.9 % (12/175) against 19.5 % (104/534), −12.6 points, 95 %: …". */
export function describeComparedEdge({ a, b, difference }: Pick<ComparedEdge, "a" | "b" | "difference">): string {
  const sides = `${describeSide(a.share, a.transitions, a.n)} against ${describeSide(b.share, b.transitions, b.n)}`;
  return `${sides}, ${describeDifference(difference)}`;
}

/** Of all journeys of each side, those that have it. */
export function describeComparedNode(node: ComparedNode, answer: Pick<CompareAnswer, "a" | "b">): string {
  const a = describeSide(node.a.share, node.a.journeys, answer.a.journeys);
  return `${a} against ${describeSide(node.b.share, node.b.journeys, answer.b.journeys)}, ${describeDifference(node.difference)}`;
}

/** How far the interval stays from 0; below 0 when it holds 0. What is surest first, not what is largest by chance. */
function sureness(difference: Difference): number {
  if (difference.value === null) return Number.NEGATIVE_INFINITY;
  return difference.value > 0 ? difference.low : -difference.high;
}

/** Clear differences first, by the size they have at the least; then the others by the same measure. */
export function compareDifferences(a: Difference, b: Difference): number {
  const order = sureness(b) - sureness(a);
  return Number.isNaN(order) ? 0 : order;
}

export function comparedEdgeId({ from, to }: Pick<ComparedEdge, "from" | "to">, by: "touchpoint" | "stage"): string {
  return edgeId(nodeId(from, by), nodeId(to, by));
}

export function largestEdges(answer: CompareAnswer): ComparedEdge[] {
  return answer.edges.toSorted((a, b) => compareDifferences(a.difference, b.difference));
}

/** What only the other side has stands on the graph too, with 0 events on this side. */
export function withOtherSide(answer: MapAnswer, compared: CompareAnswer): MapAnswer {
  const nodes = new Set(answer.nodes.map(({ touchpoint }) => touchpoint));
  const edges = new Set(answer.edges.map(({ from, to }) => edgeId(from, to)));
  const empty = { events: 0, journeys: 0, starts: 0, ends: 0, score: null, medianSecondsAfter: null };
  const none = { transitions: 0, journeys: 0, medianSeconds: null, p90Seconds: null };
  const missing = compared.nodes.filter(({ touchpoint }) => !nodes.has(touchpoint));
  const missingEdges = compared.edges.filter(({ from, to }) => !edges.has(edgeId(from, to)));
  return {
    ...answer,
    nodes: [...answer.nodes, ...missing.map(({ touchpoint, stage }) => ({ touchpoint, stage, ...empty }))],
    edges: [...answer.edges, ...missingEdges.map(({ from, to }) => ({ from, to, ...none }))],
  };
}

const THINNEST = 1.5;
const THICKEST = 9;

const LEGEND: readonly LegendEntry[] = [
  { text: "more often than in the comparison (+)", tone: "up" },
  { text: "less often (−)", tone: "down" },
  { text: "no clear difference", tone: "unclear" },
];

const shortPoints = (value: number) => formatPoints(value).replace(/ points$/u, " pts");

/** Clear differences as thick lines with their sign, everything else thin and grey. */
export function comparisonMarks(answer: CompareAnswer, by: "touchpoint" | "stage"): Marks {
  const edges = new Map(answer.edges.map((edge) => [comparedEdgeId(edge, by), edge.difference]));
  const nodes = new Map(answer.nodes.map((node) => [nodeId(node.touchpoint, by), node.difference]));
  const clear = [...edges.values()].filter(isClear).map(({ value }) => Math.abs(value ?? 0));
  const most = Math.max(0.01, ...clear);
  return {
    legend: LEGEND,
    node: (id) => {
      const difference = nodes.get(id);
      if (!difference || difference.value === null || !isClear(difference)) return { tone: "unclear", text: "" };
      return { tone: toneOf(difference), text: shortPoints(difference.value) };
    },
    edge: (id) => {
      const difference = edges.get(id);
      if (!difference || difference.value === null || !isClear(difference))
        return { tone: "unclear", text: "", width: THINNEST };
      const width = THINNEST + (THICKEST - THINNEST) * Math.min(1, Math.abs(difference.value) / most) ** 0.6;
      return { tone: toneOf(difference), text: shortPoints(difference.value), width };
    },
  };
}
