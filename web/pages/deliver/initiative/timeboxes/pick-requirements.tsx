/**
 * Which requirements go into a timebox, each with its priority there.
 */
import { Checkbox, Group, NativeSelect, ScrollArea, Stack, Text } from "@mantine/core";
import { PRIORITY_NAMES, type Priority } from "../../../../../src/domain/dsdm/moscow.ts";
import type { Requirement } from "../../../../../src/domain/dsdm/requirement.ts";
import { useInitiative } from "../use-initiative.ts";
import { listPickable, proposePriority, type TimeboxFields } from "./timebox-form.ts";

const CHOICES = (["must", "should", "could"] as const).map((value) => ({ value, label: PRIORITY_NAMES[value] }));

type Picks = TimeboxFields["picks"];

interface PickProps {
  readonly requirement: Requirement;
  readonly priority: Priority | undefined;
  readonly onChange: (to: Priority | undefined) => void;
}

function Pick({ requirement, priority, onChange }: PickProps) {
  const { effort } = useInitiative();
  const { title } = requirement;
  return (
    <Group component="li" gap="xs" justify="space-between" align="flex-start">
      <Checkbox
        label={`${title} (${effort(requirement.effort)})`}
        checked={priority !== undefined}
        onChange={(event) => onChange(event.currentTarget.checked ? proposePriority(requirement) : undefined)}
        flex="1 1 200px"
      />
      {priority !== undefined && (
        <NativeSelect
          size="xs"
          aria-label={`Priority of “${title}” in the timebox`}
          data={CHOICES}
          value={priority}
          onChange={(event) => onChange(event.currentTarget.value as Priority)}
        />
      )}
    </Group>
  );
}

export function PickRequirements({
  picks,
  onChange,
}: {
  readonly picks: Picks;
  readonly onChange: (picks: Picks) => void;
}) {
  const { initiative } = useInitiative();
  const pickable = listPickable(initiative);
  const set = (id: number, priority: Priority | undefined): void => {
    const next = new Map(picks);
    if (priority === undefined) next.delete(id);
    else next.set(id, priority);
    onChange(next);
  };
  return (
    <fieldset style={{ border: 0, margin: 0, padding: 0, minInlineSize: 0 }}>
      <Text component="legend" size="sm" fw={500} mb={4}>
        What goes into it, with its priority there
      </Text>
      {pickable.length === 0 ? (
        <Text size="sm" c="dimmed">
          No requirement is free. Add some first, or plan them later from the list.
        </Text>
      ) : (
        <ScrollArea.Autosize mah={280} type="auto">
          <Stack component="ul" gap={6} m={0} p={0} style={{ listStyle: "none" }}>
            {pickable.map((one) => (
              <Pick key={one.id} requirement={one} priority={picks.get(one.id)} onChange={(to) => set(one.id, to)} />
            ))}
          </Stack>
        </ScrollArea.Autosize>
      )}
    </fieldset>
  );
}
