/**
 * One import from its start to its result: progress, counts, rejects to take away, and where to go now.
 */
import { Alert, Anchor, Button, Group, Paper, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { IconCircleCheck } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useJob } from "../../api/jobs.ts";
import type { Answer } from "../../api/types.ts";
import { ErrorState } from "../../ui/answer-view.tsx";
import { formatCount, formatCountOf, formatDecimal } from "../../ui/format.ts";
import { ScopeLink, useScopeTarget } from "../../ui/scope-link.tsx";
import { ImportNotes } from "./import-notes.tsx";
import { JobProgress } from "./job-progress.tsx";

type Report = Answer<"import">["imports"][number];

function Figure({ label, value, of }: { readonly label: string; readonly value: number; readonly of?: string }) {
  return (
    <div>
      <Text size="xl" fw={700} data-count={value} data-of={of}>
        {formatCount(value)}
      </Text>
      <Text size="sm" c="dimmed">
        {label}
      </Text>
    </div>
  );
}

function Result({ report, onMore }: { readonly report: Report; readonly onMore: () => void }) {
  const map = useScopeTarget({ to: "map/graph" });
  const { read, added, duplicate, rejected, skipped } = report.events;
  return (
    <Paper withBorder p="lg" component="section" aria-label="What came in" data-testid="import-result">
      <Stack gap="md">
        <Group gap="xs">
          <IconCircleCheck color="var(--mantine-color-teal-filled)" aria-hidden />
          <Title order={2}>
            Import {report.id} is in, in {formatDecimal(report.seconds, 1)} s
          </Title>
        </Group>
        <SimpleGrid cols={{ base: 2, sm: 5 }}>
          <Figure label="records read" value={read} of="read" />
          <Figure label="events added" value={added} of="added" />
          <Figure label="were here already" value={duplicate} of="duplicate" />
          <Figure label="rejected" value={rejected} of="rejected" />
          <Figure
            label="skipped by rule"
            value={Object.values(skipped).reduce((sum, count) => sum + count, 0)}
            of="skipped"
          />
        </SimpleGrid>
        <ImportNotes report={report} />
        {report.rejectsFile !== null && (
          <Text size="sm">
            <Anchor href={report.rejectsFile} download inherit>
              Download the {formatCountOf(rejected, "rejected record")}, each with its reason (CSV)
            </Anchor>
            , or{" "}
            <ScopeLink to="collect" search={{ rejects: report.id }} inherit>
              mend them here
            </ScopeLink>
            .
          </Text>
        )}
        {report.unmapped.length > 0 && (
          <Text size="sm">
            {formatCountOf(report.unmapped.length, "touchpoint")} without a stage yet:{" "}
            <ScopeLink to="collect/touchpoints">give them one</ScopeLink>.
          </Text>
        )}
        <Group>
          <Button size="md" renderRoot={(props) => <Link {...props} {...map} />}>
            See the measured journey
          </Button>
          <Button size="md" variant="default" onClick={onMore}>
            Bring in more
          </Button>
        </Group>
      </Stack>
    </Paper>
  );
}

interface ImportRunProps {
  readonly job: string;
  readonly onMore: () => void;
}

export function ImportRun({ job, onMore }: ImportRunProps) {
  const query = useJob<Answer<"import">>(job);
  const { data } = query;
  const report = data?.result?.imports[0];
  if (query.isError) return <ErrorState error={query.error} retry={onMore} />;
  if (report) return <Result report={report} onMore={onMore} />;
  if (data?.status === "failed")
    return (
      <ErrorState
        error={new Error(`${data.problem?.detail ?? "The import failed."} Nothing of it was kept.`)}
        retry={onMore}
      />
    );
  if (data?.status === "cancelled") {
    return (
      <Alert color="gray" title="The import was cancelled">
        <Stack align="flex-start" gap="sm">
          Nothing of it was kept.
          <Button size="xs" variant="default" onClick={onMore}>
            Begin again
          </Button>
        </Stack>
      </Alert>
    );
  }
  return <JobProgress job={data} title="Importing" />;
}
