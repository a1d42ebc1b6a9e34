/**
 * The rejected records of one import: their groups, the table to take away and bring back, and reading them again.
 */
import { Alert, Button, FileButton, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import { useStartedJob } from "../../api/jobs.ts";
import type { Answer } from "../../api/types.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { useScope } from "../../scope/use-scope.ts";
import { AnswerView, ErrorState } from "../../ui/answer-view.tsx";
import { formatCount, formatCountOf } from "../../ui/format.ts";
import { JobProgress } from "./job-progress.tsx";
import { RejectGroupView } from "./reject-group.tsx";
import { sendFiles } from "./send-files.ts";

type Rejects = Answer<"rejects">;
type Retried = Answer<"retry">;

function Outcome({ done }: { readonly done: Retried }) {
  const { id, sent, mended, settled, events, rejects, open } = done;
  const came =
    id === 0
      ? `None of ${formatCountOf(sent, "record")} is an event now: nothing came in.`
      : `${formatCountOf(mended, "record")} mended: import ${id} added ${formatCountOf(events.added, "event")}.`;
  const nothing = settled > 0 ? "These records were mended before." : "Nothing is different: no record was read again.";
  return (
    <Alert color={mended > 0 ? "teal" : "yellow"} variant="light" role="status" data-testid="retry-result">
      <Text size="sm">{sent === 0 ? nothing : came}</Text>
      {rejects.map(({ field, reason, records }) => (
        <Text size="sm" key={`${field} ${reason}`}>
          Still rejected: {formatCountOf(records, "record")}
          {field === "" ? "" : `, ${field}`}: {reason}.
        </Text>
      ))}
      <Text size="sm">{open === 0 ? "No rejected record is left." : `${formatCountOf(open, "record")} left.`}</Text>
    </Alert>
  );
}

/** Away as a table, and back once it is corrected. */
function Exchange({
  id,
  onUpload,
}: {
  readonly id: number;
  readonly onUpload: ((upload: string) => void) | undefined;
}) {
  const { workspace } = useScope();
  const [fault, setFault] = useState<Error>();
  const send = async (file: File | null) => {
    if (!file || !onUpload) return;
    setFault(undefined);
    try {
      const named = [{ name: file.name, file }];
      const { upload } = await sendFiles(workspace, named, () => undefined, new AbortController().signal);
      onUpload(upload);
    } catch (error) {
      setFault(error instanceof Error ? error : new Error(String(error)));
    }
  };
  return (
    <>
      <Group>
        <Button
          size="xs"
          variant="default"
          component="a"
          href={`/api/v1/${workspace}/imports/${id}/rejects.csv`}
          download
        >
          Download them as CSV
        </Button>
        {onUpload && (
          <FileButton onChange={(file) => void send(file)} accept=".csv,text/csv">
            {(props) => (
              <Button size="xs" variant="default" {...props}>
                Bring the corrected CSV back
              </Button>
            )}
          </FileButton>
        )}
      </Group>
      {fault && <ErrorState error={fault} retry={() => setFault(undefined)} />}
    </>
  );
}

function Groups({ rejects, onRetry }: { readonly rejects: Rejects; readonly onRetry: (body: object) => void }) {
  const { import: id, rejected, mended, open, why, notes, columns, groups } = rejects;
  const alone = why === null;
  return (
    <Stack gap="sm">
      <Text size="sm">
        {formatCountOf(rejected, "record")} rejected, {formatCount(mended)} mended since, {formatCount(open)} open. What
        is read again comes in as an import of its own, and nothing comes in twice.
      </Text>
      {[...(why === null ? [] : [why]), ...notes].map((note) => (
        <Alert key={note} color="yellow" variant="light">
          {note}
        </Alert>
      ))}
      <Exchange id={id} onUpload={alone ? (upload) => onRetry({ upload }) : undefined} />
      {groups.map((group) => (
        <RejectGroupView
          key={`${group.field} ${group.reason} ${group.records}`}
          group={group}
          columns={columns}
          why={alone ? group.why : null}
          onRetry={
            alone && group.why === null
              ? (change) => onRetry({ group: { field: group.field, reason: group.reason }, ...change })
              : undefined
          }
        />
      ))}
    </Stack>
  );
}

export function RejectsPanel({ id, onClose }: { readonly id: number; readonly onClose: () => void }) {
  const { workspace } = useScope();
  const query = useAnswer("rejects", { id, rows: 200 }, { keep: false });
  const { job, running, failure, begin } = useStartedJob<Retried>(`/api/v1/${workspace}/retries`);
  return (
    <Paper withBorder p="md" component="section" aria-label={`Rejected records of import ${id}`}>
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={2}>Rejected records of import {id}</Title>
          <Button size="compact-sm" variant="default" onClick={onClose}>
            Close
          </Button>
        </Group>
        {running && <JobProgress job={job} title="Reading them again" />}
        {failure && <ErrorState error={failure} retry={() => void query.refetch()} />}
        {job?.result && <Outcome done={job.result} />}
        <AnswerView
          query={query}
          height={200}
          empty={({ open }) =>
            open === 0 ? <Text c="dimmed">No rejected record of this import is open.</Text> : undefined
          }
        >
          {(rejects) => <Groups rejects={rejects} onRetry={(body) => !running && void begin({ id, ...body })} />}
        </AnswerView>
      </Stack>
    </Paper>
  );
}
