/**
 * Several touchpoints become one: which of them gives the name, and what that means.
 */
import { Button, Group, Modal, Radio, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useChange } from "../../../api/use-answer.ts";
import { ErrorState } from "../../../ui/answer-view.tsx";
import { formatCountOf } from "../../../ui/format.ts";
import type { Row } from "./touchpoint-table.tsx";

interface MergeDialogProps {
  readonly rows: readonly Row[];
  readonly onClose: (merged: boolean) => void;
}

export function MergeDialog({ rows, onClose }: MergeDialogProps) {
  const largest = rows.toSorted((a, b) => b.events - a.events)[0]?.name ?? "";
  const [into, setInto] = useState(largest);
  const merge = useChange("merge-touchpoints");
  const names = rows.map(({ name }) => name).filter((name) => name !== into);
  const begin = () => merge.mutate({ names, into }, { onSuccess: () => onClose(true) });
  return (
    <Modal opened onClose={() => onClose(false)} title="Merge touchpoints" closeButtonProps={{ "aria-label": "Close" }}>
      <Stack gap="sm">
        <Radio.Group label="They all become" value={into} onChange={setInto}>
          <Stack gap={6} mt={6}>
            {rows.map(({ name, events }) => (
              <Radio key={name} value={name} label={`${name} (${formatCountOf(events, "event")})`} />
            ))}
          </Stack>
        </Radio.Group>
        <Text size="sm" c="dimmed">
          The journeys of these customers are prepared anew. Raw events keep their names, so the merge can be taken
          apart later.
        </Text>
        {merge.error && <ErrorState error={merge.error} retry={begin} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={() => onClose(false)}>
            Cancel
          </Button>
          <Button onClick={begin} loading={merge.isPending} disabled={names.length === 0}>
            Merge
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
