/**
 * The largest differences of a comparison, the surest first: each one selects its step on the graph.
 */
import { Group, Text, UnstyledButton } from "@mantine/core";
import { useState } from "react";
import type { Comparison } from "../../../scope/scope.ts";
import { formatPoints } from "../../../ui/format.ts";
import classes from "./graph-canvas.module.css";
import {
  type CompareAnswer,
  type ComparedEdge,
  comparedEdgeId,
  describeComparedEdge,
  isClear,
  largestEdges,
  toneOf,
} from "./graph-compare.ts";
import { Panel } from "./panel.tsx";

interface DifferencesProps {
  readonly answer: CompareAnswer;
  readonly by: "touchpoint" | "stage";
  readonly comparison: Comparison;
  /** Id of the selected edge. */
  readonly selected: string | undefined;
  readonly onSelect: (id: string) => void;
}

const SHORT = 8;

function DifferenceRow({
  edge,
  pressed,
  onSelect,
}: {
  readonly edge: ComparedEdge;
  readonly pressed: boolean;
  readonly onSelect: () => void;
}) {
  const clear = isClear(edge.difference);
  const value = edge.difference.value;
  return (
    <UnstyledButton onClick={onSelect} aria-pressed={pressed} data-testid="difference" data-clear={clear || undefined}>
      <Group gap="xs" justify="space-between" wrap="nowrap" align="flex-start">
        <Text size="sm" fw={600}>
          {edge.from} → {edge.to}
        </Text>
        <Text size="sm" fw={600} className={classes.difference} data-tone={toneOf(edge.difference)}>
          {clear ? formatPoints(value) : "no clear difference"}
        </Text>
      </Group>
      <Text size="xs" c="dimmed">
        {describeComparedEdge(edge)}
      </Text>
    </UnstyledButton>
  );
}

export function Differences({ answer, by, comparison, selected, onSelect }: DifferencesProps) {
  const [all, setAll] = useState(false);
  const edges = largestEdges(answer);
  const clear = edges.filter(({ difference }) => isClear(difference)).length;
  const shown = edges.slice(0, all ? Math.max(clear, SHORT) : SHORT);
  const found =
    clear === 0
      ? "No step differs clearly."
      : `${clear} of ${edges.length} steps differ clearly; about one in twenty would by chance.`;
  return (
    <Panel title="Largest differences" under={`${comparison.label} against ${comparison.baseLabel}. ${found}`}>
      <ol className={classes.differences}>
        {shown.map((edge) => {
          const id = comparedEdgeId(edge, by);
          return (
            <li key={id}>
              <DifferenceRow edge={edge} pressed={selected === id} onSelect={() => onSelect(id)} />
            </li>
          );
        })}
      </ol>
      {clear > SHORT && (
        <UnstyledButton fz="sm" c="dimmed" onClick={() => setAll(!all)} aria-expanded={all}>
          {all ? "Show fewer" : `Show all ${clear} clear differences`}
        </UnstyledButton>
      )}
    </Panel>
  );
}
