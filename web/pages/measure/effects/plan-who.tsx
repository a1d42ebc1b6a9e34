/**
 * The form's second part: who gets the change, how that is decided, and the design that follows.
 */
import { Alert, Group, NativeSelect, Radio, Select, Stack, TagsInput, Text } from "@mantine/core";
import { IconBulb } from "@tabler/icons-react";
import { useState } from "react";
import { DESIGN_WORDS, type Design } from "./design-words.ts";
import { fieldOptions } from "./field-choices.ts";
import type { PlanForm } from "./plan-form.ts";
import { type PartProps, PlanPart } from "./plan-part.tsx";
import type { Suggestion } from "./suggest-design.ts";

function FieldSelect({ form: { by }, change, choices }: PartProps) {
  const [typed, setTyped] = useState("");
  return (
    <Select
      label="What tells the groups apart"
      placeholder="a trait of the customer or a property of the event"
      data={fieldOptions(choices, by, typed) as never}
      value={by === "" ? null : by}
      onChange={(next) => change({ by: next ?? "", treated: [], control: [], starts: {} })}
      onSearchChange={setTyped}
      searchable
    />
  );
}

function Groups({ form, change, choices }: PartProps) {
  const { by, treated, control, decided } = form;
  const values = choices.values.get(by) ?? [];
  return (
    <>
      <Radio.Group
        label="How is it decided who gets it?"
        value={decided}
        onChange={(next) => change({ decided: next === "chance" ? "chance" : "choice" })}
      >
        <Stack gap={6} mt={6}>
          <Radio value="choice" label="By choice: a region, a shop, a desk, a plan …" />
          <Radio value="chance" label="By chance: a draw, a flag set at random, an A/B test" />
        </Stack>
      </Radio.Group>
      <FieldSelect form={form} change={change} choices={choices} />
      <Group gap="sm" align="flex-start">
        <TagsInput
          label="Who gets the change"
          description="One or more values"
          data={values.filter((value) => !control.includes(value))}
          value={[...treated]}
          onChange={(next) => change({ treated: next })}
          flex="1 1 240px"
        />
        <TagsInput
          label="Whom it is compared with"
          description="Empty: all others"
          data={values.filter((value) => !treated.includes(value))}
          value={[...control]}
          onChange={(next) => change({ control: next })}
          flex="1 1 240px"
        />
      </Group>
    </>
  );
}

const DESIGNS = Object.entries(DESIGN_WORDS).map(([value, { name }]) => ({ value, label: name }));

interface DesignProps extends PartProps {
  readonly suggestion: Suggestion;
  readonly design: Design;
}

function DesignChoice({ form, change, suggestion, design }: DesignProps) {
  const own = form.design !== "suggested" && form.design !== suggestion.design;
  return (
    <Alert
      variant="light"
      icon={<IconBulb aria-hidden />}
      title={`Suggested: ${DESIGN_WORDS[suggestion.design].name.toLowerCase()}`}
      data-testid="suggestion"
    >
      <Stack gap="xs">
        <Text size="sm">{suggestion.why}</Text>
        <NativeSelect
          label="Design"
          data={[{ value: "suggested", label: `as suggested` }, ...DESIGNS]}
          value={form.design}
          onChange={(event) => change({ design: event.currentTarget.value as PlanForm["design"] })}
        />
        {own && (
          <Text size="sm">
            You chose another: {DESIGN_WORDS[design].name.toLowerCase()}. {DESIGN_WORDS[design].how}
          </Text>
        )}
      </Stack>
    </Alert>
  );
}

export function PlanWho(props: DesignProps) {
  const { form, change } = props;
  return (
    <PlanPart number={2} title="Who gets the change">
      <Radio.Group
        label="Who gets it?"
        value={form.who}
        onChange={(next) => change({ who: next === "everybody" ? "everybody" : "some", design: "suggested" })}
      >
        <Stack gap={6} mt={6}>
          <Radio value="some" label="Some of them, and others not (or not yet)" />
          <Radio value="everybody" label="Everybody at once" />
        </Stack>
      </Radio.Group>
      {form.who === "some" && <Groups {...props} />}
      <DesignChoice {...props} />
    </PlanPart>
  );
}
