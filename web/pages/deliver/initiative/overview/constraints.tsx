/**
 * Rules, budgets and technology that have to be settled by the gate of a phase; one is added, one is settled here.
 */
import { NativeSelect, Text } from "@mantine/core";
import { useState } from "react";
import { CONSTRAINT_KINDS, type Initiative } from "../../../../../src/domain/dsdm/initiative.ts";
import { PHASE_FACTS, PHASES, type Phase } from "../../../../../src/domain/dsdm/phase.ts";
import { WordsField } from "../../../../ui/words-field.tsx";
import { ActionForm } from "../act/action-form.tsx";
import { Awaited, AwaitedList } from "../awaited.tsx";
import { Byline } from "../section.tsx";
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
      <WordsField
        label="What has to hold"
        placeholder="such as: consent is asked before an e-mail is sent"
        required
        value={text}
        onChange={setText}
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
      <WordsField label="How it was settled" required value={text} onChange={setText} />
    </ActionForm>
  );
}

function ConstraintItem({ constraint }: { readonly constraint: Constraint }) {
  const { day } = useInitiative();
  const { id, kind, text, phase, settled } = constraint;
  return (
    <Awaited
      head={
        <>
          <WordBadge outline>{kind}</WordBadge>
          <Text size="sm" c="dimmed">
            at the gate of {PHASE_FACTS[phase].name}
          </Text>
          <WordBadge color={settled ? "teal" : "orange"}>{settled ? "settled" : "to settle"}</WordBadge>
        </>
      }
      text={text}
      answer={
        settled && (
          <Byline>
            {settled.text} ({settled.author}, {day(settled.at)})
          </Byline>
        )
      }
      ask={{
        ...{ label: "Settle it", title: "Settle the constraint" },
        form: (close) => <SettleForm id={id} onDone={close} />,
      }}
    />
  );
}

export function Constraints() {
  const { initiative } = useInitiative();
  return (
    <AwaitedList
      title="Constraints at the gates"
      add={{ label: "Add a constraint", form: (close) => <AddForm onDone={close} /> }}
      nothing="None. Laws, budgets and technology that must be settled before a gate belong here."
    >
      {initiative.constraints.map((constraint) => (
        <ConstraintItem key={constraint.id} constraint={constraint} />
      ))}
    </AwaitedList>
  );
}
