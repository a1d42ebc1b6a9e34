/**
 * Departments that feel the change, with who speaks for each and what it cares about.
 */
import { Group, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import type { Initiative } from "../../../../../src/domain/dsdm/initiative.ts";
import { WordsField } from "../../../../ui/words-field.tsx";
import { PlainList } from "../../views/plain-list.tsx";
import { ActionButton } from "../act/action-button.tsx";
import { ActionForm } from "../act/action-form.tsx";
import { Dialog } from "../act/dialog.tsx";
import { Nothing, Section, Words } from "../section.tsx";
import { useInitiative } from "../use-initiative.ts";
import { WordBadge } from "../word-badge.tsx";
import { PersonField } from "./person-field.tsx";

type Department = Initiative["departments"][number];

interface DepartmentFormProps {
  /** The one that is changed; left out: a new one. */
  readonly own?: Department;
  readonly onDone: () => void;
}

const orNull = (text: string): string | null => (text.trim() === "" ? null : text.trim());

function DepartmentForm({ own, onDone }: DepartmentFormProps) {
  const [department, setDepartment] = useState(own?.department ?? "");
  const [stakeholder, setStakeholder] = useState(own?.stakeholder ?? "");
  const [interest, setInterest] = useState(own?.interest ?? "");
  return (
    <ActionForm
      type="set-department"
      make={() => ({
        type: "set-department",
        department: department.trim(),
        stakeholder: orNull(stakeholder),
        interest: orNull(interest),
      })}
      lacks={department.trim() === "" ? ["which department"] : []}
      submit="Save"
      onDone={onDone}
      onCancel={onDone}
    >
      {!own && (
        <TextInput
          label="Department"
          required
          maxLength={100}
          value={department}
          onChange={(event) => setDepartment(event.currentTarget.value)}
        />
      )}
      <PersonField label="Stakeholder" description="Who speaks for it" value={stakeholder} onChange={setStakeholder} />
      <WordsField label="What it cares about (may stay empty)" value={interest} onChange={setInterest} />
    </ActionForm>
  );
}

function DepartmentItem({ own }: { readonly own: Department }) {
  return (
    <Stack component="li" gap={4}>
      <Group gap="xs">
        <Text size="sm" fw={600}>
          {own.department}
        </Text>
        {own.stakeholder === null ? (
          <WordBadge color="orange">no stakeholder</WordBadge>
        ) : (
          <Text size="sm">{own.stakeholder}</Text>
        )}
      </Group>
      {own.interest !== null && <Words>{own.interest}</Words>}
      <Group gap={6}>
        <Dialog label="Change" name={`Change ${own.department}`} title={own.department} size="compact-xs">
          {(close) => <DepartmentForm own={own} onDone={close} />}
        </Dialog>
        <ActionButton
          action={{ type: "remove-department", department: own.department }}
          name={`Take it away: ${own.department}`}
          size="compact-xs"
          variant="subtle"
        >
          Take it away
        </ActionButton>
      </Group>
    </Stack>
  );
}

export function Departments() {
  const { initiative } = useInitiative();
  return (
    <Section
      title="Departments and stakeholders"
      actions={
        <Dialog label="Add a department" title="Add a department">
          {(close) => <DepartmentForm onDone={close} />}
        </Dialog>
      }
    >
      {initiative.departments.length === 0 && (
        <Nothing>None is named. Whose work changes when this goes live? Each needs somebody who speaks for it.</Nothing>
      )}
      <PlainList gap="sm">
        {initiative.departments.map((own) => (
          <DepartmentItem key={own.department} own={own} />
        ))}
      </PlainList>
    </Section>
  );
}
