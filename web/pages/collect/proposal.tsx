/**
 * How Waymark would read what was sent, beside the first events: to accept, or to correct by hand and look again.
 * Nothing has been kept yet; the import itself begins with the button.
 */
import { Badge, Button, Grid, Group, List, Paper, Stack, Tabs, Text, Title } from "@mantine/core";
import { useEffect, useState } from "react";
import type { Mapping } from "../../../src/domain/mapping.ts";
import type { Answer } from "../../api/types.ts";
import { ErrorState } from "../../ui/answer-view.tsx";
import { formatCount, formatCountOf } from "../../ui/format.ts";
import { ByHand, readRefusedSources } from "./by-hand.tsx";
import { ImportNotes } from "./import-notes.tsx";
import { JobProgress } from "./job-progress.tsx";
import { singleRule } from "./mapping-fields.ts";
import { MappingForm } from "./mapping-form.tsx";
import { MappingText } from "./mapping-text.tsx";
import { PreviewTable } from "./preview-table.tsx";
import { useLook } from "./use-look.ts";

type Report = Answer<"import">["imports"][number];

function Counts({ report }: { readonly report: Report }) {
  const { read, added, duplicate, rejected, skipped } = report.events;
  const skips = Object.values(skipped).reduce((sum, count) => sum + count, 0);
  return (
    <Text size="sm">
      <strong>{formatCount(read)}</strong> records would bring <strong>{formatCountOf(added, "event")}</strong> of{" "}
      {formatCountOf(report.customers, "customer")}; {formatCount(duplicate)} are here already, {formatCount(rejected)}{" "}
      would be rejected{skips > 0 ? `, ${formatCount(skips)} skipped by rule` : ""}.
    </Text>
  );
}

function How({
  report,
  mapping,
  onChange,
  onText,
}: {
  readonly report: Report;
  readonly mapping: Mapping;
  readonly onChange: (mapping: Mapping) => void;
  readonly onText: (mapping: Mapping) => void;
}) {
  const simple = singleRule(mapping) !== undefined;
  return (
    <Tabs defaultValue={simple ? "form" : "rules"} keepMounted={false}>
      <Tabs.List mb="sm">
        {simple ? <Tabs.Tab value="form">Fields</Tabs.Tab> : <Tabs.Tab value="rules">Kinds of events</Tabs.Tab>}
        <Tabs.Tab value="text">As text</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="form">
        <MappingForm sources={report.sources} reasons={report.mapping.reasons} mapping={mapping} onChange={onChange} />
      </Tabs.Panel>
      <Tabs.Panel value="rules">
        <Text size="sm" mb="xs">
          {report.mapping.by === "recipe"
            ? `These files are known: the recipe «${report.recipe}» reads them.`
            : "Several kinds of events come from these files."}
        </Text>
        <List size="sm" spacing={4}>
          {report.touchpoints.map(({ name: touchpoint, events }) => (
            <List.Item key={touchpoint}>
              {touchpoint}: {formatCountOf(events, "event")}
            </List.Item>
          ))}
        </List>
      </Tabs.Panel>
      <Tabs.Panel value="text">
        <MappingText yaml={report.mapping.yaml} onChange={onText} />
      </Tabs.Panel>
    </Tabs>
  );
}

interface ProposalProps {
  readonly upload: string;
  /** Starts the import with a mapping of one's own, or with the proposed one. */
  readonly onImport: (mapping: Mapping | undefined) => void;
  readonly onCancel: () => void;
}

export function Proposal({ upload, onImport, onCancel }: ProposalProps) {
  const { query, fault, start } = useLook(upload);
  const [corrected, setCorrected] = useState<Mapping>();
  const [looked, setLooked] = useState<Mapping>();
  const job = query.data;
  const report = job?.result?.imports[0];
  const again = (mapping: Mapping | undefined) => {
    setCorrected(mapping);
    setLooked(mapping);
    void start(mapping);
  };
  const failure =
    fault ??
    (job?.status === "failed" ? new Error(job.problem?.detail ?? "The files could not be read.") : query.error);
  const [last, setLast] = useState<Report>();
  useEffect(() => {
    if (report) setLast(report);
  }, [report]);
  const shown = report ?? last;
  const refused = readRefusedSources(job?.problem);
  if (job?.status === "failed" && !shown && refused)
    return <ByHand why={job.problem?.detail ?? ""} sources={refused} onLook={again} onCancel={onCancel} />;
  if (failure && !shown) {
    return (
      <Stack>
        <ErrorState error={failure} retry={() => void start()} />
        <Button variant="default" onClick={onCancel} w="fit-content">
          Choose other files
        </Button>
      </Stack>
    );
  }
  if (!shown) return <JobProgress job={job} title="Looking at your files" />;
  const mapping = corrected ?? shown.mapping.value;
  const stale = corrected !== undefined && corrected !== looked;
  return (
    <Stack gap="md">
      {failure && <ErrorState error={failure} retry={() => again(undefined)} />}
      {!report && !failure && <JobProgress job={job} title="Looking again" />}
      <Group>
        <Button
          size="md"
          onClick={() => onImport(corrected)}
          disabled={stale || !report || shown.events.added + shown.events.duplicate === 0}
        >
          Import {formatCountOf(shown.events.added, "event")}
        </Button>
        {stale && (
          <Button size="md" onClick={() => again(corrected)}>
            Look again with the correction
          </Button>
        )}
        <Button size="md" variant="default" onClick={onCancel}>
          Choose other files
        </Button>
      </Group>
      <Grid gap="md">
        <Grid.Col span={{ base: 12, lg: 4 }}>
          <Paper withBorder p="md" component="section" aria-label="How Waymark reads it">
            <Group justify="space-between" mb="xs">
              <Title order={2}>How Waymark reads it</Title>
              <Badge variant="light">
                {corrected ? "corrected by you" : shown.mapping.by === "recipe" ? `recipe ${shown.recipe}` : "proposed"}
              </Badge>
            </Group>
            <How key={shown.mapping.yaml} report={shown} mapping={mapping} onChange={setCorrected} onText={again} />
          </Paper>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 8 }}>
          <Paper withBorder p="md" component="section" aria-label="The first events">
            <Title order={2} mb="xs">
              The first events
            </Title>
            <Counts report={shown} />
            <PreviewTable events={shown.preview} />
            <ImportNotes report={shown} />
          </Paper>
        </Grid.Col>
      </Grid>
    </Stack>
  );
}
