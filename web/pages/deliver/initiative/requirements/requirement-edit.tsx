/**
 * Edits what is written about a requirement. When somebody else changed it meanwhile, both texts are shown.
 */
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { InitiativeReport } from "../../../../../src/domain/dsdm/report.ts";
import type { Requirement } from "../../../../../src/domain/dsdm/requirement.ts";
import { useWorkspace } from "../../../../scope/use-workspace.ts";
import { useAuthor } from "../../author/use-author.ts";
import { ActionForm } from "../act/action-form.tsx";
import { chooseVersion, compareEdits, readConflict } from "./conflict.ts";
import { ConflictView } from "./conflict-view.tsx";
import { RequirementFieldset } from "./requirement-fields.tsx";
import { fieldsOf, findFieldLacks, listChanged, makeEdit, type RequirementFields } from "./requirement-form.ts";

interface Draft {
  /** What was read when the first field was changed. */
  readonly base: Requirement;
  readonly fields: RequirementFields;
}

/** While nothing is typed, what is shown is what is there; from the first change on, what was read is kept. */
function useDraft(requirement: Requirement) {
  const [draft, setDraft] = useState<Draft>();
  const { base, fields } = draft ?? { base: requirement, fields: fieldsOf(requirement) };
  const change = (changes: Partial<RequirementFields>): void => {
    const next = { ...fields, ...changes };
    setDraft(listChanged(fieldsOf(base), next).length === 0 ? undefined : { base, fields: next });
  };
  return { base, fields, change, forget: () => setDraft(undefined), changed: draft !== undefined };
}

export function RequirementEdit({ requirement }: { readonly requirement: Requirement }) {
  const { author } = useAuthor();
  const workspace = useWorkspace();
  const client = useQueryClient();
  const { base, fields, change, forget, changed } = useDraft(requirement);
  const take = (): void => {
    forget();
    void client.invalidateQueries({ queryKey: [workspace] });
  };
  const done = (_: InitiativeReport) => forget();
  return (
    <ActionForm
      type="edit-requirement"
      make={() => makeEdit(base, fields, chooseVersion(base, fields, requirement, author))}
      lacks={changed ? findFieldLacks(fields) : ["what is different"]}
      submit="Save"
      onDone={done}
      explain={(error, again, reset) => {
        const conflict = readConflict(error);
        if (!conflict) return undefined;
        const { current } = conflict;
        return (
          <ConflictView
            conflict={conflict}
            rows={compareEdits(base, fields, current)}
            onTheirs={() => {
              reset();
              take();
            }}
            onMine={() => again(makeEdit(base, fields, current.version))}
          />
        );
      }}
    >
      <RequirementFieldset fields={fields} change={change} />
    </ActionForm>
  );
}
