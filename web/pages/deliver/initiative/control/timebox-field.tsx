/**
 * Which timebox something is about, or none.
 */
import { NativeSelect } from "@mantine/core";
import { useInitiative } from "../use-initiative.ts";

interface TimeboxFieldProps {
  readonly label: string;
  readonly none: string;
  readonly value: number | null;
  readonly onChange: (to: number | null) => void;
}

export function TimeboxField({ label, none, value, onChange }: TimeboxFieldProps) {
  const { initiative } = useInitiative();
  return (
    <NativeSelect
      label={label}
      data={[
        { value: "", label: none },
        ...initiative.timeboxes.map(({ id, title }) => ({ value: String(id), label: `${id}. ${title}` })),
      ]}
      value={value === null ? "" : String(value)}
      onChange={(event) => onChange(event.currentTarget.value === "" ? null : Number(event.currentTarget.value))}
    />
  );
}
