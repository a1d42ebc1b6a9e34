/**
 * One finding: how bad, what was seen, why it matters, what to do, and where.
 */
import { Badge, Code, Group, List, Paper, Stack, Text, Title } from "@mantine/core";
import { QUALITY_WORDS } from "../../../../src/domain/quality-words.ts";
import type { Answer } from "../../../api/types.ts";
import { formatDecimal } from "../../../ui/format.ts";
import { ScopeLink } from "../../../ui/scope-link.tsx";

type Finding = Answer<"quality">["findings"][number];

const COLORS: Readonly<Record<Finding["severity"], string>> = { serious: "red", warning: "orange", note: "gray" };
/** The colour says nothing that the word does not. */
const PLAIN_LABEL = { root: { minWidth: "max-content" }, label: { color: "var(--mantine-color-text)" } };

const BREAK = { overflowWrap: "anywhere" } as const;

function Periods({ periods }: Pick<Finding, "periods">) {
  if (periods.length < 2) return null;
  return (
    <List size="sm" aria-label="Stretches without events">
      {periods.map(({ from, to, expected }) => (
        <List.Item key={from}>
          {from === to ? from.replace("T", " ") : `${from.replace("T", " ")} to ${to.replace("T", " ")}`}, about{" "}
          {formatDecimal(expected, expected < 10 ? 1 : 0)} events usual
        </List.Item>
      ))}
    </List>
  );
}

export function FindingCard({ finding }: { readonly finding: Finding }) {
  const { kind, severity, seen, why, action, command, page, periods } = finding;
  return (
    <Paper withBorder p="md" component="article" aria-label={`${severity}: ${QUALITY_WORDS[kind].title}`}>
      <Stack gap="xs">
        <Group gap="sm">
          <Badge variant="light" color={COLORS[severity]} tt="none" styles={PLAIN_LABEL}>
            {severity}
          </Badge>
          <Title order={3}>{QUALITY_WORDS[kind].title}</Title>
        </Group>
        <Text style={BREAK}>{seen}</Text>
        <Periods periods={periods} />
        <Text size="sm" c="dimmed">
          {why}
        </Text>
        <Text size="sm" style={BREAK}>
          <strong>What to do:</strong> {action}
        </Text>
        {(page !== null || command !== null) && (
          <Group gap="md">
            {page !== null && (
              <ScopeLink to={page.to} search={page.search} fz="sm">
                {page.label}
              </ScopeLink>
            )}
            {command !== null && <Code style={BREAK}>{command}</Code>}
          </Group>
        )}
      </Stack>
    </Paper>
  );
}
