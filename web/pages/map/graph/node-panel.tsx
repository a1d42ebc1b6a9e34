/**
 * What is known of one node: how often, of how many journeys, what comes before and after, how long and how well it goes.
 */
import { Button, Text } from "@mantine/core";
import { Behind } from "../../../ui/behind.tsx";
import { formatCount, formatDecimal, formatDuration, formatShare } from "../../../ui/format.ts";
import { describeInterval } from "../../../ui/interval.tsx";
import type { CompareAnswer, ComparedNode } from "./graph-compare.ts";
import { describeComparedNode } from "./graph-compare.ts";
import { END, type GraphEdge, type GraphNode, type JourneyGraph, START, stageTitle } from "./graph-model.ts";
import { nodeTarget, sideTarget } from "./graph-selection.ts";
import { describeScore } from "./heat.ts";
import { Fact, Panel } from "./panel.tsx";
import { StepList } from "./step-list.tsx";

export interface NodePanelProps {
  readonly graph: JourneyGraph;
  readonly node: GraphNode;
  /** Share of journeys with its interval; undefined while it is asked for. */
  readonly share: ComparedNode | undefined;
  /** Both sides, when a comparison is on. */
  readonly compared: CompareAnswer | undefined;
  readonly onSelect: (edge: GraphEdge) => void;
  readonly onClose: () => void;
  /** Opens a folded stage. */
  readonly onUnfold: (() => void) | undefined;
}

function Journeys({ graph, node, share }: Pick<NodePanelProps, "graph" | "node" | "share">) {
  if (node.journeys === null) return null;
  const of = `${formatShare(graph.journeys === 0 ? null : node.journeys / graph.journeys)} of ${formatCount(graph.journeys)}`;
  return (
    <Fact name="Journeys with it">
      <Behind {...nodeTarget(node)}>{formatCount(node.journeys)}</Behind>, {of}
      {share && (
        <Text span c="dimmed">
          {" "}
          ({describeInterval({ ...share.a, unit: "share" })})
        </Text>
      )}
    </Fact>
  );
}

function Ends({ node }: { readonly node: GraphNode }) {
  const of = node.events === 0 ? null : node.ends / node.events;
  return (
    <>
      {node.starts > 0 && (
        <Fact name="Journeys that start here">
          <Behind {...sideTarget(node, "start")}>{formatCount(node.starts)}</Behind>
        </Fact>
      )}
      {node.ends > 0 && (
        <Fact name="Journeys that end here">
          <Behind {...sideTarget(node, "end")}>{formatCount(node.ends)}</Behind>, {formatShare(of)} of its{" "}
          {formatCount(node.events)} events
        </Fact>
      )}
    </>
  );
}

function Quality({ node }: { readonly node: GraphNode }) {
  const { medianSecondsAfter, score } = node;
  return (
    <>
      {medianSecondsAfter !== null && (
        <Fact name="Until the next event, median">{formatDuration(medianSecondsAfter)}</Fact>
      )}
      {score && (
        <Fact name="Mean score">
          {describeScore(score.mean, score.scale)}
          <Text span c="dimmed">
            {score.low === null || score.high === null
              ? `, n = ${formatCount(score.n)}`
              : ` (95 %: ${formatDecimal(score.low)} to ${formatDecimal(score.high)}, n = ${formatCount(score.n)})`}
          </Text>
        </Fact>
      )}
    </>
  );
}

export function NodePanel({ graph, node, share, compared, onSelect, onClose, onUnfold }: NodePanelProps) {
  const names = new Map(graph.nodes.map(({ id, name }) => [id, name]));
  const into = graph.edges.filter(({ to }) => to === node.id);
  const out = graph.edges.filter(({ from }) => from === node.id);
  const terminal = node.id === START || node.id === END;
  const under = terminal ? "of all journeys" : node.kind === "stage" ? "a stage" : stageTitle(node.stage);
  return (
    <Panel title={node.name} under={under} onClose={onClose}>
      {compared && share && <Fact name="Journeys with it, compared">{describeComparedNode(share, compared)}</Fact>}
      {!terminal && <Fact name="Events">{formatCount(node.events)}</Fact>}
      <Journeys graph={graph} node={node} share={share} />
      <Ends node={node} />
      <Quality node={node} />
      {node.members.length > 0 && <Fact name="Touchpoints in it">{node.members.join(", ")}</Fact>}
      {onUnfold && (
        <Button variant="default" size="xs" onClick={onUnfold}>
          Show its touchpoints
        </Button>
      )}
      <StepList
        title={node.id === END ? "Where journeys end" : "What comes before"}
        edges={into}
        total={node.events}
        nameOf={({ from }) => names.get(from) ?? from}
        onSelect={onSelect}
      />
      <StepList
        title={node.id === START ? "Where journeys start" : "What comes after"}
        edges={out}
        total={node.events}
        nameOf={({ to }) => names.get(to) ?? to}
        onSelect={onSelect}
      />
    </Panel>
  );
}
