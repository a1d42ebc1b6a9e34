/**
 * What is known of one step: how often it is taken, by how many journeys, how long it takes, and how it splits by a field.
 */
import { Alert, Text } from "@mantine/core";
import type { Comparison } from "../../../scope/scope.ts";
import { Behind } from "../../../ui/behind.tsx";
import { formatCount, formatDuration, formatShare } from "../../../ui/format.ts";
import { describeInterval } from "../../../ui/interval.tsx";
import { type ComparedEdge, describeComparedEdge, isClear } from "./graph-compare.ts";
import { END, type GraphEdge, type GraphNode, START } from "./graph-model.ts";
import { askedName, edgeTarget } from "./graph-selection.ts";
import { Fact, Panel } from "./panel.tsx";
import { StepBreakdown } from "./step-breakdown.tsx";

export interface EdgePanelProps {
  readonly edge: GraphEdge;
  readonly from: GraphNode;
  readonly to: GraphNode;
  /** The step's share with its interval (both sides when a comparison is on); undefined while it is asked for. */
  readonly share: ComparedEdge | undefined;
  readonly comparison: Comparison | undefined;
  /** The field by which the step is broken down. */
  readonly split: string | undefined;
  readonly setSplit: (field: string) => void;
  readonly onClose: () => void;
}

function ofWhat(edge: GraphEdge, from: GraphNode): string {
  return edge.kind === "start" ? "journeys" : `events of ${from.name}`;
}

function Compared({ share, comparison }: { readonly share: ComparedEdge; readonly comparison: Comparison }) {
  return (
    <Alert variant="light" color={isClear(share.difference) ? "waymark" : "gray"} p="xs">
      <Text size="sm" data-testid="edge-difference">
        {describeComparedEdge(share)}
      </Text>
      <Text size="xs" c="dimmed" mt={4}>
        {comparison.label} against {comparison.baseLabel}. A difference is not yet a cause.
      </Text>
    </Alert>
  );
}

function Times({ edge, share }: { readonly edge: GraphEdge; readonly share: ComparedEdge | undefined }) {
  const against = share && share.b.medianSeconds !== null ? `, against ${formatDuration(share.b.medianSeconds)}` : "";
  if (edge.medianSeconds === null) return null;
  return (
    <>
      <Fact name="Time between, median">
        {formatDuration(edge.medianSeconds)}
        {against}
      </Fact>
      <Fact name="Nine of ten take at most">{formatDuration(edge.p90Seconds)}</Fact>
    </>
  );
}

export function EdgePanel({ edge, from, to, share, comparison, split, setSplit, onClose }: EdgePanelProps) {
  const target = edgeTarget(edge, from, to);
  const counted = edge.journeys ?? edge.transitions;
  const title = `${from.name} → ${to.name}`;
  const single = edge.kind === "step" && from.kind === "touchpoint" && to.kind === "touchpoint";
  return (
    <Panel title={title} under={edge.kind === "step" ? "one step, nothing between" : undefined} onClose={onClose}>
      {comparison && share && <Compared share={share} comparison={comparison} />}
      <Fact name={from.id === START ? "Starts" : to.id === END ? "Ends" : "Moves"}>
        {formatCount(edge.transitions)} of {formatCount(edge.n)} {ofWhat(edge, from)}, {formatShare(edge.share)}
        {share && (
          <Text span c="dimmed">
            {" "}
            ({describeInterval({ ...share.a, unit: "share" })})
          </Text>
        )}
      </Fact>
      <Fact name="Journeys that take it">
        {target ? <Behind {...target}>{formatCount(counted)}</Behind> : formatCount(edge.journeys)}
        {!target && (
          <Text size="xs" c="dimmed">
            A step between a folded stage and a single touchpoint has no list of journeys: show the stage's touchpoints
            to see them.
          </Text>
        )}
        {target && comparison && share && (
          <>
            {" "}
            against{" "}
            <Behind {...target} title={`${target.title}, ${comparison.baseLabel}`} scope={comparison.input}>
              {formatCount(share.b.journeys)}
            </Behind>
          </>
        )}
      </Fact>
      <Times edge={edge} share={comparison ? share : undefined} />
      {single && (
        <StepBreakdown
          from={askedName(from)}
          to={askedName(to)}
          field={split}
          setField={setSplit}
          comparison={comparison}
        />
      )}
    </Panel>
  );
}
