/**
 * Splits a Must: a part with its effort and criteria becomes a Should or Could of its own, and the Must gets smaller.
 */
import { Checkbox, Group, NumberInput, Radio, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import type { Requirement } from "../../../../../src/domain/dsdm/requirement.ts";
import { FormFrame } from "../../act/form-frame.tsx";
import { Dialog } from "../act/dialog.tsx";
import { useSteps } from "../act/use-steps.ts";
import { useInitiative } from "../use-initiative.ts";
import { addPart, EMPTY_SPLIT, findSplitLacks, prioritisePart, type SplitFields, shrinkMust } from "./split-form.ts";

interface SplitFieldsProps {
  readonly must: Requirement;
  readonly fields: SplitFields;
  readonly change: (changes: Partial<SplitFields>) => void;
}

function Fields({ must, fields, change }: SplitFieldsProps) {
  const { initiative, effort } = useInitiative();
  return (
    <>
      <TextInput
        label="The part that may be left out"
        required
        maxLength={300}
        value={fields.title}
        onChange={(event) => change({ title: event.currentTarget.value })}
      />
      <NumberInput
        label="Its effort"
        description={`The Must has ${effort(must.effort)} now`}
        min={0}
        decimalScale={2}
        suffix={` ${initiative.effortUnit}`}
        value={fields.effort}
        onChange={(next) => change({ effort: typeof next === "number" ? next : "" })}
      />
      {must.acceptance.length > 0 && (
        <Checkbox.Group
          label="Criteria that go with the part"
          value={[...fields.criteria]}
          onChange={(criteria) => change({ criteria })}
        >
          <Stack gap={6} mt={6}>
            {must.acceptance.map((one) => (
              <Checkbox key={one} value={one} label={one} />
            ))}
          </Stack>
        </Checkbox.Group>
      )}
      <Radio.Group
        label="Priority of the part"
        value={fields.priority}
        onChange={(next) => change({ priority: next as SplitFields["priority"] })}
      >
        <Group gap="md" mt={6}>
          <Radio value="should" label="Should" />
          <Radio value="could" label="Could" />
        </Group>
      </Radio.Group>
    </>
  );
}

function useSplit(must: Requirement, fields: SplitFields, reason: string) {
  return useSteps(async (send) => {
    const { initiative } = await send(addPart(must, fields));
    const part = initiative.requirements.at(-1);
    await send(shrinkMust(must, fields));
    if (part) await send(prioritisePart(part, fields), reason);
  });
}

function SplitForm({ must, onDone }: { readonly must: Requirement; readonly onDone: () => void }) {
  const [fields, setFields] = useState(EMPTY_SPLIT);
  const [reason, setReason] = useState("");
  const split = useSplit(must, fields, reason);
  const lacks = [...findSplitLacks(fields, must), ...(reason.trim() === "" ? ["a reason"] : [])];
  return (
    <FormFrame
      submit="Split it"
      onSubmit={() => split.run(onDone)}
      reason={{ value: reason, onChange: setReason }}
      lacks={lacks}
      isPending={split.isPending}
      error={split.error}
      onCancel={onDone}
      question={split.question}
    >
      <Fields must={must} fields={fields} change={(changes) => setFields((old) => ({ ...old, ...changes }))} />
    </FormFrame>
  );
}

export function SplitButton({ requirement }: { readonly requirement: Requirement }) {
  const { priority, state } = requirement;
  if ((priority.project !== "must" && priority.timebox !== "must") || state === "done") return null;
  return (
    <Dialog label="Split the Must" title={`Split “${requirement.title}”`}>
      {(close) => <SplitForm must={requirement} onDone={close} />}
    </Dialog>
  );
}
