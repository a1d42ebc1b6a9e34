/**
 * A priority that the measured cost suggests, and why. A person takes it or leaves it: nothing is set by itself.
 */
import { Alert, Group, Stack, Text } from "@mantine/core";
import { IconBulb } from "@tabler/icons-react";
import { PRIORITY_NAMES } from "../../../../../src/domain/dsdm/moscow.ts";
import type { Requirement } from "../../../../../src/domain/dsdm/requirement.ts";
import { Dialog } from "../act/dialog.tsx";
import { useInitiative } from "../use-initiative.ts";
import { PriorityForm } from "./priorities.tsx";

export function Suggestion({ requirement }: { readonly requirement: Requirement }) {
  const { report } = useInitiative();
  const found = report.suggestions.find((one) => one.requirement === requirement.id);
  if (!found || found.priority === requirement.priority.project) return null;
  const { priority, because } = found;
  const name = PRIORITY_NAMES[priority];
  return (
    <Alert variant="light" icon={<IconBulb aria-hidden />} title={`Suggested: ${name}`} data-testid="suggestion">
      <Stack gap="xs">
        <Text size="sm">Because: {because}</Text>
        <Group>
          <Dialog label="Take it" name={`Take it: ${name}`} title="Priority, project" variant="filled">
            {(close) => (
              <PriorityForm
                requirement={requirement}
                level="project"
                begin={{ priority, reason: `As suggested: ${because}` }}
                onDone={close}
              />
            )}
          </Dialog>
        </Group>
      </Stack>
    </Alert>
  );
}
