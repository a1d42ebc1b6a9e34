/**
 * Somebody else changed the requirement meanwhile: theirs beside yours, and the two ways on.
 */
import { Alert, Button, Group, Stack, Table, Text } from "@mantine/core";
import { NONE } from "../../../../ui/format.ts";
import { useInitiative } from "../use-initiative.ts";
import { WordBadge } from "../word-badge.tsx";
import type { Conflict, ConflictRow } from "./conflict.ts";

interface ConflictViewProps {
  readonly conflict: Conflict;
  readonly rows: readonly ConflictRow[];
  readonly onTheirs: () => void;
  readonly onMine: () => void;
}

function Cell({ text, before }: { readonly text: string; readonly before: string }) {
  return (
    <Table.Td style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere", verticalAlign: "top" }}>
      {text === before ? (
        <Text span inherit c="dimmed">
          not changed
        </Text>
      ) : (
        text || NONE
      )}
    </Table.Td>
  );
}

function Rows({ rows, author }: { readonly rows: readonly ConflictRow[]; readonly author: string }) {
  return (
    <Table.ScrollContainer minWidth={320}>
      <Table fz="sm">
        <Table.Caption style={{ position: "absolute", clipPath: "inset(50%)" }}>Theirs beside yours</Table.Caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Field</Table.Th>
            <Table.Th scope="col">{author}</Table.Th>
            <Table.Th scope="col">You</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(({ field, name, before, theirs, yours, clash }) => (
            <Table.Tr key={field}>
              <Table.Th scope="row" style={{ verticalAlign: "top" }}>
                {name}
                {clash && (
                  <div>
                    <WordBadge color="orange">both changed it</WordBadge>
                  </div>
                )}
              </Table.Th>
              <Cell text={theirs} before={before} />
              <Cell text={yours} before={before} />
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

export function ConflictView({ conflict, rows, onTheirs, onMine }: ConflictViewProps) {
  const { moment } = useInitiative();
  const { changedBy, changedAt } = conflict;
  return (
    <Alert
      color="orange"
      variant="outline"
      role="alert"
      title={`${changedBy} changed it while you were writing`}
      data-testid="conflict"
    >
      <Stack gap="sm">
        <Text size="sm">
          {moment(changedAt)}. Nothing of yours was saved yet.{" "}
          {rows.some(({ clash }) => clash)
            ? "Where both changed a field, sending yours writes over theirs."
            : "No field was changed by both: sending yours keeps theirs, too."}
        </Text>
        {rows.length > 0 && <Rows rows={rows} author={changedBy} />}
        <Group gap="xs">
          <Button variant="default" onClick={onTheirs}>
            Take theirs
          </Button>
          <Button onClick={onMine}>Send mine again</Button>
        </Group>
      </Stack>
    </Alert>
  );
}
