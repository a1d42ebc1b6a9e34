/**
 * What else stands on the same touches: frictions whose cost is shared with this one.
 */
import { List, Paper, Text, Title } from "@mantine/core";
import { formatCount, formatShare } from "../../../ui/format.ts";
import type { Friction, PainDetail } from "../views/pain-report.ts";

export function Overlaps({ report, friction }: { readonly report: PainDetail; readonly friction: Friction }) {
  const { overlaps } = report;
  if (overlaps.length === 0) return null;
  return (
    <Paper component="section" withBorder p="md" aria-label="What else happens there">
      <Title order={2}>What else happens there</Title>
      <Text size="sm" c="dimmed" mb="xs" maw={820}>
        Frictions on the same touches. Each is measured with the others held equal, and where they meet the cost is
        shared.
      </Text>
      <List size="sm" spacing={4}>
        {overlaps.map(({ name, events }) => (
          <List.Item key={name}>
            {name}: {formatCount(events)} together
            {friction.events > 0 && ` (${formatShare(events / friction.events)} of these)`}
          </List.Item>
        ))}
      </List>
    </Paper>
  );
}
