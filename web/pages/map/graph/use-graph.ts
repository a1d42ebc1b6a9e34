/**
 * The graph of an answer in components: built, selected, placed and drawn, each step kept until what it depends on changes.
 */
import { useMemo } from "react";
import { placeInRoom, type Room } from "./canvas-layout.ts";
import { drawGraph, suggestArrangement } from "./draw-graph.ts";
import {
  type CompareAnswer,
  comparedEdgeId,
  comparisonMarks,
  isClear,
  largestEdges,
  withOtherSide,
} from "./graph-compare.ts";
import { buildGraph, edgeId, type MapAnswer } from "./graph-model.ts";
import type { GraphView } from "./graph-search.ts";
import { describeEdge, describeNode } from "./graph-words.ts";
import { selectGraph } from "./select-graph.ts";

/** So many of the surest differences are on the graph whatever the level of detail. */
const ALWAYS = 8;

export interface GraphInput {
  readonly answer: MapAnswer;
  readonly byStage: MapAnswer | undefined;
  readonly compared: CompareAnswer | undefined;
  readonly view: GraphView;
}

/** What stands on the graph at the view's level of detail. */
export function useSelectedGraph({ answer, byStage, compared, view }: GraphInput) {
  const { by, folded, detail } = view;
  const graph = useMemo(() => {
    const whole = compared ? withOtherSide(answer, compared) : answer;
    return buildGraph(whole, { collapsed: by === "stage" ? [] : folded, byStage, by });
  }, [answer, byStage, compared, by, folded]);
  const marks = useMemo(() => compared && comparisonMarks(compared, by), [compared, by]);
  const base = useMemo(() => {
    const clear = compared ? largestEdges(compared).filter(({ difference }) => isClear(difference)) : [];
    return selectGraph(graph, { detail, keepEdges: clear.slice(0, ALWAYS).map((edge) => comparedEdgeId(edge, by)) });
  }, [graph, detail, compared, by]);
  const edge = view.edge && edgeId(view.edge[0], view.edge[1]);
  const selected = useMemo(() => ({ node: view.edge ? undefined : view.node, edge }), [view.edge, view.node, edge]);
  // What is selected by a link or a list is shown too; what is shown already moves nothing.
  const missingEdge = base.edges.some(({ id }) => id === edge) ? undefined : edge;
  const missingNode = base.nodes.some(({ id }) => id === selected.node) ? undefined : selected.node;
  const selection = useMemo(() => {
    if (missingEdge === undefined && missingNode === undefined) return base;
    const keepEdges = [...base.edges.map(({ id }) => id), ...(missingEdge === undefined ? [] : [missingEdge])];
    return selectGraph(graph, { detail, keepEdges, keepNodes: missingNode === undefined ? [] : [missingNode] });
  }, [base, graph, detail, missingEdge, missingNode]);
  return { graph, selection, marks, selected };
}

/** Where and how it is drawn. */
export function useDrawing(
  { graph, selection, marks }: Pick<ReturnType<typeof useSelectedGraph>, "graph" | "selection" | "marks">,
  view: GraphView,
  room: Room,
) {
  const { heat, labels } = view;
  const arrange = view.arrange ?? suggestArrangement(selection.nodes);
  const placed = useMemo(() => {
    const labelled = marks && ((id: string) => (marks.edge(id)?.text ?? "") !== "");
    return placeInRoom(selection, arrange, { width: room.width, height: room.height }, labelled);
  }, [selection, arrange, room.width, room.height, marks]);
  const drawing = useMemo(
    () => drawGraph(selection, placed.layout, { labels, heat }, marks),
    [selection, placed, labels, heat, marks],
  );
  const name = useMemo(() => {
    const names = new Map(graph.nodes.map((node) => [node.id, node.name]));
    const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
    const edges = new Map(graph.edges.map((edge) => [edge.id, edge]));
    return (id: string) => {
      const node = nodes.get(id);
      const edge = edges.get(id);
      if (node) return describeNode(node, marks ? (marks.node(id)?.text ?? "") : "");
      if (!edge) return id;
      const difference = marks?.edge(id);
      const compared = !marks || edge.kind !== "step" ? "" : `; ${difference?.text || "no clear difference"}`;
      return `${describeEdge(edge, (end) => names.get(end) ?? end)}${compared}`;
    };
  }, [graph, marks]);
  return { ...placed, drawing, arrange, name };
}
