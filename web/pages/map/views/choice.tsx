/**
 * A labelled choice among a few values, small enough to stand above a chart.
 */
import { Group, NativeSelect, Text } from "@mantine/core";
import { useId } from "react";

interface ChoiceProps<Value extends string | number> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly onChange: (value: Value) => void;
}

export function Choice<Value extends string | number>({ label, value, options, onChange }: ChoiceProps<Value>) {
  const id = useId();
  return (
    <Group gap={6} wrap="nowrap">
      <Text component="label" htmlFor={id} size="sm">
        {label}
      </Text>
      <NativeSelect
        id={id}
        size="xs"
        value={String(value)}
        data={options.map((option) => ({ value: String(option.value), label: option.label }))}
        onChange={(event) => {
          const chosen = options.find((option) => String(option.value) === event.currentTarget.value);
          if (chosen) onChange(chosen.value);
        }}
      />
    </Group>
  );
}

/** Numbers as options; the present one is among them even when a link brought an unusual one. */
export function numberOptions(values: readonly number[], present: number) {
  const all = values.includes(present) ? values : [...values, present].toSorted((a, b) => a - b);
  return all.map((value) => ({ value, label: String(value) }));
}
