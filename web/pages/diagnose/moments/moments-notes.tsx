/**
 * What belongs to the claims: the steps that everyone passes, and what would bias all of it.
 */
import { List, Paper, Text, Title } from "@mantine/core";
import { formatCount, formatShare } from "../../../ui/format.ts";
import type { Report } from "../views/effect-words.ts";

export function Structural({ report: { structural } }: { readonly report: Report }) {
  if (structural.length === 0) return null;
  return (
    <Paper component="section" withBorder p="md" aria-label="Everyone passes here">
      <Title order={2}>Everyone passes here</Title>
      <Text size="sm" c="dimmed" mb="xs" maw={820}>
        At least 95 % of those who get to the outcome pass these steps. They are part of the way: whether they happen
        decides nothing, so they are set aside. How well they go is still looked at.
      </Text>
      <List size="sm" spacing={4} data-testid="structural">
        {structural.map(({ touchpoint, share, n }) => (
          <List.Item key={touchpoint}>
            <strong>{touchpoint}</strong>: {formatShare(share)} of {formatCount(n)}
          </List.Item>
        ))}
      </List>
    </Paper>
  );
}

export function Caveats({ report: { caveats } }: { readonly report: Pick<Report, "caveats"> }) {
  if (caveats.length === 0) return null;
  return (
    <Paper component="section" withBorder p="md" aria-label="What would bias it">
      <Title order={2} mb="xs">
        What would bias it
      </Title>
      <List size="sm" spacing={4} maw={860}>
        {caveats.map((sentence) => (
          <List.Item key={sentence}>{sentence}</List.Item>
        ))}
      </List>
    </Paper>
  );
}
