/**
 * The first page of an empty workspace: bring data, or look at the demo first.
 */
import { Button, Group } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useWorkspaces } from "../../api/use-answer.ts";
import { useWorkspace } from "../../scope/use-workspace.ts";
import { EmptyState } from "../../ui/empty-state.tsx";

export function FirstSteps() {
  const workspace = useWorkspace();
  const { data: workspaces = [] } = useWorkspaces();
  const demo = workspaces.find((one) => one.demo && one.name !== workspace);
  return (
    <EmptyState
      title="Start with your events"
      actions={
        <Group gap="sm" justify="center">
          <Button renderRoot={(props) => <Link {...props} to={`/${workspace}/collect` as never} />}>
            Bring data in
          </Button>
          {demo && (
            <Button
              variant="default"
              renderRoot={(props) => <Link {...props} to={`/${demo.name}/overview` as never} />}
            >
              Look at the demo first
            </Button>
          )}
        </Group>
      }
    >
      Waymark needs an export in which every row says who did what and when: orders, tickets, clicks, survey answers.
      Drop the files in as they are; Waymark proposes what each column means, and you correct it. Nothing leaves this
      machine.
    </EmptyState>
  );
}
