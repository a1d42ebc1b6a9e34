/**
 * Where an initiative is: its open phases, what the gates decided, and how much of it is done.
 */
import { List, Paper, Progress, Stack, Text, Title } from "@mantine/core";
import type { InitiativeReport } from "../../../../src/domain/dsdm/report.ts";
import { formatDay } from "../../../ui/format.ts";
import { describeDone } from "../priority-words.ts";
import { describeGate, describeState } from "./progress-words.ts";

/** Requirements that count: Must, Should and Could of the project. */
function sumDone({ initiative }: InitiativeReport) {
  const counted = initiative.requirements.filter(({ priority: { project } }) => project !== null && project !== "wont");
  const add = (list: typeof counted) => list.reduce((sum, { effort }) => sum + effort, 0);
  return { effort: add(counted), done: add(counted.filter(({ state }) => state === "done")) };
}

export function Phases({ report }: { readonly report: InitiativeReport }) {
  const { gates, effortUnit } = report.initiative;
  const { effort, done } = sumDone(report);
  return (
    <Paper component="section" withBorder p="md" aria-label="Where it is">
      <Stack gap="sm" maw={860}>
        <Title order={2}>Where it is</Title>
        <Text fw={600} data-testid="progress-state">
          {describeState(report)}
        </Text>
        {effort > 0 && (
          <div>
            <Progress value={(100 * done) / effort} aria-hidden />
            <Text size="sm">Done: {describeDone(done, effort, effortUnit)} of what was agreed</Text>
          </div>
        )}
        {gates.length > 0 && (
          <List size="sm" spacing={2}>
            {gates.map((gate) => (
              <List.Item key={`${gate.phase} ${gate.at}`}>
                {describeGate(gate)}, {formatDay(gate.at, report.zone)}
              </List.Item>
            ))}
          </List>
        )}
      </Stack>
    </Paper>
  );
}
