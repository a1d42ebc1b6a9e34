/**
 * A change of the agreed breadth: what it was, and whether the visionary has approved it; the visionary approves here.
 */
import { Alert, Group, Stack, Text } from "@mantine/core";
import { findHolders } from "../../../../../src/domain/dsdm/initiative.ts";
import type { Requirement } from "../../../../../src/domain/dsdm/requirement.ts";
import { ActionForm } from "../act/action-form.tsx";
import { Dialog } from "../act/dialog.tsx";
import { Byline } from "../section.tsx";
import { useInitiative } from "../use-initiative.ts";

export function Breadth({ requirement }: { readonly requirement: Requirement }) {
  const { initiative, day } = useInitiative();
  const { breadth } = requirement;
  if (breadth === null) return null;
  const visionaries = findHolders(initiative, "business-visionary");
  if (breadth.approvedBy !== null) {
    return (
      <Byline>
        Change of breadth ({breadth.what}) approved by {breadth.approvedBy}, {day(breadth.approvedAt)}.
      </Byline>
    );
  }
  return (
    <Alert color="orange" variant="outline" title="A change of breadth waits for the visionary" data-testid="breadth">
      <Stack gap="xs">
        <Text size="sm">
          {breadth.what}, by {breadth.author} on {day(breadth.at)}.{" "}
          {visionaries.length === 0
            ? "Nobody is business visionary yet: assign the role under People."
            : `It is approved by ${visionaries.join(" or ")}.`}
        </Text>
        <Group>
          <Dialog label="Approve it" title="Approve the change of breadth">
            {(close) => (
              <ActionForm
                type="approve-breadth"
                make={() => ({ type: "approve-breadth", requirement: requirement.id })}
                submit="Approve"
                onDone={close}
                onCancel={close}
              >
                <Text size="sm">
                  “{requirement.title}”: {breadth.what}. Only the business visionary may approve it, under that name.
                </Text>
              </ActionForm>
            )}
          </Dialog>
        </Group>
      </Stack>
    </Alert>
  );
}
