/**
 * A job while it runs: its phase, how far it is, and a way to stop it.
 */
import { Button, Group, Paper, Progress, Stack, Text } from "@mantine/core";
import { cancelJob, type Job } from "../../api/jobs.ts";
import { formatCount } from "../../ui/format.ts";

const MEGABYTE = 1_000_000;

function describe({ done, total, unit }: NonNullable<Job<unknown>["progress"]>): string {
  if (unit === "bytes") {
    const size = (bytes: number) => (bytes / MEGABYTE).toFixed(1);
    return total > 0 ? `${size(done)} of ${size(total)} MB` : `${size(done)} MB`;
  }
  if (done === 0 && total === 0) return "";
  return total > 0 && done > 0
    ? `${formatCount(done)} of ${formatCount(total)} ${unit}`
    : `${formatCount(Math.max(done, total))} ${unit}`;
}

export function JobProgress({ job, title }: { readonly job: Job<unknown> | undefined; readonly title: string }) {
  const progress = job?.progress ?? null;
  const share =
    progress && progress.total > 0 && progress.done > 0 ? (progress.done / progress.total) * 100 : undefined;
  return (
    <Paper withBorder p="lg" component="section" aria-label={title}>
      <Stack gap="sm">
        <Group justify="space-between">
          <Text fw={600}>{title}</Text>
          {job && (
            <Button size="compact-sm" variant="default" onClick={() => void cancelJob(job.job).catch(() => undefined)}>
              Cancel
            </Button>
          )}
        </Group>
        <Progress
          value={share ?? 100}
          animated={share === undefined}
          striped={share === undefined}
          aria-label={title}
        />
        <Text size="sm" c="dimmed" role="status">
          {progress === null ? "starting …" : `${progress.phase} ${describe(progress)}`}
        </Text>
      </Stack>
    </Paper>
  );
}
