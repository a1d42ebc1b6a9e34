/**
 * Where journeys come from, or go to, at one node: each step with its share, a click selects it.
 */
import { Group, Progress, Stack, Text, Title, UnstyledButton } from "@mantine/core";
import { useState } from "react";
import { formatCount, formatShare } from "../../../ui/format.ts";
import type { GraphEdge } from "./graph-model.ts";

interface StepListProps {
  readonly title: string;
  /** The strongest first. */
  readonly edges: readonly GraphEdge[];
  /** What the shares are of. */
  readonly total: number;
  readonly nameOf: (edge: GraphEdge) => string;
  readonly onSelect: (edge: GraphEdge) => void;
}

const SHORT = 5;

export function StepList({ title, edges, total, nameOf, onSelect }: StepListProps) {
  const [all, setAll] = useState(false);
  const shown = all ? edges : edges.slice(0, SHORT);
  if (edges.length === 0) return null;
  return (
    <div>
      <Title order={4} fz="sm" mb={4}>
        {title}
      </Title>
      <Stack gap={4} component="ul" p={0} m={0}>
        {shown.map((edge) => (
          <li key={edge.id} style={{ listStyle: "none" }}>
            <UnstyledButton w="100%" onClick={() => onSelect(edge)}>
              <Group justify="space-between" wrap="nowrap" gap="xs">
                <Text size="sm" truncate>
                  {nameOf(edge)}
                </Text>
                <Text size="sm" style={{ whiteSpace: "nowrap", fontVariantNumeric: "tabular-nums" }}>
                  {formatCount(edge.transitions)} · {formatShare(total === 0 ? null : edge.transitions / total)}
                </Text>
              </Group>
              <Progress value={total === 0 ? 0 : (100 * edge.transitions) / total} size={3} aria-hidden />
            </UnstyledButton>
          </li>
        ))}
      </Stack>
      {edges.length > SHORT && (
        <UnstyledButton fz="sm" c="dimmed" mt={4} onClick={() => setAll(!all)} aria-expanded={all}>
          {all ? "Show fewer" : `Show all ${edges.length}`}
        </UnstyledButton>
      )}
    </div>
  );
}
