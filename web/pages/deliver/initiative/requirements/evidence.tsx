/**
 * How often a requirement was tried against its criteria, and with what result; one more try is written down here.
 */
import { Checkbox, Group, Stack, Title } from "@mantine/core";
import { useState } from "react";
import type { Requirement } from "../../../../../src/domain/dsdm/requirement.ts";
import { WordsField } from "../../../../ui/words-field.tsx";
import { PlainList } from "../../views/plain-list.tsx";
import { ActionForm } from "../act/action-form.tsx";
import { Dialog } from "../act/dialog.tsx";
import { Byline, Nothing, Words } from "../section.tsx";
import { useInitiative } from "../use-initiative.ts";
import { WordBadge } from "../word-badge.tsx";

function EvidenceForm({ id, onDone }: { readonly id: number; readonly onDone: () => void }) {
  const [text, setText] = useState("");
  const [passed, setPassed] = useState(true);
  return (
    <ActionForm
      type="add-evidence"
      make={() => ({ type: "add-evidence", requirement: id, text: text.trim(), passed })}
      lacks={text.trim() === "" ? ["what was tried"] : []}
      submit="Add it"
      onDone={onDone}
      onCancel={onDone}
    >
      <WordsField label="What was tried, and what came out" required value={text} onChange={setText} />
      <Checkbox
        label="It met the acceptance criteria"
        checked={passed}
        onChange={(event) => setPassed(event.currentTarget.checked)}
      />
    </ActionForm>
  );
}

export function Evidence({ requirement }: { readonly requirement: Requirement }) {
  const { day } = useInitiative();
  return (
    <Stack component="section" gap="xs" aria-label="Test evidence">
      <Group justify="space-between">
        <Title order={3}>Test evidence</Title>
        <Dialog label="Add evidence" title="Add evidence" size="compact-xs">
          {(close) => <EvidenceForm id={requirement.id} onDone={close} />}
        </Dialog>
      </Group>
      {requirement.evidence.length === 0 && (
        <Nothing>None. What is done needs evidence that it meets its criteria.</Nothing>
      )}
      <PlainList gap="xs">
        {requirement.evidence.toReversed().map(({ at, author, text, passed }) => (
          <li key={`${at} ${text}`}>
            <Group gap="xs">
              <WordBadge color={passed ? "teal" : "red"}>{passed ? "met" : "not met"}</WordBadge>
              <Byline>
                {author}, {day(at)}
              </Byline>
            </Group>
            <Words>{text}</Words>
          </li>
        ))}
      </PlainList>
    </Stack>
  );
}
