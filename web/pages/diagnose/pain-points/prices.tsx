/**
 * Prices of handling for the touchpoints whose events would not have been needed: contacts again, work done twice, errors.
 */
import { Paper, SimpleGrid, Text, Title } from "@mantine/core";
import { isHandled } from "../../../../src/domain/friction.ts";
import { HandlingPrices } from "../views/handling-price.tsx";
import type { PainReport } from "../views/pain-report.ts";

/** So many fields at the most: those that happen most. */
const MOST = 8;

/** Touchpoints with a friction that costs its handling, the commonest first. */
export function handledTouchpoints({ painPoints, rejected }: Pick<PainReport, "painPoints" | "rejected">): string[] {
  const counts = new Map<string, number>();
  for (const { kind, touchpoint, events } of [...painPoints, ...rejected])
    if (isHandled(kind)) counts.set(touchpoint, Math.max(counts.get(touchpoint) ?? 0, events));
  return [...counts].toSorted(([, a], [, b]) => b - a).map(([touchpoint]) => touchpoint);
}

export function Prices({ report }: { readonly report: PainReport }) {
  const touchpoints = handledTouchpoints(report);
  if (touchpoints.length === 0) return null;
  return (
    <Paper component="section" withBorder p="md" aria-label="What handling costs">
      <Title order={2}>What handling costs</Title>
      <Text size="sm" c="dimmed" mb="sm" maw={820}>
        Each of these would not have been needed: somebody asks again, work is done again, something failed. Say what
        one costs the company, and its direct cost a month is counted: a fact, whatever it does to the outcome.
      </Text>
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md" verticalSpacing="xs">
        <HandlingPrices touchpoints={touchpoints.slice(0, MOST)} />
      </SimpleGrid>
    </Paper>
  );
}
