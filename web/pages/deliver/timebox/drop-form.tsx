/**
 * Drops what was proposed to save a Must, or a part of it: who decided, and why.
 */
import { Checkbox, NativeSelect, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { findHolders, type Initiative } from "../../../../src/domain/dsdm/initiative.ts";
import type { DropProposal } from "../../../../src/domain/dsdm/report.ts";
import { BUSINESS_ROLES, ROLE_FACTS } from "../../../../src/domain/dsdm/role.ts";
import { formatEffort, namePriority } from "../priority-words.ts";
import { ActionForm } from "./action-form.tsx";
import { useTimebox } from "./timebox-context.ts";
import { formatAmount } from "./timebox-words.ts";

/** Each person once, with all business roles held. */
function listDeciders(initiative: Initiative): { readonly value: string; readonly label: string }[] {
  const roles = new Map<string, string[]>();
  for (const role of BUSINESS_ROLES)
    for (const person of findHolders(initiative, role))
      roles.set(person, [...(roles.get(person) ?? []), ROLE_FACTS[role].name.toLowerCase()]);
  return [...roles].map(([value, held]) => ({ value, label: `${value} (${held.join(", ")})` }));
}

export function DropForm({ proposal, close }: { readonly proposal: DropProposal; readonly close: () => void }) {
  const { timebox, initiative } = useTimebox();
  const deciders = listDeciders(initiative);
  const [chosen, setChosen] = useState<readonly number[]>(proposal.drop.map(({ requirement }) => requirement));
  const [decidedBy, setDecidedBy] = useState(deciders.length === 1 ? (deciders[0]?.value ?? "") : "");
  const titleOf = (id: number) => initiative.requirements.find((one) => one.id === id)?.title ?? "";
  const freed = proposal.drop.reduce((sum, one) => (chosen.includes(one.requirement) ? sum + one.frees : sum), 0);
  const toggle = (id: number, on: boolean) => setChosen(on ? [...chosen, id] : chosen.filter((one) => one !== id));
  return (
    <ActionForm
      submit="Drop these"
      reason="Why these"
      ready={chosen.length > 0 && decidedBy !== ""}
      change={(send, reason) =>
        send(
          {
            type: "drop-requirements",
            timebox: timebox.id,
            requirements: [...chosen],
            saved: proposal.saves,
            decidedBy,
          },
          reason,
        )
      }
      onDone={close}
      onCancel={close}
    >
      <Text size="sm">To save “{titleOf(proposal.saves)}”. What is dropped goes back to the initiative’s list.</Text>
      <Stack component="fieldset" gap="xs" m={0} p={0} style={{ border: 0 }}>
        <Text component="legend" size="sm" fw={500} p={0}>
          What is dropped
        </Text>
        {proposal.drop.map(({ requirement, priority, frees }) => (
          <Checkbox
            key={requirement}
            label={`${requirement} ${titleOf(requirement)}: ${namePriority(priority)}, frees ${formatEffort(frees, initiative.effortUnit)}`}
            checked={chosen.includes(requirement)}
            onChange={(event) => toggle(requirement, event.currentTarget.checked)}
          />
        ))}
      </Stack>
      <Text size="sm" role="status">
        Frees {formatAmount(freed)} of the {formatEffort(proposal.needed, initiative.effortUnit)} needed.
      </Text>
      <NativeSelect
        label="Who decided"
        description="Somebody with a business role."
        required
        data={[{ value: "", label: deciders.length === 0 ? "nobody holds a business role" : "choose" }, ...deciders]}
        value={decidedBy}
        onChange={(event) => setDecidedBy(event.currentTarget.value)}
      />
    </ActionForm>
  );
}
