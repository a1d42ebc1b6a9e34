/**
 * Facilitated workshops: what each was for, who led it, who took part, and what came out.
 */
import { Group, Stack, TagsInput, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import type { Initiative } from "../../../../../src/domain/dsdm/initiative.ts";
import { WordsField } from "../../../../ui/words-field.tsx";
import { PlainList } from "../../views/plain-list.tsx";
import { ActionForm } from "../act/action-form.tsx";
import { Dialog } from "../act/dialog.tsx";
import { PersonField } from "../people/person-field.tsx";
import { listPeople } from "../people/role-rows.ts";
import { Byline, Nothing, Section, Words } from "../section.tsx";
import { useInitiative } from "../use-initiative.ts";

type Workshop = Initiative["workshops"][number];

const orNull = (text: string): string | null => (text.trim() === "" ? null : text.trim());

function HoldForm({ onDone }: { readonly onDone: () => void }) {
  const { report, initiative } = useInitiative();
  const [fields, setFields] = useState({ title: "", day: report.today, objective: "", facilitator: "", outcome: "" });
  const [participants, setParticipants] = useState<string[]>([]);
  const { title, day, objective, facilitator, outcome } = fields;
  const change = (changes: Partial<typeof fields>) => setFields((old) => ({ ...old, ...changes }));
  return (
    <ActionForm
      type="hold-workshop"
      make={() => ({
        type: "hold-workshop",
        title: title.trim(),
        day,
        objective: orNull(objective),
        facilitator: orNull(facilitator),
        participants,
        outcome: orNull(outcome),
      })}
      lacks={[...(title.trim() === "" ? ["a title"] : []), ...(day === "" ? ["the day"] : [])]}
      submit="Save"
      onDone={onDone}
      onCancel={onDone}
    >
      <TextInput
        label="Title"
        required
        maxLength={300}
        value={title}
        onChange={(event) => change({ title: event.currentTarget.value })}
      />
      <TextInput
        type="date"
        label="Day"
        required
        value={day}
        onChange={(event) => change({ day: event.currentTarget.value })}
      />
      <WordsField label="Objective" value={objective} onChange={(value) => change({ objective: value })} />
      <PersonField
        label="Facilitator"
        description="Neutral in the subject"
        value={facilitator}
        onChange={(next) => change({ facilitator: next })}
      />
      <TagsInput label="Who took part" data={listPeople(initiative)} value={participants} onChange={setParticipants} />
      <WordsField label="Outcome" value={outcome} onChange={(value) => change({ outcome: value })} />
    </ActionForm>
  );
}

function Line({ name, text }: { readonly name: string; readonly text: string | null }) {
  return (
    <Words>
      <Text span inherit c="dimmed">
        {name}:
      </Text>{" "}
      {text ?? "not said"}
    </Words>
  );
}

function WorkshopItem({ workshop }: { readonly workshop: Workshop }) {
  const { day } = useInitiative();
  const { title, objective, facilitator, participants, outcome } = workshop;
  return (
    <Stack component="li" gap={2}>
      <Group gap="xs">
        <Text size="sm" fw={600}>
          {title}
        </Text>
        <Byline>{day(workshop.day)}</Byline>
      </Group>
      <Line name="Objective" text={objective} />
      <Line name="Facilitator" text={facilitator} />
      <Line name="Took part" text={participants.length === 0 ? null : participants.join(", ")} />
      <Line name="Outcome" text={outcome} />
    </Stack>
  );
}

export function Workshops() {
  const { initiative } = useInitiative();
  return (
    <Section
      title="Workshops"
      actions={
        <Dialog label="Add a workshop" title="Add a workshop">
          {(close) => <HoldForm onDone={close} />}
        </Dialog>
      }
    >
      {initiative.workshops.length === 0 && (
        <Nothing>None. A workshop has an objective, a neutral facilitator and an outcome that is written down.</Nothing>
      )}
      <PlainList gap="md">
        {initiative.workshops.toReversed().map((workshop) => (
          <WorkshopItem key={workshop.id} workshop={workshop} />
        ))}
      </PlainList>
    </Section>
  );
}
