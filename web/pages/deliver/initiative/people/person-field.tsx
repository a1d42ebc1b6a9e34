/**
 * A field for a person's name that suggests who is known in the initiative; any other name may be typed.
 */
import { Autocomplete } from "@mantine/core";
import { useMemo } from "react";
import { useInitiative } from "../use-initiative.ts";
import { listPeople } from "./role-rows.ts";

interface PersonFieldProps {
  readonly label: string;
  readonly description?: string;
  readonly required?: boolean;
  readonly value: string;
  readonly onChange: (to: string) => void;
  readonly flex?: string;
}

export function PersonField({ label, description, required = false, value, onChange, flex }: PersonFieldProps) {
  const { initiative } = useInitiative();
  const known = useMemo(() => listPeople(initiative), [initiative]);
  return (
    <Autocomplete
      label={label}
      {...(description === undefined ? {} : { description })}
      {...(flex === undefined ? {} : { flex })}
      required={required}
      maxLength={100}
      data={known}
      value={value}
      onChange={onChange}
    />
  );
}
