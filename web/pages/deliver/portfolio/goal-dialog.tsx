/**
 * The dialog of a goal, new or kept: one sentence, the KPIs that show it, and who answers for it.
 */
import { Button, Group, Modal, MultiSelect, Stack, TextInput } from "@mantine/core";
import { type FormEvent, useMemo, useState } from "react";
import type { Goal } from "../../../../src/domain/dsdm/initiative.ts";
import { useAnswer, useChange } from "../../../api/use-answer.ts";
import { useKpiFacts } from "../../measure/kpi-facts.ts";
import { Failure } from "../views/failure.tsx";

/** Those that have a value here, those every shop has, and those the goal names already. */
function useKpiChoices(named: readonly string[]) {
  const { data: measured } = useAnswer("kpis", {});
  const { data: definitions } = useAnswer("kpi-definitions", {});
  const { define } = useKpiFacts();
  return useMemo(() => {
    const general = definitions?.kpis.filter(({ perTouchpoint }) => !perTouchpoint) ?? [];
    const ids = new Set([...named, ...(measured?.kpis ?? []).map(({ id }) => id), ...general.map(({ id }) => id)]);
    return [...ids].map((id) => ({ value: id, label: define(id).title }));
  }, [named, measured, definitions, define]);
}

function useSaveGoal(goal: Goal | undefined, onDone: () => void) {
  const add = useChange("add-goal");
  const update = useChange("update-goal");
  const save = (title: string, kpis: readonly string[], owner: string) => {
    const settled = { onSuccess: onDone };
    const fields = { title, kpis: [...kpis] };
    if (goal) update.mutate({ id: goal.id, ...fields, owner: owner === "" ? null : owner }, settled);
    else add.mutate({ ...fields, ...(owner === "" ? {} : { owner }) }, settled);
  };
  return { save, isPending: add.isPending || update.isPending, error: add.error ?? update.error };
}

function GoalForm({ goal, onClose }: { readonly goal: Goal | undefined; readonly onClose: () => void }) {
  const { save, isPending, error } = useSaveGoal(goal, onClose);
  const [title, setTitle] = useState(goal?.title ?? "");
  const [kpis, setKpis] = useState<readonly string[]>(goal?.kpis ?? []);
  const [owner, setOwner] = useState(goal?.owner ?? "");
  const choices = useKpiChoices(goal?.kpis ?? NONE_NAMED);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save(title.trim(), kpis, owner.trim());
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <TextInput
          label="What the company wants"
          description="One sentence, as people say it"
          placeholder="More customers come back"
          required
          data-autofocus
          maxLength={300}
          value={title}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <MultiSelect
          label="KPIs that show it"
          description="Their values and targets stand beside the goal"
          data={choices}
          value={[...kpis]}
          onChange={setKpis}
          searchable
          nothingFoundMessage="No such KPI"
          maxDropdownHeight={220}
        />
        <TextInput
          label="Who answers for it (may stay empty)"
          maxLength={100}
          value={owner}
          onChange={(event) => setOwner(event.currentTarget.value)}
        />
        {error && <Failure title="The goal was not saved">{error.message}</Failure>}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={isPending} disabled={title.trim() === ""}>
            Save the goal
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

const NONE_NAMED: readonly string[] = [];

interface GoalDialogProps {
  /** undefined: a new one. */
  readonly goal?: Goal | undefined;
  readonly opened: boolean;
  readonly onClose: () => void;
}

export function GoalDialog({ goal, opened, onClose }: GoalDialogProps) {
  const title = goal === undefined ? "New goal" : "Change the goal";
  return (
    <Modal opened={opened} onClose={onClose} title={title} closeButtonProps={{ "aria-label": "Close" }}>
      <GoalForm goal={goal} onClose={onClose} />
    </Modal>
  );
}
