/**
 * A decision about a requirement met a newer version of it: who changed it, what it is now, and the two ways on.
 * Theirs beside yours for written fields is conflict-view.tsx.
 */
import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import type { Requirement } from "../../../../../src/domain/dsdm/requirement.ts";
import { useWorkspace } from "../../../../scope/use-workspace.ts";
import { useInitiative } from "../use-initiative.ts";
import { readConflict } from "./conflict.ts";

interface StaleNoticeProps {
  readonly error: Error;
  /** What of the newer version matters here: "priority of the project: Should". */
  readonly describe: (current: Requirement) => string;
  readonly onTheirs: () => void;
  readonly onMine: (version: number) => void;
}

/** undefined when the error is about something else. */
export function explainStale({ error, describe, onTheirs, onMine }: StaleNoticeProps) {
  const conflict = readConflict(error);
  if (!conflict) return undefined;
  return (
    <Notice
      title={`${conflict.changedBy} changed it meanwhile`}
      at={conflict.changedAt}
      text={describe(conflict.current)}
      onTheirs={onTheirs}
      onMine={() => onMine(conflict.current.version)}
    />
  );
}

interface NoticeProps {
  readonly title: string;
  readonly at: string;
  readonly text: string;
  readonly onTheirs: () => void;
  readonly onMine: () => void;
}

function Notice({ title, at, text, onTheirs, onMine }: NoticeProps) {
  const { moment } = useInitiative();
  const workspace = useWorkspace();
  const client = useQueryClient();
  return (
    <Alert color="orange" variant="outline" role="alert" title={title} data-testid="conflict">
      <Stack gap="sm">
        <Text size="sm">
          {moment(at)}. It is now: {text}. Nothing of yours was saved yet.
        </Text>
        <Group gap="xs">
          <Button
            variant="default"
            onClick={() => {
              void client.invalidateQueries({ queryKey: [workspace] });
              onTheirs();
            }}
          >
            Take theirs
          </Button>
          <Button onClick={onMine}>Send mine again</Button>
        </Group>
      </Stack>
    </Alert>
  );
}
