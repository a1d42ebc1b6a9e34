/**
 * Where a requirement is planned: its increment and timebox, and the dialog that moves it, with a reason.
 */
import { Group, NativeSelect, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import type { Requirement } from "../../../../../src/domain/dsdm/requirement.ts";
import { ScopeLink } from "../../../../ui/scope-link.tsx";
import { ActionForm } from "../act/action-form.tsx";
import { Dialog } from "../act/dialog.tsx";
import { Nothing } from "../section.tsx";
import { useInitiative } from "../use-initiative.ts";
import { listPlaces, readPlace, writePlace } from "./places.ts";
import { explainStale } from "./stale-notice.tsx";

function PlanForm({ requirement, onDone }: { readonly requirement: Requirement; readonly onDone: () => void }) {
  const { initiative } = useInitiative();
  const present = writePlace(requirement);
  const [chosen, setChosen] = useState(present);
  const places = listPlaces(initiative);
  const action = (version: number) => ({
    type: "plan-requirement" as const,
    requirement: requirement.id,
    version,
    ...readPlace(chosen),
  });
  return (
    <ActionForm
      type="plan-requirement"
      make={() => action(requirement.version)}
      lacks={chosen === present ? ["another place"] : []}
      submit="Plan it there"
      onDone={onDone}
      onCancel={onDone}
      explain={(error, again, reset) =>
        explainStale({
          error,
          describe: (current) =>
            places.find(({ value }) => value === writePlace(current))?.label ?? "planned elsewhere",
          onTheirs: () => {
            reset();
            onDone();
          },
          onMine: (version) => again(action(version)),
        })
      }
    >
      <NativeSelect
        label="Increment or timebox"
        data={places.map((one) => ({ ...one }))}
        value={chosen}
        onChange={(event) => setChosen(event.currentTarget.value)}
      />
      <Text size="sm" c="dimmed">
        What leaves a timebox loses its priority there; a running timebox takes only what it has room for.
      </Text>
    </ActionForm>
  );
}

function Where({ requirement: { increment, timebox } }: { readonly requirement: Requirement }) {
  const { initiative } = useInitiative();
  const box = initiative.timeboxes.find(({ id }) => id === timebox);
  const step = initiative.increments.find(({ id }) => id === increment);
  if (!step && !box) return <Nothing>It is in the list, planned into no increment and no timebox.</Nothing>;
  return (
    <Text size="sm" component="div">
      {step && `Increment “${step.title}”`}
      {box && (
        <>
          , timebox{" "}
          <ScopeLink to="deliver/timebox" search={{ initiative: initiative.id, timebox: box.id }} inherit>
            {box.title}
          </ScopeLink>
        </>
      )}
    </Text>
  );
}

export function PlanPlace({ requirement }: { readonly requirement: Requirement }) {
  return (
    <Stack component="section" gap="xs" aria-label="Where it is planned">
      <Group justify="space-between">
        <Title order={3}>Where it is planned</Title>
        <Dialog label="Plan it" title="Where shall it be done?" size="compact-xs">
          {(close) => <PlanForm requirement={requirement} onDone={close} />}
        </Dialog>
      </Group>
      <Where requirement={requirement} />
    </Stack>
  );
}
