/**
 * Adds a requirement. It has no priority at first: that is decided afterwards, with a reason.
 */
import { Text } from "@mantine/core";
import { useState } from "react";
import { useSetSearch } from "../../../../scope/use-scope.ts";
import { ActionForm } from "../act/action-form.tsx";
import { useInitiative } from "../use-initiative.ts";
import { RequirementFieldset } from "./requirement-fields.tsx";
import { EMPTY_FIELDS, findFieldLacks, makeAdd, type RequirementFields } from "./requirement-form.ts";

export function RequirementAdd() {
  const { initiative } = useInitiative();
  const set = useSetSearch();
  const [only] = initiative.findings;
  const [fields, setFields] = useState<RequirementFields>({
    ...EMPTY_FIELDS,
    // The likely need; it can be taken away.
    finding: initiative.findings.length === 1 ? String(only) : "",
  });
  return (
    <ActionForm
      type="add-requirement"
      make={() => makeAdd(fields)}
      lacks={findFieldLacks(fields)}
      submit="Add the requirement"
      onDone={(report) => {
        const added = report.initiative.requirements.at(-1);
        set({ add: undefined, requirement: added?.id }, { replace: true });
      }}
      onCancel={() => set({ add: undefined })}
    >
      <RequirementFieldset fields={fields} change={(changes) => setFields((old) => ({ ...old, ...changes }))} />
      <Text size="sm" c="dimmed">
        It has no priority yet, and is outside of every share until somebody decides.
        {initiative.baseline !== null &&
          " The scope is baselined: a priority of Must, Should or Could asks for the visionary’s approval."}
      </Text>
    </ActionForm>
  );
}
