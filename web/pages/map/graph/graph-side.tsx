/**
 * What stands beside the graph: the details of what is selected, and the differences when a comparison is on.
 */
import { useAnswer } from "../../../api/use-answer.ts";
import { useScope } from "../../../scope/use-scope.ts";
import { Differences } from "./differences.tsx";
import { EdgePanel } from "./edge-panel.tsx";
import type { Selected } from "./flow-elements.ts";
import { type CompareAnswer, comparedEdgeId } from "./graph-compare.ts";
import { edgeId, type GraphEdge, type JourneyGraph, nodeId } from "./graph-model.ts";
import type { GraphView, SetGraphView } from "./graph-search.ts";
import { NodePanel } from "./node-panel.tsx";

export interface GraphSideProps {
  readonly graph: JourneyGraph;
  readonly selected: Selected;
  readonly compared: CompareAnswer | undefined;
  readonly view: GraphView;
  readonly setView: SetGraphView;
}

/** Shares with their intervals: from the comparison, or from one with all journeys when none is on. */
function useShares(
  compared: CompareAnswer | undefined,
  by: GraphView["by"],
  wanted: boolean,
): CompareAnswer | undefined {
  const { input } = useScope();
  const { data } = useAnswer("compare", { ...input, vs: {}, by }, { enabled: wanted && !compared, keep: false });
  return compared ?? data;
}

/** The numbers of what is selected; nothing when nothing is. */
export function Details({ graph, selected, compared, view, setView }: GraphSideProps) {
  const { compare } = useScope();
  const node = graph.nodes.find(({ id }) => id === selected.node);
  const edge = graph.edges.find(({ id }) => id === selected.edge);
  const shares = useShares(compared, view.by, node !== undefined || edge !== undefined);
  const from = graph.nodes.find(({ id }) => id === edge?.from);
  const to = graph.nodes.find(({ id }) => id === edge?.to);
  const close = () => setView({ node: undefined, edge: undefined });
  const selectEdge = (next: GraphEdge) => setView({ edge: [next.from, next.to], node: undefined });
  if (edge && from && to) {
    return (
      <EdgePanel
        edge={edge}
        from={from}
        to={to}
        share={shares?.edges.find((one) => comparedEdgeId(one, view.by) === edge.id)}
        comparison={compared && compare}
        split={view.split}
        setSplit={(split) => setView({ split })}
        onClose={close}
      />
    );
  }
  if (!node) return null;
  const stage = node.stage ?? "unmapped";
  const unfold = () =>
    view.by === "stage"
      ? setView({ by: "touchpoint", node: undefined })
      : setView({ folded: view.folded.filter((one) => one !== stage), node: undefined });
  return (
    <NodePanel
      graph={graph}
      node={node}
      share={shares?.nodes.find(({ touchpoint }) => nodeId(touchpoint, view.by) === node.id)}
      compared={compared}
      onSelect={selectEdge}
      onClose={close}
      onUnfold={node.kind === "stage" ? unfold : undefined}
    />
  );
}

/** The differences of the comparison, when there is one. */
export function ComparedSteps({ compared, selected, view, setView }: Omit<GraphSideProps, "graph">) {
  const { compare } = useScope();
  if (!compared || !compare) return null;
  return (
    <Differences
      answer={compared}
      by={view.by}
      comparison={compare}
      selected={selected.edge}
      onSelect={(id) => setView({ edge: JSON.parse(id) as [string, string], node: undefined })}
    />
  );
}

/** Whether anything stands beside the graph. */
export function hasDetails(graph: JourneyGraph, selected: Selected): boolean {
  return (
    graph.nodes.some(({ id }) => id === selected.node) ||
    (selected.edge !== undefined &&
      graph.edges.some(({ id, from, to }) => id === selected.edge && edgeId(from, to) === id))
  );
}
