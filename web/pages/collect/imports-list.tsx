/**
 * What was imported, newest first, with its counts; any import can be rolled back.
 */
import { Anchor, Badge, Button, Group, Modal, Paper, Stack, Table, Text, Title } from "@mantine/core";
import { useState } from "react";
import { z } from "zod";
import { useStartedJob } from "../../api/jobs.ts";
import type { Answer } from "../../api/types.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { useScope, useViewSearch } from "../../scope/use-scope.ts";
import { AnswerView, ErrorState } from "../../ui/answer-view.tsx";
import { formatCount, formatCountOf, formatMoment } from "../../ui/format.ts";
import { QualityNotice } from "./quality/quality-notice.tsx";
import { RejectsPanel } from "./rejects-panel.tsx";

type Import = Answer<"imports">["imports"][number];

const STATUS: Readonly<Record<Import["status"], { readonly label: string; readonly color: string }>> = {
  live: { label: "live", color: "teal" },
  loading: { label: "coming in", color: "blue" },
  removing: { label: "going out", color: "orange" },
  removed: { label: "rolled back", color: "gray" },
};

function describeFiles({ files }: Import): string {
  const [first, ...more] = files;
  return first ? `${first.name}${more.length > 0 ? ` and ${formatCount(more.length)} more` : ""}` : "no file";
}

function ImportRow({
  record,
  zone,
  onRollback,
  onRejects,
}: {
  readonly record: Import;
  readonly zone: string;
  readonly onRollback: () => void;
  readonly onRejects: () => void;
}) {
  const { id, status, recipe, events, customers, startedAt, mends, mended } = record;
  return (
    <Table.Tr data-import={id}>
      <Table.Td>{id}</Table.Td>
      <Table.Td style={{ overflowWrap: "anywhere" }}>
        {describeFiles(record)}
        <Text size="xs" c="dimmed">
          read as {recipe}
          {mends !== null && `, mends import ${mends}`}
        </Text>
      </Table.Td>
      <Table.Td>{formatMoment(startedAt, zone)}</Table.Td>
      <Table.Td ta="right">{formatCount(events?.added ?? null)}</Table.Td>
      <Table.Td ta="right">{formatCount(customers)}</Table.Td>
      <Table.Td ta="right">
        {events && events.rejected > 0 ? (
          <Anchor
            component="button"
            type="button"
            inherit
            onClick={onRejects}
            aria-label={`Look at the ${events.rejected} rejected records of import ${id}`}
          >
            {formatCount(events.rejected)}
          </Anchor>
        ) : (
          formatCount(events?.rejected ?? null)
        )}
        {mended > 0 && (
          <Text size="xs" c="dimmed">
            {formatCount(mended)} mended
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        <Badge variant="light" color={STATUS[status].color} miw="max-content">
          {STATUS[status].label}
        </Badge>
      </Table.Td>
      <Table.Td ta="right">
        {status === "live" && (
          <Button
            size="compact-sm"
            variant="default"
            miw="max-content"
            onClick={onRollback}
            aria-label={`Roll back import ${id}`}
          >
            Roll back
          </Button>
        )}
      </Table.Td>
    </Table.Tr>
  );
}

function RollbackDialog({ record, onClose }: { readonly record: Import; readonly onClose: () => void }) {
  const { workspace } = useScope();
  const { job, running, failure, begin } = useStartedJob(`/api/v1/${workspace}/rollbacks`);
  const start = () => void begin({ id: record.id });
  return (
    <Modal
      opened
      onClose={onClose}
      title={`Roll import ${record.id} back?`}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <Stack gap="sm">
        <Text size="sm">
          {describeFiles(record)} brought {formatCountOf(record.events?.added ?? 0, "event")}. They go out of every
          answer; events that another import brought too stay. The file itself is not touched, so it can be imported
          again.
        </Text>
        {failure && <ErrorState error={failure} retry={start} />}
        {job?.status === "done" ? (
          <Group justify="space-between">
            <Text role="status">Import {record.id} is out again.</Text>
            <Button onClick={onClose}>Done</Button>
          </Group>
        ) : (
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Keep it
            </Button>
            <Button color="red" loading={running} onClick={start}>
              Roll back
            </Button>
          </Group>
        )}
      </Stack>
    </Modal>
  );
}

/** Whose rejects are looked at: the number of an import. */
const searchSchema = z.object({ rejects: z.coerce.number().int().min(1).optional().catch(undefined) });

interface ListedProps {
  readonly onRollback: (record: Import) => void;
  readonly onRejects: (id: number) => void;
}

function Listed({ onRollback, onRejects }: ListedProps) {
  const query = useAnswer("imports", { all: true });
  const { data: extent } = useAnswer("extent", {});
  return (
    <Paper withBorder p="md" component="section" aria-label="What came in before">
      <Title order={2} mb="xs">
        What came in
      </Title>
      <QualityNotice />
      <AnswerView
        query={query}
        height={120}
        empty={({ imports }) => (imports.length === 0 ? <Text c="dimmed">Nothing was imported yet.</Text> : undefined)}
      >
        {({ imports }) => (
          <Table.ScrollContainer minWidth={660}>
            <Table verticalSpacing="xs" aria-label="What came in" data-testid="imports">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>No.</Table.Th>
                  <Table.Th>Files</Table.Th>
                  <Table.Th>Begun</Table.Th>
                  <Table.Th ta="right">Events added</Table.Th>
                  <Table.Th ta="right">Customers</Table.Th>
                  <Table.Th ta="right">Rejected</Table.Th>
                  <Table.Th>State</Table.Th>
                  <Table.Th>
                    <Text span fz={0}>
                      Actions
                    </Text>
                  </Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {imports.toReversed().map((record) => (
                  <ImportRow
                    key={record.id}
                    record={record}
                    zone={extent?.zone ?? "UTC"}
                    onRollback={() => onRollback(record)}
                    onRejects={() => onRejects(record.id)}
                  />
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        )}
      </AnswerView>
    </Paper>
  );
}

export function ImportsList() {
  const [chosen, setChosen] = useState<Import>();
  const { set } = useScope();
  const { rejects } = useViewSearch(searchSchema);
  return (
    <>
      {rejects !== undefined && <RejectsPanel key={rejects} id={rejects} onClose={() => set({ rejects: undefined })} />}
      <Listed onRollback={setChosen} onRejects={(id) => set({ rejects: id })} />
      {chosen && <RollbackDialog record={chosen} onClose={() => setChosen(undefined)} />}
    </>
  );
}
