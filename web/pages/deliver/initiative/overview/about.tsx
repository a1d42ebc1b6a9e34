/**
 * What it is for: summary, goal, the benefit that is expected and whether it still is; and the form that changes them.
 */
import { Checkbox, Group, NativeSelect, NumberInput, SimpleGrid, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { useAnswer } from "../../../../api/use-answer.ts";
import { WordsField } from "../../../../ui/words-field.tsx";
import { ActionForm } from "../act/action-form.tsx";
import { Dialog } from "../act/dialog.tsx";
import { Nothing, Section, Words } from "../section.tsx";
import { useInitiative } from "../use-initiative.ts";
import { WordBadge } from "../word-badge.tsx";
import { type AboutFields, aboutOf, findAboutLacks, makeAboutEdit } from "./about-form.ts";

interface FieldsProps {
  readonly fields: AboutFields;
  readonly change: (changes: Partial<AboutFields>) => void;
}

function GoalField({ fields, change }: FieldsProps) {
  const { data } = useAnswer("portfolio", {});
  const goals = data?.goals.map(({ goal }) => ({ value: String(goal.id), label: goal.title })) ?? [];
  return (
    <NativeSelect
      label="Goal"
      description={
        data && goals.length === 0 ? "There is none yet: add one in the portfolio" : "What the company wants"
      }
      data={[{ value: "", label: "none yet" }, ...goals]}
      value={fields.goal}
      onChange={(event) => change({ goal: event.currentTarget.value })}
    />
  );
}

function BenefitFields({ fields, change }: FieldsProps) {
  const { report } = useInitiative();
  return (
    <>
      <WordsField
        label="Expected benefit"
        description="Why it is worth doing, in a sentence or two. Empty takes it away"
        value={fields.benefit}
        onChange={(value) => change({ benefit: value })}
      />
      <NumberInput
        label="Worth a month (may stay empty)"
        suffix={report.currency === "" ? "" : ` ${report.currency}`}
        decimalScale={2}
        value={fields.monthly}
        onChange={(next) => change({ monthly: typeof next === "number" ? next : "" })}
      />
      <Checkbox
        label="It is still expected"
        description="Take the tick away when the reason for the initiative is gone"
        checked={fields.expected}
        onChange={(event) => change({ expected: event.currentTarget.checked })}
      />
    </>
  );
}

function EditForm({ onDone }: { readonly onDone: () => void }) {
  const { initiative } = useInitiative();
  const [fields, setFields] = useState(() => aboutOf(initiative));
  const change = (changes: Partial<AboutFields>) => setFields((old) => ({ ...old, ...changes }));
  return (
    <ActionForm
      type="edit-initiative"
      make={() => makeAboutEdit(fields)}
      lacks={findAboutLacks(fields)}
      submit="Save"
      onDone={onDone}
      onCancel={onDone}
    >
      <TextInput
        label="Title"
        required
        maxLength={300}
        value={fields.title}
        onChange={(event) => change({ title: event.currentTarget.value })}
      />
      <WordsField label="Summary" minRows={3} value={fields.summary} onChange={(value) => change({ summary: value })} />
      <GoalField fields={fields} change={change} />
      <BenefitFields fields={fields} change={change} />
      <NativeSelect
        label="Effort is counted in"
        description="Of all requirements and capacities; numbers stay as they are"
        data={[
          { value: "days", label: "days" },
          { value: "points", label: "points" },
        ]}
        value={fields.effortUnit}
        onChange={(event) => change({ effortUnit: event.currentTarget.value === "points" ? "points" : "days" })}
      />
    </ActionForm>
  );
}

function Benefit() {
  const { initiative, money } = useInitiative();
  const { benefit } = initiative;
  if (!benefit) return <Nothing>Nobody has said what it should bring. Edit it and say so.</Nothing>;
  return (
    <>
      <Words>{benefit.text}</Words>
      <Group gap="xs">
        {benefit.monthly !== null && <Text size="sm">{money(benefit.monthly)} a month</Text>}
        <WordBadge color={benefit.expected ? "teal" : "red"}>
          {benefit.expected ? "still expected" : "no longer expected"}
        </WordBadge>
      </Group>
    </>
  );
}

export function About() {
  const { report, initiative, day } = useInitiative();
  return (
    <Section
      title="What it is for"
      actions={
        <Dialog label="Edit" name="Edit what it is for" title="What it is for">
          {(close) => <EditForm onDone={close} />}
        </Dialog>
      }
    >
      {initiative.summary === null ? <Nothing>There is no summary yet.</Nothing> : <Words>{initiative.summary}</Words>}
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
        <div>
          <Text size="sm" fw={600}>
            Goal
          </Text>
          {report.goal === null ? <Nothing>None is named.</Nothing> : <Words>{report.goal.title}</Words>}
        </div>
        <div>
          <Text size="sm" fw={600}>
            Expected benefit
          </Text>
          <Benefit />
        </div>
      </SimpleGrid>
      <Text size="xs" c="dimmed">
        Begun {day(initiative.createdAt)} by {initiative.createdBy}. Effort is counted in {initiative.effortUnit}.
      </Text>
    </Section>
  );
}
