/**
 * Fills the demo workspace when nobody has done so yet: a year of a simulated shop, imported like any export.
 */
import { Button, Paper, Stack, Text } from "@mantine/core";
import { useStartedJob } from "../../api/jobs.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { ErrorState } from "../../ui/answer-view.tsx";
import { JobProgress } from "./job-progress.tsx";

export function DemoFill() {
  const imports = useAnswer("imports", {});
  const { job, running, failure, begin } = useStartedJob("/api/v1/demo/demo");
  if (failure) return <ErrorState error={failure} retry={() => void begin({})} />;
  if (running) return <JobProgress job={job} title="Filling the demo" />;
  if (imports.data === undefined || imports.data.imports.length > 0) return null;
  return (
    <Paper withBorder p="lg" component="section" aria-label="Fill the demo">
      <Stack align="flex-start" gap="sm">
        <Text>
          The demo is empty. Waymark simulates a year of a shop and imports it like any export; that takes about half a
          minute.
        </Text>
        <Button onClick={() => void begin({})}>Fill the demo</Button>
      </Stack>
    </Paper>
  );
}
