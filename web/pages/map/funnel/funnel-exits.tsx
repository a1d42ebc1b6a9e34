/**
 * Where they went instead: of those who stop at a step, what came right after, and for how many nothing did.
 */
import { Button, Group, Text } from "@mantine/core";
import { useState } from "react";
import type { Answer } from "../../../api/types.ts";
import { Behind } from "../../../ui/behind.tsx";
import { formatCount, formatShare } from "../../../ui/format.ts";
import { type FunnelQuestion, selectFunnel } from "./funnel-sides.ts";

interface ExitsLineProps {
  readonly exits: Answer<"funnel-exits"> | undefined;
  /** Of the funnel's step, from 0. */
  readonly index: number;
  readonly question: FunnelQuestion;
}

const SHOWN = 4;

export function ExitsLine({ exits, index, question }: ExitsLineProps) {
  const [all, setAll] = useState(false);
  const here = exits?.steps.find(({ step }) => step === index);
  if (!here || here.stopped === 0) return null;
  const { touchpoint, stopped, ended, next, missed } = here;
  const behind = (place: { readonly next?: string | null }) =>
    selectFunnel(question, { reached: index, stopped: true, ...place }, touchpoint);
  const shown = all ? next : next.slice(0, SHOWN);
  return (
    <Group gap="md" mt={6} style={{ rowGap: 2 }} data-testid="funnel-exits" data-stopped={stopped}>
      <Text size="sm">
        <Behind {...behind({})}>{formatCount(stopped)}</Behind> do not reach {missed}. Instead:
      </Text>
      {ended > 0 && (
        <Text size="sm" c="dimmed">
          the journey ends <Behind {...behind({ next: null })}>{formatCount(ended)}</Behind> (
          {formatShare(ended / stopped)})
        </Text>
      )}
      {shown.map((exit) => (
        <Text key={exit.touchpoint} size="sm" c="dimmed">
          {exit.touchpoint} <Behind {...behind({ next: exit.touchpoint })}>{formatCount(exit.journeys)}</Behind> (
          {formatShare(exit.share)})
        </Text>
      ))}
      {next.length > SHOWN && (
        <Button variant="subtle" size="compact-xs" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? "fewer" : `${next.length - SHOWN} more`}
        </Button>
      )}
    </Group>
  );
}
