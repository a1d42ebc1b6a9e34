/**
 * What is done with an increment: begun, deployed (to all, or to a group first), and its business case looked at again.
 */
import { Radio, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { WordsField } from "../../../../ui/words-field.tsx";
import { ActionForm } from "../act/action-form.tsx";
import { useInitiative } from "../use-initiative.ts";

interface FormProps {
  readonly onDone: () => void;
}

export function AddIncrement({ onDone }: FormProps) {
  const { initiative } = useInitiative();
  const [title, setTitle] = useState(`Increment ${initiative.increments.length + 1}`);
  return (
    <ActionForm
      type="add-increment"
      make={() => ({ type: "add-increment", title: title.trim() })}
      lacks={title.trim() === "" ? ["a title"] : []}
      submit="Add it"
      onDone={onDone}
      onCancel={onDone}
    >
      <TextInput
        label="Title"
        description="What goes live together"
        required
        maxLength={300}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
    </ActionForm>
  );
}

interface IncrementFormProps extends FormProps {
  readonly increment: number;
}

export function DeployForm({ increment, onDone }: IncrementFormProps) {
  const { report } = useInitiative();
  const [day, setDay] = useState(report.today);
  const [group, setGroup] = useState("");
  return (
    <ActionForm
      type="deploy-increment"
      make={() => ({ type: "deploy-increment", increment, day, group: group.trim() === "" ? null : group.trim() })}
      lacks={day === "" ? ["the day"] : []}
      submit="It is deployed"
      onDone={onDone}
      onCancel={onDone}
    >
      <TextInput
        type="date"
        label="Day it went live"
        required
        value={day}
        onChange={(event) => setDay(event.currentTarget.value)}
      />
      <TextInput
        label="Group it went to first"
        description="Empty: to everybody. A group and the rest can be compared, so the effect can be told"
        placeholder='such as: customer.group = "B"'
        maxLength={200}
        value={group}
        onChange={(event) => setGroup(event.currentTarget.value)}
      />
    </ActionForm>
  );
}

export function ReviewForm({ increment, onDone }: IncrementFormProps) {
  const [text, setText] = useState("");
  const [still, setStill] = useState<boolean>();
  return (
    <ActionForm
      type="review-case"
      make={() => ({ type: "review-case", increment, text: text.trim(), stillExpected: still === true })}
      lacks={[
        ...(text.trim() === "" ? ["what was found"] : []),
        ...(still === undefined ? ["whether the benefit is still expected"] : []),
      ]}
      submit="Save the review"
      onDone={onDone}
      onCancel={onDone}
    >
      <WordsField
        label="What was found"
        description="Cost so far, what it brought, what changed outside"
        required
        minRows={3}
        value={text}
        onChange={setText}
      />
      <Radio.Group
        label="Is the benefit still expected?"
        value={still === undefined ? "" : still ? "yes" : "no"}
        onChange={(next) => setStill(next === "yes")}
      >
        <Stack gap={6} mt={6}>
          <Radio value="yes" label="yes, it goes on" />
          <Radio value="no" label="no: the reason for it is gone" />
        </Stack>
      </Radio.Group>
      {still === false && (
        <Text size="sm">Whether it is stopped is decided at a gate (Overview); a rule reminds of it until then.</Text>
      )}
    </ActionForm>
  );
}
