/**
 * Fills the demo workspace when nobody has done so yet: a year of a simulated shop, imported like any export.
 */
import { Button, Paper, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { startJob, useJob } from "../../api/jobs.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { ErrorState } from "../../ui/answer-view.tsx";
import { JobProgress } from "./job-progress.tsx";

export function DemoFill() {
  const imports = useAnswer("imports", {});
  const [job, setJob] = useState<string>();
  const [fault, setFault] = useState<Error>();
  const { data } = useJob<unknown>(job);
  const begin = async () => {
    setFault(undefined);
    try {
      setJob(await startJob("/api/v1/demo/demo", {}));
    } catch (error) {
      setFault(error instanceof Error ? error : new Error(String(error)));
    }
  };
  const failure =
    data?.status === "failed" ? new Error(data.problem?.detail ?? "The demo could not be filled.") : fault;
  if (failure) return <ErrorState error={failure} retry={() => void begin()} />;
  if (job !== undefined && (data === undefined || data.status === "running"))
    return <JobProgress job={data} title="Filling the demo" />;
  if (imports.data === undefined || imports.data.imports.length > 0) return null;
  return (
    <Paper withBorder p="lg" component="section" aria-label="Fill the demo">
      <Stack align="flex-start" gap="sm">
        <Text>
          The demo is empty. Waymark simulates a year of a shop and imports it like any export; that takes about half a
          minute.
        </Text>
        <Button onClick={() => void begin()}>Fill the demo</Button>
      </Stack>
    </Paper>
  );
}
