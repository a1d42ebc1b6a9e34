/**
 * The audit trail: every change with its author, time, reason and fields, the newest first. Nothing here can be edited.
 */
import { Button, Group, NativeSelect, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { DeliveryRecord } from "../../../../../src/domain/dsdm/initiative.ts";
import { useAnswer } from "../../../../api/use-answer.ts";
import { useSetSearch, useViewSearch } from "../../../../scope/use-scope.ts";
import { AnswerView } from "../../../../ui/answer-view.tsx";
import { PlainList } from "../../views/plain-list.tsx";
import { initiativeSearchSchema } from "../initiative-search.ts";
import { Byline, Nothing, Section, Words } from "../section.tsx";
import { useInitiative } from "../use-initiative.ts";
import { type Change, listSubjects, nameAction, nameField, showValue } from "./record-words.ts";

const PAGE = 25;
const FIRST_CHANGES = 6;

function ChangeLine({ change: { field, before, after } }: { readonly change: Change }) {
  const { moment } = useInitiative();
  const was = before === null ? "" : `${showValue(before, moment)} → `;
  return (
    <Text component="li" size="xs" style={{ overflowWrap: "anywhere" }}>
      <Text span inherit c="dimmed">
        {nameField(field)}:
      </Text>{" "}
      {was}
      {after === null ? "taken away" : showValue(after, moment)}
    </Text>
  );
}

function Changes({ changes }: { readonly changes: readonly Change[] }) {
  const [all, setAll] = useState(false);
  if (changes.length === 0) return null;
  const shown = all ? changes : changes.slice(0, FIRST_CHANGES);
  return (
    <>
      <ul aria-label="What changed" style={{ margin: 0, paddingInlineStart: "1.25rem" }}>
        {shown.map((change) => (
          <ChangeLine key={change.field} change={change} />
        ))}
      </ul>
      {changes.length > shown.length && (
        <Button variant="subtle" size="compact-xs" w="fit-content" onClick={() => setAll(true)}>
          Show all {changes.length} fields
        </Button>
      )}
    </>
  );
}

function Entry({ record }: { readonly record: DeliveryRecord }) {
  const { moment } = useInitiative();
  const { version, at, author, reason, action, subject, changes } = record;
  return (
    <Stack component="li" gap={2} data-record={version}>
      <Text size="sm">
        <strong>{author}</strong> {nameAction(action)}
        {subject !== "initiative" && ` (${subject})`}
      </Text>
      <Byline>
        {moment(at)} · record {version}
      </Byline>
      {reason !== null && <Words>Reason: {reason}</Words>}
      <Changes changes={changes} />
    </Stack>
  );
}

interface PageProps {
  readonly subject: string | undefined;
  /** Only older ones than this. */
  readonly before?: number;
}

/** One page; the next one is asked for by its button. */
function Page({ subject, before }: PageProps) {
  const { initiative } = useInitiative();
  const [older, setOlder] = useState(false);
  const query = useAnswer("initiative-records", {
    id: initiative.id,
    limit: PAGE,
    ...(subject === undefined ? {} : { subject }),
    ...(before === undefined ? {} : { before }),
  });
  return (
    <AnswerView query={query} height={240}>
      {({ records, more }) => {
        const last = records.at(-1);
        return (
          <Stack gap="md">
            {records.length === 0 && <Nothing>No record is about this.</Nothing>}
            <PlainList gap="md">
              {records.map((record) => (
                <Entry key={record.version} record={record} />
              ))}
            </PlainList>
            {more && last && !older && (
              <Button variant="default" w="fit-content" onClick={() => setOlder(true)}>
                Show older ones
              </Button>
            )}
            {more && last && older && <Page subject={subject} before={last.version} />}
          </Stack>
        );
      }}
    </AnswerView>
  );
}

export function RecordsTab() {
  const { initiative } = useInitiative();
  const { subject } = useViewSearch(initiativeSearchSchema);
  const set = useSetSearch();
  return (
    <Section
      title="Records"
      actions={
        <Group gap="xs">
          <NativeSelect
            aria-label="Only records about"
            size="xs"
            maw={260}
            data={[{ value: "", label: "about everything" }, ...listSubjects(initiative)]}
            value={subject ?? ""}
            onChange={(event) => set({ subject: event.currentTarget.value || undefined })}
          />
        </Group>
      }
    >
      <Text size="sm" c="dimmed">
        Every change leaves one, with its author, its time and, where one is due, its reason. Nobody can edit them.
      </Text>
      <Page key={subject ?? ""} subject={subject} />
    </Section>
  );
}
