/**
 * What an initiative is for: its summary, its goal, the KPIs it moves and what it should bring.
 */
import { List, Paper, Stack, Text, Title } from "@mantine/core";
import type { InitiativeReport } from "../../../../src/domain/dsdm/report.ts";
import { formatCount, formatValue } from "../../../ui/format.ts";
import { useKpiFacts } from "../../measure/kpi-facts.ts";
import { unitOf } from "../portfolio/portfolio-words.ts";

function Kpis({ report: { initiative, currency } }: { readonly report: InitiativeReport }) {
  const { define } = useKpiFacts();
  if (initiative.kpis.length === 0) return null;
  return (
    <div>
      <Title order={3}>What it should move</Title>
      <List size="sm" spacing={2}>
        {initiative.kpis.map(({ kpi, baseline, target }) => {
          const facts = define(kpi);
          const unit = unitOf(facts, currency);
          const from = baseline === null ? "no baseline" : `before: ${formatValue(baseline.value, unit)}`;
          const to = target === null ? "no target" : `target: ${formatValue(target, unit)}`;
          return (
            <List.Item key={kpi}>
              {facts.title}: {from}, {to}
            </List.Item>
          );
        })}
      </List>
    </div>
  );
}

export function Purpose({ report }: { readonly report: InitiativeReport }) {
  const { initiative, goal, currency } = report;
  const { summary, benefit } = initiative;
  return (
    <Paper component="section" withBorder p="md" aria-label="What it is for">
      <Stack gap="sm" maw={860}>
        <Title order={2}>What it is for</Title>
        <Text size="sm" style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
          {summary ?? "Nobody has written it down yet."}
        </Text>
        {goal !== null && (
          <Text size="sm">
            It serves the goal “{goal.title}”{goal.owner === null ? "" : `, which ${goal.owner} answers for`}.
          </Text>
        )}
        <Kpis report={report} />
        {benefit !== null && (
          <Text size="sm" style={{ overflowWrap: "anywhere" }}>
            {benefit.expected ? "Expected benefit" : "Benefit that is no longer expected"}: {benefit.text}
            {benefit.monthly === null ? "" : ` (${formatCount(benefit.monthly)} ${currency} a month)`}
          </Text>
        )}
      </Stack>
    </Paper>
  );
}
