/**
 * The decision at a phase's gate: go, work on it further, or stop; with its reason, and what is unsettled shown beforehand.
 * Nothing here refuses a decision; the rules report what was passed over.
 */
import { Alert, List, Radio, Stack } from "@mantine/core";
import { useState } from "react";
import { GATE_DECISIONS, type GateDecision, PHASE_FACTS, type Phase } from "../../../../../src/domain/dsdm/phase.ts";
import { ActionForm } from "../act/action-form.tsx";
import { Dialog } from "../act/dialog.tsx";
import { useInitiative } from "../use-initiative.ts";
import { DECISION_WORDS, describeDecision, readPhase } from "./phase-facts.ts";

function Unsettled({ phase }: { readonly phase: Phase }) {
  const { initiative } = useInitiative();
  const { unsettled } = readPhase(initiative, phase);
  if (unsettled.length === 0) return null;
  return (
    <Alert color="orange" variant="outline" title="Not settled at this gate">
      <List size="sm">
        {unsettled.map(({ id, kind, text }) => (
          <List.Item key={id}>
            {kind}: {text}
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}

function GateForm({ phase, onDone }: { readonly phase: Phase; readonly onDone: () => void }) {
  const { initiative } = useInitiative();
  const [decision, setDecision] = useState<GateDecision>();
  return (
    <ActionForm
      type="decide-gate"
      make={() => ({ type: "decide-gate", phase, decision: decision ?? "again" })}
      lacks={decision === undefined ? ["what is decided"] : []}
      submit="Record the decision"
      onDone={onDone}
      onCancel={onDone}
    >
      <Unsettled phase={phase} />
      <Radio.Group
        label="What is decided?"
        value={decision ?? ""}
        onChange={(next) => setDecision(next as GateDecision)}
      >
        <Stack gap="xs" mt="xs">
          {GATE_DECISIONS.map((one) => (
            <Radio
              key={one}
              value={one}
              label={DECISION_WORDS[one]}
              description={describeDecision(one, phase, initiative)}
            />
          ))}
        </Stack>
      </Radio.Group>
    </ActionForm>
  );
}

export function GateButton({ phase }: { readonly phase: Phase }) {
  const { name } = PHASE_FACTS[phase];
  return (
    <Dialog label="Decide the gate" name={`Decide the gate of ${name}`} title={`Gate of: ${name}`} size="compact-sm">
      {(close) => <GateForm phase={phase} onDone={close} />}
    </Dialog>
  );
}
