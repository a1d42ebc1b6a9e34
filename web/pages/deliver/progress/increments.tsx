/**
 * What is delivered step by step: increments, whether each is in use, and their timeboxes with the shares that are done.
 */
import { Box, Paper, Stack, Text, Title } from "@mantine/core";
import type { InitiativeReport } from "../../../../src/domain/dsdm/report.ts";
import { type Column, DataTable } from "../../../ui/data-table.tsx";
import { type EffortUnit, formatDays, formatPlainDay, PRIORITY_SHORT, TIMEBOX_STATES } from "../priority-words.ts";
import {
  type DeliveredTimebox,
  describeDelivered,
  describeDeployment,
  type Increment,
  listTimeboxes,
} from "./progress-words.ts";

/** Wide enough to be read where the table scrolls. */
function Cell({ children }: { readonly children: string }) {
  return <Box miw={120}>{children}</Box>;
}

function columnsFor(unit: EffortUnit): Column<DeliveredTimebox>[] {
  const shares = (["must", "should", "could"] as const).map((priority): Column<DeliveredTimebox> => {
    return {
      key: priority,
      title: `${PRIORITY_SHORT[priority]} done`,
      value: ({ facts }) => (facts.effort[priority] > 0 ? facts.done[priority] / facts.effort[priority] : null),
      format: ({ facts }) => <Cell>{describeDelivered(facts, priority, unit)}</Cell>,
    };
  });
  return [
    {
      key: "title",
      title: "Timebox",
      value: ({ timebox }) => timebox.title,
      format: ({ timebox }) => <Cell>{timebox.title}</Cell>,
    },
    {
      key: "start",
      title: "Days",
      value: ({ timebox }) => timebox.start,
      format: ({ timebox }) => <Cell>{formatDays(timebox.start, timebox.end)}</Cell>,
    },
    { key: "state", title: "State", value: ({ timebox }) => TIMEBOX_STATES[timebox.state] },
    ...shares,
  ];
}

function IncrementPart({ increment, report }: { readonly increment: Increment; readonly report: InitiativeReport }) {
  const timeboxes = listTimeboxes(report, increment.id);
  return (
    <Stack gap={4} data-increment={increment.id}>
      <Title order={3}>{increment.title}</Title>
      <Text size="sm">{describeDeployment(increment, formatPlainDay)}</Text>
      {timeboxes.length === 0 ? (
        <Text size="sm" c="dimmed">
          No timebox is planned for it yet.
        </Text>
      ) : (
        <DataTable
          caption={`Timeboxes of ${increment.title}`}
          hideCaption
          columns={columnsFor(report.initiative.effortUnit)}
          rows={timeboxes}
          rowKey={({ timebox }) => String(timebox.id)}
        />
      )}
    </Stack>
  );
}

export function Increments({ report }: { readonly report: InitiativeReport }) {
  const { increments } = report.initiative;
  return (
    <Paper component="section" withBorder p="md" aria-label="Step by step">
      <Stack gap="md">
        <Title order={2}>Step by step</Title>
        <Text size="sm" c="dimmed" maw={860}>
          A timebox ends on its day whatever happens: what does not fit is left out, the least important first. Hence
          the shares that were done of what it had to (Must), should and could deliver.
        </Text>
        {increments.length === 0 && (
          <Text size="sm" c="dimmed">
            No increment is planned yet.
          </Text>
        )}
        {increments.map((increment) => (
          <IncrementPart key={increment.id} increment={increment} report={report} />
        ))}
      </Stack>
    </Paper>
  );
}
