/**
 * The frame of a timebox that is planned: what it is for, its days and its capacity, which are fixed from the kick-off on.
 */
import { Group, NativeSelect, NumberInput, Text, TextInput } from "@mantine/core";
import { WordsField } from "../../../../ui/words-field.tsx";
import { useInitiative } from "../use-initiative.ts";
import type { TimeboxFields } from "./timebox-form.ts";

interface PartProps {
  readonly fields: TimeboxFields;
  readonly change: (changes: Partial<TimeboxFields>) => void;
}

function DateField({
  label,
  value,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (to: string) => void;
}) {
  return (
    <TextInput
      type="date"
      label={label}
      required
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      flex="1 1 140px"
    />
  );
}

export function TimeboxFrame({ fields, change }: PartProps) {
  const { initiative } = useInitiative();
  return (
    <>
      <TextInput
        label="Title"
        required
        maxLength={300}
        value={fields.title}
        onChange={(event) => change({ title: event.currentTarget.value })}
      />
      <WordsField
        label="Objective"
        description="What will be there at its end that is not there now"
        required
        value={fields.objective}
        onChange={(value) => change({ objective: value })}
      />
      <Group gap="sm" align="flex-end">
        <DateField label="First day" value={fields.start} onChange={(start) => change({ start })} />
        <DateField label="Last day" value={fields.end} onChange={(end) => change({ end })} />
        <NumberInput
          label="Capacity"
          required
          min={0}
          decimalScale={2}
          suffix={` ${initiative.effortUnit}`}
          value={fields.capacity}
          onChange={(next) => change({ capacity: typeof next === "number" ? next : "" })}
          flex="1 1 120px"
        />
        <NativeSelect
          label="Format"
          data={[
            { value: "structured", label: "structured" },
            { value: "free", label: "free" },
          ]}
          value={fields.format}
          onChange={(event) => change({ format: event.currentTarget.value === "free" ? "free" : "structured" })}
          flex="1 1 120px"
        />
      </Group>
      <Text size="sm" c="dimmed">
        Days and capacity are fixed from the kick-off on; what varies is what gets done.
      </Text>
    </>
  );
}
