/**
 * Rules, budgets and technology that have to be settled by the gate of a phase; one is added, one is settled here.
 */
import { Group, NativeSelect, Stack, Text, Textarea } from "@mantine/core";
import { useState } from "react";
import { CONSTRAINT_KINDS, type Initiative } from "../../../../../src/domain/dsdm/initiative.ts";
import { PHASE_FACTS, PHASES, type Phase } from "../../../../../src/domain/dsdm/phase.ts";
import { ActionForm } from "../act/action-form.tsx";
import { Dialog } from "../act/dialog.tsx";
import { Byline, Nothing, Section, Words } from "../section.tsx";
import { useInitiative } from "../use-initiative.ts";
import { WordBadge } from "../word-badge.tsx";

type Constraint = Initiative["constraints"][number];
type Kind = (typeof CONSTRAINT_KINDS)[number];

function AddForm({ onDone }: { readonly onDone: () => void }) {
  const [kind, setKind] = useState<Kind>("regulatory");
  const [phase, setPhase] = useState<Phase>("business-study");
  const [text, setText] = useState("");
  return (
    <ActionForm
      type="add-constraint"
      make={() => ({ type: "add-constraint", kind, text: text.trim(), phase })}
      lacks={text.trim() === "" ? ["what it is"] : []}
      submit="Add it"
      onDone={onDone}
      onCancel={onDone}
    >
      <NativeSelect
        label="Kind"
        data={[...CONSTRAINT_KINDS]}
        value={kind}
        onChange={(event) => setKind(event.currentTarget.value as Kind)}
      />
      <NativeSelect
        label="To be settled by the gate of"
        data={PHASES.map((value) => ({ value, label: PHASE_FACTS[value].name }))}
        value={phase}
        onChange={(event) => setPhase(event.currentTarget.value as Phase)}
      />
      <Textarea
        label="What has to hold"
        placeholder="such as: consent is asked before an e-mail is sent"
        required
        autosize
        minRows={2}
        maxLength={5_000}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
    </ActionForm>
  );
}

function SettleForm({ id, onDone }: { readonly id: number; readonly onDone: () => void }) {
  const [text, setText] = useState("");
  return (
    <ActionForm
      type="settle-constraint"
      make={() => ({ type: "settle-constraint", constraint: id, text: text.trim() })}
      lacks={text.trim() === "" ? ["how it was settled"] : []}
      submit="It is settled"
      onDone={onDone}
      onCancel={onDone}
    >
      <Textarea
        label="How it was settled"
        required
        autosize
        minRows={2}
        maxLength={5_000}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
    </ActionForm>
  );
}

function ConstraintItem({ constraint }: { readonly constraint: Constraint }) {
  const { day } = useInitiative();
  const { id, kind, text, phase, settled } = constraint;
  return (
    <Stack component="li" gap={4}>
      <Group gap="xs">
        <WordBadge outline>{kind}</WordBadge>
        <Text size="sm" c="dimmed">
          at the gate of {PHASE_FACTS[phase].name}
        </Text>
        <WordBadge color={settled ? "teal" : "orange"}>{settled ? "settled" : "to settle"}</WordBadge>
      </Group>
      <Words>{text}</Words>
      {settled ? (
        <Byline>
          {settled.text} ({settled.author}, {day(settled.at)})
        </Byline>
      ) : (
        <div>
          <Dialog label="Settle it" name={`Settle it: ${text}`} title="Settle the constraint" size="compact-xs">
            {(close) => <SettleForm id={id} onDone={close} />}
          </Dialog>
        </div>
      )}
    </Stack>
  );
}

export function Constraints() {
  const { initiative } = useInitiative();
  return (
    <Section
      title="Constraints at the gates"
      actions={
        <Dialog label="Add a constraint" title="Add a constraint">
          {(close) => <AddForm onDone={close} />}
        </Dialog>
      }
    >
      {initiative.constraints.length === 0 && (
        <Nothing>None. Laws, budgets and technology that must be settled before a gate belong here.</Nothing>
      )}
      <Stack component="ul" gap="sm" m={0} p={0} style={{ listStyle: "none" }}>
        {initiative.constraints.map((constraint) => (
          <ConstraintItem key={constraint.id} constraint={constraint} />
        ))}
      </Stack>
    </Section>
  );
}
