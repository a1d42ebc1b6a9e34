/**
 * Gives a role to a person. Whoever held it keeps it, the visionary excepted: that is reported when there are two.
 */
import { NativeSelect } from "@mantine/core";
import { useState } from "react";
import { type DeliveryRole, ROLE_FACTS } from "../../../../../src/domain/dsdm/role.ts";
import { ActionForm } from "../act/action-form.tsx";
import { PersonField } from "./person-field.tsx";
import { LEVELS } from "./role-rows.ts";

const CHOICES = LEVELS.map(({ level, name }) => ({
  group: name,
  items: (Object.keys(ROLE_FACTS) as DeliveryRole[])
    .filter((role) => ROLE_FACTS[role].level === level)
    .map((value) => ({ value, label: ROLE_FACTS[value].name })),
}));

export function AssignForm({ begin, onDone }: { readonly begin?: DeliveryRole; readonly onDone: () => void }) {
  const [role, setRole] = useState<DeliveryRole>(begin ?? "business-sponsor");
  const [person, setPerson] = useState("");
  return (
    <ActionForm
      type="assign-role"
      make={() => ({ type: "assign-role", person: person.trim(), role })}
      lacks={person.trim() === "" ? ["who"] : []}
      submit="Assign"
      onDone={onDone}
      onCancel={onDone}
    >
      <NativeSelect
        label="Role"
        description={`It may decide: ${ROLE_FACTS[role].decides}`}
        data={CHOICES}
        value={role}
        onChange={(event) => setRole(event.currentTarget.value as DeliveryRole)}
      />
      <PersonField label="Person" required value={person} onChange={setPerson} />
    </ActionForm>
  );
}
